// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/binary.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::codec {
namespace {

TEST(Binary, LayoutIsBigEndianAndFixed) {
    BinaryWriter writer;
    writer.u8(1).u16(0x0203).u32(0x04050607).u64(0x08090a0b0c0d0e0f).boolean(true).fixed(Bytes{0xaa});
    writer.variable(Bytes{0xbb, 0xcc});
    const Bytes expected{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 1, 0xaa, 0, 0, 0, 2, 0xbb, 0xcc};
    EXPECT_EQ(writer.bytes(), expected);
    EXPECT_EQ(BinaryWriter{}.u256(U256{5}).take(), to_bytes(U256{5}.to_be().view()));
}

TEST(Binary, EveryReadRefusesShortInput) {
    const Bytes bytes(7);
    EXPECT_TRUE(BinaryReader{BytesView{}}.u8().error().is(BinaryError::truncated));
    EXPECT_TRUE(BinaryReader{BytesView{bytes}.first(1)}.u16().error().is(BinaryError::truncated));
    EXPECT_TRUE(BinaryReader{BytesView{bytes}.first(3)}.u32().error().is(BinaryError::truncated));
    EXPECT_TRUE(BinaryReader{bytes}.u64().error().is(BinaryError::truncated));
    EXPECT_TRUE(BinaryReader{bytes}.u256().error().is(BinaryError::truncated));
    EXPECT_TRUE(BinaryReader{bytes}.fixed<8>().error().is(BinaryError::truncated));
}

TEST(Binary, VariableBytesHaveABound) {
    const Bytes bytes{0, 0, 0, 2, 9, 9};
    EXPECT_EQ(BinaryReader{bytes}.variable(2)->size(), 2U);
    EXPECT_TRUE(BinaryReader{bytes}.variable(1).error().is(BinaryError::length_over_bound));
    EXPECT_TRUE(BinaryReader{BytesView{bytes}.first(5)}.variable(2).error().is(BinaryError::truncated));
}

TEST(Binary, BooleansAreZeroOrOne) {
    EXPECT_FALSE(BinaryReader{Bytes{0}}.boolean().value());
    EXPECT_TRUE(BinaryReader{Bytes{1}}.boolean().value());
    EXPECT_TRUE(BinaryReader{Bytes{2}}.boolean().error().is(BinaryError::bad_boolean));
}

TEST(Binary, FinishRefusesTrailingBytes) {
    const Bytes bytes{1, 2};
    BinaryReader reader{bytes};
    EXPECT_TRUE(reader.u8().has_value());
    EXPECT_TRUE(reader.finish().error().is(BinaryError::trailing_bytes));
    EXPECT_TRUE(reader.u8().has_value());
    EXPECT_TRUE(reader.finish().has_value());
}

TEST(Binary, AFailedReadTakesNothing) {
    const Bytes bytes{0x12, 0x34};
    BinaryReader reader{bytes};
    EXPECT_FALSE(reader.u32().has_value());
    EXPECT_EQ(reader.u16().value(), 0x1234);
}

RC_GTEST_PROP(Binary, RoundTrip, (std::uint16_t a, std::uint32_t b, std::uint64_t c, bool d, const Bytes& e)) {
    const Bytes encoded = BinaryWriter{}.u16(a).u32(b).u64(c).boolean(d).variable(e).u256(U256{c, a, b, c}).take();
    BinaryReader reader{encoded};
    RC_ASSERT(reader.u16().value() == a);
    RC_ASSERT(reader.u32().value() == b);
    RC_ASSERT(reader.u64().value() == c);
    RC_ASSERT(reader.boolean().value() == d);
    RC_ASSERT(equal(reader.variable(e.size()).value(), e));
    RC_ASSERT((reader.u256().value() == U256{c, a, b, c}));
    RC_ASSERT(reader.finish().has_value());
}

}  // namespace
}  // namespace enshrine::codec
