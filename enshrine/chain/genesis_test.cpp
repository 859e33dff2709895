// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/chain_for_test.hpp>
#include <enshrine/chain/chain_id.hpp>
#include <enshrine/data_availability/committee_state.hpp>
#include <enshrine/data_availability/root_leaf.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace enshrine::chain {
namespace {

void expect_refused(const GenesisConfig& config, ChainError reason) {
    const auto genesis = make_genesis(config, test::protocol());
    ASSERT_FALSE(genesis.has_value());
    EXPECT_TRUE(genesis.error().is(reason)) << genesis.error().message();
}

// [CHAIN-GENESIS.1]
TEST(Genesis, R1IsBlockZero) {
    const GenesisConfig config = test::genesis_config();
    const auto genesis = make_genesis(config, test::protocol());
    ASSERT_TRUE(genesis.has_value());
    const types::BlockHeader& header = genesis->block.header;
    EXPECT_EQ(header.number, 0U);
    EXPECT_TRUE(header.parent_hash.is_zero());
    EXPECT_EQ(header.timestamp, config.timestamp);
    EXPECT_EQ(header.gas_limit, config.gas_limit);
    EXPECT_EQ(header.base_fee_per_gas, config.base_fee);
    EXPECT_EQ(genesis->hash, types::block_hash(header));
    EXPECT_TRUE(genesis->block.transactions.empty());
    state::MemoryView view;
    view.apply(genesis->changes);
    EXPECT_EQ(header.state_root, state::root_of(view.entries()));
    EXPECT_EQ(system::load_account(view, test::account(3)).balance, config.accounts[3].balance);
}

TEST(Genesis, R1OrderOfAccountsDoesNotMatter) {
    GenesisConfig config = test::genesis_config();
    const auto first = make_genesis(config, test::protocol());
    std::ranges::reverse(config.accounts);
    EXPECT_EQ(make_genesis(config, test::protocol())->hash, first->hash);
}

TEST(Genesis, R1LimitsAreInRange) {
    GenesisConfig config = test::genesis_config();
    config.gas_limit = block_gas_limit_min;
    config.base_fee = U256{base_fee_min};
    EXPECT_TRUE(make_genesis(config, test::protocol()).has_value());
    config.gas_limit = block_gas_limit_min - 1;
    expect_refused(config, ChainError::genesis_gas_limit);
    config.gas_limit = block_gas_limit_max + 1;
    expect_refused(config, ChainError::genesis_gas_limit);
    config.gas_limit = block_gas_limit_max;
    config.base_fee = U256{base_fee_min - 1};
    expect_refused(config, ChainError::genesis_base_fee);
    config.base_fee = U256{0, 1, 0, 1};
    expect_refused(config, ChainError::genesis_base_fee);
}

// [CHAIN-GENESIS.4]
TEST(Genesis, R4CommitteeIsPartOfTheState) {
    GenesisConfig config = test::genesis_config();
    config.data_availability.administrator = test::plain(7);
    const auto genesis = make_genesis(config, test::protocol());
    ASSERT_TRUE(genesis.has_value());
    state::MemoryView view;
    view.apply(genesis->changes);
    EXPECT_EQ(data_availability::load_committee(view, 0), config.data_availability.committee);
    EXPECT_EQ(data_availability::load_committee_status(view).administrator, test::plain(7));
    EXPECT_EQ(genesis->block.header.data_availability_root, data_availability::root_of_leaves({}));
    config.data_availability.committee.clear();
    EXPECT_TRUE(make_genesis(config, test::protocol()).error().is(data_availability::CommitteeError::empty));
}

// [CHAIN-GENESIS.2]
TEST(Genesis, R2ChainIdIsPartOfTheState) {
    GenesisConfig config = test::genesis_config();
    const auto first = make_genesis(config, test::protocol());
    state::MemoryView view;
    view.apply(first->changes);
    EXPECT_EQ(load_chain_id(view), test::chain_id);
    config.chain_id += 1;
    EXPECT_NE(make_genesis(config, test::protocol())->block.header.state_root, first->block.header.state_root);
    config.chain_id = 0;
    expect_refused(config, ChainError::genesis_chain_id);
}

// [CHAIN-GENESIS.3]
TEST(Genesis, R3BalancesFitTogether) {
    GenesisConfig config = test::genesis_config();
    config.accounts.push_back(config.accounts.front());
    expect_refused(config, ChainError::genesis_duplicate_account);
    config.accounts.back() = {.address = test::plain(5), .balance = Amount{U256{~0ULL, ~0ULL, ~0ULL, ~0ULL}}};
    expect_refused(config, ChainError::genesis_supply_overflow);
}

}  // namespace
}  // namespace enshrine::chain
