// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/prover_files/groth16_files.hpp>
#include <enshrine/prover_files/public_inputs.hpp>

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

/// For tests alone.
namespace enshrine::prover_files::test {

[[nodiscard]] inline Bytes bytes_of(const std::string& text) {
    return to_bytes(as_bytes(std::string_view{text}));
}
[[nodiscard]] inline Bytes content_of(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) throw std::runtime_error{"cannot read " + path.string()};
    return bytes_of(std::string{std::istreambuf_iterator<char>{file}, {}});
}
[[nodiscard]] inline std::filesystem::path testdata(const std::string& name) {
    return std::filesystem::path{ENSHRINE_SOURCE_DIR "/enshrine/prover_files/testdata"} / name;
}

/// "accepted", or the words with which a file or a verifier refuses.
[[nodiscard]] inline std::string verdict(BytesView key_file, BytesView proof_file, BytesView inputs_file,
                                         const KeyOptions& options = {}) {
    const auto key_bytes = read_groth16_key(key_file, options);
    if (!key_bytes) return "key: " + key_bytes.error().message;
    const auto key = proofs::groth16::VerifyingKey::decode(key_bytes->key);
    if (!key) return "key: " + std::string{key.error().message()};
    const auto proof = read_groth16_proof(proof_file, key->header());
    if (!proof) return "proof: " + proof.error().message;
    const auto inputs = read_public_inputs(inputs_file);
    if (!inputs) return "inputs: " + inputs.error().message;
    const auto verified = key->verify(*inputs, *proof);
    return verified ? "accepted" : std::string{verified.error().message()};
}

}  // namespace enshrine::prover_files::test
