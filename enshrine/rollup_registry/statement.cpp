// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/rollup_registry/statement.hpp>
#include <enshrine/sequencing/batch.hpp>

namespace enshrine::rollup_registry {
namespace {

constexpr std::string_view tag = "enshrine.settlement.v1";
constexpr std::uint8_t leaf_prefix = 0;
constexpr std::size_t half_bytes = 16;

sequencing::BatchHeader header_of(const BatchRecord& batch) {
    auto header = sequencing::decode_batch_header(batch.header);
    ENSHRINE_ASSERT(header.has_value());  // submitBatch stored what had decoded
    return *std::move(header);
}

// [STMT.2]
Hash32 data_root(std::span<const BatchRecord> batches) {
    std::vector<Hash32> leaves;
    for (const BatchRecord& batch : batches) {
        leaves.push_back(data_leaf(header_of(batch).sequence, batch.payload_void, batch.hash));
    }
    return crypto::merkle_root(leaves);
}

}  // namespace

Hash32 data_leaf(std::uint64_t sequence, bool payload_void, const Hash32& batch_hash) {
    codec::BinaryWriter writer;
    writer.u8(leaf_prefix);
    writer.u64(sequence);
    writer.boolean(payload_void);
    writer.fixed(batch_hash.view());
    return hash::sha256(writer.bytes());
}

Bytes encode_statement(const SettlementStatement& statement) {
    codec::BinaryWriter writer;
    writer.fixed(as_bytes(tag));
    writer.u64(statement.chain_id);
    writer.u64(statement.rollup);
    writer.fixed(statement.program_id.view());
    writer.u64(statement.first_sequence);
    writer.u64(statement.last_sequence);
    writer.fixed(statement.previous_batch_hash.view());
    writer.fixed(statement.last_batch_hash.view());
    writer.fixed(statement.data_root.view());
    writer.fixed(statement.state_root_before.view());
    writer.fixed(statement.state_root_after.view());
    writer.u64(statement.inbox_first);
    writer.u64(statement.inbox_end);
    writer.fixed(statement.inbox_start_hash.view());
    writer.fixed(statement.inbox_end_hash.view());
    writer.fixed(statement.outbox_root.view());
    writer.u64(statement.outbox_count);
    writer.fixed(statement.receipts_root.view());
    writer.u64(statement.anchor_height);
    writer.fixed(statement.anchor_hash.view());
    writer.u64(statement.anchor_timestamp);
    ENSHRINE_ASSERT(writer.bytes().size() == statement_bytes);
    return writer.take();
}

Hash32 statement_digest(const SettlementStatement& statement) {
    return hash::sha256(encode_statement(statement));
}

std::array<U256, 2> statement_halves(const Hash32& digest) noexcept {
    return {U256::from_be(digest.view().first(half_bytes)), U256::from_be(digest.view().last(half_bytes))};
}

SettlementStatement compose_statement(const system::CallContext& context, const ClaimedOutcome& claimed,
                                      std::span<const BatchRecord> batches) {
    ENSHRINE_ASSERT(!batches.empty());
    const auto rollup = load_rollup(context.state, claimed.rollup);
    const auto progress = load_progress(context.state, claimed.rollup);
    ENSHRINE_ASSERT(rollup.has_value() && progress.has_value());
    const sequencing::BatchHeader first = header_of(batches.front());
    const sequencing::BatchHeader last = header_of(batches.back());
    ENSHRINE_ASSERT(first.sequence == progress->settled_sequence + 1);
    const system::InboxReader& inbox = *context.services.inbox;
    return {.chain_id = context.block.chain_id,
            .rollup = claimed.rollup,
            .program_id = rollup->program_id,
            .first_sequence = first.sequence,
            .last_sequence = last.sequence,
            .previous_batch_hash = first.previous_hash,
            .last_batch_hash = batches.back().hash,
            .data_root = data_root(batches),
            .state_root_before = progress->settled_state_root,
            .state_root_after = claimed.state_root,
            .inbox_first = batches.front().inbox_first,
            .inbox_end = last.inbox_end,
            .inbox_start_hash = inbox.rolling_hash(context.state, claimed.rollup, batches.front().inbox_first),
            .inbox_end_hash = inbox.rolling_hash(context.state, claimed.rollup, last.inbox_end),
            .outbox_root = claimed.outbox_root,
            .outbox_count = claimed.outbox_count,
            .receipts_root = claimed.receipts_root,
            .anchor_height = last.anchor_height,
            .anchor_hash = last.anchor_hash,
            .anchor_timestamp = batches.back().anchor_timestamp};
}

}  // namespace enshrine::rollup_registry
