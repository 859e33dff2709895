// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// What Ethereum's vectors leave out: refusals on BN254, and the edges of what is refused elsewhere.
#include <enshrine/algebra/bn254/encoding.hpp>
#include <enshrine/algebra/bn254/random_for_test.hpp>
#include <enshrine/chain/blake2_precompile.hpp>
#include <enshrine/chain/bls12_381_precompiles.hpp>
#include <enshrine/chain/bn254_precompiles.hpp>
#include <enshrine/chain/modexp.hpp>
#include <enshrine/chain/precompile_words.hpp>
#include <enshrine/crypto/bls12_381.hpp>

#include <gtest/gtest.h>

#include <limits>

namespace enshrine::chain {
namespace {

namespace bn254 = algebra::bn254;
namespace bls = crypto::bls12_381;

Bytes joined(std::initializer_list<BytesView> parts) {
    Bytes out;
    for (const BytesView part : parts) append(out, part);
    return out;
}
Bytes word(std::uint64_t value) {
    return to_bytes(U256{value}.to_be().view());
}
const U256 bn254_modulus = [] {
    U256 out;
    out.limbs = bn254::Fp::modulus;
    return out;
}();

const auto g1 = bn254::encode(bn254::g1_generator);
const auto g1_negative = bn254::encode(-bn254::g1_generator);
const auto g2 = bn254::encode(bn254::g2_generator);

// [CHAIN-PRE.5]
TEST(CurvePrecompiles, R5AdditionReadsMissingBytesAsZeros) {
    EXPECT_EQ(add_bn254({}), Bytes(64));
    EXPECT_EQ(add_bn254(g1.view()), to_bytes(g1.view()));
    EXPECT_EQ(add_bn254(joined({g1.view(), g1_negative.view()})), Bytes(64));
    EXPECT_EQ(add_bn254(joined({g1.view(), g1_negative.view(), Bytes(5, 0xff)})), Bytes(64)) << "the rest is unread";
    // Cut inside y of the first point: (1, 2) ends with its last byte.
    EXPECT_FALSE(add_bn254(g1.view().first(63)).has_value());
}

// [CHAIN-PRE.5] [CHAIN-PRE.6] [CHAIN-PRE.13]
TEST(CurvePrecompiles, R13CoordinatesOfG1) {
    const Bytes x_too_large = joined({(bn254_modulus + U256{1}).to_be().view(), word(2)});
    const Bytes y_too_large = joined({word(1), (bn254_modulus + U256{2}).to_be().view()});
    const Bytes infinity_twice = joined({bn254_modulus.to_be().view(), word(0)});
    const Bytes off_curve = joined({word(1), word(1)});
    for (const Bytes& bad : {x_too_large, y_too_large, infinity_twice, off_curve}) {
        EXPECT_FALSE(add_bn254(bad).has_value());
        EXPECT_FALSE(add_bn254(joined({g1.view(), bad})).has_value());
        EXPECT_FALSE(multiply_bn254(joined({bad, word(1)})).has_value());
        EXPECT_FALSE(check_pairing_bn254(joined({bad, g2.view()})).has_value());
    }
}

// [CHAIN-PRE.6]
TEST(CurvePrecompiles, R6FactorsOfAnySize) {
    EXPECT_EQ(multiply_bn254(g1.view()), Bytes(64)) << "the factor that is missing is zero";
    const auto times = [](const U256& factor) { return multiply_bn254(joined({g1.view(), factor.to_be().view()})); };
    U256 order;
    order.limbs = bn254::Fr::modulus;
    EXPECT_EQ(times(order), Bytes(64));
    EXPECT_EQ(times(order + U256{1}), to_bytes(g1.view()));
    const U256 largest = U256{} - U256{1};
    EXPECT_EQ(times(largest), times(divide(largest, order).remainder));
    EXPECT_EQ(multiply_bn254({}), Bytes(64));
}

// [CHAIN-PRE.7] [CHAIN-PRE.13]
TEST(CurvePrecompiles, R7PairsOfBn254) {
    EXPECT_EQ(check_pairing_bn254({}), truth_word(true));
    const Bytes pair = joined({g1.view(), g2.view()});
    EXPECT_EQ(check_pairing_bn254(pair), truth_word(false));
    EXPECT_EQ(check_pairing_bn254(joined({pair, g1_negative.view(), g2.view()})), truth_word(true));
    EXPECT_EQ(check_pairing_bn254(joined({Bytes(64), g2.view(), g1.view(), Bytes(128)})), truth_word(true));
    for (const std::size_t size : {1UL, 64UL, 191UL, 193UL}) {
        EXPECT_FALSE(check_pairing_bn254(padded(pair, size)).has_value()) << size;
    }
    for (std::size_t at = 64; at < 192; at += 32) {
        Bytes bad = pair;
        std::ranges::copy(bn254_modulus.to_be(), bad.begin() + static_cast<std::ptrdiff_t>(at));
        EXPECT_FALSE(check_pairing_bn254(bad).has_value()) << at;
    }
    const auto outside = bn254::encode(bn254::Draw{1}.twist_point());
    EXPECT_FALSE(check_pairing_bn254(joined({g1.view(), outside.view()})).has_value());
    EXPECT_FALSE(check_pairing_bn254(joined({Bytes(64), outside.view()})).has_value()) << "even beside infinity";
    EXPECT_EQ(bn254_pairing_gas({}), 45'000U);
    EXPECT_EQ(bn254_pairing_gas(Bytes(384)), 113'000U);
}

// [CHAIN-PRE.4]
TEST(CurvePrecompiles, R4LengthsOfModexp) {
    const Bytes longest = joined({word(1024), word(1024), word(1024)});
    EXPECT_EQ(raise_to_power(longest), Bytes(1024));
    for (std::size_t i = 0; i < 3; ++i) {
        Bytes longer = longest;
        longer[32 * i + 31] = 1;  // 1025
        EXPECT_FALSE(raise_to_power(longer).has_value()) << i;
        EXPECT_EQ(modexp_gas(longer), std::numeric_limits<std::uint64_t>::max());
    }
}

// [CHAIN-PRE.8]
TEST(CurvePrecompiles, R8Blake2TakesExactlyItsBytes) {
    Bytes input(213);
    EXPECT_TRUE(compress_blake2(input).has_value());
    EXPECT_EQ(blake2_gas(input), 0U);
    input[3] = 12;
    EXPECT_EQ(blake2_gas(input), 12U);
    input[212] = 1;
    EXPECT_TRUE(compress_blake2(input).has_value());
    input[212] = 2;
    EXPECT_FALSE(compress_blake2(input).has_value());
    EXPECT_FALSE(compress_blake2(Bytes(212)).has_value());
    EXPECT_FALSE(compress_blake2(Bytes(214)).has_value());
}

Bytes with_paddings(BytesView elements) {
    Bytes out;
    for (; !elements.empty(); elements = elements.subspan(48)) {
        out.resize(out.size() + 16);
        append(out, elements.first(48));
    }
    return out;
}
/// (0, 2): on the curve, of order 3.
Bytes outside_bls_g1() {
    Bytes out(128);
    out.back() = 2;
    return out;
}

// [CHAIN-PRE.9] [CHAIN-PRE.10] [CHAIN-PRE.11] [CHAIN-PRE.13]
TEST(CurvePrecompiles, R9R10R11MembershipOnBls12381) {
    const Bytes outside = outside_bls_g1();
    const Bytes q = with_paddings(bls::encode(bls::g2_generator()).view());
    EXPECT_TRUE(add_g1(joined({outside, Bytes(128)})).has_value()) << "additions do not ask";
    EXPECT_FALSE(sum_products_g1(joined({outside, word(1)})).has_value());
    EXPECT_FALSE(sum_products_g1(joined({outside, word(0)})).has_value());
    EXPECT_FALSE(check_pairing_bls12_381(joined({outside, q})).has_value());
    EXPECT_FALSE(check_pairing_bls12_381(joined({outside, Bytes(256)})).has_value());
    EXPECT_FALSE(sum_products_g1({}).has_value());
    EXPECT_FALSE(sum_products_g2({}).has_value());
    EXPECT_FALSE(check_pairing_bls12_381({}).has_value());
    EXPECT_EQ(check_pairing_bls12_381(joined({Bytes(128), q})), truth_word(true));
}

// [CHAIN-PRE.12] [CHAIN-PRE.13]
TEST(CurvePrecompiles, R12R13PaddingsAreZero) {
    const Bytes element = joined({Bytes(16), Bytes(48, 7)});
    ASSERT_TRUE(map_to_g1(element).has_value());
    ASSERT_TRUE(map_to_g2(joined({element, element})).has_value());
    for (std::size_t i = 0; i < 16; ++i) {
        Bytes bad = element;
        bad[i] = 1;
        EXPECT_FALSE(map_to_g1(bad).has_value()) << i;
        EXPECT_FALSE(map_to_g2(joined({element, bad})).has_value()) << i;
        EXPECT_FALSE(map_to_g2(joined({bad, element})).has_value()) << i;
    }
    EXPECT_FALSE(map_to_g1(joined({Bytes(16), Bytes(48, 0xff)})).has_value());
}

}  // namespace
}  // namespace enshrine::chain
