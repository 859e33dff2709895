// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <cmd/enshrine/proof_kinds.hpp>

namespace enshrine::cli {

std::span<const ProofKind> proof_kinds() noexcept {
    static constexpr ProofKind kinds[] = {
        {"groth16", load_groth16_key},
    };
    return kinds;
}

}  // namespace enshrine::cli
