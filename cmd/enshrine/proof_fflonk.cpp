// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/prover_files/fflonk_files.hpp>

#include <cmd/enshrine/proof_kinds.hpp>

namespace enshrine::cli {
namespace {

namespace fflonk = proofs::fflonk;

class FflonkKey final : public ProofKey {
public:
    FflonkKey(fflonk::VerifyingKey key, std::string_view form) : key_{std::move(key)}, form_{form} {}

    [[nodiscard]] BytesView bytes() const noexcept override { return key_.bytes(); }
    [[nodiscard]] Hash32 id() const noexcept override { return key_.id(); }
    [[nodiscard]] std::vector<KeyFact> facts() const override {
        return {{"curve", "curve", curve_name(proofs::Curve::bn254)},
                {"gates", "gates", std::uint64_t{1} << key_.header().power},
                {"publicInputs", "public inputs", key_.header().input_count},
                {"proofBytes", "proof bytes", fflonk::proof_bytes},
                {"form", "file", form_}};
    }
    [[nodiscard]] CliResult<Claim> load_claim(const ProofOptions& options) const override {
        ENSHRINE_TRY(auto proof, load_proof_file(options.proof, prover_files::read_fflonk_proof));
        ENSHRINE_TRY(auto inputs, load_proof_file(options.inputs, prover_files::read_public_inputs));
        return [this, proof = std::move(proof), inputs = std::move(inputs)] { return key_.verify(inputs, proof); };
    }

private:
    fflonk::VerifyingKey key_;
    std::string_view form_;
};

}  // namespace

CliResult<std::unique_ptr<ProofKey>> load_fflonk_key(const ProofOptions& options) {
    ENSHRINE_TRY(const auto file, load_proof_file(options.key, prover_files::read_fflonk_key));
    ENSHRINE_TRY(auto key, decode_proof_key<fflonk::VerifyingKey>(options.key, file.key));
    return std::make_unique<FflonkKey>(std::move(key), file.form);
}

}  // namespace enshrine::cli
