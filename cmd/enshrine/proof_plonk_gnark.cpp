// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/prover_files/plonk_gnark_files.hpp>

#include <cmd/enshrine/proof_kinds.hpp>

namespace enshrine::cli {
namespace {

namespace plonk_gnark = proofs::plonk_gnark;

class PlonkGnarkKey final : public ProofKey {
public:
    PlonkGnarkKey(plonk_gnark::VerifyingKey key, std::string_view form) : key_{std::move(key)}, form_{form} {}

    [[nodiscard]] BytesView bytes() const noexcept override { return key_.bytes(); }
    [[nodiscard]] Hash32 id() const noexcept override { return key_.id(); }
    [[nodiscard]] std::vector<KeyFact> facts() const override {
        const plonk_gnark::Header& header = key_.header();
        return {{"curve", "curve", curve_name(proofs::Curve::bn254)},
                {"gates", "gates", std::uint64_t{1} << header.power},
                {"publicInputs", "public inputs", header.input_count},
                {"commitments", "commitments", header.has_commitment ? 1 : 0},
                {"proofBytes", "proof bytes", plonk_gnark::proof_bytes(header)},
                {"form", "file", form_}};
    }
    [[nodiscard]] CliResult<ChainClaim> load_chain_claim(const ProofOptions& options) const override {
        const auto read_proof = [&](BytesView content) {
            return prover_files::read_plonk_gnark_proof(content, key_.header());
        };
        ENSHRINE_TRY(auto proof, load_proof_file(options.proof, read_proof));
        ENSHRINE_TRY(auto inputs, load_proof_file(options.inputs, prover_files::read_public_inputs));
        return ChainClaim{.inputs = std::move(inputs), .proof = std::move(proof)};
    }
    [[nodiscard]] CliResult<Claim> load_claim(const ProofOptions& options) const override {
        ENSHRINE_TRY(auto claim, load_chain_claim(options));
        return [this, claim = std::move(claim)] { return key_.verify(claim.inputs, claim.proof); };
    }

private:
    plonk_gnark::VerifyingKey key_;
    std::string_view form_;
};

}  // namespace

CliResult<std::unique_ptr<ProofKey>> load_plonk_gnark_key(const ProofOptions& options) {
    ENSHRINE_TRY(const auto file, load_proof_file(options.key, prover_files::read_plonk_gnark_key));
    ENSHRINE_TRY(auto key, decode_proof_key<plonk_gnark::VerifyingKey>(options.key, file.key));
    return std::make_unique<PlonkGnarkKey>(std::move(key), file.form);
}

}  // namespace enshrine::cli
