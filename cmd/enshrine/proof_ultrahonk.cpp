// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/prover_files/ultrahonk_files.hpp>

#include <cmd/enshrine/proof_kinds.hpp>

namespace enshrine::cli {
namespace {

namespace honk = proofs::ultrahonk;

std::string_view to_text(honk::Version version) {
    return version == honk::Version::bb_3_0 ? "bb 3.0" : "bb 5.0";
}
std::string_view to_text(honk::Flavour flavour) {
    return flavour == honk::Flavour::plain ? "plain" : "zero-knowledge";
}

class UltraHonkKey final : public ProofKey {
public:
    UltraHonkKey(honk::VerifyingKey key, std::string_view form) : key_{std::move(key)}, form_{form} {}

    [[nodiscard]] BytesView bytes() const noexcept override { return key_.bytes(); }
    [[nodiscard]] Hash32 id() const noexcept override { return key_.id(); }
    [[nodiscard]] std::vector<KeyFact> facts() const override {
        const honk::Header& header = key_.header();
        const bool aztec = equal(algebra::bn254::encode(key_.srs_point()).view(), prover_files::aztec_srs_point());
        return {{"version", "version", to_text(header.version)},
                {"flavour", "flavour", to_text(header.flavour)},
                {"logSize", "log of rows", header.log_size},
                {"publicInputs", "public inputs", header.input_count},
                {"srs", "SRS", aztec ? "Aztec's" : "another"},
                {"circuitHash", "circuit hash", codec::format_hex(key_.circuit_hash().view())},
                {"proofBytes", "proof bytes", honk::proof_bytes(header)},
                {"form", "file", form_}};
    }
    [[nodiscard]] CliResult<Claim> load_claim(const ProofOptions& options) const override {
        const auto read_proof = [&](BytesView content) {
            return prover_files::read_ultrahonk_proof(content, key_.header());
        };
        ENSHRINE_TRY(auto proof, load_proof_file(options.proof, read_proof));
        ENSHRINE_TRY(auto inputs, load_proof_file(options.inputs, prover_files::read_ultrahonk_inputs));
        return [this, proof = std::move(proof), inputs = std::move(inputs)] { return key_.verify(inputs, proof); };
    }

private:
    honk::VerifyingKey key_;
    std::string_view form_;
};

}  // namespace

CliResult<std::unique_ptr<ProofKey>> load_ultrahonk_key(const ProofOptions& options) {
    prover_files::UltraHonkKeyOptions key_options;
    if (options.honk_flavour == "plain") key_options.flavour = honk::Flavour::plain;
    Bytes srs_point;
    if (!options.srs_point.empty()) {
        ENSHRINE_TRY(srs_point, load_proof_file(options.srs_point, prover_files::read_srs_point));
        key_options.srs_point = srs_point;
    }
    const auto read_key = [&](BytesView content) { return prover_files::read_ultrahonk_key(content, key_options); };
    ENSHRINE_TRY(const auto file, load_proof_file(options.key, read_key));
    ENSHRINE_TRY(auto key, decode_proof_key<honk::VerifyingKey>(options.key, file.key));
    return std::make_unique<UltraHonkKey>(std::move(key), file.form);
}

}  // namespace enshrine::cli
