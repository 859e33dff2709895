// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/integer.hpp>

#include <concepts>
#include <cstdint>
#include <limits>

/// What the instructions compute where a C++ operator does not say it. Source: the unprivileged specification 20191213.
namespace enshrine::vm {

[[nodiscard]] constexpr std::int64_t as_signed(std::uint64_t value) noexcept {
    return static_cast<std::int64_t>(value);
}
[[nodiscard]] constexpr std::uint32_t low_word(std::uint64_t value) noexcept {
    return static_cast<std::uint32_t>(value);
}
[[nodiscard]] constexpr std::int32_t low_word_signed(std::uint64_t value) noexcept {
    return static_cast<std::int32_t>(low_word(value));
}
/// To 64 bits, by the sign of the type.
template <std::integral T>
[[nodiscard]] constexpr std::uint64_t extend(T value) noexcept {
    if constexpr (std::signed_integral<T>) return static_cast<std::uint64_t>(std::int64_t{value});
    return static_cast<std::uint64_t>(value);
}
[[nodiscard]] constexpr std::uint64_t extend_word(std::uint64_t value) noexcept {
    return extend(low_word_signed(value));
}

[[nodiscard]] constexpr std::uint64_t less_signed(std::uint64_t a, std::uint64_t b) noexcept {
    return std::uint64_t{as_signed(a) < as_signed(b)};
}
/// Arithmetic shift by the low six bits of `count` (five for words).
[[nodiscard]] constexpr std::uint64_t shift_right_signed(std::uint64_t a, std::uint64_t count) noexcept {
    return static_cast<std::uint64_t>(as_signed(a) >> (count & 63));
}
[[nodiscard]] constexpr std::uint64_t shift_right_signed_word(std::uint64_t a, std::uint64_t count) noexcept {
    return extend(low_word_signed(a) >> (count & 31));
}

[[nodiscard]] constexpr std::uint64_t multiply_high(std::uint64_t a, std::uint64_t b) noexcept {
    return static_cast<std::uint64_t>((u128{a} * b) >> 64);
}
[[nodiscard]] constexpr std::uint64_t multiply_high_signed(std::uint64_t a, std::uint64_t b) noexcept {
    return static_cast<std::uint64_t>((i128{as_signed(a)} * as_signed(b)) >> 64);
}
[[nodiscard]] constexpr std::uint64_t multiply_high_signed_unsigned(std::uint64_t a, std::uint64_t b) noexcept {
    return static_cast<std::uint64_t>((i128{as_signed(a)} * i128{b}) >> 64);
}

// [VM-ISA.5] Division by zero: quotient of all ones, remainder the dividend. Overflow (minimum by -1): the quotient is
// the dividend, the remainder zero.
[[nodiscard]] constexpr std::uint64_t divide(std::uint64_t a, std::uint64_t b) noexcept {
    return b == 0 ? ~0ULL : a / b;
}
[[nodiscard]] constexpr std::uint64_t remainder(std::uint64_t a, std::uint64_t b) noexcept {
    return b == 0 ? a : a % b;
}
[[nodiscard]] constexpr std::uint64_t divide_signed(std::uint64_t a, std::uint64_t b) noexcept {
    if (b == 0) return ~0ULL;
    if (b == ~0ULL) return 0 - a;
    return static_cast<std::uint64_t>(as_signed(a) / as_signed(b));
}
[[nodiscard]] constexpr std::uint64_t remainder_signed(std::uint64_t a, std::uint64_t b) noexcept {
    if (b == 0) return a;
    if (b == ~0ULL) return 0;
    return static_cast<std::uint64_t>(as_signed(a) % as_signed(b));
}
[[nodiscard]] constexpr std::uint64_t divide_word(std::uint64_t a, std::uint64_t b) noexcept {
    return low_word(b) == 0 ? ~0ULL : extend_word(low_word(a) / low_word(b));
}
[[nodiscard]] constexpr std::uint64_t remainder_word(std::uint64_t a, std::uint64_t b) noexcept {
    return extend_word(low_word(b) == 0 ? low_word(a) : low_word(a) % low_word(b));
}
[[nodiscard]] constexpr std::uint64_t divide_signed_word(std::uint64_t a, std::uint64_t b) noexcept {
    return extend_word(divide_signed(extend_word(a), extend_word(b)));
}
[[nodiscard]] constexpr std::uint64_t remainder_signed_word(std::uint64_t a, std::uint64_t b) noexcept {
    return extend_word(remainder_signed(extend_word(a), extend_word(b)));
}

}  // namespace enshrine::vm
