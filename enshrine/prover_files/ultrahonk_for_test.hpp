// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/prover_files/groth16_for_test.hpp>
#include <enshrine/prover_files/ultrahonk_files.hpp>

/// For tests alone.
namespace enshrine::prover_files::test {

/// "accepted", or the words with which a file or a verifier refuses.
[[nodiscard]] inline std::string honk_verdict(BytesView key_file, BytesView proof_file, BytesView inputs_file,
                                              const UltraHonkKeyOptions& options = {}) {
    const auto key_bytes = read_ultrahonk_key(key_file, options);
    if (!key_bytes) return "key: " + key_bytes.error().message;
    const auto key = proofs::ultrahonk::VerifyingKey::decode(key_bytes->key);
    if (!key) return "key: " + std::string{key.error().message()};
    const auto proof = read_ultrahonk_proof(proof_file, key->header());
    if (!proof) return "proof: " + proof.error().message;
    const auto inputs = read_ultrahonk_inputs(inputs_file);
    if (!inputs) return "inputs: " + inputs.error().message;
    const auto verified = key->verify(*inputs, *proof);
    return verified ? "accepted" : std::string{verified.error().message()};
}

}  // namespace enshrine::prover_files::test
