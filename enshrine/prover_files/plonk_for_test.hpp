// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/prover_files/fflonk_files.hpp>
#include <enshrine/prover_files/groth16_for_test.hpp>
#include <enshrine/prover_files/plonk_files.hpp>

/// For tests alone.
namespace enshrine::prover_files::test {

/// "accepted", or the words with which a file or a verifier refuses.
template <class Key, class ReadProof>
[[nodiscard]] std::string verdict_of(const FileResult<KeyFile>& file, const ReadProof& read_proof,
                                     BytesView inputs_file) {
    if (!file) return "key: " + file.error().message;
    const auto key = Key::decode(file->key);
    if (!key) return "key: " + std::string{key.error().message()};
    const FileResult<Bytes> proof = read_proof(*key);
    if (!proof) return "proof: " + proof.error().message;
    const auto inputs = read_public_inputs(inputs_file);
    if (!inputs) return "inputs: " + inputs.error().message;
    const auto verified = key->verify(*inputs, *proof);
    return verified ? "accepted" : std::string{verified.error().message()};
}

[[nodiscard]] inline std::string plonk_verdict(BytesView key, BytesView proof, BytesView inputs) {
    using Key = proofs::plonk::VerifyingKey;
    const auto read_proof = [&](const Key& decoded) { return read_plonk_proof(proof, decoded.header().curve); };
    return verdict_of<Key>(read_plonk_key(key), read_proof, inputs);
}
[[nodiscard]] inline std::string fflonk_verdict(BytesView key, BytesView proof, BytesView inputs) {
    using Key = proofs::fflonk::VerifyingKey;
    return verdict_of<Key>(read_fflonk_key(key), [&](const Key&) { return read_fflonk_proof(proof); }, inputs);
}

}  // namespace enshrine::prover_files::test
