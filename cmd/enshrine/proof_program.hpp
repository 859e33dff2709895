// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include "proof.hpp"
#include <enshrine/proofs/adapters/adapter_error.hpp>
#include <enshrine/prover_files/key_file.hpp>

/// What the kinds have in common whose keys name a program: its version is that of the selector that a proof begins
/// with.
namespace enshrine::cli {

struct ProgramReaders {
    prover_files::FileResult<prover_files::KeyFile> (*key)(BytesView content, BytesView proof);
    prover_files::FileResult<Bytes> (*proof)(BytesView content);
};
template <class Key>
struct ProgramKey {
    Key key;
    std::string_view form;
};

/// A key and, unless it is in the key's own file, the proof that says its version. What is wrong is said of the file in
/// which it stands.
template <class Key>
[[nodiscard]] CliResult<ProgramKey<Key>> load_program_key(const ProofOptions& options, const ProgramReaders& readers) {
    Bytes proof;
    if (!options.proof.empty()) {
        ENSHRINE_TRY(proof, load_proof_file(options.proof, readers.proof));
    }
    const auto read_key = [&](BytesView content) { return readers.key(content, proof); };
    ENSHRINE_TRY(const auto file, load_proof_file(options.key, read_key));
    auto key = Key::decode(file.key);
    if (key) return ProgramKey<Key>{*std::move(key), file.form};
    const bool version_of_proof = file.form == "program" && !options.proof.empty();
    const bool is_of_key = !version_of_proof || key.error().is(proofs::AdapterError::vkey_not_below_order);
    return refused(fmt::format("{}: {}", is_of_key ? options.key : options.proof, key.error().message()));
}

}  // namespace enshrine::cli
