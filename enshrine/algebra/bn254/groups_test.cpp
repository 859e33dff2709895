// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/msm.hpp>
#include <enshrine/algebra/bn254/random_for_test.hpp>
#include <enshrine/algebra/bn254/scalars.hpp>

#include <gtest/gtest.h>

namespace enshrine::algebra::bn254 {
namespace {

template <class F>
JacobianPoint<F> by_doubling(const AffinePoint<F>& p, const Limbs& scalar) {
    JacobianPoint<F> out;
    for (std::size_t i = 256; i-- > 0;) {
        out = out.twice();
        if (bit(scalar, i)) out = out + p;
    }
    return out;
}

std::vector<Limbs> edge_scalars() {
    std::vector<Limbs> out{{0, 0, 0, 0},  {1, 0, 0, 0},  {2, 0, 0, 0}, {3, 0, 0, 0}, {7, 0, 0, 0}, {8, 0, 0, 0},
                           {15, 0, 0, 0}, {16, 0, 0, 0}, Fr::modulus,  Fp::modulus,  glv_lambda};
    const std::uint64_t ones = ~std::uint64_t{0};
    out.push_back({ones, ones, ones, ones});
    out.push_back({ones, ones, 0, 0});
    out.push_back({0, 0, 1, 0});
    for (const Limbs& near : {Fr::modulus, glv_lambda}) {
        for (std::uint64_t k = 1; k < 9; ++k) {
            Limbs below = near;
            subtract_from(below, {k, 0, 0, 0});
            out.push_back(below);
            Limbs above = near;
            add_to(above, {k, 0, 0, 0});
            out.push_back(above);
        }
    }
    return out;
}

TEST(Bn254Groups, GeneratorsHaveOrderR) {
    EXPECT_TRUE(on_curve(g1_generator));
    EXPECT_TRUE(on_curve(g2_generator));
    EXPECT_TRUE(by_doubling(g1_generator, Fr::modulus).is_infinity());
    EXPECT_TRUE(by_doubling(g2_generator, Fr::modulus).is_infinity());
    EXPECT_TRUE(in_subgroup(g2_generator));
}

template <class F>
void check_addition(const AffinePoint<F>& p, const AffinePoint<F>& q) {
    using J = JacobianPoint<F>;
    const J scaled_p = J{p} + q + -J{q};  // p with another z
    EXPECT_TRUE((scaled_p + q).same_point(J{p} + J{q}));
    EXPECT_EQ((J{p} + q).affine(), (J{q} + p).affine());
    EXPECT_TRUE((J{p} + -p).is_infinity());
    EXPECT_TRUE((scaled_p + -scaled_p).is_infinity());
    EXPECT_TRUE((scaled_p + p).same_point(J{p}.twice()));
    EXPECT_TRUE((scaled_p + J{p}).same_point(J{p}.twice()));
    EXPECT_TRUE((J{p} + J{}).same_point(J{p}));
    EXPECT_TRUE((J{} + J{p}).same_point(J{p}));
    EXPECT_TRUE((J{} + p).same_point(J{p}));
    EXPECT_TRUE((J{p} + AffinePoint<F>::infinity()).same_point(J{p}));
    EXPECT_TRUE(J{}.twice().is_infinity());
    EXPECT_FALSE(J{p}.same_point(J{}));
    EXPECT_FALSE(J{}.same_point(J{p}));
    EXPECT_TRUE(J{}.affine().is_infinity());
    EXPECT_TRUE(on_curve((J{p} + q).affine()));
}

TEST(Bn254Groups, AdditionWithEveryExceptionalCase) {
    Draw draw{11};
    for (int i = 0; i < 20; ++i) {
        const G1Affine p = draw.g1();
        check_addition(p, draw.g1());
        const G2Affine q = draw.g2();
        check_addition(q, draw.g2());
    }
}

TEST(Bn254Groups, MultiplicationAgreesWithDoublingAndAdding) {
    Draw draw{12};
    const G1Affine p = draw.g1();
    const G2Affine q = draw.g2();
    auto scalars = edge_scalars();
    for (int i = 0; i < 60; ++i) scalars.push_back(draw.words());
    for (const Limbs& scalar : scalars) {
        EXPECT_TRUE(multiply(p, scalar).same_point(by_doubling(p, scalar)));
        EXPECT_TRUE(multiply(q, scalar).same_point(by_doubling(q, scalar)));
        EXPECT_TRUE(multiply(p, Fr::from(scalar)).same_point(by_doubling(p, scalar)));
    }
    EXPECT_TRUE(multiply(G1Affine::infinity(), Fr::from(5)).is_infinity());
    EXPECT_TRUE(multiply(G2Affine::infinity(), Fr::from(5)).is_infinity());
}

TEST(Bn254Groups, EndomorphismsMultiply) {
    Draw draw{13};
    const G1Affine p = draw.g1();
    EXPECT_TRUE(by_doubling(p, glv_lambda).same_point(G1{cube_root_map(p)}));
    const G2Affine q = draw.g2();
    EXPECT_TRUE(by_doubling(q, Fp::modulus).same_point(G2{untwist_frobenius_twist(q)}));
    const G2 scaled = G2{q}.twice();
    EXPECT_EQ(untwist_frobenius_twist(scaled).affine(), untwist_frobenius_twist(scaled.affine()));
}

TEST(Bn254Groups, SubgroupMembershipIsThatOfOrderR) {
    Draw draw{14};
    for (int i = 0; i < 10; ++i) {
        EXPECT_TRUE(in_subgroup(draw.g2()));
        const G2Affine outside = draw.twist_point();
        ASSERT_TRUE(on_curve(outside));
        EXPECT_FALSE(by_doubling(outside, Fr::modulus).is_infinity());
        EXPECT_FALSE(in_subgroup(outside));
        EXPECT_FALSE(in_subgroup((G2{outside} + draw.g2()).affine()));
        // r times a point of the twist has an order that divides the cofactor.
        EXPECT_FALSE(in_subgroup(by_doubling(outside, Fr::modulus).affine()));
    }
}

TEST(Bn254Groups, HalvesOfScalarsAreShortAndRight) {
    Draw draw{15};
    const Fr lambda = Fr::from(glv_lambda);
    const auto value = [](const SignedHalf& half) {
        const Fr magnitude = Fr::from(Limbs{half.low, half.high, 0, 0});
        EXPECT_EQ(half.high >> 63, 0U);
        return half.negative ? -magnitude : magnitude;
    };
    auto scalars = edge_scalars();
    for (int i = 0; i < 5000; ++i) scalars.push_back(draw.words());
    for (const Limbs& any : scalars) {
        const Fr scalar = Fr::from(any);
        const SplitScalar split = split_scalar(scalar.canonical());
        ASSERT_EQ(value(split.first) + value(split.second) * lambda, scalar);
    }
}

TEST(Bn254Groups, SignedDigitsSpellTheScalar) {
    Draw draw{16};
    auto scalars = edge_scalars();
    for (int i = 0; i < 200; ++i) scalars.push_back(draw.words());
    for (const Limbs& scalar : scalars) {
        for (unsigned width = 2; width <= 8; ++width) {
            const Naf naf = signed_digits(scalar, width);
            Fr sum;
            std::size_t last = naf.size;
            for (std::size_t i = naf.size; i-- > 0;) {
                const int digit = naf.digits[i];
                const Fr magnitude = Fr::from(static_cast<std::uint64_t>(std::abs(digit)));
                sum = sum.twice() + (digit < 0 ? -magnitude : magnitude);
                if (digit == 0) continue;
                ASSERT_EQ(std::abs(digit) % 2, 1);
                ASSERT_LT(std::abs(digit), 1 << (width - 1));
                ASSERT_TRUE(last == naf.size || last - i >= width);
                last = i;
            }
            ASSERT_EQ(sum, Fr::from(scalar));
        }
    }
}

TEST(Bn254Groups, BatchesOfInversionsKeepZeros) {
    Draw draw{17};
    std::vector<G1> points{G1{}, G1{draw.g1()}.twice(), G1{}, G1{draw.g1()}.twice().twice()};
    const auto affine = to_affine<Fp>(points);
    for (std::size_t i = 0; i < points.size(); ++i) EXPECT_EQ(affine[i], points[i].affine());
    EXPECT_TRUE(to_affine<Fp>(std::span<const G1>{}).empty());
}

G1 plain_sum(std::span<const G1Affine> points, std::span<const Fr> scalars) {
    G1 out;
    for (std::size_t i = 0; i < points.size(); ++i) out = out + by_doubling(points[i], scalars[i].canonical());
    return out;
}

TEST(Bn254Msm, BothWaysAgreeWithTheSumOfProducts) {
    Draw draw{18};
    for (const std::size_t size : {0UL, 1UL, 2UL, 3UL, 7UL, 40UL, 97UL, 130UL}) {
        std::vector<G1Affine> points;
        std::vector<Fr> scalars;
        for (std::size_t i = 0; i < size; ++i) {
            points.push_back(i % 11 == 5 ? G1Affine::infinity() : i % 7 == 3 ? points[0] : draw.g1());
            scalars.push_back(i % 5 == 4 ? Fr::zero() : i % 9 == 2 ? -Fr::one() : draw.fr());
        }
        const G1 expected = plain_sum(points, scalars);
        EXPECT_TRUE(multi_scalar_product_straus(points, scalars).same_point(expected)) << size;
        EXPECT_TRUE(multi_scalar_product_pippenger(points, scalars).same_point(expected)) << size;
        EXPECT_TRUE(multi_scalar_product(points, scalars).same_point(expected)) << size;
    }
}

TEST(Bn254Msm, TermsThatCancelGiveInfinity) {
    Draw draw{19};
    const G1Affine p = draw.g1();
    const Fr k = draw.fr();
    const std::array points{p, -p, p};
    const std::array scalars{k, k, Fr::zero()};
    EXPECT_TRUE(multi_scalar_product_straus(points, scalars).is_infinity());
    EXPECT_TRUE(multi_scalar_product_pippenger(points, scalars).is_infinity());
}

}  // namespace
}  // namespace enshrine::algebra::bn254
