// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/prover_files/plonk_files.hpp>

#include <cmd/enshrine/proof_kinds.hpp>

namespace enshrine::cli {
namespace {

namespace plonk = proofs::plonk;

class PlonkKey final : public ProofKey {
public:
    PlonkKey(plonk::VerifyingKey key, std::string_view form) : key_{std::move(key)}, form_{form} {}

    [[nodiscard]] BytesView bytes() const noexcept override { return key_.bytes(); }
    [[nodiscard]] Hash32 id() const noexcept override { return key_.id(); }
    [[nodiscard]] std::vector<KeyFact> facts() const override {
        return {{"curve", "curve", curve_name(key_.header().curve)},
                {"gates", "gates", std::uint64_t{1} << key_.header().power},
                {"publicInputs", "public inputs", key_.header().input_count},
                {"proofBytes", "proof bytes", plonk::proof_bytes(key_.header().curve)},
                {"form", "file", form_}};
    }
    [[nodiscard]] CliResult<Claim> load_claim(const ProofOptions& options) const override {
        const auto read_proof = [&](BytesView content) {
            return prover_files::read_plonk_proof(content, key_.header().curve);
        };
        ENSHRINE_TRY(auto proof, load_proof_file(options.proof, read_proof));
        ENSHRINE_TRY(auto inputs, load_proof_file(options.inputs, prover_files::read_public_inputs));
        return [this, proof = std::move(proof), inputs = std::move(inputs)] { return key_.verify(inputs, proof); };
    }

private:
    plonk::VerifyingKey key_;
    std::string_view form_;
};

}  // namespace

CliResult<std::unique_ptr<ProofKey>> load_plonk_key(const ProofOptions& options) {
    ENSHRINE_TRY(const auto file, load_proof_file(options.key, prover_files::read_plonk_key));
    ENSHRINE_TRY(auto key, decode_proof_key<plonk::VerifyingKey>(options.key, file.key));
    return std::make_unique<PlonkKey>(std::move(key), file.form);
}

}  // namespace enshrine::cli
