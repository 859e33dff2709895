// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/crypto/bls12_381_pairing.hpp>

#include <gtest/gtest.h>

#include <vector>

namespace enshrine::crypto::bls12_381 {
namespace {

G1 g1(std::uint64_t scalar) {
    return multi_scalar_product(std::array{g1_generator()}, std::array{U256{scalar}.to_be()});
}
G2 g2(std::uint64_t scalar) {
    return multi_scalar_product(std::array{g2_generator()}, std::array{U256{scalar}.to_be()});
}

TEST(Bls12381Pairing, Equations) {
    const std::array holds{Pair{g1(55), g2(7)}, Pair{negate(g1(5)), g2(77)}};
    EXPECT_TRUE(pairing_product_is_one(holds));
    const std::array fails{Pair{g1(55), g2(7)}, Pair{negate(g1(5)), g2(84)}};
    EXPECT_FALSE(pairing_product_is_one(fails));
    EXPECT_TRUE(pairing_product_is_one({}));
    const std::array nothing{Pair{G1{}, g2(7)}, Pair{g1(5), G2{}}};
    EXPECT_TRUE(pairing_product_is_one(nothing));
    const std::array mixed{Pair{G1{}, g2(7)}, Pair{g1(5), g2(7)}};
    EXPECT_FALSE(pairing_product_is_one(mixed));
}

// More than the sixteen pairs that the library takes at once: Σ i = 300 = 100 · 3.
TEST(Bls12381Pairing, ProductsOfManyInTwoSteps) {
    const PreparedG2 lines{g2(3)};
    const PreparedPair last{negate(g1(100)), &lines};
    std::vector<Pair> pairs;
    for (std::uint64_t i = 1; i <= 24; ++i) pairs.push_back({g1(i), g2(1)});
    EXPECT_TRUE(pairing_product_is_one(pairs, {&last, 1}));
    EXPECT_FALSE(pairing_product_is_one(pairs));
    Fp12 product = miller_loop({}, {&last, 1});
    for (const Pair& pair : pairs) product = product * miller_loop({&pair, 1});
    EXPECT_EQ(final_exponentiation(product), Fp12::one());
    EXPECT_EQ(miller_loop({}), Fp12::one());
    EXPECT_EQ(final_exponentiation(Fp12::one()), Fp12::one());
}

TEST(Bls12381Pairing, ConjugateIsTheInverseOfAPairing) {
    const Pair pair{g1(5), g2(7)};
    const Pair square{g1(10), g2(7)};
    const Fp12 one = final_exponentiation(miller_loop({&pair, 1}));
    EXPECT_NE(one, Fp12::one());
    EXPECT_EQ(one * one.conjugate(), Fp12::one());
    EXPECT_EQ(final_exponentiation(miller_loop({&square, 1})) * one.conjugate(), one);
}

TEST(Bls12381Prepared, AgreesWithThePairingOfPoints) {
    // e(a, b) e(c, -d) = 1 exactly when ab = cd.
    for (const auto& [a, b, c, d] : {std::array<std::uint64_t, 4>{6, 35, 14, 15},
                                     {6, 35, 14, 16},
                                     {1, 1, 1, 1},
                                     {0xffffffffffff, 3, 3, 0xffffffffffff},
                                     {2, 2, 1, 5}}) {
        const PreparedG2 first{g2(b)};
        const PreparedG2 second{negate(g2(d))};
        const std::array prepared{PreparedPair{g1(a), &first}, PreparedPair{g1(c), &second}};
        const std::array plain{Pair{g1(a), g2(b)}, Pair{g1(c), negate(g2(d))}};
        EXPECT_EQ(pairing_product_is_one({}, prepared), pairing_product_is_one(plain));
        EXPECT_EQ(pairing_product_is_one({}, prepared), static_cast<u128>(a) * b == static_cast<u128>(c) * d);
    }
}

TEST(Bls12381Prepared, InfinityContributesNothing) {
    const PreparedG2 one{g2_generator()};
    const PreparedG2 infinity{G2{}};
    EXPECT_EQ(infinity.lines(), nullptr);
    EXPECT_TRUE(pairing_product_is_one({}, {}));
    EXPECT_TRUE(pairing_product_is_one({}, std::array{PreparedPair{G1{}, &one}, PreparedPair{g1(5), &infinity}}));
    EXPECT_FALSE(pairing_product_is_one({}, std::array{PreparedPair{G1{}, &one}, PreparedPair{g1(5), &one}}));
}

}  // namespace
}  // namespace enshrine::crypto::bls12_381
