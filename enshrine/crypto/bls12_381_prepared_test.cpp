// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/crypto/bls12_381_prepared.hpp>

#include <gtest/gtest.h>

namespace enshrine::crypto::bls12_381 {
namespace {

G1 g1(std::uint64_t scalar) {
    return multi_scalar_product(std::array{g1_generator()}, std::array{U256{scalar}.to_be()});
}
G2 g2(std::uint64_t scalar) {
    return multi_scalar_product(std::array{g2_generator()}, std::array{U256{scalar}.to_be()});
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
        EXPECT_EQ(pairing_product_is_one(prepared), pairing_product_is_one(plain));
        EXPECT_EQ(pairing_product_is_one(prepared), static_cast<u128>(a) * b == static_cast<u128>(c) * d);
    }
}

TEST(Bls12381Prepared, InfinityContributesNothing) {
    const PreparedG2 one{g2_generator()};
    const PreparedG2 infinity{G2{}};
    EXPECT_EQ(infinity.lines(), nullptr);
    EXPECT_TRUE(pairing_product_is_one(std::span<const PreparedPair>{}));
    EXPECT_TRUE(pairing_product_is_one(std::array{PreparedPair{G1{}, &one}, PreparedPair{g1(5), &infinity}}));
    EXPECT_FALSE(pairing_product_is_one(std::array{PreparedPair{G1{}, &one}, PreparedPair{g1(5), &one}}));
}

}  // namespace
}  // namespace enshrine::crypto::bls12_381
