// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <cstdint>
#include <vector>

/// Linear combinations of the rows of a matrix [DA-CODE.5], for a machine that counts instructions.
namespace enshrine::guest {

inline constexpr std::size_t combination_bytes = 16;
using Combination = std::array<Byte, combination_bytes>;

/// Eight field elements side by side, the first in the lowest bits.
struct Limbs {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
};

/// Combines rows of one matrix. A row is taken apart into its sixteen planes, plane b holding bit b of every symbol:
/// the combination of a plane is a XOR of coefficients, of which tables give eight at a time, and the combination of
/// the row is the sum over b of (the element labelled 2^b) · (combination of plane b). So the tables, the dear part,
/// know nothing of b, and a symbol costs two look-ups.
class Combiner {
public:
    /// `seed` is that of [DA-CODE.5]; `row_bytes` a positive multiple of 64.
    Combiner(const Hash32& seed, std::size_t row_bytes);
    /// Eight little-endian u16. `row` is aligned to 8 and has row_bytes bytes.
    [[nodiscard]] Combination combine(const Byte* row) const noexcept;

private:
    /// tables_[256 g + m]: XOR of the coefficients of columns 8 g + j, for the bits j of m; in the polynomial basis.
    std::vector<Limbs> tables_;
    std::size_t chunks_;
};

}  // namespace enshrine::guest
