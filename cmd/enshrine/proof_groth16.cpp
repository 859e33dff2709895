// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/prover_files/groth16_files.hpp>

#include <cmd/enshrine/proof_kinds.hpp>

namespace enshrine::cli {
namespace {

namespace groth16 = proofs::groth16;
using groth16::CommitmentHash;

std::string_view to_text(CommitmentHash hash) {
    if (hash == CommitmentHash::none) return "none";
    return hash == CommitmentHash::keccak256 ? "keccak256" : "sha256";
}

class Groth16Key final : public ProofKey {
public:
    Groth16Key(groth16::VerifyingKey key, std::string_view form) : key_{std::move(key)}, form_{form} {}

    [[nodiscard]] BytesView bytes() const noexcept override { return key_.bytes(); }
    [[nodiscard]] Hash32 id() const noexcept override { return key_.id(); }
    [[nodiscard]] std::vector<KeyFact> facts() const override {
        const groth16::Header& header = key_.header();
        return {{"curve", "curve", curve_name(header.curve)},
                {"publicInputs", "public inputs", header.input_count},
                {"commitment", "commitment", to_text(header.commitment)},
                {"proofBytes", "proof bytes", groth16::proof_bytes(header)},
                {"form", "file", form_}};
    }
    [[nodiscard]] CliResult<Claim> load_claim(const ProofOptions& options) const override {
        const auto read_proof = [&](BytesView content) {
            return prover_files::read_groth16_proof(content, key_.header());
        };
        ENSHRINE_TRY(auto proof, load_proof_file(options.proof, read_proof));
        ENSHRINE_TRY(auto inputs, load_proof_file(options.inputs, prover_files::read_public_inputs));
        return [this, proof = std::move(proof), inputs = std::move(inputs)] { return key_.verify(inputs, proof); };
    }

private:
    groth16::VerifyingKey key_;
    std::string_view form_;
};

}  // namespace

CliResult<std::unique_ptr<ProofKey>> load_groth16_key(const ProofOptions& options) {
    const auto read_key = [&](BytesView content) {
        const bool keccak = options.commitment_hash == "keccak256";
        return prover_files::read_groth16_key(content, {keccak ? CommitmentHash::keccak256 : CommitmentHash::sha256});
    };
    ENSHRINE_TRY(const auto file, load_proof_file(options.key, read_key));
    ENSHRINE_TRY(auto key, decode_proof_key<groth16::VerifyingKey>(options.key, file.key));
    return std::make_unique<Groth16Key>(std::move(key), file.form);
}

}  // namespace enshrine::cli
