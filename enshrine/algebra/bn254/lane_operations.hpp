// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/lane_code.hpp>

/// For tests: the arithmetic under LaneCode, so that it can be compared with that of Fp operation by operation.
namespace enshrine::algebra::bn254 {

enum class LaneOperation : std::uint8_t {
    fp_sum,
    fp_difference,
    fp_negative,
    fp_product,
    fp_product_sum,
    fp_product_difference,
    fp_difference_of_squares,
    fp_chain,  ///< results that are operands again, before they take their only form
    fp_is_zero,
    fp2_product,
    fp2_square,
    fp2_times_xi,
    fp6_product,
    fp6_times_sparse,
    fp12_product,
    fp12_square,
    fp12_times_line,
    fp12_times_lines,
    double_step,
    add_step
};
inline constexpr std::size_t lane_operations = 20;
inline constexpr std::size_t operands_max = 24;  ///< elements of Fp
inline constexpr std::size_t results_max = 12;

using LaneApply = void (*)(LaneOperation operation, const LaneFp* operands, LaneFp* results) noexcept;

/// On the instructions of lane_code(); null where that is null.
[[nodiscard]] LaneApply lane_apply() noexcept;

}  // namespace enshrine::algebra::bn254
