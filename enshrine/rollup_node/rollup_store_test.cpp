// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/crypto/secp256k1.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/messaging/message.hpp>
#include <enshrine/rollup_node/batch_assembly.hpp>
#include <enshrine/rollup_node/rollup_block.hpp>
#include <enshrine/state/entries.hpp>
#include <enshrine/state/memory_nodes_for_test.hpp>
#include <enshrine/store/node_views.hpp>
#include <enshrine/store/temp_folder_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::rollup_node {
namespace {

constexpr std::uint64_t rollup = 901;

state::Key entry(std::uint64_t number) {
    return state::Key{state::Module::rollup_program}.u64(number);
}
crypto::SecretKey sequencer_key() {
    crypto::SecretKey out;
    out[31] = 9;
    return out;
}
Hash32 numbered(Byte number) {
    Hash32 out;
    out[31] = number;
    return out;
}

/// A rollup whose batches write one entry each, without a machine.
class Chain {
public:
    Chain() {
        content_.emplace(entry(0), Bytes{1, 2, 3});
        genesis_root_ = commit({{entry(0), Bytes{1, 2, 3}}}).first;
    }

    [[nodiscard]] RollupStore::Options options() const {
        return {.path = folder_.path() / "state",
                .rollup = rollup,
                .genesis = state::encode_entries({{entry(0), Bytes{1, 2, 3}}}),
                .genesis_state_root = genesis_root_};
    }
    struct Batch {
        BatchRecord record;
        std::vector<Bytes> offered;
        Bytes witness;
        std::vector<Acceptance> acceptances;
        [[nodiscard]] RollupStore::Append append() const { return {record, offered, witness, acceptances}; }
    };
    Batch next(const RollupHead& head) {
        const std::uint64_t sequence = head.sequence + 1;
        Batch out;
        const Hash32 old_root = nodes_.root;
        auto [root, offered] = commit({{entry(sequence), Bytes{static_cast<Byte>(sequence), 7}}});
        out.offered = std::move(offered);
        out.witness = Bytes{0xaa, static_cast<Byte>(sequence)};

        BatchInputs inputs;
        inputs.header.rollup = rollup;
        inputs.header.sequence = sequence;
        inputs.header.previous_hash = head.batch_hash;
        inputs.header.anchor_height = 100 + sequence;
        inputs.header.inbox_end = head.inbox_end + 1;
        inputs.inbox_messages = {
            messaging::encode_message({.source = 900, .destination = rollup, .sequence = sequence})};
        inputs.inbox_first = head.inbox_end;
        inputs.inbox_start = head.inbox_rolling;
        inputs.previous_state_root = old_root;
        inputs.l1_timestamp = 1'000 + sequence;
        BatchResult result;
        result.batch_hash = sequencing::batch_hash(sequencing::encode_batch_header(inputs.header));
        result.state_root = root;
        result.steps = 17;
        sequencing::ReceiptRecord receipt;
        receipt.hash = numbered(static_cast<Byte>(10 * sequence));
        result.receipts = {receipt, receipt};
        result.receipts[1].hash = numbered(static_cast<Byte>(10 * sequence + 1));
        result.outbox = {messaging::encode_message({.source = rollup, .destination = 900, .sequence = sequence})};
        out.record = make_batch_record(head, inputs, Bytes{0xc0}, result);
        const sequencing::OrderPromise promise{
            .transaction_hash = receipt.hash, .rollup = rollup, .sequence = sequence, .position = 0, .deadline = 200};
        out.acceptances = {{receipt.hash, 5'000, sequencing::make_order_receipt(promise, sequencer_key()).value()}};
        return out;
    }

private:
    std::pair<Hash32, std::vector<Bytes>> commit(const state::WriteSet& changes) {
        const auto tree = state::update(nodes_, nodes_.root, state::path_changes(changes)).value();
        std::vector<Bytes> offered;
        for (const auto& [key, value] : changes) offered.push_back(*value);
        for (const state::NewNode& node : tree.created) offered.push_back(to_bytes(node.preimage));
        (void)nodes_.apply(tree);
        return {tree.root, std::move(offered)};
    }

    store::TempFolder folder_;
    std::map<state::Key, Bytes> content_;
    state::MemoryNodes nodes_;
    Hash32 genesis_root_;
};

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
