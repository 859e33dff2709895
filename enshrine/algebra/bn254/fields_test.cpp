// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/frobenius.hpp>
#include <enshrine/algebra/bn254/random_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::algebra::bn254 {
namespace {

template <class Field>
class Bn254Field : public ::testing::Test {};
using PrimeFields = ::testing::Types<Fp, Fr>;
TYPED_TEST_SUITE(Bn254Field, PrimeFields, );

template <class Field>
U256 modulus() {
    U256 out;
    out.limbs = Field::modulus;
    return out;
}

/// a b mod m by division of integers, which shares nothing with the code under test.
template <class Field>
U256 product(const Field& a, const Field& b) {
    // a b = q m + rest with q = floor(a b / m), everything modulo 2^256.
    const U256 x = a.to_u256();
    const U256 y = b.to_u256();
    const U256 quotient = mul_div(x, y, modulus<Field>()).value();
    return x * y - quotient * modulus<Field>();
}

template <class Field>
std::vector<std::pair<Field, Field>> samples() {
    std::vector<std::pair<Field, Field>> out;
    for (const Field& a : edge_elements<Field>()) {
        for (const Field& b : edge_elements<Field>()) out.emplace_back(a, b);
    }
    Draw draw{1};
    for (int i = 0; i < 2000; ++i) {
        const auto a = draw.field<Field>();
        const auto b = draw.field<Field>();
        out.emplace_back(a, b);
    }
    return out;
}

TYPED_TEST(Bn254Field, AgreesWithIntegersModuloThePrime) {
    using F = TypeParam;
    const U256 m = modulus<F>();
    for (const auto& [a, b] : samples<F>()) {
        ASSERT_EQ((a * b).to_u256(), product(a, b));
        ASSERT_EQ((a + b).to_u256(), divide(a.to_u256() + b.to_u256(), m).remainder);
        ASSERT_EQ((a - b).to_u256(), divide(a.to_u256() + m - b.to_u256(), m).remainder);
        ASSERT_LT(U256(a.montgomery()[3], a.montgomery()[2], a.montgomery()[1], a.montgomery()[0]), m);
    }
}

TYPED_TEST(Bn254Field, SumsOfProductsAreWhatTheySay) {
    using F = TypeParam;
    const auto pairs = samples<F>();
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto& [a, b] = pairs[i];
        const auto& [c, d] = pairs[(7 * i + 3) % pairs.size()];
        ASSERT_EQ(F::product_sum(a, b, c, d), a * b + c * d);
        ASSERT_EQ(F::product_difference(a, b, c, d), a * b - c * d);
        ASSERT_EQ(F::difference_of_squares(a, b), (a + b) * (a - b));
        ASSERT_EQ(-a + a, F::zero());
    }
}

TYPED_TEST(Bn254Field, NineTimes) {
    using F = TypeParam;
    const F nine = F::from(9);
    for (const auto& [a, b] : samples<F>()) {
        ASSERT_EQ(F::nine_less(a, b), nine * a - b);
        ASSERT_EQ(F::nine_plus(a, b), nine * a + b);
    }
    const F top = -F::one();
    EXPECT_EQ(F::nine_less(F::zero(), F::zero()), F::zero());
    EXPECT_EQ(F::nine_plus(F::from_montgomery((-F::from_montgomery({1, 0, 0, 0})).montgomery()), top),
              -(nine * F::from_montgomery({1, 0, 0, 0})) + top);
}

/// On this processor the products may be those of montgomery_adx.hpp.
TYPED_TEST(Bn254Field, ProductsAreThoseInCxx) {
    using F = TypeParam;
    const auto pairs = samples<F>();
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto& [a, b] = pairs[i];
        const auto& [c, d] = pairs[(7 * i + 3) % pairs.size()];
        ASSERT_EQ((a * b).montgomery(), F::portable_product(a.montgomery(), b.montgomery()));
        ASSERT_EQ(F::product_sum(a, b, c, d).montgomery(),
                  F::portable_sum(a.montgomery(), b.montgomery(), c.montgomery(), d.montgomery()));
        const F difference =
            F::from_montgomery(F::portable_sum(a.montgomery(), b.montgomery(), (-c).montgomery(), d.montgomery()));
        ASSERT_EQ(F::product_difference(a, b, c, d), difference);
    }
}

