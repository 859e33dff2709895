// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <cmd/enshrine/proof_kinds.hpp>

namespace enshrine::cli {

std::span<const ProofKind> proof_kinds() noexcept {
    static constexpr ProofKind kinds[] = {
        {"groth16", load_groth16_key},
        {"plonk", load_plonk_key},
        {"fflonk", load_fflonk_key},
        {"ultrahonk", load_ultrahonk_key},
    };
    return kinds;
}

std::string_view curve_name(proofs::Curve curve) noexcept {
    return curve == proofs::Curve::bn254 ? "bn254" : "bls12-381";
}

}  // namespace enshrine::cli
