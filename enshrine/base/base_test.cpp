// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/amount.hpp>
#include <enshrine/base/bytes.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/base/u256.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine {
namespace {

U256 arbitrary_u256() {
    // Mixed widths: uniformly random limbs almost never exercise carries, short divisors or equal leading digits.
    const auto limbs = *rc::gen::container<std::array<std::uint64_t, 4>>(
        rc::gen::oneOf(rc::gen::arbitrary<std::uint64_t>(), rc::gen::element<std::uint64_t>(0, 1, ~0ULL, 1ULL << 63)));
    return U256{limbs[3], limbs[2], limbs[1], limbs[0]};
}
U256 arbitrary_divisor() {
    const U256 any = arbitrary_u256();
    return any.is_zero() ? U256{1} : any;
}

TEST(Integer, CheckedArithmeticRefusesOverflow) {
    EXPECT_EQ(checked_add<std::uint64_t>(1, 2).value(), 3U);
    EXPECT_TRUE(checked_add<std::uint64_t>(~0ULL, 1).error().is(IntegerError::overflow));
    EXPECT_TRUE(checked_sub<std::uint64_t>(1, 2).error().is(IntegerError::underflow));
    EXPECT_TRUE(checked_mul<std::uint64_t>(1ULL << 63, 2).error().is(IntegerError::overflow));
    EXPECT_TRUE((checked_narrow<std::uint8_t>(256).error().is(IntegerError::out_of_range)));
    EXPECT_EQ((checked_narrow<std::uint8_t>(255).value()), 255);
}

TEST(U256, BigEndianRoundTripAndWidths) {
    const U256 value{1, 2, 3, 4};
    EXPECT_EQ(U256::from_be(value.to_be().view()), value);
    EXPECT_EQ(value.bit_length(), 193U);
    EXPECT_EQ(U256{}.bit_length(), 0U);
    const Bytes short_bytes{0x01, 0x00};
    EXPECT_EQ(U256::from_be(short_bytes), U256{256});
}

RC_GTEST_PROP(U256, AddSubAreInverse, ()) {
    const U256 a = arbitrary_u256();
    const U256 b = arbitrary_u256();
    RC_ASSERT(a + b - b == a);
    RC_ASSERT(checked_add(a, b).has_value() == (a + b >= a));
    RC_ASSERT(checked_sub(a, b).has_value() == (a >= b));
}

RC_GTEST_PROP(U256, DivisionIdentity, ()) {
    const U256 a = arbitrary_u256();
    const U256 b = arbitrary_divisor();
    const auto [quotient, remainder] = divide(a, b);
    RC_ASSERT(remainder < b);
    RC_ASSERT(checked_add(checked_mul(quotient, b).value(), remainder).value() == a);
}

RC_GTEST_PROP(U256, MulDivUndoesMultiplication, ()) {
    const U256 a = arbitrary_u256();
    const U256 b = arbitrary_divisor();
    RC_ASSERT(mul_div(a, b, b).value() == a);
    RC_ASSERT(mul_div(a, b, U256{1}).has_value() == checked_mul(a, b).has_value());
}

RC_GTEST_PROP(U256, ShiftsMatchMultiplicationByPowersOfTwo, ()) {
    const U256 a = arbitrary_u256();
    const auto shift = *rc::gen::inRange(0U, 256U);
    RC_ASSERT((a << shift) == a * (U256{1} << shift));
    RC_ASSERT((a >> shift) == divide(a, U256{1} << shift).quotient);
}

TEST(U256, MulDivRefusesZeroDivisor) {
    EXPECT_FALSE(mul_div(U256{1}, U256{1}, U256{}).has_value());
}

TEST(Amount, ArithmeticIsChecked) {
    const Amount max{U256{~0ULL, ~0ULL, ~0ULL, ~0ULL}};
    EXPECT_FALSE(checked_add(max, Amount{1}).has_value());
    EXPECT_FALSE(checked_sub(Amount{1}, Amount{2}).has_value());
    EXPECT_FALSE(checked_mul(max, 2).has_value());
    EXPECT_EQ(checked_mul(Amount{3}, 4).value(), Amount{12});
}

}  // namespace
}  // namespace enshrine
