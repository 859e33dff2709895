// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/fixed_points.hpp>
#include <enshrine/algebra/bn254/msm.hpp>
#include <enshrine/algebra/bn254/random_for_test.hpp>
#include <enshrine/algebra/bn254/scalars.hpp>

#include <gtest/gtest.h>

namespace enshrine::algebra::bn254 {
namespace {

TEST(Bn254FixedPoints, CombinationsAreThoseOfOtherPoints) {
    Draw draw{51};
    for (const std::size_t count : {0U, 1U, 2U, 5U, 16U, 17U, 40U}) {
        std::vector<G1Affine> points;
        for (std::size_t i = 0; i < count; ++i) points.push_back(draw.g1());
        if (count > 3) points[3] = G1Affine::infinity();
        if (count > 4) points[4] = -points[0];
        const FixedPoints fixed{points};
        for (int round = 0; round < 5; ++round) {
            std::vector<Fr> scalars;
            for (std::size_t i = 0; i < count; ++i) scalars.push_back(draw.fr());
            if (count > 4) scalars[4] = scalars[0];
            EXPECT_TRUE(fixed.combination(scalars).same_point(multi_scalar_product_straus(points, scalars))) << count;
        }
    }
}

/// One bit in every place, and what meets itself in one column.
TEST(Bn254FixedPoints, EdgeScalars) {
    Draw draw{52};
    const G1Affine p = draw.g1();
    const std::array points{p, p};
    const FixedPoints fixed{points};
    std::vector<Fr> scalars = edge_elements<Fr>();
    for (std::size_t bit_index = 0; bit_index < 254; ++bit_index) {
        Limbs power{};
        power[bit_index / 64] = std::uint64_t{1} << (bit_index % 64);
        scalars.push_back(Fr::from(power));
        scalars.push_back(Fr::from(power) * Fr::from(glv_lambda));
    }
    for (const Fr& scalar : scalars) {
        for (const Fr& other : {scalar, -scalar, Fr::zero(), Fr::one()}) {
            const std::array both{scalar, other};
            EXPECT_TRUE(fixed.combination(both).same_point(multi_scalar_product_straus(points, both)));
        }
    }
}

}  // namespace
}  // namespace enshrine::algebra::bn254
