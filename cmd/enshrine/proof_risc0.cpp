// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/prover_files/risc0_files.hpp>

#include <cmd/enshrine/proof_kinds.hpp>
#include <cmd/enshrine/proof_program.hpp>

namespace enshrine::cli {
namespace {

namespace risc0 = proofs::risc0;

class Risc0Key final : public ProofKey {
public:
    Risc0Key(risc0::VerifyingKey key, std::string_view form) : key_{std::move(key)}, form_{form} {}

    [[nodiscard]] BytesView bytes() const noexcept override { return key_.bytes(); }
    [[nodiscard]] Hash32 id() const noexcept override { return key_.id(); }
    [[nodiscard]] std::vector<KeyFact> facts() const override {
        return {{"version", "version", key_.version_name()},
                {"imageId", "image ID", codec::format_hex(key_.program().image_id.view())},
                {"form", "file", form_}};
    }
    [[nodiscard]] CliResult<ChainClaim> load_chain_claim(const ProofOptions& options) const override {
        ENSHRINE_TRY(auto proof, load_proof_file(options.proof, prover_files::read_risc0_seal));
        ENSHRINE_TRY(const auto values, load_proof_file(options.inputs, prover_files::read_risc0_journal));
        return program_claim(values, std::move(proof));
    }
    [[nodiscard]] CliResult<Claim> load_claim(const ProofOptions& options) const override {
        ENSHRINE_TRY(auto seal, load_proof_file(options.proof, prover_files::read_risc0_seal));
        ENSHRINE_TRY(auto journal, load_proof_file(options.inputs, prover_files::read_risc0_journal));
        return [this, seal = std::move(seal), journal = std::move(journal)] { return key_.verify(journal, seal); };
    }

private:
    risc0::VerifyingKey key_;
    std::string_view form_;
};

}  // namespace

CliResult<std::unique_ptr<ProofKey>> load_risc0_key(const ProofOptions& options) {
    ENSHRINE_TRY(auto loaded, load_program_key<risc0::VerifyingKey>(
                                  options, {prover_files::read_risc0_key, prover_files::read_risc0_seal}));
    return std::make_unique<Risc0Key>(std::move(loaded.key), loaded.form);
}

}  // namespace enshrine::cli
