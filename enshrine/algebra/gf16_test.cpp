// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/gf16.hpp>
#include <enshrine/algebra/gf16_fft.hpp>
#include <enshrine/algebra/gf16_locator.hpp>
#include <enshrine/algebra/gf16_tables.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

namespace enshrine::algebra {
namespace {

static_assert(gf16_mul(2, 2) == 3 && gf16_mul(0x1234, 0xABCD) == 0x43C1);
static_assert(gf16_mul(gf16_inverse(0x1234), 0x1234) == 1 && gf16_inverse(0) == 0);

TEST(Gf16Vectors, Code1Products) {
    EXPECT_EQ(gf16_mul(2, 2), 0x0003);
    EXPECT_EQ(gf16_mul(0x1234, 0xABCD), 0x43C1);
    EXPECT_EQ(gf16_inverse(4), 0x000C);  // by these parity of rate 1/4 differs from plain transforms
    EXPECT_EQ(gf16_inverse(5), 0x000F);
    EXPECT_EQ(gf16_inverse(6), 0x000A);
}

// [DA-CODE.1] The basis: β0 = 1 and β(i)² + β(i) = β(i−1), which is what the twiddle factors rest on.
TEST(Gf16, Code1BasisIsCantors) {
    EXPECT_EQ(gf16_basis[0], 1);
    for (std::size_t i = 1; i < gf16_bits; ++i) {
        const auto label = static_cast<Gf16>(1U << i);
        EXPECT_EQ(gf16_mul(label, label) ^ label, label >> 1);
    }
}

TEST(Gf16, TablesAgreeWithTheHeader) {
    const Gf16Tables& tables = gf16_tables();
    for (std::uint32_t a = 0; a < 65'536; ++a) {
        const auto x = static_cast<Gf16>(a);
        const auto y = static_cast<Gf16>(a * 40'503 + 77);
        ASSERT_EQ(multiply(tables, x, y), gf16_mul(x, y));
        ASSERT_EQ(multiply(tables, x, gf16_inverse(x)), x == 0 ? 0 : 1);
    }
}

RC_GTEST_PROP(Gf16, IsAField, (Gf16 a, Gf16 b, Gf16 c)) {
    RC_ASSERT(gf16_mul(a, b) == gf16_mul(b, a));
    RC_ASSERT(gf16_mul(a, gf16_mul(b, c)) == gf16_mul(gf16_mul(a, b), c));
    RC_ASSERT(gf16_mul(a, b ^ c) == (gf16_mul(a, b) ^ gf16_mul(a, c)));
    RC_ASSERT(gf16_mul(a, 1) == a);
}

TEST(Gf16, SubfieldsAreTheLowLabels) {
    for (const std::uint32_t size : {4U, 16U, 256U}) {
        for (std::uint32_t a = 0; a < size; ++a) {
            for (std::uint32_t b = 0; b < size; ++b) {
                ASSERT_LT(gf16_mul(static_cast<Gf16>(a), static_cast<Gf16>(b)), size);
            }
        }
    }
}

/// The value at `point` of coefficients in the basis of gf16_fft.hpp.
Gf16 evaluate(std::span<const Gf16> coefficients, std::size_t point) {
    Gf16 sum = 0;
    for (std::size_t i = 0; i < coefficients.size(); ++i) {
        Gf16 term = coefficients[i];
        for (std::size_t bit = 0; bit < gf16_bits; ++bit) {
            if ((i >> bit & 1) != 0) term = gf16_mul(term, static_cast<Gf16>(point >> bit));
        }
        sum ^= term;
    }
    return sum;
}

std::vector<Gf16> arbitrary_values(std::size_t size) {
    return *rc::gen::container<std::vector<Gf16>>(size, rc::gen::arbitrary<Gf16>());
}

RC_GTEST_PROP(Gf16Fft, EvaluatesAndInterpolates, ()) {
    const auto size = std::size_t{1} << *rc::gen::inRange(0, 7);
    const auto offset = size * *rc::gen::inRange<std::size_t>(0, 65'536 / size);
    const auto coefficients = arbitrary_values(size);
    auto values = coefficients;
    gf16_fft(values, offset);
    for (std::size_t i = 0; i < size; ++i) RC_ASSERT(values[i] == evaluate(coefficients, offset + i));
    gf16_ifft(values, offset);
    RC_ASSERT(values == coefficients);
}

// (x · p)' = p + x · p' for every p, and a constant has none: these determine the derivative.
RC_GTEST_PROP(Gf16Fft, DerivativeObeysTheProductRule, ()) {
    const auto size = std::size_t{1} << *rc::gen::inRange(0, 7);
    auto p = arbitrary_values(2 * size);
    std::fill(p.begin() + static_cast<std::ptrdiff_t>(size), p.end(), Gf16{0});  // room for the degree of x · p
    auto p_values = p;
    gf16_fft(p_values, 0);
    auto product = p_values;
    for (std::size_t i = 0; i < product.size(); ++i) product[i] = gf16_mul(product[i], static_cast<Gf16>(i));
    gf16_ifft(product, 0);
    gf16_add_derivative(product);  // x p + (x p)'
    gf16_fft(product, 0);
    gf16_add_derivative(p);  // p + p'
    gf16_fft(p, 0);
    for (std::size_t i = 0; i < p.size(); ++i) {
        // x p + (p + x p') = x (p + p') + p
        RC_ASSERT(product[i] == (gf16_mul(static_cast<Gf16>(i), p[i]) ^ p_values[i]));
    }
}

RC_GTEST_PROP(Gf16Locator, IsTheProductOfDifferences, ()) {
    const auto size = std::size_t{1} << *rc::gen::inRange(0, 9);
    const auto chosen = *rc::gen::container<std::vector<bool>>(size, rc::gen::arbitrary<bool>());
    std::vector<std::uint32_t> points;
    for (std::uint32_t i = 0; i < size; ++i) {
        if (chosen[i]) points.push_back(i);
    }
    const auto logs = gf16_locator_logs(points, size);
    for (std::uint32_t x = 0; x < size; ++x) {
        Gf16 product = 1;
        for (const std::uint32_t point : points) {
            if (point != x) product = gf16_mul(product, static_cast<Gf16>(point ^ x));
        }
        RC_ASSERT(gf16_tables().power[logs[x]] == product);
    }
}

}  // namespace
}  // namespace enshrine::algebra
