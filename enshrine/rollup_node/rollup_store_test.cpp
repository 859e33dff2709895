// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rollup_node/chain_for_test.hpp>
#include <enshrine/store/node_views.hpp>

#include <gtest/gtest.h>

namespace enshrine::rollup_node {
namespace {

using namespace test;

std::unique_ptr<RollupStore> open(const RollupStore::Options& options) {
    auto opened = RollupStore::open(options);
    EXPECT_TRUE(opened.has_value()) << (opened ? "" : opened.error());
    return opened ? *std::move(opened) : nullptr;
}

TEST(RollupStore, StartsAtTheGenesisThatTheL1Has) {
    Chain chain;
    const auto store = open(chain.options());
    ASSERT_NE(store, nullptr);
    EXPECT_EQ(store->head().sequence, 0U);
    EXPECT_EQ(store->head().state_root, chain.options().genesis_state_root);
    EXPECT_TRUE(store->head().batch_hash.is_zero());
    EXPECT_EQ(store->sequence_of_block(types::block_hash(genesis_header(store->head().state_root))), 0U);
    EXPECT_EQ(store->record(0), nullptr);
    const store::VersionView view{store->nodes(), store->head().state_root};
    EXPECT_EQ(view.get(entry(0)), (Bytes{1, 2, 3}));
}

TEST(RollupStore, RefusesAGenesisThatTheL1DoesNotHave) {
    Chain chain;
    RollupStore::Options options = chain.options();
    options.genesis_state_root[0] ^= 1;
    const auto fresh = RollupStore::open(options);
    ASSERT_FALSE(fresh.has_value());
    EXPECT_NE(fresh.error().find("state root"), std::string::npos) << fresh.error();

    ASSERT_NE(open(chain.options()), nullptr);
    const auto reopened = RollupStore::open(options);  // the store exists, the L1 says something else
    ASSERT_FALSE(reopened.has_value());
    EXPECT_NE(reopened.error().find("the L1 has"), std::string::npos) << reopened.error();

    options = chain.options();
    options.path = options.path.parent_path() / "other";
    options.genesis.push_back(0);
    EXPECT_FALSE(RollupStore::open(options).has_value());
}

TEST(RollupStore, KeepsBatchesAcrossReopening) {
    Chain chain;
    auto store = open(chain.options());
    std::vector<Chain::Batch> batches;
    for (int i = 0; i < 3; ++i) {
        batches.push_back(chain.next(store->head()));
        const auto appended = store->append(batches.back().append());
        ASSERT_TRUE(appended.has_value()) << appended.error();
    }
    BatchProgress progress;
    progress.times.registered_ms = 42;
    ASSERT_TRUE(store->set_progress(2, progress).has_value());
    for (int pass = 0; pass < 2; ++pass) {
        EXPECT_EQ(store->head().sequence, 3U);
        EXPECT_EQ(store->head().state_root, batches[2].record.state_root);
        EXPECT_EQ(store->head().batch_hash, batches[2].record.hash);
        EXPECT_EQ(store->head().inbox_end, 3U);
        EXPECT_EQ(store->head().inbox_rolling, batches[2].record.inbox_end);
        EXPECT_EQ(store->head().l1_height, 103U);
        for (std::uint64_t sequence = 1; sequence <= 3; ++sequence) {
            const Chain::Batch& batch = batches[sequence - 1];
            const auto record = store->record(sequence);
            ASSERT_NE(record, nullptr);
            EXPECT_EQ(encode_batch_record(*record), encode_batch_record(batch.record));
            EXPECT_EQ(store->witness(sequence), batch.witness);
            EXPECT_EQ(store->sequence_of_block(batch.record.block_hash), sequence);
            const auto found = store->find(batch.record.receipts[1].hash);
            ASSERT_TRUE(found.has_value());
            EXPECT_EQ(found->sequence, sequence);
            EXPECT_EQ(found->index, 1U);
            const auto message = store->find_message(messaging::message_hash(batch.record.outbox[0]));
            ASSERT_TRUE(message.has_value());
            EXPECT_EQ(message->sequence, sequence);
            EXPECT_EQ(message->index, 0U);
            const auto acceptance = store->acceptance(batch.record.receipts[0].hash);
            ASSERT_TRUE(acceptance.has_value());
            EXPECT_EQ(acceptance->accepted_ms, 5'000U);
            EXPECT_EQ(acceptance->receipt.promise, batch.acceptances[0].receipt.promise);
            EXPECT_TRUE(
                sequencing::verify_order_receipt(acceptance->receipt, crypto::address_of(sequencer_key()).value())
                    .has_value());
        }
        EXPECT_EQ(store->progress(2).times.registered_ms, 42U);
        EXPECT_EQ(store->progress(1).times.registered_ms, 0U);
        const store::VersionView view{store->nodes(), store->head().state_root};
        EXPECT_EQ(view.get(entry(2)), (Bytes{2, 7}));
        store.reset();
        store = open(chain.options());
        ASSERT_NE(store, nullptr);
    }
}

// A forced transaction that stands in a later batch as well is dropped there: where it ran is what counts.
TEST(RollupStore, ADroppedRepetitionDoesNotHideWhatRan) {
    Chain chain;
    const auto store = open(chain.options());
    Chain::Batch first = chain.next(store->head());
    first.record.receipts[0].outcome = sequencing::RecordOutcome::succeeded;
    const Hash32 ran = first.record.receipts[0].hash;
    ASSERT_TRUE(store->append(first.append()).has_value());
    Chain::Batch second = chain.next(store->head());
    for (auto& receipt : second.record.receipts) receipt.outcome = sequencing::RecordOutcome::dropped;
    second.record.receipts[0].hash = ran;
    ASSERT_TRUE(store->append(second.append()).has_value());
    ASSERT_TRUE(store->find(ran).has_value());
    EXPECT_EQ(store->find(ran)->sequence, 1U);
    EXPECT_EQ(store->find(second.record.receipts[1].hash)->sequence, 2U);  // dropped, and nothing else is known of it
}

TEST(RollupStore, UnknownThingsAreAbsent) {
    Chain chain;
    const auto store = open(chain.options());
    EXPECT_EQ(store->record(1), nullptr);
    EXPECT_FALSE(store->witness(1).has_value());
    EXPECT_FALSE(store->find(numbered(1)).has_value());
    EXPECT_FALSE(store->find_message(numbered(1)).has_value());
    EXPECT_FALSE(store->acceptance(numbered(1)).has_value());
    EXPECT_FALSE(store->sequence_of_block(numbered(1)).has_value());
}

TEST(RollupStore, RefusesABatchWithAnotherParent) {
    Chain chain;
    auto store = open(chain.options());
    const Chain::Batch first = chain.next(store->head());
    Chain::Batch foreign = first;
    foreign.record.previous_state_root[5] ^= 1;
    EXPECT_FALSE(store->append(foreign.append()).has_value());
    Chain::Batch ahead = first;
    ahead.record.header.sequence = 2;
    EXPECT_FALSE(store->append(ahead.append()).has_value());
    Chain::Batch incomplete = first;
    incomplete.offered.pop_back();
    EXPECT_FALSE(store->append(incomplete.append()).has_value());
    EXPECT_EQ(store->head().sequence, 0U);
    EXPECT_FALSE(store->find(first.record.receipts[0].hash).has_value());

    ASSERT_TRUE(store->append(first.append()).has_value());
    EXPECT_FALSE(store->append(first.append()).has_value());  // once
    EXPECT_EQ(store->head().sequence, 1U);
}

TEST(RollupStore, AFolderBelongsToOneRollup) {
    Chain chain;
    ASSERT_NE(open(chain.options()), nullptr);
    RollupStore::Options options = chain.options();
    options.rollup = rollup + 1;
    EXPECT_FALSE(RollupStore::open(options).has_value());
}

}  // namespace
}  // namespace enshrine::rollup_node
