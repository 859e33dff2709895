// SPDX-License-Identifier: Apache-2.0
#include <enshrine/rollup_node/batch_record.hpp>

#include <enshrine/codec/binary.hpp>

namespace enshrine::rollup_node {
namespace {

constexpr std::uint8_t record_version = 1;
constexpr std::size_t item_bytes_max = 16 * 1024 * 1024;

void write_list(codec::BinaryWriter& out, const std::vector<Bytes>& items) {
    out.u32(static_cast<std::uint32_t>(items.size()));
    for (const Bytes& item : items) out.variable(item);
}

Result<std::vector<Bytes>> read_list(codec::BinaryReader& in) noexcept {
    ENSHRINE_TRY(const auto count, in.u32());
    std::vector<Bytes> out;
    for (std::uint32_t i = 0; i < count; ++i) {
        ENSHRINE_TRY(const auto item, in.variable(item_bytes_max));
        out.push_back(to_bytes(item));
    }
    return out;
}

}  // namespace

const ErrorDomain& error_domain(BatchRecordError) noexcept {
    static constexpr ErrorDomain domain{
        "batch_record", [](std::uint16_t code) noexcept -> std::string_view {
            switch (BatchRecordError{code}) {
                case BatchRecordError::bad_version: return "stored batch record has an unknown version";
                case BatchRecordError::malformed: return "stored batch record is malformed";
            }
            return "unknown batch record error";
        }};
    return domain;
}

Bytes encode_batch_record(const BatchRecord& record) {
    codec::BinaryWriter out;
    out.u8(record_version);
    out.variable(sequencing::encode_batch_header(record.header));
    out.fixed(record.hash.view()).fixed(record.previous_state_root.view()).u64(record.inbox_first);
    out.fixed(record.inbox_start.view()).fixed(record.inbox_end.view()).u64(record.l1_timestamp);
    out.variable(record.payload).boolean(record.payload_void);
    write_list(out, record.inbox_messages);
    out.fixed(record.state_root.view()).fixed(record.outbox_root.view()).fixed(record.receipts_root.view());
    out.fixed(record.machine_root.view()).u64(record.steps).u64(record.weight);
    out.u32(static_cast<std::uint32_t>(record.receipts.size()));
    for (const auto& receipt : record.receipts) out.variable(sequencing::encode_receipt_record(receipt));
    write_list(out, record.outbox);
    out.fixed(record.block_hash.view()).fixed(record.parent_block_hash.view());
    return out.take();
}

Result<BatchRecord> decode_batch_record(BytesView bytes) noexcept {
    codec::BinaryReader in{bytes};
    ENSHRINE_TRY(const auto version, in.u8());
    if (version != record_version) return fail(BatchRecordError::bad_version);
    BatchRecord record;
    ENSHRINE_TRY(const auto header, in.variable(item_bytes_max));
    ENSHRINE_TRY(record.header, sequencing::decode_batch_header(header));
    ENSHRINE_TRY(record.hash, in.fixed<32>());
    ENSHRINE_TRY(record.previous_state_root, in.fixed<32>());
    ENSHRINE_TRY(record.inbox_first, in.u64());
    ENSHRINE_TRY(record.inbox_start, in.fixed<32>());
    ENSHRINE_TRY(record.inbox_end, in.fixed<32>());
    ENSHRINE_TRY(record.l1_timestamp, in.u64());
    ENSHRINE_TRY(const auto payload, in.variable(item_bytes_max));
    record.payload = to_bytes(payload);
    ENSHRINE_TRY(record.payload_void, in.boolean());
    ENSHRINE_TRY(record.inbox_messages, read_list(in));
    ENSHRINE_TRY(record.state_root, in.fixed<32>());
    ENSHRINE_TRY(record.outbox_root, in.fixed<32>());
    ENSHRINE_TRY(record.receipts_root, in.fixed<32>());
    ENSHRINE_TRY(record.machine_root, in.fixed<32>());
    ENSHRINE_TRY(record.steps, in.u64());
    ENSHRINE_TRY(record.weight, in.u64());
    ENSHRINE_TRY(const auto receipt_count, in.u32());
    for (std::uint32_t i = 0; i < receipt_count; ++i) {
        ENSHRINE_TRY(const auto receipt, in.variable(item_bytes_max));
        ENSHRINE_TRY(auto decoded, sequencing::decode_receipt_record(receipt));
        record.receipts.push_back(std::move(decoded));
    }
    ENSHRINE_TRY(record.outbox, read_list(in));
    ENSHRINE_TRY(record.block_hash, in.fixed<32>());
    ENSHRINE_TRY(record.parent_block_hash, in.fixed<32>());
    ENSHRINE_CHECK(in.finish());
    return record;
}

Bytes encode_batch_progress(const BatchProgress& progress) {
    codec::BinaryWriter out;
    out.u8(record_version);
    out.u64(progress.times.certified_ms).u64(progress.times.registered_ms);
    out.u64(progress.times.l1_final_ms).u64(progress.times.settled_ms);
    out.fixed(progress.submit_txn.view()).fixed(progress.claim_txn.view()).u64(progress.l1_height);
    return out.take();
}

Result<BatchProgress> decode_batch_progress(BytesView bytes) noexcept {
    codec::BinaryReader in{bytes};
    ENSHRINE_TRY(const auto version, in.u8());
    if (version != record_version) return fail(BatchRecordError::bad_version);
    BatchProgress progress;
    ENSHRINE_TRY(progress.times.certified_ms, in.u64());
    ENSHRINE_TRY(progress.times.registered_ms, in.u64());
    ENSHRINE_TRY(progress.times.l1_final_ms, in.u64());
    ENSHRINE_TRY(progress.times.settled_ms, in.u64());
    ENSHRINE_TRY(progress.submit_txn, in.fixed<32>());
    ENSHRINE_TRY(progress.claim_txn, in.fixed<32>());
    ENSHRINE_TRY(progress.l1_height, in.u64());
    ENSHRINE_CHECK(in.finish());
    return progress;
}

}  // namespace enshrine::rollup_node
