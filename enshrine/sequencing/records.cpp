// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/sequencing/records.hpp>

namespace enshrine::sequencing {
namespace {

constexpr std::uint8_t record_version = 1;
constexpr std::size_t logs_max = 255;  // the count is one byte
// Everything of a receipt record but return data and logs; everything of a log but topics and data.
constexpr std::size_t receipt_fixed_bytes = 1 + 1 + 8 + 32 + 1 + 8 + 32 + 20 + 21 + 4 + 1;
constexpr std::size_t log_fixed_bytes = 20 + 1 + 4;
// Everything of a view request but its data.
constexpr std::size_t view_request_fixed_bytes = 1 + 1 + 20 + 21 + 32 + 8 + 4;

std::string_view message(std::uint16_t code) noexcept {
    switch (RecordError{code}) {
        case RecordError::bad_version: return "the record has another version than 1";
        case RecordError::too_large: return "the record is larger than 4096 bytes, or the view request than its data may be";
        case RecordError::unknown_source: return "the source is neither payload nor inbox";
        case RecordError::unknown_outcome: return "the outcome is neither reverted nor succeeded nor dropped";
        case RecordError::unknown_kind: return "the view request is neither a call nor an account";
        case RecordError::absent_recipient_not_zero: return "the address of an absent recipient is not zero";
        case RecordError::too_many_topics: return "a log has more than four topics";
    }
    return "unknown record error";
}

void write_recipient(codec::BinaryWriter& writer, const std::optional<Address>& to) {
    writer.boolean(to.has_value());
    writer.fixed(to.value_or(Address{}).view());
}

Result<std::optional<Address>> read_recipient(codec::BinaryReader& reader) noexcept {
    ENSHRINE_TRY(const auto present, reader.boolean());
    ENSHRINE_TRY(const auto address, reader.fixed<20>());
    if (present) return address;
    if (!address.is_zero()) return fail(RecordError::absent_recipient_not_zero);
    return std::nullopt;
}

void write_log(codec::BinaryWriter& writer, const types::Log& log) {
    ENSHRINE_ASSERT(log.topics.size() <= record_topics_max);
    writer.fixed(log.address.view());
    writer.u8(static_cast<std::uint8_t>(log.topics.size()));
    for (const Hash32& topic : log.topics) writer.fixed(topic.view());
    writer.variable(log.data);
}

Result<types::Log> read_log(codec::BinaryReader& reader) noexcept {
    types::Log out;
    ENSHRINE_TRY(out.address, reader.fixed<20>());
    ENSHRINE_TRY(const auto topic_count, reader.u8());
    if (topic_count > record_topics_max) return fail(RecordError::too_many_topics);
    for (std::uint8_t i = 0; i < topic_count; ++i) {
        ENSHRINE_TRY(const auto topic, reader.fixed<32>());
        out.topics.push_back(topic);
    }
    ENSHRINE_TRY(const auto data, reader.variable(record_bytes_max));
    out.data = to_bytes(data);
    return out;
}

/// The checks that all three records share: size and version.
Result<codec::BinaryReader> open_record(BytesView bytes, std::size_t bytes_max = record_bytes_max) noexcept {
    if (bytes.size() > bytes_max) return fail(RecordError::too_large);
    codec::BinaryReader reader{bytes};
    ENSHRINE_TRY(const auto version, reader.u8());
    if (version != record_version) return fail(RecordError::bad_version);
    return reader;
}

}  // namespace

const ErrorDomain& error_domain(RecordError) noexcept {
    static constexpr ErrorDomain domain{"sequencing.record", message};
    return domain;
}

std::size_t encoded_bytes(const ReceiptRecord& record) noexcept {
    std::size_t out = receipt_fixed_bytes + record.return_data.size();
    for (const types::Log& log : record.logs) out += log_fixed_bytes + 32 * log.topics.size() + log.data.size();
    return out;
}

Bytes encode_receipt_record(const ReceiptRecord& record) {
    ENSHRINE_ASSERT(record.return_data.size() <= record_return_bytes_max);
    ENSHRINE_ASSERT(record.logs.size() <= logs_max);
    codec::BinaryWriter writer;
    writer.u8(record_version);
    writer.u8(static_cast<std::uint8_t>(record.source));
    writer.u64(record.index);
    writer.fixed(record.hash.view());
    writer.u8(static_cast<std::uint8_t>(record.outcome));
    writer.u64(record.gas_used);
    writer.u256(record.effective_gas_price);
    writer.fixed(record.from.view());
    write_recipient(writer, record.to);
    writer.variable(record.return_data);
    writer.u8(static_cast<std::uint8_t>(record.logs.size()));
    for (const types::Log& log : record.logs) write_log(writer, log);
    ENSHRINE_ASSERT(writer.bytes().size() <= record_bytes_max);
    return writer.take();
}

Result<ReceiptRecord> decode_receipt_record(BytesView bytes) noexcept {
    ENSHRINE_TRY(auto reader, open_record(bytes));
    ReceiptRecord out;
    ENSHRINE_TRY(const auto source, reader.u8());
    if (source > static_cast<std::uint8_t>(RecordSource::inbox)) return fail(RecordError::unknown_source);
    out.source = RecordSource{source};
    ENSHRINE_TRY(out.index, reader.u64());
    ENSHRINE_TRY(out.hash, reader.fixed<32>());
    ENSHRINE_TRY(const auto outcome, reader.u8());
    if (outcome > static_cast<std::uint8_t>(RecordOutcome::dropped)) return fail(RecordError::unknown_outcome);
    out.outcome = RecordOutcome{outcome};
    ENSHRINE_TRY(out.gas_used, reader.u64());
    ENSHRINE_TRY(out.effective_gas_price, reader.u256());
    ENSHRINE_TRY(out.from, reader.fixed<20>());
    ENSHRINE_TRY(out.to, read_recipient(reader));
    ENSHRINE_TRY(const auto return_data, reader.variable(record_return_bytes_max));
    out.return_data = to_bytes(return_data);
    ENSHRINE_TRY(const auto log_count, reader.u8());
    for (std::uint8_t i = 0; i < log_count; ++i) {
        ENSHRINE_TRY(auto log, read_log(reader));
        out.logs.push_back(std::move(log));
    }
    ENSHRINE_CHECK(reader.finish());
    return out;
}

Bytes encode_view_request(const ViewRequest& request) {
    codec::BinaryWriter writer;
    writer.u8(record_version);
    writer.u8(static_cast<std::uint8_t>(request.kind));
    writer.fixed(request.from.view());
    write_recipient(writer, request.to);
    writer.u256(request.value.wei());
    writer.u64(request.gas_limit);
    writer.variable(request.data);
    return writer.take();
}

Result<ViewRequest> decode_view_request(BytesView bytes) noexcept {
    ENSHRINE_TRY(auto reader, open_record(bytes, view_request_fixed_bytes + view_data_bytes_max));
    ViewRequest out;
    ENSHRINE_TRY(const auto kind, reader.u8());
    if (kind > static_cast<std::uint8_t>(ViewKind::account)) return fail(RecordError::unknown_kind);
    out.kind = ViewKind{kind};
    ENSHRINE_TRY(out.from, reader.fixed<20>());
    ENSHRINE_TRY(out.to, read_recipient(reader));
    ENSHRINE_TRY(const auto value, reader.u256());
    out.value = Amount{value};
    ENSHRINE_TRY(out.gas_limit, reader.u64());
    ENSHRINE_TRY(const auto data, reader.variable(view_data_bytes_max));
    out.data = to_bytes(data);
    ENSHRINE_CHECK(reader.finish());
    return out;
}

std::vector<Bytes> view_request_pages(BytesView request) {
    constexpr std::size_t part_bytes_max = record_bytes_max - Hash32::size_bytes;
    std::vector<Bytes> out;
    Hash32 next;
    do {
        const std::size_t last = request.empty() ? 0 : (request.size() - 1) / part_bytes_max * part_bytes_max;
        Bytes page = to_bytes(next.view());
        append(page, request.subspan(last));
        next = hash::sha256(page);
        out.push_back(std::move(page));
        request = request.first(last);
    } while (!request.empty());
    return out;
}

std::optional<ViewRequestPage> read_view_request_page(BytesView page) noexcept {
    if (page.size() < Hash32::size_bytes) return std::nullopt;
    return ViewRequestPage{Hash32::from(page.first(Hash32::size_bytes)), page.subspan(Hash32::size_bytes)};
}

Bytes encode_view_answer(const ViewAnswer& answer) {
    codec::BinaryWriter writer;
    writer.u8(record_version);
    writer.boolean(answer.succeeded);
    writer.u64(answer.gas_used);
    writer.u64(answer.nonce);
    writer.u256(answer.balance.wei());
    writer.variable(answer.return_data);
    return writer.take();
}

Result<ViewAnswer> decode_view_answer(BytesView bytes) noexcept {
    ENSHRINE_TRY(auto reader, open_record(bytes));
    ViewAnswer out;
    ENSHRINE_TRY(out.succeeded, reader.boolean());
    ENSHRINE_TRY(out.gas_used, reader.u64());
    ENSHRINE_TRY(out.nonce, reader.u64());
    ENSHRINE_TRY(const auto balance, reader.u256());
    out.balance = Amount{balance};
    ENSHRINE_TRY(const auto return_data, reader.variable(record_bytes_max));
    out.return_data = to_bytes(return_data);
    ENSHRINE_CHECK(reader.finish());
    return out;
}

}  // namespace enshrine::sequencing
