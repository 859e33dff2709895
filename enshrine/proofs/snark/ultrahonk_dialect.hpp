// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/ultrahonk_row.hpp>

namespace enshrine::proofs::ultrahonk {

/// In what the versions of bb differ, beside the relations and their challenges (table of
/// docs/spec/proofs/ultrahonk.md).
struct Dialect {
    unsigned log_size_max = 0;
    std::size_t accumulator_limbs = 0;  ///< public inputs that spell two points
    unsigned limb_bits = 0;             ///< of every limb of a coordinate but its last
    unsigned first_input_row = 0;
    bool zero_columns = false;          ///< a polynomial may be zero, its commitment infinity
    bool optional_accumulator = false;  ///< limbs that are all zero say that there are no points
    std::array<Column, committed_in_key> key_order{};
};

[[nodiscard]] const Dialect& dialect(Version version) noexcept;

/// Columns that are zero in no circuit: the permutation, the identity and the two Lagrange polynomials.
[[nodiscard]] bool is_never_zero(Column column) noexcept;

/// Evaluations in the order of a proof, without that of its mask.
[[nodiscard]] Row row_of(Version version, std::span<const Fr, columns> evaluations) noexcept;

}  // namespace enshrine::proofs::ultrahonk
