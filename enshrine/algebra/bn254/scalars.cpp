// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/scalars.hpp>
#include <enshrine/base/assert.hpp>

namespace enshrine::algebra::bn254 {
namespace {

// The reduced basis of the lattice of (s, t) with s + t λ = 0 mod r: (a, b) and (-b, a - b).
constexpr Limbs basis_a = limbs(0, 0, 0x6f4d8248eeb859fd, 0x0be4e1541221250b);
constexpr Limbs basis_b = limbs(0, 0, 0, 0x89d3256894d213e3);
constexpr Limbs basis_a_less_b = limbs(0, 0, 0x6f4d8248eeb859fc, 0x8211bbeb7d4f1128);
// floor(2^256 (a - b) / r) and floor(2^256 b / r).
constexpr Limbs round_first = limbs(0, 0x2, 0x4ccef014a773d2cf, 0x7a7bd9d4391eb18d);
constexpr Limbs round_second = limbs(0, 0, 0x2, 0xd91d232ec7e0b3d7);

struct WideProduct {
    Limbs low;
    Limbs high;
};

WideProduct multiply(const Limbs& a, const Limbs& b) noexcept {
    std::array<std::uint64_t, 8> out{};
    for (std::size_t i = 0; i < 4; ++i) {
        u128 sum = 0;
        for (std::size_t j = 0; j < 4; ++j) {
            sum = static_cast<u128>(a[i]) * b[j] + out[i + j] + high(sum);
            out[i + j] = low(sum);
        }
        out[i + 4] = high(sum);
    }
    return {{out[0], out[1], out[2], out[3]}, {out[4], out[5], out[6], out[7]}};
}

/// The upper half of the product, rounded to the nearest.
Limbs rounded_quotient(const Limbs& a, const Limbs& b) noexcept {
    WideProduct product = multiply(a, b);
    add_to(product.high, Limbs{product.low[3] >> 63, 0, 0, 0});
    return product.high;
}

SignedHalf to_half(Limbs value) noexcept {
    SignedHalf out;
    out.negative = (value[3] >> 63) != 0;
    if (out.negative) {
        Limbs positive{};
        subtract_from(positive, value);
        value = positive;
    }
    ENSHRINE_ASSERT(value[2] == 0 && value[3] == 0);
    out.low = value[0];
    out.high = value[1];
    return out;
}

void shift_right(Limbs& a) noexcept {
    for (std::size_t i = 0; i < 3; ++i) a[i] = (a[i] >> 1) | (a[i + 1] << 63);
    a[3] >>= 1;
}

}  // namespace

SplitScalar split_scalar(const Limbs& scalar) noexcept {
    // The nearest lattice point, up to rounding: c (a, b) - d (-b, a - b). The quotients are off by less than scalar /
    // 2^256 < 0.19, so that what is close to a lattice point, a scalar with short halves, comes out short.
    const Limbs c = rounded_quotient(scalar, round_first);
    const Limbs d = rounded_quotient(scalar, round_second);
    Limbs first = scalar;
    subtract_from(first, multiply(c, basis_a).low);
    subtract_from(first, multiply(d, basis_b).low);
    Limbs second = multiply(d, basis_a_less_b).low;
    subtract_from(second, multiply(c, basis_b).low);
    return {to_half(first), to_half(second)};
}

Naf signed_digits(const Limbs& scalar, unsigned width) noexcept {
    ENSHRINE_ASSERT(width >= 2 && width <= 8);
    const std::uint64_t window = std::uint64_t{1} << width;
    Naf out;
    Limbs rest = scalar;
    bool carry = false;  // what the subtraction of a negative digit adds beyond 2^256
    while (carry || (rest[0] | rest[1] | rest[2] | rest[3]) != 0) {
        std::int64_t digit = 0;
        if ((rest[0] & 1) != 0) {
            const std::uint64_t remainder = rest[0] & (window - 1);
            if (remainder >= window / 2) {
                digit = static_cast<std::int64_t>(remainder) - static_cast<std::int64_t>(window);
                carry = carry || add_to(rest, Limbs{window - remainder, 0, 0, 0}) != 0;
            } else {
                digit = static_cast<std::int64_t>(remainder);
                rest[0] -= remainder;
            }
        }
        ENSHRINE_ASSERT(out.size < naf_digits_max);
        out.digits[out.size++] = static_cast<std::int8_t>(digit);
        shift_right(rest);
        if (carry) rest[3] |= std::uint64_t{1} << 63;
        carry = false;
    }
    return out;
}

}  // namespace enshrine::algebra::bn254
