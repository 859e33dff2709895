// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/integer.hpp>

#include <array>
#include <cstdint>

/// 256-bit integers as four words, least significant first, and the Montgomery product on them. Everything here is
/// constexpr: the constants of the fields are made by the same code that computes with them.
namespace enshrine::algebra::bn254 {

using Limbs = std::array<std::uint64_t, 4>;

/// The words as a person writes them: most significant first.
[[nodiscard]] constexpr Limbs limbs(std::uint64_t w3, std::uint64_t w2, std::uint64_t w1, std::uint64_t w0) noexcept {
    return {w0, w1, w2, w3};
}

[[nodiscard]] constexpr std::uint64_t low(u128 value) noexcept {
    return static_cast<std::uint64_t>(value);
}
[[nodiscard]] constexpr std::uint64_t high(u128 value) noexcept {
    return static_cast<std::uint64_t>(value >> 64);
}

/// Adds and returns the carry.
constexpr std::uint64_t add_to(Limbs& a, const Limbs& b) noexcept {
    u128 sum = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        sum += static_cast<u128>(a[i]) + b[i];
        a[i] = low(sum);
        sum >>= 64;
    }
    return low(sum);
}

/// Subtracts and returns the borrow, 0 or 1.
constexpr std::uint64_t subtract_from(Limbs& a, const Limbs& b) noexcept {
    // In the form that compilers turn into a chain of subtractions with borrow.
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const std::uint64_t difference = a[i] - b[i];
        const std::uint64_t below = a[i] < b[i] ? 1 : 0;
        a[i] = difference - borrow;
        borrow = below | (difference < borrow ? 1U : 0U);
    }
    return borrow;
}

[[nodiscard]] constexpr bool less(const Limbs& a, const Limbs& b) noexcept {
    Limbs difference = a;
    return subtract_from(difference, b) != 0;
}

/// Every bit of `choice` is set or none: the first or the second.
[[nodiscard]] constexpr Limbs select(std::uint64_t choice, const Limbs& first, const Limbs& second) noexcept {
    Limbs out{};
    for (std::size_t i = 0; i < 4; ++i) out[i] = (first[i] & choice) | (second[i] & ~choice);
    return out;
}

/// a mod m for a < 2m.
[[nodiscard]] constexpr Limbs reduce_once(const Limbs& a, const Limbs& m) noexcept {
    Limbs reduced = a;
    const std::uint64_t borrow = subtract_from(reduced, m);
    return select(0 - borrow, a, reduced);
}

[[nodiscard]] constexpr bool bit(const Limbs& a, std::size_t i) noexcept {
    return ((a[i / 64] >> (i % 64)) & 1) != 0;
}

/// -1/m mod 2^64 for odd m.
[[nodiscard]] constexpr std::uint64_t negative_inverse(std::uint64_t m) noexcept {
    std::uint64_t inverse = 1;
    for (int i = 0; i < 6; ++i) inverse *= 2 - m * inverse;  // each step doubles the bits that are right
    return 0 - inverse;
}

}  // namespace enshrine::algebra::bn254