TYPED_TEST(Bn254Field, InversesAndPowers) {
    using F = TypeParam;
    EXPECT_EQ(F::zero().inverse(), F::zero());
    for (const auto& [a, b] : samples<F>()) {
        if (!a.is_zero()) {
            ASSERT_EQ(a * a.inverse(), F::one());
        }
        ASSERT_EQ(a.power(F::modulus), a) << "Fermat";
        ASSERT_LT(U256(a.inverse().montgomery()[3], a.inverse().montgomery()[2], a.inverse().montgomery()[1],
                       a.inverse().montgomery()[0]),
                  modulus<F>());
    }
    EXPECT_EQ(F::from(3).power({5, 0, 0, 0}), F::from(243));
    EXPECT_EQ(F::from(3).power({0, 0, 0, 0}), F::one());
}

TYPED_TEST(Bn254Field, NumbersAreTakenModuloThePrime) {
    using F = TypeParam;
    EXPECT_EQ(F::from(F::modulus), F::zero());
    const std::uint64_t ones = ~std::uint64_t{0};
    const U256 largest{ones, ones, ones, ones};
    EXPECT_EQ(F::from(largest).to_u256(), divide(largest, modulus<F>()).remainder);
}

TEST(Bn254Fields, ModuliAreThePolynomialsOfTheFamily) {
    for (const Fr& one : {Fr::one()}) {  // p - r = 6 x^2, and r(x) = 0 mod r
        const Fr x = Fr::from(curve_parameter);
        const Fr xx = x.square();
        const Fr r = Fr::from(36) * xx * xx + Fr::from(36) * xx * x + Fr::from(18) * xx + Fr::from(6) * x + one;
        EXPECT_EQ(r, Fr::zero());
    }
    const Fp x = Fp::from(curve_parameter);
    const Fp xx = x.square();
    EXPECT_EQ(Fp::from(36) * xx * xx + Fp::from(36) * xx * x + Fp::from(24) * xx + Fp::from(6) * x + Fp::one(),
              Fp::zero());
    Limbs difference = Fp::modulus;
    EXPECT_EQ(subtract_from(difference, Fr::modulus), 0U);
    EXPECT_EQ(U256(difference[3], difference[2], difference[1], difference[0]),
              U256{6} * U256{curve_parameter} * U256{curve_parameter});
}

TEST(Bn254Fields, SquareRoots) {
    Draw draw{2};
    int squares = 0;
    for (int i = 0; i < 200; ++i) {
        const Fp a = draw.fp();
        const auto root = square_root(a);
        if (root) {
            ++squares;
            EXPECT_EQ(root->square(), a);
        } else {
            EXPECT_TRUE(square_root(-a).has_value()) << "-1 is no square";
        }
        EXPECT_TRUE(square_root(a.square()).has_value());
    }
    EXPECT_GT(squares, 50);
    EXPECT_LT(squares, 150);
    EXPECT_EQ(square_root(Fp::zero()), Fp::zero());
}

TEST(Bn254Fp2, IsAFieldWithUSquaredMinusOne) {
    Draw draw{3};
    const Fp2 u{Fp::zero(), Fp::one()};
    EXPECT_EQ(u.square(), -Fp2::one());
    for (int i = 0; i < 300; ++i) {
        const Fp2 a = draw.fp2();
        const Fp2 b = draw.fp2();
        const Fp2 c = draw.fp2();
        ASSERT_EQ((a * b) * c, a * (b * c));
        ASSERT_EQ(a * (b + c), a * b + a * c);
        ASSERT_EQ(a.square(), a * a);
        ASSERT_EQ(a * a.inverse(), Fp2::one());
        ASSERT_EQ(a.times_xi(), a * (Fp2{Fp::from(9), Fp::one()}));
        ASSERT_EQ(a * a.conjugate(), (Fp2{Fp::product_sum(a.c0, a.c0, a.c1, a.c1), Fp::zero()}));
        ASSERT_EQ(a * b.c0, a * (Fp2{b.c0, Fp::zero()}));
    }
    EXPECT_EQ(Fp2::zero().inverse(), Fp2::zero());
}

TEST(Bn254Fp2, SquareRoots) {
    Draw draw{4};
    int squares = 0;
    for (int i = 0; i < 200; ++i) {
        const Fp2 a = draw.fp2();
        if (const auto root = square_root(a)) {
            ++squares;
            EXPECT_EQ(root->square(), a);
        }
        for (const Fp2& square : {a.square(), Fp2{a.c0, Fp::zero()}, Fp2{-a.c0, Fp::zero()}}) {
            const auto root = square_root(square);  // every element of Fp has a root in Fp2
            ASSERT_TRUE(root.has_value());
            EXPECT_EQ(root->square(), square);
        }
    }
    EXPECT_GT(squares, 50);
    EXPECT_LT(squares, 150);
    EXPECT_EQ(square_root(Fp2::zero()), Fp2::zero());
}

