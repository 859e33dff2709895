// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/gf16_bit_matrix.hpp>

namespace enshrine::algebra {
namespace {

constexpr Gf16 beta = 256;
constexpr Gf16 beta_squared_plus_beta = 128;
static_assert((gf16_mul(beta, beta) ^ beta) == beta_squared_plus_beta);

/// Row r of a matrix is byte 7 − r; bit i of the input is bit i of a row.
std::uint64_t block(const std::array<std::uint16_t, gf16_bits>& images, unsigned in_shift,
                    unsigned out_shift) noexcept {
    std::uint64_t matrix = 0;
    for (unsigned in = 0; in < 8; ++in) {
        for (unsigned out = 0; out < 8; ++out) {
            const std::uint64_t bit = images[in + in_shift] >> (out + out_shift) & 1U;
            matrix |= bit << (8 * (7 - out) + in);
        }
    }
    return matrix;
}

/// The least root of the polynomial of AES, x^8 + x^4 + x^3 + x + 1: its powers are the bits of the field of AES.
constexpr Gf16 aes_root() noexcept {
    for (Gf16 x = 2; x < 256; ++x) {
        const Gf16 x3 = gf16_mul(gf16_mul(x, x), x);
        const Gf16 x4 = gf16_mul(x3, x);
        if ((gf16_mul(x4, x4) ^ x4 ^ x3 ^ x ^ 1) == 0) return x;
    }
    return 0;
}

TowerTables make_tower_tables() noexcept {
    std::array<std::uint16_t, gf16_bits> labels{};  // of the bits of x0, then of x1
    constexpr Gf16 root = aes_root();
    static_assert(root != 0);
    Gf16 power = 1;
    for (std::size_t i = 0; i < 8; ++i) {
        labels[i] = power;
        labels[8 + i] = gf16_mul(power, beta);
        power = gf16_mul(power, root);
    }
    const auto from_label = detail::inverse_basis(labels);
    TowerTables tables{bit_matrix(from_label), detail::nibble_map(from_label), {}};
    for (std::size_t byte = 0; byte < 256; ++byte) {
        Gf16 element = 0;
        for (std::size_t bit = 0; bit < 8; ++bit) {
            if ((byte >> bit & 1) != 0) element ^= labels[bit];
        }
        tables.label[0][byte] = gf16_mul(element, 1 ^ beta);
        tables.label[1][byte] = gf16_mul(element, beta_squared_plus_beta);
        tables.label[2][byte] = gf16_mul(element, beta);
    }
    return tables;
}

}  // namespace

BitMatrix bit_matrix(const std::array<std::uint16_t, gf16_bits>& images) noexcept {
    return {block(images, 0, 0), block(images, 8, 0), block(images, 0, 8), block(images, 8, 8)};
}

BitMatrix multiplication_matrix(Gf16 element) noexcept {
    std::array<std::uint16_t, gf16_bits> images{};
    for (std::size_t i = 0; i < gf16_bits; ++i) images[i] = gf16_mul(static_cast<Gf16>(1U << i), element);
    return bit_matrix(images);
}

const TowerTables& tower_tables() noexcept {
    static const TowerTables tables = make_tower_tables();
    return tables;
}

}  // namespace enshrine::algebra
