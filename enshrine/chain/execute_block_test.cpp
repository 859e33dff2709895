// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/chain_for_test.hpp>
#include <enshrine/chain/fees.hpp>
#include <enshrine/data_availability/block_root.hpp>
#include <enshrine/system/block_history.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::chain {
namespace {

using test::transfer;
using test::valid;

types::Transaction numbered(types::Transaction txn, std::uint64_t nonce) {
    txn.nonce = nonce;
    return txn;
}

template <class T>
void expect_error(const Result<T>& result, ChainError reason) {
    ASSERT_FALSE(result.has_value());
    EXPECT_TRUE(result.error().is(reason)) << result.error().message();
}

TEST(ExecuteBlock, AnEmptyBlockIsABlock) {
    test::Chain chain;
    const auto block = chain.build({});
    ASSERT_TRUE(block.has_value());
    const types::BlockHeader& header = block->block.header;
    EXPECT_EQ(header.number, 1U);
    EXPECT_EQ(header.parent_hash, types::block_hash(chain.header));
    EXPECT_EQ(header.gas_used, 0U);
    EXPECT_EQ(header.gas_limit, block_gas_limit_default);
    EXPECT_EQ(header.base_fee_per_gas, U256{875'000'000});
    EXPECT_TRUE(header.transactions_root.is_zero());
    EXPECT_TRUE(header.receipts_root.is_zero());
    EXPECT_EQ(header.data_availability_root, data_availability::root_of_leaves({}));
    EXPECT_NE(header.state_root, chain.header.state_root);  // the block history
    EXPECT_EQ(block->hash, types::block_hash(header));
    EXPECT_TRUE(chain.verify(block->block).has_value());
}

TEST(ExecuteBlock, R10StateRootIsThatOfTheContents) {
    test::Chain chain;
    for (int height = 0; height < 5; ++height) {
        const std::vector txns{valid(numbered(transfer(), static_cast<std::uint64_t>(height)), 0)};
        const auto block = chain.build(txns);
        ASSERT_TRUE(block.has_value());
        chain.commit(*block);
        EXPECT_EQ(chain.header.state_root, state::root_of(chain.view.entries()));
    }
}

// [CHAIN-BLOCK.9]
TEST(ExecuteBlock, CumulativeFiguresAddUp) {
    test::Chain chain;
    const std::vector txns{valid(transfer(), 0), valid(test::call_of(test::store_declaration, 4), 1),
                           valid(test::blob_transfer(2), 2), valid(test::blob_transfer(1), 3)};
    const auto block = chain.build(txns);
    ASSERT_TRUE(block.has_value());
    ASSERT_EQ(block->receipts.size(), 4U);
    std::uint64_t sum = 0;
    types::Bloom bloom;
    for (const types::Receipt& receipt : block->receipts) {
        sum += receipt.gas_used;
        EXPECT_EQ(receipt.cumulative_gas_used, sum);
        types::bloom_merge(bloom, receipt.bloom);
    }
    const types::BlockHeader& header = block->block.header;
    EXPECT_EQ(header.gas_used, sum);
    EXPECT_EQ(header.blob_gas_used, 3 * gas_per_blob);
    EXPECT_EQ(header.logs_bloom, bloom);
    EXPECT_EQ(header.data_availability_root, data_availability::block_root(block->block.blobs, block->receipts));
    EXPECT_EQ(block->block.blobs.size(), 3U);
    EXPECT_EQ(header.transactions_root, types::transactions_root(block->block.transactions));
    EXPECT_EQ(header.receipts_root, types::receipts_root(block->receipts));
    EXPECT_TRUE(chain.verify(block->block).has_value());
}

// [CHAIN-BLOCK.2]
TEST(ExecuteBlock, R2TimeDoesNotRunBackwards) {
    test::Chain chain;
    const BlockInput same{.timestamp = chain.header.timestamp, .proposer = {}, .extra = {}, .transactions = {}};
    EXPECT_TRUE(execute_block(chain.parent(), same, test::protocol()).has_value());
    const BlockInput earlier{.timestamp = chain.header.timestamp - 1, .proposer = {}, .extra = {}, .transactions = {}};
    expect_error(execute_block(chain.parent(), earlier, test::protocol()), ChainError::timestamp_before_parent);
}

// [CHAIN-BLOCK.3]
TEST(ExecuteBlock, R3ExtraDataIsBounded) {
    test::Chain chain;
    BlockInput input{.timestamp = chain.header.timestamp, .proposer = {}, .extra = Bytes(32, 7), .transactions = {}};
    const auto block = execute_block(chain.parent(), input, test::protocol());
    ASSERT_TRUE(block.has_value());
    EXPECT_EQ(block->block.header.extra, Bytes(32, 7));
    input.extra.push_back(7);
    expect_error(execute_block(chain.parent(), input, test::protocol()), ChainError::extra_too_large);
}

// [CHAIN-BLOCK.4]
TEST(ExecuteBlock, R4GasLimitsHaveToFit) {
    GenesisConfig config = test::genesis_config();
    config.gas_limit = 100'000;
    test::Chain chain{config};
    types::Transaction large = transfer();
    large.gas_limit = 79'000;
    types::Transaction larger = large;
    larger.gas_limit = 79'001;
    types::Transaction too_large = transfer();
    too_large.gas_limit = 100'001;
    // The first uses 21,000; so much and no more is gone from the limit.
    const std::vector fits{valid(transfer(), 0), valid(large, 1)};
    EXPECT_TRUE(chain.build(fits)->skipped.empty());
    const std::vector txns{valid(transfer(), 0), valid(larger, 1), valid(too_large, 2), valid(transfer(), 3)};
    const auto block = chain.build(txns);
    ASSERT_TRUE(block.has_value());
    ASSERT_EQ(block->skipped.size(), 2U);
    EXPECT_EQ(block->skipped[0].index, 1U);
    EXPECT_TRUE(block->skipped[0].reason.is(ChainError::block_gas_exhausted));
    EXPECT_EQ(block->skipped[1].index, 2U);
    EXPECT_TRUE(block->skipped[1].reason.is(ChainError::gas_limit_above_block));
    EXPECT_EQ(block->receipts.size(), 2U);
    EXPECT_TRUE(chain.verify(block->block).has_value());
}

// [CHAIN-BLOCK.5]
TEST(ExecuteBlock, R5BlobsHaveToFit) {
    test::Chain chain;
    const std::vector txns{valid(test::blob_transfer(6), 0), valid(test::blob_transfer(4), 1),
                           valid(test::blob_transfer(3), 2), valid(test::blob_transfer(2), 3)};
    const auto block = chain.build(txns);
    ASSERT_TRUE(block.has_value());
    ASSERT_EQ(block->skipped.size(), 1U);
    EXPECT_EQ(block->skipped[0].index, 2U);
    EXPECT_TRUE(block->skipped[0].reason.is(ChainError::block_blobs_exhausted));
    EXPECT_EQ(block->block.header.blob_gas_used, block_blobs_max * gas_per_blob);
    EXPECT_TRUE(chain.verify(block->block).has_value());
    chain.commit(*block);
    EXPECT_EQ(chain.build({})->block.header.excess_blob_gas, block_blobs_target * gas_per_blob);
}

TEST(ExecuteBlockSlow, R5BytesHaveToFit) {
    GenesisConfig config = test::genesis_config();
    config.gas_limit = 1'000'000'000;
    test::Chain chain{config};
    std::vector<ValidTransaction> txns;
    for (std::uint64_t i = 0; i < 9; ++i) {
        types::Transaction txn = numbered(transfer(), i);
        txn.data.resize(transaction_bytes_max - 1'000);
        txn.gas_limit = 21'000 + 4 * txn.data.size();
        txn.max_fee_per_gas = U256{1'000'000'000};
        txns.push_back(valid(txn, 0));
    }
    const auto block = chain.build(txns);
    ASSERT_TRUE(block.has_value());
    EXPECT_EQ(block->receipts.size(), 8U);
    ASSERT_EQ(block->skipped.size(), 1U);
    EXPECT_TRUE(block->skipped[0].reason.is(ChainError::block_bytes_exhausted));
    EXPECT_LE(types::encode_block(block->block).size(), types::block_bytes_max);
}

TEST(ExecuteBlockSlow, R5TransactionsAreBounded) {
    GenesisConfig config = test::genesis_config();
    config.gas_limit = 1'000'000'000;
    test::Chain chain{config};
    std::vector<ValidTransaction> txns;
    for (std::uint64_t i = 0; i <= block_transactions_max; ++i) txns.push_back(valid(numbered(transfer(), i), 0));
    const auto block = chain.build(txns);
    ASSERT_TRUE(block.has_value());
    EXPECT_EQ(block->receipts.size(), block_transactions_max);
    ASSERT_EQ(block->skipped.size(), 1U);
    EXPECT_TRUE(block->skipped[0].reason.is(ChainError::block_transactions_exhausted));
}

// [CHAIN-BLOCK.6]
TEST(ExecuteBlock, R6BuildersSkipAndVerifiersRefuse) {
    test::Chain chain;
    const std::vector txns{valid(transfer(), 0), valid(transfer(), 0), valid(numbered(transfer(), 1), 0)};
    const auto block = chain.build(txns);
    ASSERT_TRUE(block.has_value());
    ASSERT_EQ(block->skipped.size(), 1U);
    EXPECT_EQ(block->skipped[0].index, 1U);
    EXPECT_TRUE(block->skipped[0].reason.is(ChainError::nonce_too_low));
    EXPECT_TRUE(chain.verify(block->block).has_value());
    types::Block worse = block->block;
    worse.transactions.insert(worse.transactions.begin() + 1, txns[1].encoding());
    expect_error(chain.verify(worse), ChainError::nonce_too_low);
}

// [CHAIN-BLOCK.7]
TEST(ExecuteBlock, R7HooksSeeTheBlobsOfTheBlock) {
    test::Chain chain;
    const std::vector txns{valid(test::blob_transfer(2), 0)};
    const auto block = chain.build(txns);
    ASSERT_TRUE(block.has_value());
    chain.commit(*block);
    const auto info = data_availability::load_blob_info(chain.view, txns[0].transaction().blob_versioned_hashes[1]);
    ASSERT_TRUE(info.has_value());
    EXPECT_EQ(info->height, 1U);
    EXPECT_EQ(info->index, 1U);
}

// [CHAIN-BLOCK.8]
TEST(ExecuteBlock, R8ParentsAreKeptInTheState) {
    test::Chain chain;
    std::vector<types::BlockHeader> headers{chain.header};
    for (int i = 0; i < 3; ++i) {
        chain.commit(*chain.build({}));
        headers.push_back(chain.header);
    }
    for (std::uint64_t height = 0; height < 3; ++height) {
        const auto entry = system::load_block_history(chain.view, height);
        ASSERT_TRUE(entry.has_value()) << height;
        EXPECT_EQ(entry->hash, types::block_hash(headers[height]));
        EXPECT_EQ(entry->timestamp, headers[height].timestamp);
    }
    EXPECT_FALSE(system::load_block_history(chain.view, 3).has_value());
}

/// A block with everything in it.
types::Block full_block(test::Chain& chain) {
    const std::vector txns{valid(transfer(), 0), valid(test::call_of(test::store_declaration, 4), 1),
                           valid(test::blob_transfer(2), 2), valid(test::call_of(test::refuse_declaration, 4), 3)};
    auto block = chain.build(txns);
    ENSHRINE_ASSERT(block.has_value());
    ENSHRINE_ASSERT(block->skipped.empty());
    return std::move(block->block);
}

// [CHAIN-BLOCK.1] [CHAIN-BLOCK.10]
TEST(VerifyBlock, R10EveryFieldThatIsNotFreeIsCompared) {
    test::Chain chain;
    const types::Block good = full_block(chain);
    ASSERT_TRUE(chain.verify(good).has_value());
    const auto with = [&](auto change) {
        types::Block bad = good;
        change(bad.header);
        return chain.verify(bad);
    };
    using Header = types::BlockHeader;
    expect_error(with([](Header& h) { h.number += 1; }), ChainError::number_mismatch);
    expect_error(with([](Header& h) { h.parent_hash[5] ^= 1; }), ChainError::parent_hash_mismatch);
    expect_error(with([](Header& h) { h.state_root[5] ^= 1; }), ChainError::state_root_mismatch);
    expect_error(with([](Header& h) { h.transactions_root[5] ^= 1; }), ChainError::transactions_root_mismatch);
    expect_error(with([](Header& h) { h.receipts_root[5] ^= 1; }), ChainError::receipts_root_mismatch);
    expect_error(with([](Header& h) { h.data_availability_root[5] ^= 1; }),
                 ChainError::data_availability_root_mismatch);
    expect_error(with([](Header& h) { h.message_hub_root[5] ^= 1; }), ChainError::message_hub_root_mismatch);
    expect_error(with([](Header& h) { h.gas_used += 1; }), ChainError::gas_used_mismatch);
    expect_error(with([](Header& h) { h.gas_limit += 1; }), ChainError::gas_limit_mismatch);
    expect_error(with([](Header& h) { h.blob_gas_used += gas_per_blob; }), ChainError::blob_gas_used_mismatch);
    expect_error(with([](Header& h) { h.excess_blob_gas += 1; }), ChainError::excess_blob_gas_mismatch);
    expect_error(with([](Header& h) { h.base_fee_per_gas = U256{1}; }), ChainError::base_fee_mismatch);
    expect_error(with([](Header& h) { h.logs_bloom[5] ^= 1; }), ChainError::logs_bloom_mismatch);
    expect_error(with([](Header& h) { h.timestamp -= 2; }), ChainError::timestamp_before_parent);
    expect_error(with([](Header& h) { h.extra.resize(33); }), ChainError::extra_too_large);
    // The tips go to somebody else.
    expect_error(with([](Header& h) { h.proposer[5] ^= 1; }), ChainError::state_root_mismatch);
}

TEST(VerifyBlock, R3FreeFieldsChangeTheHash) {
    test::Chain chain;
    const types::Block good = full_block(chain);
    types::Block later = good;
    later.header.timestamp += 1;
    const auto verified = chain.verify(later);
    ASSERT_TRUE(verified.has_value());
    EXPECT_NE(verified->hash, types::block_hash(good.header));
}

TEST(VerifyBlock, R6TheBodyIsCompared) {
    test::Chain chain;
    const types::Block good = full_block(chain);
    types::Block bad = good;
    std::swap(bad.transactions[0], bad.transactions[1]);
    EXPECT_FALSE(chain.verify(bad).has_value());
    bad = good;
    bad.transactions.pop_back();
    EXPECT_FALSE(chain.verify(bad).has_value());
    bad = good;
    bad.blobs.pop_back();
    expect_error(chain.verify(bad), ChainError::blob_records_mismatch);
    bad = good;
    bad.blobs.push_back(bad.blobs.front());
    expect_error(chain.verify(bad), ChainError::blob_records_mismatch);
    bad = good;
    bad.blobs[0].versioned_hash[9] ^= 1;
    expect_error(chain.verify(bad), ChainError::blob_records_mismatch);
    bad = good;
    bad.blobs[0].content_root[9] ^= 1;
    EXPECT_FALSE(chain.verify(bad).has_value());
}

TEST(VerifyBlock, ValidatedTransactionsAreThoseOfTheBlock) {
    test::Chain chain;
    const types::Block good = full_block(chain);
    auto txns = *validate_transactions(good.transactions, test::chain_id);
    std::swap(txns[0], txns[1]);
    expect_error(verify_block(chain.parent(), {.block = good, .transactions = txns}, test::protocol()),
                 ChainError::transaction_mismatch);
    txns.pop_back();
    expect_error(verify_block(chain.parent(), {.block = good, .transactions = txns}, test::protocol()),
                 ChainError::transaction_mismatch);
}

// [CHAIN-BLOCK.11]
TEST(ExecuteBlock, R11TheSameInputGivesTheSameBytes) {
    test::Chain first;
    test::Chain second;
    const types::Block a = full_block(first);
    const types::Block b = full_block(second);
    EXPECT_EQ(types::encode_block(a), types::encode_block(b));
    const auto again = first.verify(a);
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(types::encode_block(again->block), types::encode_block(a));
}

Amount sum_of_balances(const state::MemoryView& view) {
    Amount sum;
    for (const auto& [key, value] : view.entries()) {
        if (key.bytes()[0] != static_cast<Byte>(state::Module::account)) continue;
        sum = *checked_add(sum, types::decode_account(value)->balance);
    }
    return sum;
}

types::Transaction random_transaction() {
    const auto kind = *rc::gen::inRange(0, 6);
    const auto argument = *rc::gen::inRange<std::uint64_t>(0, 200'000);
    types::Transaction txn = transfer();
    if (kind == 1) txn = test::call_of(test::store_declaration, argument);
    if (kind == 2) txn = test::call_of(test::refuse_declaration, argument);
    if (kind == 3) txn = test::call_of(test::spend_declaration, argument);
    if (kind == 4) txn = test::blob_transfer(1 + argument % 6);
    if (kind == 5) txn.to = test::account(argument % test::key_count);
    const bool takes_value = kind != 0;
    if (takes_value) txn.value = Amount{*rc::gen::inRange<std::uint64_t>(0, 3'000'000'000'000'000'000U)};
    txn.max_priority_fee_per_gas = U256{*rc::gen::inRange<std::uint64_t>(0, 10'000'000'000U)};
    txn.max_fee_per_gas = U256{*rc::gen::inRange<std::uint64_t>(500'000'000, 10'000'000'000U)};
    if (txn.max_priority_fee_per_gas > txn.max_fee_per_gas) txn.max_priority_fee_per_gas = txn.max_fee_per_gas;
    return txn;
}

// [CHAIN-FEE.8]
RC_GTEST_PROP(ExecuteBlockProperty, R8ValueIsMovedOrBurned, ()) {
    test::Chain chain;
    const auto blocks = *rc::gen::inRange(1, 4);
    for (int i = 0; i < blocks; ++i) {
        std::array<std::uint64_t, test::key_count> nonces{};
        for (std::size_t k = 0; k < test::key_count; ++k) nonces[k] = chain.at(test::account(k)).nonce;
        std::vector<ValidTransaction> txns;
        const auto count = *rc::gen::inRange(0, 8);
        for (int t = 0; t < count; ++t) {
            const auto key = *rc::gen::inRange<std::size_t>(0, test::key_count);
            types::Transaction txn = random_transaction();
            txn.nonce = nonces[key]++;
            txns.push_back(valid(txn, key));
        }
        const Amount before = sum_of_balances(chain.view);
        const auto block = chain.build(txns);
        RC_ASSERT(block.has_value());
        const types::BlockHeader& header = block->block.header;
        const auto verified = chain.verify(block->block);
        RC_ASSERT(verified.has_value());
        RC_ASSERT(verified->changes == block->changes);
        const U256 price = blob_base_fee(header.excess_blob_gas);
        const U256 burned = header.base_fee_per_gas * U256{header.gas_used} + price * U256{header.blob_gas_used};
        chain.commit(*block);
        RC_ASSERT(sum_of_balances(chain.view).wei() + burned == before.wei());
        RC_ASSERT(state::root_of(chain.view.entries()) == header.state_root);
    }
}

}  // namespace
}  // namespace enshrine::chain
