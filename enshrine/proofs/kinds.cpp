// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/kinds.hpp>

#include <array>

namespace enshrine::proofs {

std::span<const KindRow> kind_rows() noexcept {
    static constexpr std::array rows{
        KindRow{Kind::groth16, 1, "groth16", &decode_groth16_kind},
        KindRow{Kind::plonk, 1, "plonk", &decode_plonk_kind},
        KindRow{Kind::plonk_gnark, 1, "plonk-gnark", &decode_plonk_gnark_kind},
        KindRow{Kind::fflonk, 1, "fflonk", &decode_fflonk_kind},
        KindRow{Kind::ultrahonk, 3, "ultrahonk of bb 3.0", &decode_ultrahonk_kind},
        KindRow{Kind::ultrahonk, 5, "ultrahonk of bb 5.0", &decode_ultrahonk_kind},
        KindRow{Kind::sp1, 1, "sp1", &decode_sp1_kind},
        KindRow{Kind::risc0, 1, "risc0", &decode_risc0_kind},
    };
    return rows;
}

}  // namespace enshrine::proofs
