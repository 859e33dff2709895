// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/client/settlement_statement.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/sequencing/batch.hpp>

#include <fmt/format.h>

namespace enshrine::client {
namespace {

using rpc::RpcResult;

std::unexpected<rpc::RpcError> missing(std::string what) {
    return std::unexpected{rpc::RpcError{.code = rpc::resource_not_found,
                                         .message = fmt::format("answer of the node: {} is missing", what),
                                         .field = std::move(what)}};
}

struct KnownBatch {
    BatchRecord record;
    sequencing::BatchHeader header;
};
RpcResult<KnownBatch> load_batch(L1Client& l1, std::uint64_t rollup, std::uint64_t sequence) {
    ENSHRINE_TRY(auto record, l1.batch(rollup, sequence));
    if (!record) return missing(fmt::format("batch {}", sequence));
    auto header = sequencing::decode_batch_header(record->header);
    if (!header) return missing(fmt::format("a header of batch {} that decodes", sequence));
    return KnownBatch{.record = *std::move(record), .header = *std::move(header)};
}

/// How many inbox messages the batches up to this one consume.
RpcResult<std::uint64_t> inbox_end_of(L1Client& l1, std::uint64_t rollup, std::uint64_t sequence) {
    if (sequence == 0) return std::uint64_t{0};
    ENSHRINE_TRY(const auto batch, load_batch(l1, rollup, sequence));
    return batch.header.inbox_end;
}

/// Behind the first `count` messages of the inbox [MSG.2].
RpcResult<Hash32> rolling_hash(L1Client& l1, std::uint64_t rollup, std::uint64_t count) {
    if (count == 0) return Hash32{};
    ENSHRINE_TRY(const auto messages, l1.inbox(rollup, count - 1, 1));
    if (messages.size() != 1) return missing(fmt::format("inbox message {}", count - 1));
    return messages.front().rolling_hash;
}

}  // namespace

RpcResult<rollup_registry::SettlementStatement> settlement_statement(L1Client& l1, const RollupStatus& status,
                                                                     const ProvenClaim& claim) {
    std::vector<Hash32> leaves;
    std::vector<KnownBatch> batches;
    for (std::uint64_t sequence = claim.first_sequence; sequence <= claim.last_sequence; ++sequence) {
        ENSHRINE_TRY(auto batch, load_batch(l1, claim.rollup, sequence));
        leaves.push_back(rollup_registry::data_leaf(sequence, batch.record.payload_void, batch.record.hash));
        batches.push_back(std::move(batch));
    }
    if (batches.empty()) return missing("a batch of the claim");
    const sequencing::BatchHeader& last = batches.back().header;
    ENSHRINE_TRY(const auto anchor, l1.block(last.anchor_height));
    if (!anchor) return missing(fmt::format("block {}", last.anchor_height));
    rollup_registry::SettlementStatement out{.rollup = claim.rollup,
                                             .program_id = status.program_id,
                                             .first_sequence = claim.first_sequence,
                                             .last_sequence = claim.last_sequence,
                                             .previous_batch_hash = batches.front().header.previous_hash,
                                             .last_batch_hash = batches.back().record.hash,
                                             .data_root = crypto::merkle_root(leaves),
                                             .state_root_before = status.settled_state_root,
                                             .state_root_after = claim.state_root,
                                             .inbox_end = last.inbox_end,
                                             .outbox_root = claim.outbox_root,
                                             .outbox_count = claim.outbox_count,
                                             .receipts_root = claim.receipts_root,
                                             .anchor_height = last.anchor_height,
                                             .anchor_hash = last.anchor_hash,
                                             .anchor_timestamp = anchor->timestamp};
    ENSHRINE_TRY(out.chain_id, l1.chain_id());
    ENSHRINE_TRY(out.inbox_first, inbox_end_of(l1, claim.rollup, claim.first_sequence - 1));
    ENSHRINE_TRY(out.inbox_start_hash, rolling_hash(l1, claim.rollup, out.inbox_first));
    ENSHRINE_TRY(out.inbox_end_hash, rolling_hash(l1, claim.rollup, out.inbox_end));
    return out;
}

}  // namespace enshrine::client
