// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/prover_files/file_error.hpp>
#include <enshrine/prover_files/key_file.hpp>

#include <string_view>
#include <vector>

/// Files about runs of programs: the identifier of a program, what the run has put out, and a proof, each in hex in
/// one JSON object, or alone (as bytes or in hex).
namespace enshrine::prover_files {

/// One part of such a file, which may be any bytes. Its name in JSON is the first that is there.
[[nodiscard]] FileResult<Bytes> read_part(BytesView content, const std::vector<const char*>& names);

/// How the files of one maker look.
struct ProgramForm {
    std::uint8_t kind = 0;
    std::string_view maker;
    std::vector<const char*> identifier;
    std::vector<const char*> proof;
    /// Of a selector and an identifier.
    Bytes (*encode)(BytesView selector, BytesView identifier) = nullptr;
    /// Whether bytes begin with the selector of some version or are as many as some version's: what is neither is no
    /// proof that could be refused.
    bool (*could_be_proof)(BytesView bytes) = nullptr;
};
/// A proof, of any version.
[[nodiscard]] FileResult<Bytes> read_program_proof(BytesView content, const ProgramForm& form);
/// A key: our own encoding, or the identifier of a program (32 bytes) with the selector that the proof begins with.
/// Without a proof the file of the key has to hold it.
[[nodiscard]] FileResult<KeyFile> read_program_key(BytesView content, BytesView proof, const ProgramForm& form);

}  // namespace enshrine::prover_files
