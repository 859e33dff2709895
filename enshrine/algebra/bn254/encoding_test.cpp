// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/encoding.hpp>
#include <enshrine/algebra/bn254/random_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::algebra::bn254 {
namespace {

Hash32 bytes_of(const Limbs& value) {
    U256 out;
    out.limbs = value;
    return out.to_be();
}

/// The encoding with the 32 bytes at a word replaced.
template <std::size_t N>
FixedBytes<N> with_word(FixedBytes<N> bytes, std::size_t word, const Hash32& value) {
    std::ranges::copy(value, bytes.begin() + static_cast<std::ptrdiff_t>(32 * word));
    return bytes;
}

TEST(Bn254Encoding, EveryPointComesBack) {
    Draw draw{31};
    for (int i = 0; i < 20; ++i) {
        const G1Affine p = i == 0 ? G1Affine::infinity() : draw.g1();
        const G2Affine q = i == 0 ? G2Affine::infinity() : draw.g2();
        EXPECT_EQ(decode_g1(encode(p).view()).value(), p);
        EXPECT_EQ(decode_g2(encode(q).view()).value(), q);
        for (const G1Affine& point : {p, -p}) {
            EXPECT_EQ(decode_g1_compressed(encode_compressed(point).view()).value(), point);
        }
        for (const G2Affine& point : {q, -q}) {
            EXPECT_EQ(decode_g2_compressed(encode_compressed(point).view()).value(), point);
        }
        const Fr s = draw.fr();
        EXPECT_EQ(decode_fr(encode(s).view()).value(), s);
        const Fp a = draw.fp();
        EXPECT_EQ(decode_fp(encode(a).view()).value(), a);
    }
}

TEST(Bn254Encoding, NumbersMustBeBelowTheModulus) {
    Limbs largest = Fr::modulus;
    subtract_from(largest, {1, 0, 0, 0});
    EXPECT_EQ(decode_fr(bytes_of(largest).view()).value(), -Fr::one());
    EXPECT_TRUE(decode_fr(bytes_of(Fr::modulus).view()).error().is(PointError::not_below_modulus));
    EXPECT_TRUE(decode_fp(bytes_of(Fp::modulus).view()).error().is(PointError::not_below_modulus));
    EXPECT_TRUE(decode_fp(bytes_of(Fr::modulus).view()).has_value()) << "r is below p";
    // The same point with x + p or y + p, which a lenient decoder would take.
    const auto generator = encode(g1_generator);
    Limbs x_plus_p = Fp::modulus;
    add_to(x_plus_p, {1, 0, 0, 0});
    EXPECT_TRUE(
        decode_g1(with_word(generator, 0, bytes_of(x_plus_p)).view()).error().is(PointError::not_below_modulus));
    add_to(x_plus_p, {1, 0, 0, 0});
    EXPECT_TRUE(
        decode_g1(with_word(generator, 1, bytes_of(x_plus_p)).view()).error().is(PointError::not_below_modulus));
    for (std::size_t word = 0; word < 4; ++word) {
        const auto bad = with_word(encode(g2_generator), word, bytes_of(Fp::modulus));
        EXPECT_TRUE(decode_g2(bad.view()).error().is(PointError::not_below_modulus)) << word;
    }
    EXPECT_TRUE(decode_g1(with_word(FixedBytes<64>{}, 0, bytes_of(Fp::modulus)).view())
                    .error()
                    .is(PointError::not_below_modulus))
        << "p is no second infinity";
}

TEST(Bn254Encoding, PointsMustLieOnTheirCurveAndInTheirGroup) {
    EXPECT_TRUE(decode_g1(with_word(encode(g1_generator), 1, bytes_of({3, 0, 0, 0})).view())
                    .error()
                    .is(PointError::not_on_curve));
    EXPECT_TRUE(
        decode_g1(with_word(FixedBytes<64>{}, 0, bytes_of({1, 0, 0, 0})).view()).error().is(PointError::not_on_curve));
    EXPECT_TRUE(decode_g2(with_word(encode(g2_generator), 3, bytes_of({3, 0, 0, 0})).view())
                    .error()
                    .is(PointError::not_on_curve));
    Draw draw{32};
    for (int i = 0; i < 5; ++i) {
        const G2Affine outside = draw.twist_point();
        EXPECT_TRUE(decode_g2(encode(outside).view()).error().is(PointError::not_in_subgroup));
        EXPECT_TRUE(decode_g2_compressed(encode_compressed(outside).view()).error().is(PointError::not_in_subgroup));
    }
}

TEST(Bn254Encoding, SizesAreExact) {
    const Bytes long_zeros(200);
    for (const std::size_t size : {0UL, 1UL, 31UL, 33UL, 63UL, 65UL, 127UL, 129UL}) {
        const BytesView bytes = BytesView{long_zeros}.first(size);
        EXPECT_TRUE(decode_g1(bytes).error().is(PointError::wrong_size));
        EXPECT_TRUE(decode_g2(bytes).error().is(PointError::wrong_size));
        EXPECT_TRUE(decode_g1_compressed(bytes).error().is(PointError::wrong_size));
        EXPECT_TRUE(decode_g2_compressed(bytes).error().is(PointError::wrong_size));
        EXPECT_TRUE(decode_fr(bytes).error().is(PointError::wrong_size));
    }
}

TEST(Bn254Encoding, CompressedFlags) {
    auto bytes = encode_compressed(g1_generator);
    bytes[0] = static_cast<Byte>(bytes[0] & 0x3f);
    EXPECT_TRUE(decode_g1_compressed(bytes.view()).error().is(PointError::bad_flags));
    bytes[0] |= 0x40;
    EXPECT_TRUE(decode_g1_compressed(bytes.view()).error().is(PointError::bad_flags)) << "infinity with an x";
    EXPECT_TRUE(decode_g2_compressed(FixedBytes<64>{}.view()).error().is(PointError::bad_flags));
    FixedBytes<32> no_root;  // x = 4: 67 is no square modulo p
    no_root[0] = 0x80;
    no_root[31] = 4;
    const Fp x = Fp::from(4);
    ASSERT_FALSE(square_root(x.square() * x + g1_curve_b).has_value());
    EXPECT_TRUE(decode_g1_compressed(no_root.view()).error().is(PointError::not_on_curve));
    Hash32 over = bytes_of(Fp::modulus);
    over[0] |= 0x80;
    EXPECT_TRUE(decode_g1_compressed(over.view()).error().is(PointError::not_below_modulus));
}

TEST(Bn254Encoding, EachFlippedBitOfAPointIsRefusedOrAnotherPoint) {
    Draw draw{33};
    const G1Affine p = draw.g1();
    const auto bytes = encode(p);
    for (std::size_t i = 0; i < 8 * bytes.size(); ++i) {
        auto damaged = bytes;
        damaged[i / 8] ^= static_cast<Byte>(1U << (i % 8));
        const auto decoded = decode_g1(damaged.view());
        EXPECT_TRUE(!decoded || encode(*decoded) == damaged);
        EXPECT_FALSE(decoded.has_value()) << "one changed coordinate leaves the curve";
    }
}

TEST(Bn254Encoding, CoordinatesOfImportersAreChecked) {
    EXPECT_EQ(checked_g1(U256{1}, U256{2}).value(), g1_generator);
    EXPECT_TRUE(checked_g1(U256{1}, U256{3}).error().is(PointError::not_on_curve));
    U256 p;
    p.limbs = Fp::modulus;
    EXPECT_TRUE(checked_g1(p + U256{1}, U256{2}).error().is(PointError::not_below_modulus));
    const U256Pair x{g2_generator.x.c0.to_u256(), g2_generator.x.c1.to_u256()};
    const U256Pair y{g2_generator.y.c0.to_u256(), g2_generator.y.c1.to_u256()};
    EXPECT_EQ(checked_g2(x, y).value(), g2_generator);
    EXPECT_TRUE(checked_g2(y, x).error().is(PointError::not_on_curve));
    EXPECT_TRUE(checked_g2({x.c0 + p, x.c1}, y).error().is(PointError::not_below_modulus));
}

}  // namespace
}  // namespace enshrine::algebra::bn254
