// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/fields.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

/// What is computed for eight points at a time, and what implements it on this processor (lanes_host.cpp chooses).
/// Coordinates are listed flat, lane by lane, so that a file whose functions need special instructions shares no
/// function with files that do not.
namespace enshrine::algebra::bn254 {

inline constexpr std::size_t lane_count = 8;
using LaneFp = std::array<Fp, lane_count>;
using LaneMask = std::uint8_t;  ///< bit i is lane i

/// Affine coordinates; an element of Fp2 is two.
using LaneG1 = std::array<LaneFp, 2>;
using LaneG2 = std::array<LaneFp, 4>;
/// (X, Y, Z) as in points.hpp.
using LaneJacobian = std::array<LaneFp, 3>;
/// In the order of the members of the tower.
using LaneFp12 = std::array<LaneFp, 12>;

struct LanePairs {
    LaneG1 p;
    LaneG2 q;
    LaneMask active = 0xff;  ///< the others contribute the factor one, whatever coordinates they have
};

/// Scalars in windows of four bits, the most significant window first, digits from -8 to 8.
inline constexpr std::size_t window_bits = 4;
inline constexpr std::size_t windows_max = 32;  ///< of halves below 2^127
struct LaneDigits {
    std::array<std::array<std::int8_t, lane_count>, windows_max> of_p;
    std::array<std::array<std::int8_t, lane_count>, windows_max> of_mapped;  ///< of φ(P), groups.hpp
};
struct LaneTerm {
    LaneG1 p;  ///< not infinity
    LaneDigits digits;
};

struct LaneCode {
    const char* name;
    /// In each lane the product of the Miller functions of its pairs; no point is infinity. in_subgroup[i] says which
    /// second points of pairs[i], all on the twist, are in G2; of the others the product means nothing.
    void (*miller)(const LanePairs* pairs, std::size_t count, LaneFp12& out, LaneMask* in_subgroup) noexcept;
    /// In each lane the sum of its terms, whose digits lie in the last `windows` windows.
    void (*sum)(const LaneTerm* terms, std::size_t count, std::size_t windows, LaneJacobian& out) noexcept;
};

/// The code of this processor; null where the scalar code is all there is.
[[nodiscard]] const LaneCode* lane_code() noexcept;

}  // namespace enshrine::algebra::bn254
