// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/prover_files/file_error.hpp>
#include <enshrine/prover_files/key_file.hpp>

#include <vector>

/// Files about runs of programs: the identifier of a program, what the run has put out, and a proof, each in hex in
/// one JSON object, or alone (as bytes or in hex).
namespace enshrine::prover_files {

/// One part of such a file. Its name in JSON is the first that is there.
[[nodiscard]] FileResult<Bytes> read_part(BytesView content, const std::vector<const char*>& names);

/// A key: our own encoding, or the identifier of a program (32 bytes) with the selector that the proof begins with.
/// The file of the proof may be empty, and the file of the key may hold the proof.
struct ProgramForm {
    std::uint8_t kind = 0;
    std::vector<const char*> identifier;
    std::vector<const char*> proof;
    /// Of a selector and an identifier.
    Bytes (*encode)(BytesView selector, BytesView identifier) = nullptr;
};
[[nodiscard]] FileResult<KeyFile> read_program_key(BytesView content, BytesView proof_content, const ProgramForm& form);

}  // namespace enshrine::prover_files
