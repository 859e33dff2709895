// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/assert.hpp>
#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>

#include <concepts>
#include <cstdint>
#include <cstring>
#include <utility>

namespace enshrine {

__extension__ typedef unsigned __int128 u128;  // NOLINT: `using` cannot carry __extension__ in g++ 12
__extension__ typedef __int128 i128;

enum class IntegerError : std::uint16_t { overflow = 1, underflow, out_of_range };
const ErrorDomain& error_domain(IntegerError) noexcept;

template <std::unsigned_integral T>
[[nodiscard]] constexpr Result<T> checked_add(T a, T b) noexcept {
    T out{};
    if (__builtin_add_overflow(a, b, &out)) return fail(IntegerError::overflow);
    return out;
}
template <std::unsigned_integral T>
[[nodiscard]] constexpr Result<T> checked_sub(T a, T b) noexcept {
    T out{};
    if (__builtin_sub_overflow(a, b, &out)) return fail(IntegerError::underflow);
    return out;
}
template <std::unsigned_integral T>
[[nodiscard]] constexpr Result<T> checked_mul(T a, T b) noexcept {
    T out{};
    if (__builtin_mul_overflow(a, b, &out)) return fail(IntegerError::overflow);
    return out;
}

/// For values that our own logic keeps in range.
template <std::integral To, std::integral From>
[[nodiscard]] constexpr To narrow(From value) noexcept {
    ENSHRINE_ASSERT(std::in_range<To>(value));
    return static_cast<To>(value);
}
/// For values that come from outside.
template <std::integral To, std::integral From>
[[nodiscard]] constexpr Result<To> checked_narrow(From value) noexcept {
    if (!std::in_range<To>(value)) return fail(IntegerError::out_of_range);
    return static_cast<To>(value);
}

/// Integers at any alignment; the host is little-endian (platform.hpp).
template <std::unsigned_integral T>
[[nodiscard]] inline T load_le(const Byte* from) noexcept {
    T out{};
    std::memcpy(&out, from, sizeof out);
    return out;
}
template <std::unsigned_integral T>
inline void store_le(Byte* to, T value) noexcept {
    std::memcpy(to, &value, sizeof value);
}
template <std::unsigned_integral T>
[[nodiscard]] constexpr T byte_swap(T value) noexcept {
    if constexpr (sizeof(T) == 1) return value;
    if constexpr (sizeof(T) == 2) return __builtin_bswap16(value);
    if constexpr (sizeof(T) == 4) return __builtin_bswap32(value);
    if constexpr (sizeof(T) == 8) return __builtin_bswap64(value);
}
template <std::unsigned_integral T>
[[nodiscard]] inline T load_be(const Byte* from) noexcept {
    return byte_swap(load_le<T>(from));
}
template <std::unsigned_integral T>
inline void store_be(Byte* to, T value) noexcept {
    store_le(to, byte_swap(value));
}

}  // namespace enshrine
