// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/gf16_combination.hpp>
#include <enshrine/algebra/gf16_stripe.hpp>

#include <span>
#include <vector>

/// Linear combinations of many rows with the same coefficients. Host only.
namespace enshrine::algebra {

class RowCombiner {
public:
    /// One coefficient per symbol of a row; rows are whole chunks.
    RowCombiner(std::span<const Combination> coefficients, const Gf16Kernel& kernel);

    [[nodiscard]] std::size_t row_bytes() const noexcept { return row_bytes_; }
    /// out[i] = Σ symbol(rows[i], s) · coefficient(s).
    void combine(std::span<const Byte* const> rows, Combination* out) const noexcept;

private:
    struct alignas(64) TableLine {
        std::array<Byte, 64> bytes;
    };
    const Gf16Kernel* kernel_;
    std::size_t row_bytes_;
    std::vector<Combination> coefficients_;  ///< unless the kernel has a table of its own
    std::vector<TableLine> table_;
};

}  // namespace enshrine::algebra
