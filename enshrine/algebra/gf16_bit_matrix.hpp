// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/gf16.hpp>
#include <enshrine/base/bytes.hpp>

#include <array>

/// Linear maps of 16 bits as matrices of 8 × 8 bits, in the form of the instruction GF2P8AFFINEQB. Host only.
namespace enshrine::algebra {

/// low' = low_of_low · low + low_of_high · high, and the same for high'. The sum of two is the map of the sum.
struct alignas(32) BitMatrix {
    std::uint64_t low_of_low;
    std::uint64_t low_of_high;
    std::uint64_t high_of_low;
    std::uint64_t high_of_high;
};

/// The map that takes bit i to images[i].
[[nodiscard]] BitMatrix bit_matrix(const std::array<std::uint16_t, gf16_bits>& images) noexcept;
/// Multiplication by an element.
[[nodiscard]] BitMatrix multiplication_matrix(Gf16 element) noexcept;

/// GF(2^16) over the field of AES, whose multiplication processors have (GF2P8MULB). Every element is x0 + x1 · β with
/// x0, x1 of GF(2^8); β is the label 256, and β² + β the label 128. With p0 = x0 · y0, p1 = x1 · y1, p2 = (x0 + x1) ·
/// (y0 + y1), the product is p0 + p1 · (β² + β) + (p2 + p0) · β; sums of products are sums of each of the three.
struct TowerTables {
    BitMatrix from_label;                        ///< low byte x0, high byte x1; x1 does not depend on the low half
    detail::NibbleMap from_nibbles;              ///< the same map, for single labels
    std::array<std::array<Gf16, 256>, 3> label;  ///< what p0, p1 and p2 contribute to the label of a product
};
[[nodiscard]] const TowerTables& tower_tables() noexcept;

}  // namespace enshrine::algebra
