// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/crypto/secp256k1.hpp>
#include <enshrine/messaging/message.hpp>
#include <enshrine/rollup_node/batch_assembly.hpp>
#include <enshrine/rollup_node/rollup_block.hpp>
#include <enshrine/state/entries.hpp>
#include <enshrine/state/memory_nodes_for_test.hpp>
#include <enshrine/store/temp_folder_for_test.hpp>

namespace enshrine::rollup_node::test {

inline constexpr std::uint64_t rollup = 901;

inline state::Key entry(std::uint64_t number) {
    return state::Key{state::Module::rollup_program}.u64(number);
}
inline crypto::SecretKey sequencer_key() {
    crypto::SecretKey out;
    out[31] = 9;
    return out;
}
inline Hash32 numbered(Byte number) {
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

}  // namespace enshrine::rollup_node::test
