// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/lane_code.hpp>
#include <enshrine/algebra/bn254/lanes.hpp>
#include <enshrine/algebra/bn254/msm.hpp>
#include <enshrine/algebra/bn254/random_for_test.hpp>
#include <enshrine/algebra/bn254/scalars.hpp>

#include <gtest/gtest.h>

#include <cstdlib>

namespace enshrine::algebra::bn254 {
namespace {

/// A weight of a batch: two halves of 64 bits.
Fr short_scalar(Draw& draw) {
    const Fr low_half = Fr::from(draw.word());
    const Fr high_half = Fr::from(draw.word());
    return low_half + high_half * Fr::from(glv_lambda);
}

std::vector<Fr> edge_scalars() {
    std::vector<Fr> out = edge_elements<Fr>();
    const Fr lambda = Fr::from(glv_lambda);
    for (const Fr& scalar : {lambda, -lambda, lambda + Fr::one(), lambda.square(), Fr::from(8), Fr::from(9)}) {
        out.push_back(scalar);
    }
    for (std::size_t bits = 60; bits < 130; ++bits) {
        Limbs power{};
        power[bits / 64] = std::uint64_t{1} << (bits % 64);
        out.push_back(Fr::from(power));
        out.push_back(Fr::from(power) - Fr::one());
    }
    return out;
}

std::vector<G1Affine> points_of_g1(Draw& draw, std::size_t count) {
    std::vector<G1Affine> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(draw.g1());
    return out;
}

TEST(Bn254Lanes, CodeOfThisProcessor) {
    if (lane_code() == nullptr) GTEST_SKIP() << "this processor has no AVX-512 IFMA: one point at a time";
    EXPECT_STREQ(lane_code()->name, "avx512_ifma");
}

TEST(Bn254Lanes, MembershipIsThatOfOnePoint) {
    Draw draw{41};
    std::vector<G2Affine> points{g2_generator, -g2_generator, G2Affine::infinity()};
    for (int i = 0; i < 40; ++i) points.push_back(i % 3 == 0 ? draw.twist_point() : draw.g2());
    for (const G2Affine& point : draw.twist_points_of_small_order()) {
        points.push_back(point);
        points.push_back((G2{point} + draw.g2()).affine());
    }
    std::vector<Pair> pairs;
    for (const G2Affine& point : points) {
        pairs.push_back({pairs.size() % 7 == 0 ? G1Affine::infinity() : draw.g1(), point});
    }
    for (std::size_t count = 0; count <= points.size(); ++count) {
        const auto found = miller_loop_of_many(std::span{pairs}.first(count)).in_subgroup;
        ASSERT_EQ(found.size(), count);
        for (std::size_t i = 0; i < count; ++i) {
            EXPECT_EQ(found[i], points[i].is_infinity() || in_subgroup(points[i])) << i;
        }
    }
}

TEST(Bn254Lanes, MillerLoopIsThatOfOnePair) {
    Draw draw{42};
    std::vector<Pair> pairs;
    for (int i = 0; i < 20; ++i) pairs.push_back({draw.g1(), draw.g2()});
    pairs[5].p = G1Affine::infinity();
    pairs[11].q = G2Affine::infinity();
    pairs[12] = pairs[3];
    pairs[13] = {-pairs[4].p, pairs[4].q};
    for (std::size_t count = 0; count <= pairs.size(); ++count) {
        const auto some = std::span{pairs}.first(count);
        EXPECT_EQ(miller_loop_of_many(some).value, miller_loop(some)) << count;
    }
}

TEST(Bn254Lanes, ProductsAreThoseOfOnePoint) {
    Draw draw{43};
    for (const std::size_t count : {0U, 1U, 2U, 3U, 8U, 9U, 23U}) {
        auto points = points_of_g1(draw, count);
        if (count > 4) points[4] = G1Affine::infinity();
        std::vector<Fr> scalars;
        for (std::size_t i = 0; i < count; ++i) scalars.push_back(i % 2 == 0 ? draw.fr() : short_scalar(draw));
        const auto products = multiply_each(points, scalars);
        ASSERT_EQ(products.size(), count);
        for (std::size_t i = 0; i < count; ++i) {
            EXPECT_TRUE(products[i].same_point(multiply(points[i], scalars[i]))) << count << ' ' << i;
        }
    }
    const auto scalars = edge_scalars();
    const std::vector<G1Affine> points(scalars.size(), draw.g1());
    const auto products = multiply_each(points, scalars);
    for (std::size_t i = 0; i < scalars.size(); ++i) {
        EXPECT_TRUE(products[i].same_point(multiply(points[i], scalars[i]))) << i;
    }
}

TEST(Bn254Lanes, SumsAreThoseOfOnePoint) {
    Draw draw{44};
    for (const std::size_t count : {0U, 1U, 7U, 8U, 17U, 40U, 521U}) {
        auto points = points_of_g1(draw, count);
        std::vector<Fr> scalars;
        for (std::size_t i = 0; i < count; ++i) scalars.push_back(draw.fr());
        EXPECT_TRUE(
            multi_scalar_product_of_many(points, scalars).same_point(multi_scalar_product_straus(points, scalars)))
            << count;
    }
}

/// Equal points, opposite points and equal digits in one lane: additions that the formula does not know.
TEST(Bn254Lanes, SumsThatCancelOrDouble) {
    Draw draw{45};
    const G1Affine p = draw.g1();
    const auto scalars = edge_scalars();
    std::vector<G1Affine> points;
    std::vector<Fr> factors;
    for (std::size_t i = 0; i < 5 * lane_count; ++i) {
        points.push_back(i / lane_count % 2 == 0 ? p : -p);
        factors.push_back(scalars[i % lane_count % scalars.size()]);
    }
    for (std::size_t count = 0; count <= points.size(); ++count) {
        const auto some_points = std::span{points}.first(count);
        const auto some_factors = std::span{factors}.first(count);
        EXPECT_TRUE(multi_scalar_product_of_many(some_points, some_factors)
                        .same_point(multi_scalar_product_straus(some_points, some_factors)))
            << count;
    }
}

/// `count` points of each group through every function, in batches of random sizes.
void compare_points(std::uint64_t seed, std::size_t count) {
    Draw draw{seed};
    for (std::size_t done = 0; done < count;) {
        const std::size_t size = 1 + draw.word() % 40;
        std::vector<Pair> pairs;
        std::vector<G1Affine> first;
        std::vector<G2Affine> second;
        std::vector<Fr> scalars;
        for (std::size_t i = 0; i < size; ++i) {
            pairs.push_back({draw.g1(), draw.g2()});
            first.push_back(pairs.back().p);
            second.push_back(draw.word() % 4 == 0 ? draw.twist_point() : pairs.back().q);
            scalars.push_back(draw.word() % 2 == 0 ? draw.fr() : short_scalar(draw));
        }
        ASSERT_EQ(miller_loop_of_many(pairs).value, miller_loop(pairs)) << seed << ' ' << done;
        for (std::size_t i = 0; i < size; ++i) pairs[i].q = second[i];
        const auto found = miller_loop_of_many(pairs).in_subgroup;
        const auto products = multiply_each(first, scalars);
        for (std::size_t i = 0; i < size; ++i) {
            ASSERT_EQ(found[i], in_subgroup(second[i])) << seed << ' ' << done;
            ASSERT_TRUE(products[i].same_point(multiply(first[i], scalars[i]))) << seed << ' ' << done;
        }
        ASSERT_TRUE(
            multi_scalar_product_of_many(first, scalars).same_point(multi_scalar_product_straus(first, scalars)))
            << seed << ' ' << done;
        done += size;
    }
}

// Sanitizers make each of them ten times as slow.
#if defined(__SANITIZE_ADDRESS__)
#define ENSHRINE_SLOWED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ENSHRINE_SLOWED
#endif
#endif

TEST(Bn254Lanes, RandomPoints) {
#ifdef ENSHRINE_SLOWED
    compare_points(46, 1'000);
#else
    compare_points(46, 10'000);
#endif
}

TEST(Bn254LanesSlow, RandomPointsInACampaign) {
    if (std::getenv("ENSHRINE_CAMPAIGN") == nullptr) GTEST_SKIP() << "ENSHRINE_CAMPAIGN is not set";
    compare_points(47, 1'000'000);
}

}  // namespace
}  // namespace enshrine::algebra::bn254
