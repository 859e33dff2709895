// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/hash/sha256.hpp>

#include <cmd/enshrine/proof_kinds.hpp>

namespace enshrine::cli {

std::span<const ProofKind> proof_kinds() noexcept {
    static constexpr ProofKind kinds[] = {
        {"groth16", load_groth16_key},         {"plonk", load_plonk_key},
        {"fflonk", load_fflonk_key},           {"ultrahonk", load_ultrahonk_key},
        {"plonk-gnark", load_plonk_gnark_key}, {"sp1", load_sp1_key, true},
        {"risc0", load_risc0_key, true},
    };
    return kinds;
}

ChainClaim program_claim(BytesView committed, Bytes proof) {
    const Hash32 digest = hash::sha256(committed);
    const std::size_t half = digest.size() / 2;
    return {.inputs = {U256::from_be(digest.view().first(half)), U256::from_be(digest.view().last(half))},
            .proof = std::move(proof)};
}

Failure proof_file_failure(const std::string& path, const prover_files::FileError& error) {
    const bool unusable = error.kind == prover_files::FileError::Kind::unusable;
    return Failure{unusable ? exit_usage : exit_refused, fmt::format("{}: {}", path, error.message), {}};
}

}  // namespace enshrine::cli
