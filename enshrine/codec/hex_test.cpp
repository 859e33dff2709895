// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/hex.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::codec {
namespace {

constexpr std::string_view max_decimal =
    "115792089237316195423570985008687907853269984665640564039457584007913129639935";
constexpr std::string_view over_max_decimal =
    "115792089237316195423570985008687907853269984665640564039457584007913129639936";

TEST(Hex, BytesBothWays) {
    EXPECT_EQ(format_hex(Bytes{0x00, 0xab, 0x0f}), "0x00ab0f");
    EXPECT_EQ(format_hex({}), "0x");
    EXPECT_EQ(parse_hex("0x00AB0f").value(), (Bytes{0x00, 0xab, 0x0f}));
    EXPECT_EQ(parse_hex("00ab0f").value(), (Bytes{0x00, 0xab, 0x0f}));
    EXPECT_TRUE(parse_hex("0x")->empty());
    EXPECT_TRUE(parse_hex("")->empty());
}

TEST(Hex, BadBytesAreRefused) {
    EXPECT_TRUE(parse_hex("0x1").error().is(HexError::odd_length));
    EXPECT_TRUE(parse_hex("0X01").error().is(HexError::not_a_hex_digit));
    EXPECT_TRUE(parse_hex("0x0g").error().is(HexError::not_a_hex_digit));
    EXPECT_TRUE(parse_hex(" 0x1").error().is(HexError::not_a_hex_digit));
    EXPECT_TRUE(parse_hex_fixed<2>("0x01").error().is(HexError::wrong_size));
    EXPECT_EQ(parse_hex_fixed<1>("0x01")->data_[0], 1);
}

TEST(Hex, QuantitiesOfTheJsonRpcSpecification) {
    EXPECT_EQ(format_quantity(0), "0x0");
    EXPECT_EQ(format_quantity(65), "0x41");
    EXPECT_EQ(format_quantity(1024), "0x400");
    EXPECT_EQ(parse_quantity_u64("0x41").value(), 65U);
    EXPECT_EQ(parse_quantity_u64("0x0").value(), 0U);
    EXPECT_EQ(parse_quantity_u64("0xffffffffffffffff").value(), ~0ULL);
    EXPECT_TRUE(parse_quantity_u64("0x10000000000000000").error().is(HexError::too_large));
    EXPECT_TRUE(parse_quantity_u64("0x").error().is(HexError::empty));
    EXPECT_TRUE(parse_quantity_u64("0x0400").error().is(HexError::leading_zero));
    EXPECT_TRUE(parse_quantity_u64("0x00").error().is(HexError::leading_zero));
    EXPECT_TRUE(parse_quantity_u64("ff").error().is(HexError::missing_prefix));
    EXPECT_TRUE(parse_quantity_u64("0xfg").error().is(HexError::not_a_hex_digit));
    EXPECT_TRUE(parse_quantity("0x1" + std::string(64, '0')).error().is(HexError::too_large));
}

TEST(Hex, DecimalBounds) {
    EXPECT_EQ(parse_decimal(max_decimal).value(), U256{} - U256{1});
    EXPECT_EQ(format_decimal(U256{} - U256{1}), max_decimal);
    EXPECT_TRUE(parse_decimal(over_max_decimal).error().is(HexError::too_large));
    EXPECT_TRUE(parse_decimal(std::string{max_decimal} + "0").error().is(HexError::too_large));
    EXPECT_EQ(format_decimal(U256{}), "0");
    EXPECT_EQ(parse_decimal("0").value(), U256{});
    EXPECT_TRUE(parse_decimal("").error().is(HexError::empty));
    EXPECT_TRUE(parse_decimal("01").error().is(HexError::leading_zero));
    EXPECT_TRUE(parse_decimal("-1").error().is(HexError::not_a_decimal_digit));
    EXPECT_TRUE(parse_decimal("1a").error().is(HexError::not_a_decimal_digit));
}

TEST(Hex, AddressChecksumsOfEip55) {
    for (const std::string_view text :
         {"0x52908400098527886E0F7030069857D2E4169EE7", "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
          "0xde709f2102306220921060314715629080e2fb77", "0x27b1fdb04752bbc536007a920d24acb045561c26",
          "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
          "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"}) {
        const auto address = parse_address(text);
        ASSERT_TRUE(address.has_value()) << text;
        EXPECT_EQ(format_address(*address), text);
    }
    EXPECT_TRUE(parse_address("0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed").error().is(HexError::bad_checksum));
    EXPECT_TRUE(parse_address("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed").has_value());
    EXPECT_TRUE(parse_address("0x5aaeb6053f3e94c9b9a09f33669435e7ef1bea").error().is(HexError::wrong_size));
}

RC_GTEST_PROP(Hex, RoundTrips, (const Bytes& bytes, std::uint64_t high, std::uint64_t low)) {
    RC_ASSERT(parse_hex(format_hex(bytes)).value() == bytes);
    const U256 value{high, 0, 0, low};
    RC_ASSERT(parse_quantity(format_quantity(value)).value() == value);
    RC_ASSERT(parse_decimal(format_decimal(value)).value() == value);
    RC_ASSERT(parse_quantity_u64(format_quantity(low)).value() == low);
}

}  // namespace
}  // namespace enshrine::codec
