// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/node/dev_accounts.hpp>

#include <gtest/gtest.h>

#include <set>

namespace enshrine::node {
namespace {

// The addresses that every Ethereum development tool shows for this mnemonic.
TEST(DevAccounts, AreThoseOfTheMnemonic) {
    const std::array<std::string_view, dev_accounts_count> known{
        "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
        "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC", "0x90F79bf6EB2c4f870365E785982E1f101E93b906",
        "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65", "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc",
        "0x976EA74026E726554dB657fA54763abd0C3a0aa9", "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955",
        "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f", "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720"};
    for (std::size_t i = 0; i < known.size(); ++i)
        EXPECT_EQ(codec::format_address(dev_accounts()[i].address), known[i]);
}

TEST(DevAccounts, AreFoundByAliasAndNumber) {
    EXPECT_EQ(find_dev_account("alice")->address, dev_accounts()[0].address);
    EXPECT_EQ(find_dev_account("sequencer_902")->address, dev_accounts()[8].address);
    EXPECT_EQ(find_dev_account("3")->address, dev_accounts()[3].address);
    for (std::size_t i = 0; i < dev_accounts_count; ++i) {
        EXPECT_EQ(find_dev_account(dev_accounts()[i].alias)->address, dev_accounts()[i].address) << i;
    }
    EXPECT_FALSE(find_dev_account("mallory").has_value());
    EXPECT_FALSE(find_dev_account("").has_value());
    EXPECT_FALSE(find_dev_account("10").has_value());
    EXPECT_EQ(codec::format_decimal(dev_balance().wei()), "10000000000000000000000");
}

}  // namespace
}  // namespace enshrine::node