TEST(Bn254Fp6, IsAFieldWithVCubedXi) {
    Draw draw{5};
    const Fp6 v{Fp2::zero(), Fp2::one(), Fp2::zero()};
    EXPECT_EQ(v * v * v, (Fp6{Fp2::one().times_xi(), Fp2::zero(), Fp2::zero()}));
    for (int i = 0; i < 100; ++i) {
        const Fp6 a = draw.fp6();
        const Fp6 b = draw.fp6();
        const Fp6 c = draw.fp6();
        ASSERT_EQ((a * b) * c, a * (b * c));
        ASSERT_EQ(a * b, b * a);
        ASSERT_EQ(a * (b + c), a * b + a * c);
        ASSERT_EQ(a * a.inverse(), Fp6::one());
        ASSERT_EQ(a.times_v(), a * v);
        ASSERT_EQ(a.times_sparse(b.c0, b.c1), a * (Fp6{b.c0, b.c1, Fp2::zero()}));
        ASSERT_EQ(a.times(b.c0), a * (Fp6{b.c0, Fp2::zero(), Fp2::zero()}));
    }
}

TEST(Bn254Fp12, IsAFieldWithWSquaredV) {
    Draw draw{6};
    const Fp12 w{Fp6::zero(), Fp6::one()};
    EXPECT_EQ(w * w, (Fp12{{Fp2::zero(), Fp2::one(), Fp2::zero()}, Fp6::zero()}));
    for (int i = 0; i < 50; ++i) {
        const Fp12 a = draw.fp12();
        const Fp12 b = draw.fp12();
        const Fp12 c = draw.fp12();
        ASSERT_EQ((a * b) * c, a * (b * c));
        ASSERT_EQ(a * b, b * a);
        ASSERT_EQ(a.square(), a * a);
        ASSERT_EQ(a * a.inverse(), Fp12::one());
        const Fp2 l0 = draw.fp2();
        const Fp2 l1 = draw.fp2();
        const Fp2 l2 = draw.fp2();
        ASSERT_EQ(a.times_line({l0, l1, l2}), a * (Fp12{{l0, Fp2::zero(), Fp2::zero()}, {l1, l2, Fp2::zero()}}));
        ASSERT_EQ(a.times_unit_line(l1, l2), a.times_line({Fp2::one(), l1, l2}));
        ASSERT_EQ(a.times_lines({l0, l1, l2}, {l2, l0, l1}), a.times_line({l0, l1, l2}).times_line({l2, l0, l1}));
    }
}

Fp12 to_the_p(const Fp12& a) {
    Fp12 out = Fp12::one();
    for (std::size_t i = 256; i-- > 0;) {
        out = out.square();
        if (bit(Fp::modulus, i)) out = out * a;
    }
    return out;
}

TEST(Bn254Fp12, FrobeniusMapsArePowersOfP) {
    Draw draw{7};
    const Fp12 a = draw.fp12();
    Fp12 power = to_the_p(a);
    EXPECT_EQ(a.frobenius<1>(), power);
    power = to_the_p(power);
    EXPECT_EQ(a.frobenius<2>(), power);
    power = to_the_p(power);
    EXPECT_EQ(a.frobenius<3>(), power);
    for (int i = 0; i < 3; ++i) power = to_the_p(power);
    EXPECT_EQ(a.conjugate(), power) << "the sixth power of the map";
}

TEST(Bn254Fp12, CyclotomicSquaring) {
    Draw draw{8};
    for (int i = 0; i < 20; ++i) {
        const Fp12 a = draw.fp12();
        const Fp12 easy = a.conjugate() * a.inverse();
        const Fp12 cyclotomic = easy.frobenius<2>() * easy;
        ASSERT_EQ(cyclotomic.cyclotomic_square(), cyclotomic.square());
        ASSERT_EQ(cyclotomic * cyclotomic.conjugate(), Fp12::one());
        ASSERT_NE(a.cyclotomic_square(), a.square()) << "the shortcut is for the subgroup alone";
    }
}

}  // namespace
}  // namespace enshrine::algebra::bn254
