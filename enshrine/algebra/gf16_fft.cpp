// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/gf16_fft.hpp>
#include <enshrine/algebra/gf16_tables.hpp>
#include <enshrine/base/assert.hpp>

#include <bit>

namespace enshrine::algebra {
namespace {

void check_domain(std::size_t size, std::size_t offset) noexcept {
    ENSHRINE_ASSERT(std::has_single_bit(size));
    ENSHRINE_ASSERT(offset % size == 0);
    ENSHRINE_ASSERT(offset + size <= 65'536);
}

/// s_b at the first point of a block, where half = 2^b is half the block.
Gf16 twiddle(std::size_t first_point, std::size_t half) noexcept {
    return static_cast<Gf16>(first_point / half);
}

}  // namespace

void gf16_fft(std::span<Gf16> values, std::size_t offset) noexcept {
    check_domain(values.size(), offset);
    const Gf16Tables& tables = gf16_tables();
    for (std::size_t half = values.size() / 2; half != 0; half /= 2) {
        for (std::size_t block = 0; block < values.size(); block += 2 * half) {
            const Gf16 factor = twiddle(offset + block, half);
            for (std::size_t i = block; i < block + half; ++i) {
                values[i] ^= multiply(tables, values[i + half], factor);
                values[i + half] ^= values[i];
            }
        }
    }
}

void gf16_ifft(std::span<Gf16> values, std::size_t offset) noexcept {
    check_domain(values.size(), offset);
    const Gf16Tables& tables = gf16_tables();
    for (std::size_t half = 1; half < values.size(); half *= 2) {
        for (std::size_t block = 0; block < values.size(); block += 2 * half) {
            const Gf16 factor = twiddle(offset + block, half);
            for (std::size_t i = block; i < block + half; ++i) {
                values[i + half] ^= values[i];
                values[i] ^= multiply(tables, values[i + half], factor);
            }
        }
    }
}

// s_b is a linearised polynomial whose coefficient of x is 1, so that X_i' is the sum of X_(i − 2^b) over the bits b of
// i. Ascending order reads every coefficient before it is changed.
void gf16_add_derivative(std::span<Gf16> coefficients) noexcept {
    for (std::size_t i = 1; i < coefficients.size(); ++i) {
        const std::size_t width = i & (~i + 1);
        for (std::size_t j = i - width; j < i; ++j) coefficients[j] ^= coefficients[j + width];
    }
}

}  // namespace enshrine::algebra
