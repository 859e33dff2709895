// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/gf16_stripe.hpp>
#include <enshrine/data_availability/row_memory_host.hpp>
#include <enshrine/data_availability/shape.hpp>

/// The code of a matrix [DA-CODE.3] on one stripe of its columns. Host only.
///
/// With m = N rounded up to a power of two, every codeword is a polynomial of degree below m that vanishes at the
/// points m + K … 2 m − 1. It is Z · q, where Z vanishes there and is constant on every coset of K points, and deg q <
/// K. Data rows are the coset of number T = m / K, parity rows those of numbers 0 … N/K − 1. Z being 1 on the data, it
/// is 1 / (T + t) on coset t: one transform of K points back, and one forth for each coset of parity, give what the
/// definition takes from transforms of m points.
namespace enshrine::data_availability {

struct CosetCode {
    std::size_t coset_rows = 0;     ///< K
    std::size_t parity_cosets = 0;  ///< N / K
    std::size_t data_coset = 0;     ///< T

    explicit CosetCode(const Shape& shape) noexcept;
    [[nodiscard]] std::size_t coset_of(std::uint32_t row) const noexcept {
        return row < coset_rows ? data_coset : row / coset_rows - 1;
    }
    [[nodiscard]] std::uint32_t point_of(std::uint32_t row) const noexcept {
        return static_cast<std::uint32_t>(coset_of(row) * coset_rows + row % coset_rows);
    }
    /// One more than the greatest point, rounded up to a power of two.
    [[nodiscard]] std::size_t point_count() const noexcept { return 2 * data_coset * coset_rows; }
    [[nodiscard]] algebra::StripeDomain domain(std::size_t coset) const noexcept {
        return {coset_rows, coset * coset_rows};
    }
    [[nodiscard]] algebra::Gf16 scale(std::size_t coset) const noexcept {
        return algebra::gf16_inverse(static_cast<algebra::Gf16>(data_coset ^ coset));
    }
};

/// Coefficients of q, and room for the values on one coset.
struct StripeWorkspace {
    explicit StripeWorkspace(std::size_t coset_rows)
        : coefficients{algebra::stripe_bytes(coset_rows)}, values{algebra::stripe_bytes(coset_rows)} {}
    RowMemory coefficients;
    RowMemory values;
};

/// The K combinations of the data rows to those of all rows [DA-CODE.7].
[[nodiscard]] std::vector<algebra::Combination> extend_combinations(const Shape& shape, BytesView combinations);

}  // namespace enshrine::data_availability
