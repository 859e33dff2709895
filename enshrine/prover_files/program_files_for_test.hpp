// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/prover_files/groth16_for_test.hpp>
#include <enshrine/prover_files/risc0_files.hpp>
#include <enshrine/prover_files/sp1_files.hpp>

/// For tests alone.
namespace enshrine::prover_files::test {

/// "accepted", or the words with which a file or a verifier refuses.
template <class Key>
[[nodiscard]] std::string program_verdict(const FileResult<KeyFile>& file, const FileResult<Bytes>& proof,
                                          const FileResult<Bytes>& output) {
    if (!file) return "key: " + file.error().message;
    const auto key = Key::decode(file->key);
    if (!key) return "key: " + std::string{key.error().message()};
    if (!proof) return "proof: " + proof.error().message;
    if (!output) return "output: " + output.error().message;
    const auto verified = key->verify(*output, *proof);
    return verified ? "accepted" : std::string{verified.error().message()};
}
[[nodiscard]] inline std::string sp1_verdict(BytesView key, BytesView proof, BytesView public_values) {
    const auto read = read_sp1_proof(proof);
    return program_verdict<proofs::sp1::VerifyingKey>(read_sp1_key(key, read.value_or(Bytes{})), read,
                                                      read_sp1_public_values(public_values));
}
[[nodiscard]] inline std::string risc0_verdict(BytesView key, BytesView seal, BytesView journal) {
    const auto read = read_risc0_seal(seal);
    return program_verdict<proofs::risc0::VerifyingKey>(read_risc0_key(key, read.value_or(Bytes{})), read,
                                                        read_risc0_journal(journal));
}

}  // namespace enshrine::prover_files::test
