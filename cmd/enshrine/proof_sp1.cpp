// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/prover_files/sp1_files.hpp>

#include <cmd/enshrine/proof_kinds.hpp>
#include <cmd/enshrine/proof_program.hpp>

namespace enshrine::cli {
namespace {

namespace sp1 = proofs::sp1;

class Sp1Key final : public ProofKey {
public:
    Sp1Key(sp1::VerifyingKey key, std::string_view form) : key_{std::move(key)}, form_{form} {}

    [[nodiscard]] BytesView bytes() const noexcept override { return key_.bytes(); }
    [[nodiscard]] Hash32 id() const noexcept override { return key_.id(); }
    [[nodiscard]] std::vector<KeyFact> facts() const override {
        return {{"version", "version", key_.version_name()},
                {"system", "wrapped in", key_.system() == sp1::System::groth16 ? "groth16" : "plonk"},
                {"program", "program", codec::format_hex(key_.program().vkey.view())},
                {"proofBytes", "proof bytes", key_.proof_bytes()},
                {"form", "file", form_}};
    }
    [[nodiscard]] CliResult<ChainClaim> load_chain_claim(const ProofOptions& options) const override {
        ENSHRINE_TRY(auto proof, load_proof_file(options.proof, prover_files::read_sp1_proof));
        ENSHRINE_TRY(const auto values, load_proof_file(options.inputs, prover_files::read_sp1_public_values));
        return program_claim(values, std::move(proof));
    }
    [[nodiscard]] CliResult<Claim> load_claim(const ProofOptions& options) const override {
        ENSHRINE_TRY(auto proof, load_proof_file(options.proof, prover_files::read_sp1_proof));
        ENSHRINE_TRY(auto values, load_proof_file(options.inputs, prover_files::read_sp1_public_values));
        return [this, proof = std::move(proof), values = std::move(values)] { return key_.verify(values, proof); };
    }

private:
    sp1::VerifyingKey key_;
    std::string_view form_;
};

}  // namespace

CliResult<std::unique_ptr<ProofKey>> load_sp1_key(const ProofOptions& options) {
    ENSHRINE_TRY(auto loaded, load_program_key<sp1::VerifyingKey>(
                                  options, {prover_files::read_sp1_key, prover_files::read_sp1_proof}));
    return std::make_unique<Sp1Key>(std::move(loaded.key), loaded.form);
}

}  // namespace enshrine::cli
