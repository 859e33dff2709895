// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/binary.hpp>
#include <enshrine/codec/rlp.hpp>
#include <enshrine/types/receipt.hpp>

#include <utility>

namespace enshrine::types {
namespace {

using codec::BinaryReader;
using codec::BinaryWriter;
using RlpWriter = codec::rlp::Writer;

void write_log_rlp(RlpWriter& out, const Log& log) {
    RlpWriter topics;
    for (const Hash32& topic : log.topics) topics.string(topic.view());
    RlpWriter fields;
    fields.string(log.address.view());
    fields.list(topics.bytes());
    fields.string(log.data);
    out.list(fields.bytes());
}

void write_log(BinaryWriter& out, const Log& log) {
    ENSHRINE_ASSERT(log.topics.size() <= log_topics_max);
    ENSHRINE_ASSERT(log.data.size() <= log_data_bytes_max);
    out.fixed(log.address.view());
    out.u8(static_cast<std::uint8_t>(log.topics.size()));
    for (const Hash32& topic : log.topics) out.fixed(topic.view());
    out.variable(log.data);
}

Result<Log> read_log(BinaryReader& reader) noexcept {
    Log out;
    ENSHRINE_TRY(out.address, reader.fixed<Address::size_bytes>());
    ENSHRINE_TRY(const auto topic_count, reader.u8());
    if (topic_count > log_topics_max) return fail(ReceiptError::too_many_topics);
    for (std::size_t i = 0; i < topic_count; ++i) {
        ENSHRINE_TRY(const auto topic, reader.fixed<Hash32::size_bytes>());
        out.topics.push_back(topic);
    }
    ENSHRINE_TRY(const auto data, reader.variable(log_data_bytes_max));
    out.data = to_bytes(data);
    return out;
}

Result<std::vector<Log>> read_logs(BinaryReader& reader) noexcept {
    ENSHRINE_TRY(const auto count, reader.u32());
    if (count > logs_per_receipt_max) return fail(ReceiptError::too_many_logs);
    std::vector<Log> out;
    for (std::size_t i = 0; i < count; ++i) {
        ENSHRINE_TRY(auto log, read_log(reader));
        out.push_back(std::move(log));
    }
    return out;
}

Result<TxnType> read_txn_type(BinaryReader& reader) noexcept {
    ENSHRINE_TRY(const auto value, reader.u8());
    if (value > std::to_underlying(TxnType::blob)) return fail(ReceiptError::unknown_txn_type);
    return TxnType{value};
}

}  // namespace

const ErrorDomain& error_domain(ReceiptError) noexcept {
    static constexpr ErrorDomain domain{"receipt", [](std::uint16_t code) noexcept -> std::string_view {
                                            switch (ReceiptError{code}) {
                                                case ReceiptError::unknown_txn_type:
                                                    return "a receipt of an unknown transaction type";
                                                case ReceiptError::too_many_topics:
                                                    return "a log with too many topics";
                                                case ReceiptError::too_many_logs:
                                                    return "a receipt with too many logs";
                                            }
                                            return "unknown receipt error";
                                        }};
    return domain;
}

Bytes encode_receipt_rlp(const Receipt& receipt) {
    RlpWriter logs;
    for (const Log& log : receipt.logs) write_log_rlp(logs, log);
    RlpWriter fields;
    fields.integer(std::uint64_t{receipt.status ? 1U : 0U});
    fields.integer(receipt.cumulative_gas_used);
    fields.string(receipt.bloom.view());
    fields.list(logs.bytes());
    RlpWriter out;
    if (receipt.txn_type != TxnType::legacy) out.integer(std::uint64_t{std::to_underlying(receipt.txn_type)});
    out.list(fields.bytes());
    return out.take();
}

Bytes encode_receipt(const Receipt& receipt) {
    ENSHRINE_ASSERT(receipt.logs.size() <= logs_per_receipt_max);
    ENSHRINE_ASSERT(receipt.revert_data.size() <= revert_data_bytes_max);
    BinaryWriter out;
    out.u8(std::to_underlying(receipt.txn_type));
    out.boolean(receipt.status);
    out.u64(receipt.gas_used);
    out.u64(receipt.cumulative_gas_used);
    out.u256(receipt.effective_gas_price);
    out.u64(receipt.blob_gas_used);
    out.u32(static_cast<std::uint32_t>(receipt.logs.size()));
    for (const Log& log : receipt.logs) write_log(out, log);
    out.variable(receipt.revert_data);
    return out.take();
}

Result<Receipt> decode_receipt(BytesView bytes) noexcept {
    BinaryReader reader{bytes};
    Receipt out;
    ENSHRINE_TRY(out.txn_type, read_txn_type(reader));
    ENSHRINE_TRY(out.status, reader.boolean());
    ENSHRINE_TRY(out.gas_used, reader.u64());
    ENSHRINE_TRY(out.cumulative_gas_used, reader.u64());
    ENSHRINE_TRY(out.effective_gas_price, reader.u256());
    ENSHRINE_TRY(out.blob_gas_used, reader.u64());
    ENSHRINE_TRY(out.logs, read_logs(reader));
    ENSHRINE_TRY(const auto revert_data, reader.variable(revert_data_bytes_max));
    out.revert_data = to_bytes(revert_data);
    ENSHRINE_CHECK(reader.finish());
    out.bloom = bloom_of(out.logs);
    return out;
}

}  // namespace enshrine::types
