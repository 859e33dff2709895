// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/result.hpp>
#include <enshrine/rollup_node/executor.hpp>

#include <vector>

namespace enshrine::rollup_node {

enum class BatchRecordError : std::uint16_t { bad_version = 1, malformed };
const ErrorDomain& error_domain(BatchRecordError) noexcept;

/// Milliseconds since 1970 at which a batch reached a finality level; 0 while it has not (docs/spec/rollup.md, "Finality").
struct FinalityTimes {
    std::uint64_t certified_ms = 0;   ///< P1
    std::uint64_t registered_ms = 0;  ///< P2
    std::uint64_t l1_final_ms = 0;    ///< P3
    std::uint64_t settled_ms = 0;     ///< P4
};

/// A batch that this node has executed: what the rollup endpoint shows and what the publisher still has to bring to the L1.
struct BatchRecord {
    sequencing::BatchHeader header;
    Hash32 hash;
    Hash32 previous_state_root;
    std::uint64_t inbox_first = 0;
    Hash32 inbox_start;              ///< rolling hash before message inbox_first
    Hash32 inbox_end;                ///< rolling hash behind the last consumed message
    std::uint64_t l1_timestamp = 0;  ///< of the anchor, seconds
    Bytes payload;
    bool payload_void = false;       ///< the header names a matrix that is no codeword's; the payload is empty then
    std::vector<Bytes> inbox_messages;

    Hash32 state_root;
    Hash32 outbox_root;
    Hash32 receipts_root;
    Hash32 machine_root;
    std::uint64_t steps = 0;
    std::uint64_t weight = 0;
    std::vector<sequencing::ReceiptRecord> receipts;
    std::vector<Bytes> outbox;

    Hash32 block_hash;         ///< of the block that the endpoint shows for this batch
    Hash32 parent_block_hash;
};
[[nodiscard]] Bytes encode_batch_record(const BatchRecord& record);
[[nodiscard]] Result<BatchRecord> decode_batch_record(BytesView bytes) noexcept;

/// Where a batch stands on its way to settlement. Kept apart from the record because it changes.
struct BatchProgress {
    FinalityTimes times;
    Hash32 submit_txn;
    Hash32 claim_txn;
    std::uint64_t l1_height = 0;  ///< block that registered the batch
};
[[nodiscard]] Bytes encode_batch_progress(const BatchProgress& progress);
[[nodiscard]] Result<BatchProgress> decode_batch_progress(BytesView bytes) noexcept;

}  // namespace enshrine::rollup_node
