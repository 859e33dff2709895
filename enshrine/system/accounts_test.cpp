// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/system/accounts.hpp>
#include <enshrine/system/block_history.hpp>
#include <enshrine/system/context.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::system {
namespace {

constexpr U256 all_ones{~0ULL, ~0ULL, ~0ULL, ~0ULL};

Address address(Byte number) noexcept {
    Address out;
    out[19] = number;
    return out;
}
Amount wei(std::uint64_t value) noexcept {
    return Amount{value};
}

TEST(Accounts, AnUntouchedAccountIsEmpty) {
    const state::MemoryView view;
    EXPECT_EQ(load_account(view, address(1)), types::Account{});
}

TEST(Accounts, StoringAnEmptyAccountErasesIt) {
    state::MemoryView view;
    state::Overlay overlay{view};
    store_account(overlay, address(1), {.nonce = 3, .balance = wei(5)});
    view.apply(overlay.changes());
    EXPECT_EQ(view.entries().size(), 1U);
    store_account(overlay, address(1), {});
    view.apply(overlay.changes());
    EXPECT_TRUE(view.entries().empty());
}

TEST(Accounts, CreditAndDebitAreChecked) {
    const state::MemoryView view;
    state::Overlay overlay{view};
    ASSERT_TRUE(credit(overlay, address(1), wei(10)).has_value());
    ASSERT_TRUE(debit(overlay, address(1), wei(4)).has_value());
    EXPECT_EQ(load_account(overlay, address(1)).balance, wei(6));
    const auto too_much = debit(overlay, address(1), wei(7));
    ASSERT_FALSE(too_much.has_value());
    EXPECT_TRUE(too_much.error().is(AccountError::insufficient_balance));
    const auto overflow = credit(overlay, address(1), Amount{all_ones});
    ASSERT_FALSE(overflow.has_value());
    EXPECT_TRUE(overflow.error().is(AccountError::balance_overflow));
    EXPECT_EQ(load_account(overlay, address(1)).balance, wei(6));
}

TEST(Accounts, TransferChangesNothingOnError) {
    const state::MemoryView view;
    state::Overlay overlay{view};
    ASSERT_TRUE(credit(overlay, address(1), wei(10)).has_value());
    ASSERT_TRUE(credit(overlay, address(2), Amount{all_ones}).has_value());
    EXPECT_FALSE(transfer(overlay, address(1), address(2), wei(1)).has_value());
    EXPECT_FALSE(transfer(overlay, address(1), address(3), wei(11)).has_value());
    EXPECT_EQ(load_account(overlay, address(1)).balance, wei(10));
    EXPECT_EQ(load_account(overlay, address(2)).balance, Amount{all_ones});
    EXPECT_EQ(load_account(overlay, address(3)).balance, wei(0));
}

TEST(Accounts, TransferToOneselfNeedsTheBalanceAndKeepsIt) {
    const state::MemoryView view;
    state::Overlay overlay{view};
    ASSERT_TRUE(credit(overlay, address(1), wei(10)).has_value());
    EXPECT_TRUE(transfer(overlay, address(1), address(1), wei(10)).has_value());
    EXPECT_FALSE(transfer(overlay, address(1), address(1), wei(11)).has_value());
    EXPECT_EQ(load_account(overlay, address(1)).balance, wei(10));
}

RC_GTEST_PROP(AccountsProperty, TransfersConserveTheSum, ()) {
    const state::MemoryView view;
    state::Overlay overlay{view};
    for (Byte i = 0; i < 4; ++i) RC_ASSERT(credit(overlay, address(i), wei(100)).has_value());
    const auto steps = *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::arbitrary<std::uint32_t>());
    for (const std::uint32_t step : steps) {
        const auto from = static_cast<Byte>(step & 3U);
        const auto to = static_cast<Byte>((step >> 2U) & 3U);
        [[maybe_unused]] const auto outcome = transfer(overlay, address(from), address(to), wei((step >> 4U) & 0xffU));
    }
    Amount sum;
    for (Byte i = 0; i < 4; ++i) sum = *checked_add(sum, load_account(overlay, address(i)).balance);
    RC_ASSERT(sum == wei(400));
}

TEST(BlockHistory, KeepsTheLast256Blocks) {
    const state::MemoryView view;
    state::Overlay overlay{view};
    for (std::uint64_t height = 0; height < 300; ++height) {
        Hash32 hash;
        store_be(hash.data(), height + 1);
        store_block_history(overlay, {.height = height, .hash = hash, .timestamp = 1000 + height});
    }
    EXPECT_FALSE(load_block_history(overlay, 300).has_value());
    EXPECT_FALSE(load_block_history(overlay, 43).has_value());
    const auto oldest = load_block_history(overlay, 44);
    ASSERT_TRUE(oldest.has_value());
    EXPECT_EQ(oldest->timestamp, 1044U);
    EXPECT_EQ(load_be<std::uint64_t>(oldest->hash.data()), 45U);
    EXPECT_TRUE(load_block_history(overlay, 299).has_value());
    EXPECT_EQ(block_hash_at(overlay, 44), oldest->hash);
    EXPECT_EQ(block_timestamp_at(overlay, 44), 1044U);
    EXPECT_FALSE(block_hash_at(overlay, 43).has_value());
    EXPECT_FALSE(block_timestamp_at(overlay, 300).has_value());
}

TEST(Context, EmitEventWritesTopicsInOrder) {
    const state::MemoryView view;
    state::Overlay overlay{view};
    const BlockContext block;
    const TxnContext txn;
    const Services services;
    GasMeter gas{100};
    std::vector<types::Log> logs;
    CallContext context{.block = block,
                        .txn = txn,
                        .services = services,
                        .state = overlay,
                        .gas = gas,
                        .logs = logs,
                        .caller = address(1),
                        .self = address(2),
                        .value = {},
                        .read_only = false};
    constexpr std::string_view declaration = "Transfer(address indexed from, address indexed to, uint256 value)";
    Hash32 from;
    from[31] = 1;
    codec::abi::Encoder data{1};
    data.u64(9);
    emit_event(context, declaration, std::array{from}, data);
    ASSERT_EQ(logs.size(), 1U);
    EXPECT_EQ(logs[0].address, address(2));
    ASSERT_EQ(logs[0].topics.size(), 2U);
    // The topic that every ERC-20 token emits.
    EXPECT_EQ(load_be<std::uint32_t>(logs[0].topics[0].data()), 0xddf252adU);
    EXPECT_EQ(logs[0].topics[1], from);
    EXPECT_EQ(U256::from_be(logs[0].data), U256{9});
}

TEST(GasMeter, FailsPastItsLimitAndStaysThere) {
    GasMeter gas{10};
    EXPECT_TRUE(gas.charge(4));
    EXPECT_FALSE(gas.charge(7));
    EXPECT_EQ(gas.used(), 10U);
    EXPECT_TRUE(gas.charge(0));
    EXPECT_FALSE(gas.charge(1));
}

}  // namespace
}  // namespace enshrine::system
