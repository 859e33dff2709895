// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/kinds.hpp>

#include <array>

namespace enshrine::proofs {

std::span<const KindRow> kind_rows() noexcept {
    static constexpr std::array rows{
        KindRow{Kind::groth16, 1, "groth16", &decode_groth16_kind},
        KindRow{Kind::plonk, 1, "plonk", &decode_plonk_kind},
        KindRow{Kind::fflonk, 1, "fflonk", &decode_fflonk_kind},
    };
    return rows;
}

}  // namespace enshrine::proofs
