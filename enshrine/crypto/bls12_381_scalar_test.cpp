// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/crypto/bls12_381_scalar.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::crypto::bls12_381 {
namespace {

U256 any_number() {
    U256 out;
    for (auto& limb : out.limbs) limb = *rc::gen::arbitrary<std::uint64_t>();
    return out;
}
U256 modulo_r(const U256& number) {
    return divide(number, group_order).remainder;
}

TEST(Bls12381Scalar, NumbersAreTakenModuloTheOrder) {
    EXPECT_TRUE(Fr::from(group_order).is_zero());
    EXPECT_EQ(Fr::from(group_order + U256{5}), Fr::from(5));
    EXPECT_EQ(Fr::one().to_u256(), U256{1});
    EXPECT_EQ((-Fr::one()).to_u256(), group_order - U256{1});
    EXPECT_TRUE((-Fr::zero()).is_zero());
    EXPECT_TRUE(Fr::zero().inverse().is_zero());
}

RC_GTEST_PROP(Bls12381Scalar, AgreesWithIntegers, ()) {
    const U256 a = modulo_r(any_number());
    const U256 b = modulo_r(any_number());
    const Fr x = Fr::from(a);
    const Fr y = Fr::from(b);
    RC_ASSERT(x.to_u256() == a);
    RC_ASSERT((x + y).to_u256() == modulo_r(a + b));  // both below 2^255: the sum does not wrap
    RC_ASSERT((x - y + y) == x);
    RC_ASSERT((x + -x).is_zero());
    // Products against sums: (x + 1) y = x y + y.
    RC_ASSERT((x + Fr::one()) * y == x * y + y);
    RC_ASSERT((x * Fr::from(3)) == x + x + x);
    RC_ASSERT(x.square() == x * x);
    if (!x.is_zero()) RC_ASSERT(x * x.inverse() == Fr::one());
}

TEST(Bls12381Scalar, PowersAndTheOrderOfTheGroup) {
    EXPECT_EQ(Fr::from(7).power({5, 0, 0, 0}), Fr::from(16807));
    EXPECT_EQ(Fr::from(7).power((group_order - U256{1}).limbs), Fr::one());
    EXPECT_EQ(Fr::from(7).power((group_order - U256{2}).limbs), Fr::from(7).inverse());
}

TEST(Bls12381Scalar, DecodingRefusesWhatIsNotReduced) {
    EXPECT_EQ(decode_fr((group_order - U256{1}).to_be().view()).value(), -Fr::one());
    EXPECT_TRUE(decode_fr(group_order.to_be().view()).error().is(PointError::not_below_modulus));
    EXPECT_TRUE(decode_fr(Bytes(32, 0xff)).error().is(PointError::not_below_modulus));
    EXPECT_TRUE(decode_fr(Bytes(31)).error().is(PointError::wrong_size));
}

TEST(Bls12381Scalar, ProductsWithPoints) {
    const G1 g = g1_generator();
    const std::array points{g, g, G1{}};
    const std::array scalars{Fr::from(5), -Fr::from(3), Fr::from(9)};
    EXPECT_EQ(multi_scalar_product(points, scalars), add(g, g));
    const std::array negated{Fr::one(), -Fr::one(), Fr::one()};
    EXPECT_TRUE(multi_scalar_product(points, negated).is_infinity());
}

TEST(Bls12381Scalar, ProductsOneByOne) {
    const G1 g = g1_generator();
    const U256 just_short{0, 0, ~std::uint64_t{0}, ~std::uint64_t{0}};
    const std::vector points{g, G1{}, add(g, g), g, negate(g), g, g};
    const std::vector scalars{Fr::from(5),
                              Fr::from(7),
                              Fr::zero(),
                              Fr::from(just_short),
                              Fr::from(just_short),
                              -Fr::one(),
                              Fr::from(just_short) + Fr::one()};
    const auto products = multiply_each(points, scalars);
    ASSERT_EQ(products.size(), points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        // As one of two terms the product takes another path of the library.
        const std::array terms{points[i], g};
        const std::array factors{scalars[i], Fr::one()};
        EXPECT_EQ(add(products[i], g), multi_scalar_product(terms, factors)) << i;
    }
    EXPECT_TRUE(products[1].is_infinity());
    EXPECT_TRUE(products[2].is_infinity());
    EXPECT_EQ(products[4], negate(products[3]));
    EXPECT_EQ(products[5], negate(g));
    EXPECT_EQ(products[6], add(products[3], g));
    EXPECT_TRUE(multiply_each({}, {}).empty());
}

}  // namespace
}  // namespace enshrine::crypto::bls12_381
