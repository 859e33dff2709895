// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/binary.hpp>
#include <enshrine/types/account.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::types {
namespace {

TEST(Account, LayoutIsNonceThenBalance) {
    const Bytes encoded = encode_account({.nonce = 0x0102, .balance = Amount{3}});
    ASSERT_EQ(encoded.size(), account_bytes);
    EXPECT_EQ(encoded[6], 1);
    EXPECT_EQ(encoded[7], 2);
    EXPECT_EQ(encoded[39], 3);
}

TEST(Account, OtherSizesAreRefused) {
    EXPECT_TRUE(decode_account(Bytes(account_bytes)).has_value());
    EXPECT_TRUE(decode_account(Bytes(account_bytes - 1)).error().is(codec::BinaryError::truncated));
    EXPECT_TRUE(decode_account(Bytes(account_bytes + 1)).error().is(codec::BinaryError::trailing_bytes));
}

RC_GTEST_PROP(Account, RoundTrip, (std::uint64_t nonce, std::uint64_t high, std::uint64_t low)) {
    const Account account{.nonce = nonce, .balance = Amount{U256{high, low, 0, low}}};
    RC_ASSERT(decode_account(encode_account(account)).value() == account);
}

}  // namespace
}  // namespace enshrine::types
