// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// GF(2^16) of the data availability code: x^16 + x^5 + x^3 + x^2 + 1, its elements labelled by a Cantor basis. Rules:
/// docs/spec/data_availability.md [DA-CODE.1]. This header alone serves rollup programs: its tables take 256 bytes.
namespace enshrine::algebra {

/// The label of an element. Addition is XOR.
using Gf16 = std::uint16_t;

inline constexpr std::size_t gf16_bits = 16;
inline constexpr std::uint32_t gf16_polynomial = 0x1002D;
/// Bit b of a label stands for gf16_basis[b] as a polynomial. Each squared plus itself is the one before, so that the
/// subfields GF(4), GF(16) and GF(256) are the labels below 4, 16 and 256.
inline constexpr std::array<std::uint16_t, gf16_bits> gf16_basis{0x0001, 0xACCA, 0x3C0E, 0x163E, 0xC582, 0xED2E,
                                                                 0x914C, 0x4012, 0x6C98, 0x10D8, 0x6A72, 0xB900,
                                                                 0xFDB8, 0xFB34, 0xFF38, 0x991E};

namespace detail {

/// A linear map of 16 bits, by nibbles: the image is the sum of the images of the four nibbles.
using NibbleMap = std::array<std::array<std::uint16_t, 16>, 4>;

[[nodiscard]] constexpr NibbleMap nibble_map(const std::array<std::uint16_t, gf16_bits>& images) noexcept {
    NibbleMap map{};
    for (std::size_t nibble = 0; nibble < 4; ++nibble) {
        for (std::size_t value = 0; value < 16; ++value) {
            for (std::size_t bit = 0; bit < 4; ++bit) {
                if ((value >> bit & 1) != 0) map[nibble][value] ^= images[4 * nibble + bit];
            }
        }
    }
    return map;
}

[[nodiscard]] constexpr std::uint16_t apply(const NibbleMap& map, std::uint16_t x) noexcept {
    return static_cast<std::uint16_t>(map[0][x & 15U] ^ map[1][x >> 4 & 15U] ^ map[2][x >> 8 & 15U] ^ map[3][x >> 12]);
}

/// The inverse of the linear map that takes bit i to images[i], given the same way; by elimination.
[[nodiscard]] constexpr std::array<std::uint16_t, gf16_bits> inverse_basis(
    std::array<std::uint16_t, gf16_bits> images) noexcept {
    std::array<std::uint16_t, gf16_bits> labels{};
    for (std::size_t i = 0; i < gf16_bits; ++i) labels[i] = static_cast<std::uint16_t>(1U << i);
    for (std::size_t bit = 0; bit < gf16_bits; ++bit) {
        std::size_t pivot = bit;
        while ((images[pivot] >> bit & 1) == 0) ++pivot;
        const auto image = images[pivot];
        const auto label = labels[pivot];
        images[pivot] = images[bit];
        labels[pivot] = labels[bit];
        images[bit] = image;
        labels[bit] = label;
        for (std::size_t i = 0; i < gf16_bits; ++i) {
            if (i == bit || (images[i] >> bit & 1) == 0) continue;
            images[i] ^= image;
            labels[i] ^= label;
        }
    }
    return labels;
}

inline constexpr NibbleMap label_to_polynomial = nibble_map(gf16_basis);
inline constexpr NibbleMap polynomial_to_label = nibble_map(inverse_basis(gf16_basis));

/// Product of polynomials, reduced.
[[nodiscard]] constexpr std::uint16_t multiply_polynomials(std::uint16_t a, std::uint16_t b) noexcept {
    std::uint32_t product = 0;
    for (std::uint32_t bit = 0; bit < gf16_bits; ++bit) product ^= (std::uint32_t{b} << bit) & (0U - (a >> bit & 1U));
    for (int i = 0; i < 2; ++i) {  // the second pass folds what the first carries above bit 15
        const std::uint32_t high = product >> 16;
        product = (product & 0xFFFFU) ^ high ^ high << 2 ^ high << 3 ^ high << 5;
    }
    return static_cast<std::uint16_t>(product);
}

}  // namespace detail

[[nodiscard]] constexpr Gf16 gf16_mul(Gf16 a, Gf16 b) noexcept {
    return detail::apply(detail::polynomial_to_label,
                         detail::multiply_polynomials(detail::apply(detail::label_to_polynomial, a),
                                                      detail::apply(detail::label_to_polynomial, b)));
}

/// 1 / a; 0 for 0.
[[nodiscard]] constexpr Gf16 gf16_inverse(Gf16 a) noexcept {
    const std::uint16_t x = detail::apply(detail::label_to_polynomial, a);
    std::uint16_t power = 1;  // x^(2^16 − 2): every bit of the exponent but the lowest
    for (std::size_t i = 0; i < gf16_bits; ++i) {
        power = detail::multiply_polynomials(power, power);
        if (i + 1 < gf16_bits) power = detail::multiply_polynomials(power, x);
    }
    return detail::apply(detail::polynomial_to_label, power);
}

}  // namespace enshrine::algebra
