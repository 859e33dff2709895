// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/crypto/bls12_381.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace enshrine::crypto::bls12_381 {
namespace {

Hash32 number(std::uint64_t value) {
    return U256{value}.to_be();
}
template <class Point>
Point times(const Point& p, const Hash32& scalar) {
    return multi_scalar_product(std::span<const Point>{&p, 1}, std::span<const Hash32>{&scalar, 1});
}
/// (0, 2) satisfies y^2 = x^3 + 4; its order is 3.
G1 outside_g1() {
    FixedBytes<g1_bytes> bytes;
    bytes[g1_bytes - 1] = 2;
    return decode_g1(bytes.view()).value();
}

TEST(Bls12381, PointsComeBack) {
    const G1 p = times(g1_generator(), number(12345));
    const G2 q = times(g2_generator(), number(6789));
    EXPECT_EQ(decode_g1_member(encode(p).view()).value(), p);
    EXPECT_EQ(decode_g2_member(encode(q).view()).value(), q);
    EXPECT_TRUE(decode_g1_member(FixedBytes<g1_bytes>{}.view()).value().is_infinity());
    EXPECT_TRUE(decode_g2_member(FixedBytes<g2_bytes>{}.view()).value().is_infinity());
}

TEST(Bls12381, DecodersRefuse) {
    EXPECT_TRUE(decode_g1(Bytes(95)).error().is(PointError::wrong_size));
    EXPECT_TRUE(decode_g2(Bytes(193)).error().is(PointError::wrong_size));
    auto bytes = encode(g1_generator());
    bytes[g1_bytes - 1] ^= 1;
    EXPECT_TRUE(decode_g1(bytes.view()).error().is(PointError::not_on_curve));
    bytes = encode(g1_generator());
    bytes[0] |= 0x20;  // x + something far above the modulus
    EXPECT_TRUE(decode_g1(bytes.view()).error().is(PointError::not_below_modulus));
    auto wide = encode(g2_generator());
    wide[g2_bytes - 1] ^= 1;
    EXPECT_TRUE(decode_g2(wide.view()).error().is(PointError::not_on_curve));
    EXPECT_TRUE(map_to_g1(Bytes(48, 0xff)).error().is(PointError::not_below_modulus));
    EXPECT_TRUE(map_to_g2(Bytes(95)).error().is(PointError::wrong_size));
}

TEST(Bls12381, MembershipIsASecondCheck) {
    const G1 outside = outside_g1();
    EXPECT_FALSE(in_subgroup(outside));
    EXPECT_TRUE(decode_g1_member(encode(outside).view()).error().is(PointError::not_in_subgroup));
    EXPECT_TRUE(in_subgroup(g1_generator()));
    EXPECT_TRUE(in_subgroup(g2_generator()));
    EXPECT_TRUE(in_subgroup(map_to_g1(Bytes(48, 0x07)).value()));
    EXPECT_TRUE(in_subgroup(map_to_g2(Bytes(96, 0x07)).value()));
}

/// The compressed form of an uncompressed point, of G1 (one coordinate) or G2 (two, that of u first).
Bytes compressed(BytesView point, bool larger) {
    const std::size_t half = point.size() / 2;
    Bytes out = to_bytes(point.first(half));
    if (half == 2 * field_bytes) std::ranges::rotate(out, out.begin() + field_bytes);
    out[0] |= static_cast<Byte>(larger ? 0xa0 : 0x80);
    return out;
}

TEST(Bls12381, CompressedPointsComeBack) {
    int larger = 0;
    for (std::uint64_t i = 1; i < 40; ++i) {
        const G1 p = times(g1_generator(), number(i));
        const G2 q = times(g2_generator(), number(i));
        const auto check = [&](const auto& point, const auto& decode) {
            const Bytes one = compressed(encode(point).view(), false);
            const Bytes other = compressed(encode(point).view(), true);
            const bool is_other = decode(other).value() == point;
            EXPECT_EQ(decode(is_other ? other : one).value(), point);
            EXPECT_EQ(decode(is_other ? one : other).value(), negate(point));
            larger += is_other ? 1 : 0;
        };
        check(p, decode_g1_compressed);
        check(q, decode_g2_compressed);
    }
    EXPECT_GT(larger, 20);
    EXPECT_LT(larger, 58);
    Bytes infinity(96);
    infinity[0] = 0xc0;
    EXPECT_TRUE(decode_g1_compressed(BytesView{infinity}.first(48)).value().is_infinity());
    EXPECT_TRUE(decode_g2_compressed(infinity).value().is_infinity());
}

// The generator as every implementation prints it.
TEST(Bls12381, CompressedGenerator) {
    const Bytes x = to_bytes(encode(g1_generator()).view().first(48));
    Bytes known = x;
    known[0] = 0x97;
    EXPECT_EQ(decode_g1_compressed(known).value(), g1_generator());
    EXPECT_EQ(x[0], 0x17);
}

TEST(Bls12381, CompressedDecodersRefuse) {
    const Bytes good = compressed(encode(g1_generator()).view(), false);
    const auto with = [&](std::size_t at, Byte value) {
        Bytes out = good;
        out[at] = value;
        return decode_g1_compressed(out);
    };
    EXPECT_TRUE(decode_g1_compressed(Bytes(47)).error().is(PointError::wrong_size));
    EXPECT_TRUE(decode_g2_compressed(Bytes(95)).error().is(PointError::wrong_size));
    for (const Byte flags : Bytes{0x00, 0x20, 0x40, 0x60, 0xe0}) {
        EXPECT_TRUE(with(0, static_cast<Byte>((good[0] & 0x1f) | flags)).error().is(PointError::bad_flags));
    }
    EXPECT_TRUE(with(0, 0xc0).error().is(PointError::bad_flags)) << "infinity with other bits";
    EXPECT_TRUE(with(0, 0x9f).error().is(PointError::not_below_modulus));
    Bytes wide = compressed(encode(g2_generator()).view(), false);
    wide[field_bytes] = 0xff;
    EXPECT_TRUE(decode_g2_compressed(wide).error().is(PointError::not_below_modulus));
    Bytes outside(48);  // x = 0
    outside[0] = 0x80;
    EXPECT_TRUE(decode_g1_compressed(outside).error().is(PointError::not_in_subgroup));
    bool off_curve = false;
    for (Byte last = 0; last < 20; ++last) {
        const auto read = with(47, last);
        off_curve = off_curve || (!read && read.error().is(PointError::not_on_curve));
    }
    EXPECT_TRUE(off_curve);
}

template <class Point>
void check_group_laws(const Point& p) {
    EXPECT_EQ(add(p, p), times(p, number(2)));
    EXPECT_EQ(add(p, Point{}), p);
    EXPECT_EQ(add(Point{}, p), p);
    EXPECT_TRUE(add(p, negate(p)).is_infinity());
    EXPECT_TRUE(times(p, group_order.to_be()).is_infinity());
    EXPECT_EQ(times(p, (group_order + U256{3}).to_be()), times(p, number(3)));
    EXPECT_TRUE(times(Point{}, number(7)).is_infinity());
}

TEST(Bls12381, GroupLaws) {
    check_group_laws(g1_generator());
    check_group_laws(g2_generator());
}

template <class Point, class ScalarOf>
void check_sums(const Point& generator, const ScalarOf& scalar_of) {
    for (const std::size_t size : {0UL, 1UL, 2UL, 31UL, 32UL, 70UL, 100UL}) {
        std::vector<Point> points;
        std::vector<Hash32> scalars;
        Point expected;
        for (std::size_t i = 0; i < size; ++i) {
            points.push_back(i % 5 == 2 ? Point{} : i % 7 == 3 ? points[0] : times(generator, number(i + 1)));
            scalars.push_back(i % 4 == 1 ? Hash32{} : scalar_of(i));
            expected = add(expected, times(points.back(), scalars.back()));
        }
        EXPECT_EQ(multi_scalar_product(std::span<const Point>{points}, std::span<const Hash32>{scalars}), expected)
            << size;
    }
}

TEST(Bls12381, SumsOfProducts) {
    // Products by scalars below 2^128 have a path of their own; one longer scalar takes a sum off it.
    constexpr std::uint64_t ones = ~std::uint64_t{0};
    const auto below_64_bits = [](std::uint64_t i) { return number(ones - i); };
    const auto up_to_128_bits = [](std::uint64_t i) { return U256{0, 0, ones - i, ones}.to_be(); };
    const auto one_longer = [](std::uint64_t i) { return U256{0, i == 0 ? 1U : 0U, ones, i}.to_be(); };
    const auto any = [](std::uint64_t i) { return U256{ones, i, ones, i}.to_be(); };
    const auto check = [&](const auto& scalar_of) {
        check_sums(g1_generator(), scalar_of);
        check_sums(g2_generator(), scalar_of);
    };
    check(below_64_bits);
    check(up_to_128_bits);
    check(one_longer);
    check(any);
}

}  // namespace
}  // namespace enshrine::crypto::bls12_381
