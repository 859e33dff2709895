// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/base/result.hpp>

#include <array>
#include <compare>
#include <cstdint>

namespace enshrine {

/// Unsigned 256-bit integer; four 64-bit limbs, least significant first. Arithmetic with operators wraps modulo 2^256.
struct U256 {
    std::array<std::uint64_t, 4> limbs{};

    constexpr U256() noexcept = default;
    constexpr U256(std::uint64_t low) noexcept : limbs{low, 0, 0, 0} {}
    constexpr U256(std::uint64_t l3, std::uint64_t l2, std::uint64_t l1, std::uint64_t l0) noexcept
        : limbs{l0, l1, l2, l3} {}

    [[nodiscard]] static U256 from_be(BytesView bytes) noexcept;  ///< up to 32 bytes, big-endian
    [[nodiscard]] Hash32 to_be() const noexcept;                  ///< 32 bytes, big-endian

    [[nodiscard]] constexpr bool is_zero() const noexcept { return (limbs[0] | limbs[1] | limbs[2] | limbs[3]) == 0; }
    [[nodiscard]] constexpr bool fits_u64() const noexcept { return (limbs[1] | limbs[2] | limbs[3]) == 0; }
    [[nodiscard]] constexpr std::uint64_t low_u64() const noexcept { return limbs[0]; }
    [[nodiscard]] constexpr bool bit(unsigned i) const noexcept { return ((limbs[i / 64] >> (i % 64)) & 1) != 0; }
    [[nodiscard]] unsigned bit_length() const noexcept;

    [[nodiscard]] friend constexpr bool operator==(const U256&, const U256&) noexcept = default;
    [[nodiscard]] friend constexpr std::strong_ordering operator<=>(const U256& a, const U256& b) noexcept {
        for (int i = 3; i >= 0; --i) {
            const auto k = static_cast<std::size_t>(i);
            if (a.limbs[k] != b.limbs[k]) return a.limbs[k] <=> b.limbs[k];
        }
        return std::strong_ordering::equal;
    }
};

[[nodiscard]] U256 operator+(const U256& a, const U256& b) noexcept;
[[nodiscard]] U256 operator-(const U256& a, const U256& b) noexcept;
[[nodiscard]] U256 operator*(const U256& a, const U256& b) noexcept;
[[nodiscard]] U256 operator<<(const U256& a, unsigned shift) noexcept;
[[nodiscard]] U256 operator>>(const U256& a, unsigned shift) noexcept;

struct U256Division {
    U256 quotient;
    U256 remainder;
};
/// Schoolbook division; the divisor must not be zero (asserted: callers check input first).
[[nodiscard]] U256Division divide(const U256& numerator, const U256& denominator) noexcept;

/// floor(a * b / denominator) with a 512-bit product. Errors: overflow when the quotient needs more than 256 bits or
/// the denominator is zero.
[[nodiscard]] Result<U256> mul_div(const U256& a, const U256& b, const U256& denominator) noexcept;

[[nodiscard]] Result<U256> checked_add(const U256& a, const U256& b) noexcept;
[[nodiscard]] Result<U256> checked_sub(const U256& a, const U256& b) noexcept;
[[nodiscard]] Result<U256> checked_mul(const U256& a, const U256& b) noexcept;

}  // namespace enshrine
