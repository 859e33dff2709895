// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/pairing.hpp>
#include <enshrine/algebra/bn254/random_for_test.hpp>

#include <gtest/gtest.h>

#include <numeric>

namespace enshrine::algebra::bn254 {
namespace {

Fp12 pairing(const G1Affine& p, const G2Affine& q) {
    const Pair pair{p, q};
    return final_exponentiation(miller_loop({&pair, 1}));
}

Fp12 power(const Fp12& a, const Limbs& exponent) {
    Fp12 out = Fp12::one();
    for (std::size_t i = 256; i-- > 0;) {
        out = out.square();
        if (bit(exponent, i)) out = out * a;
    }
    return out;
}

TEST(Bn254Pairing, LoopDigitsSpellSixXPlusTwo) {
    Fr value;
    for (std::size_t i = loop_digits.size(); i-- > 0;) {
        const Fr digit = Fr::from(static_cast<std::uint64_t>(std::abs(loop_digits[i])));
        value = value.twice() + (loop_digits[i] < 0 ? -digit : digit);
    }
    EXPECT_EQ(value, Fr::from(6) * Fr::from(curve_parameter) + Fr::from(2));
    const auto additions = std::accumulate(loop_digits.begin(), loop_digits.end() - 1, std::size_t{0},
                                           [](std::size_t sum, int digit) { return sum + (digit != 0 ? 1 : 0); });
    EXPECT_EQ(lines_per_loop, loop_digits.size() - 1 + additions + 2);
}

TEST(Bn254Pairing, IsNotDegenerateAndHasOrderR) {
    const Fp12 e = pairing(g1_generator, g2_generator);
    EXPECT_NE(e, Fp12::one());
    EXPECT_EQ(power(e, Fr::modulus), Fp12::one());
}

TEST(Bn254Pairing, IsBilinear) {
    Draw draw{21};
    for (int i = 0; i < 5; ++i) {
        const G1Affine p = draw.g1();
        const G2Affine q = draw.g2();
        const Fr a = draw.fr();
        const Fr b = draw.fr();
        const Fp12 e = pairing(p, q);
        EXPECT_EQ(pairing(multiply(p, a).affine(), q), power(e, a.canonical()));
        EXPECT_EQ(pairing(p, multiply(q, b).affine()), power(e, b.canonical()));
        EXPECT_EQ(pairing(multiply(p, a).affine(), multiply(q, b).affine()), power(e, (a * b).canonical()));
        const G1Affine p2 = draw.g1();
        const G2Affine q2 = draw.g2();
        EXPECT_EQ(pairing((G1{p} + p2).affine(), q), e * pairing(p2, q));
        EXPECT_EQ(pairing(p, (G2{q} + q2).affine()), e * pairing(p, q2));
        EXPECT_EQ(pairing(-p, q), e.conjugate());
        EXPECT_EQ(pairing(p, -q), e.conjugate());
    }
}

/// What makes an exponent usable: it kills every factor that the loop leaves open (proper subfields, r-th powers),
/// sends the rest to roots of unity of order r, and keeps what is not one apart from one.
TEST(Bn254Pairing, FinalExponentiationIsAHomomorphismIntoTheOrderRSubgroup) {
    Draw draw{22};
    const Fp12 a = draw.fp12();
    const Fp12 b = draw.fp12();
    EXPECT_EQ(final_exponentiation(a * b), final_exponentiation(a) * final_exponentiation(b));
    EXPECT_EQ(power(final_exponentiation(a), Fr::modulus), Fp12::one());
    EXPECT_EQ(final_exponentiation(a.frobenius<1>()), final_exponentiation(a).frobenius<1>());
    const Fp12 subfield{{draw.fp2(), draw.fp2(), draw.fp2()}, Fp6::zero()};
    EXPECT_EQ(final_exponentiation(subfield), Fp12::one());
    // An r-th power vanishes; what is not one does not.
    EXPECT_EQ(final_exponentiation(power(a, Fr::modulus)), Fp12::one());
    EXPECT_NE(final_exponentiation(a), Fp12::one());
}

TEST(Bn254Pairing, ProductsShareOneLoop) {
    Draw draw{23};
    std::vector<Pair> pairs;
    Fp12 product = Fp12::one();
    for (int i = 0; i < 5; ++i) {
        const G1Affine p = draw.g1();
        const G2Affine q = draw.g2();
        pairs.push_back({p, q});
        product = product * pairing(p, q);
    }
    EXPECT_EQ(final_exponentiation(miller_loop(pairs)), product);
}

TEST(Bn254Pairing, PreparedPointsGiveTheSameValue) {
    Draw draw{24};
    const G2Affine q1 = draw.g2();
    const G2Affine q2 = draw.g2();
    const G1Affine p1 = draw.g1();
    const G1Affine p2 = draw.g1();
    const G1Affine p3 = draw.g1();
    const PreparedG2 prepared1{q1};
    const PreparedG2 prepared2{q2};
    const std::array prepared{PreparedPair{p1, &prepared1}, PreparedPair{p2, &prepared2}};
    const std::array variable{Pair{p3, g2_generator}};
    const std::array all{Pair{p1, q1}, Pair{p2, q2}, Pair{p3, g2_generator}};
    EXPECT_EQ(final_exponentiation(miller_loop(variable, prepared)), final_exponentiation(miller_loop(all)));
}

TEST(Bn254Pairing, InfinityContributesNothing) {
    Draw draw{25};
    const G1Affine p = draw.g1();
    const G2Affine q = draw.g2();
    const PreparedG2 nothing{G2Affine::infinity()};
    const PreparedG2 prepared{q};
    const std::array pairs{Pair{p, q}, Pair{G1Affine::infinity(), q}, Pair{p, G2Affine::infinity()}};
    const std::array prepared_pairs{PreparedPair{p, &nothing}, PreparedPair{G1Affine::infinity(), &prepared}};
    EXPECT_EQ(final_exponentiation(miller_loop(pairs, prepared_pairs)), pairing(p, q));
    EXPECT_TRUE(pairing_product_is_one({}));
    EXPECT_TRUE(pairing_product_is_one(std::span{pairs}.subspan(1)));
}

/// The loop's own verdict on its second points is in_subgroup()'s.
TEST(Bn254Pairing, LoopKnowsPointsOutsideTheGroup) {
    Draw draw{27};
    const PreparedG2 prepared{draw.g2()};
    const PreparedPair fixed{draw.g1(), &prepared};
    std::vector<G2Affine> points{g2_generator, -g2_generator, G2Affine::infinity()};
    for (int i = 0; i < 10; ++i) points.push_back(draw.g2());
    for (int i = 0; i < 10; ++i) points.push_back(draw.twist_point());
    const auto small = draw.twist_points_of_small_order();
    ASSERT_TRUE(multiply(small.front(), Limbs{10069, 0, 0, 0}).is_infinity());
    ASSERT_FALSE(small.front().is_infinity());
    points.insert(points.end(), small.begin(), small.end());
    for (const G2Affine& point : small) points.push_back((G2{point} + draw.g2()).affine());
    for (const G2Affine& q : points) {
        const bool inside = q.is_infinity() || in_subgroup(q);
        for (const G1Affine& p : {draw.g1(), G1Affine::infinity()}) {
            const std::array pairs{Pair{draw.g1(), draw.g2()}, Pair{p, q}};
            const auto found = miller_loop_on_twist(pairs, {&fixed, 1});
            ASSERT_EQ(found.has_value(), inside);
            if (inside) {
                EXPECT_EQ(*found, miller_loop(pairs, {&fixed, 1}));
            }
        }
    }
}

TEST(Bn254Pairing, EquationsHoldOrDoNot) {
    Draw draw{26};
    for (int i = 0; i < 10; ++i) {
        const G1Affine p = draw.g1();
        const G2Affine q = draw.g2();
        const Fr a = draw.fr();
        const std::array holds{Pair{multiply(p, a).affine(), q}, Pair{-p, multiply(q, a).affine()}};
        EXPECT_TRUE(pairing_product_is_one(holds));
        const std::array fails{Pair{multiply(p, a + Fr::one()).affine(), q}, Pair{-p, multiply(q, a).affine()}};
        EXPECT_FALSE(pairing_product_is_one(fails));
    }
}

}  // namespace
}  // namespace enshrine::algebra::bn254
