// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/codec/rlp.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/sequencing/batch.hpp>

#include <algorithm>
#include <utility>

namespace enshrine::sequencing {
namespace {

constexpr std::uint8_t batch_version = 2;
constexpr std::string_view order_domain = "enshrine.order.v1";
constexpr std::size_t payload_bytes_per_element = field_element_bytes - 1;
constexpr std::size_t blob_bytes = field_elements_per_blob * field_element_bytes;

std::string_view message(std::uint16_t code) noexcept {
    switch (BatchError{code}) {
        case BatchError::bad_version:
            return "the batch header has another version than 2";
        case BatchError::too_many_references:
            return "the batch has more references than blobs_per_batch_max";
        case BatchError::payload_too_large:
            return "the batch payload is larger than the blobs of one batch";
        case BatchError::payload_reference_mismatch:
            return "the payload needs another number of references than the batch has";
        case BatchError::wrong_blob_size:
            return "a blob is not 131072 bytes long";
        case BatchError::unknown_scheme:
            return "the scheme of the payload is neither 0 (EIP-4844) nor 1 (native)";
    }
    return "unknown batch error";
}

Result<PayloadScheme> read_scheme(codec::BinaryReader& reader) noexcept {
    ENSHRINE_TRY(const auto number, reader.u8());
    if (number > std::to_underlying(PayloadScheme::native)) return fail(BatchError::unknown_scheme);
    return PayloadScheme{number};
}

Result<std::vector<Hash32>> read_references(codec::BinaryReader& reader) noexcept {
    ENSHRINE_TRY(const auto count, reader.u32());
    if (count > blobs_per_batch_max) return fail(BatchError::too_many_references);
    std::vector<Hash32> out;
    for (std::uint32_t i = 0; i < count; ++i) {
        ENSHRINE_TRY(const auto reference, reader.fixed<32>());
        out.push_back(reference);
    }
    return out;
}

Result<std::vector<BytesView>> read_transactions(BytesView payload) noexcept {
    codec::rlp::Reader outer{payload};
    ENSHRINE_TRY(auto list, outer.list());
    ENSHRINE_CHECK(outer.finish());
    ENSHRINE_TRY(const auto count, list.item_count(transactions_per_batch_max));
    std::vector<BytesView> out;
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        ENSHRINE_TRY(const auto transaction, list.string());
        out.push_back(transaction);
    }
    return out;
}

}  // namespace

std::string_view to_text(PayloadScheme scheme) noexcept {
    switch (scheme) {
        case PayloadScheme::eip4844:
            return "kzg";
        case PayloadScheme::native:
            return "native";
    }
    return "unknown";
}

const ErrorDomain& error_domain(BatchError) noexcept {
    static constexpr ErrorDomain domain{"sequencing.batch", message};
    return domain;
}

Bytes encode_batch_header(const BatchHeader& header) {
    ENSHRINE_ASSERT(header.references.size() <= blobs_per_batch_max);
    codec::BinaryWriter writer;
    writer.u8(batch_version);
    writer.u64(header.rollup);
    writer.u64(header.sequence);
    writer.fixed(header.previous_hash.view());
    writer.u64(header.anchor_height);
    writer.fixed(header.anchor_hash.view());
    writer.u64(header.inbox_end);
    writer.fixed(header.fee_recipient.view());
    writer.u8(std::to_underlying(header.scheme));
    writer.u32(header.payload_bytes);
    writer.u32(static_cast<std::uint32_t>(header.references.size()));
    for (const Hash32& reference : header.references) writer.fixed(reference.view());
    return writer.take();
}

Result<BatchHeader> decode_batch_header(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    ENSHRINE_TRY(const auto version, reader.u8());
    if (version != batch_version) return fail(BatchError::bad_version);
    BatchHeader out;
    ENSHRINE_TRY(out.rollup, reader.u64());
    ENSHRINE_TRY(out.sequence, reader.u64());
    ENSHRINE_TRY(out.previous_hash, reader.fixed<32>());
    ENSHRINE_TRY(out.anchor_height, reader.u64());
    ENSHRINE_TRY(out.anchor_hash, reader.fixed<32>());
    ENSHRINE_TRY(out.inbox_end, reader.u64());
    ENSHRINE_TRY(out.fee_recipient, reader.fixed<20>());
    ENSHRINE_TRY(out.scheme, read_scheme(reader));
    ENSHRINE_TRY(out.payload_bytes, reader.u32());
    ENSHRINE_TRY(out.references, read_references(reader));
    ENSHRINE_CHECK(reader.finish());
    if (out.payload_bytes > batch_payload_bytes_max) return fail(BatchError::payload_too_large);
    if (out.references.size() != references_needed(out.scheme, out.payload_bytes)) {
        return fail(BatchError::payload_reference_mismatch);
    }
    return out;
}

Hash32 batch_hash(BytesView header_bytes) noexcept {
    return hash::sha256(header_bytes);
}

std::vector<Bytes> pack_blobs(BytesView payload) {
    ENSHRINE_ASSERT(payload.size() <= batch_payload_bytes_max);
    std::vector<Bytes> out(blobs_needed(payload.size()), Bytes(blob_bytes));
    for (std::size_t at = 0; at < payload.size(); at += payload_bytes_per_element) {
        const BytesView piece = payload.subspan(at, std::min(payload_bytes_per_element, payload.size() - at));
        const std::size_t element = at % blob_payload_bytes / payload_bytes_per_element;
        std::ranges::copy(piece, out[at / blob_payload_bytes].data() + element * field_element_bytes + 1);
    }
    return out;
}

Result<Bytes> unpack_blobs(std::span<const BytesView> blobs, std::size_t payload_bytes) {
    if (payload_bytes > batch_payload_bytes_max) return fail(BatchError::payload_too_large);
    if (blobs.size() != blobs_needed(payload_bytes)) return fail(BatchError::payload_reference_mismatch);
    Bytes out;
    out.reserve(payload_bytes);
    for (const BytesView blob : blobs) {
        if (blob.size() != blob_bytes) return fail(BatchError::wrong_blob_size);
        for (std::size_t at = 0; at < blob_bytes && out.size() < payload_bytes; at += field_element_bytes) {
            append(out, blob.subspan(at + 1, std::min(payload_bytes_per_element, payload_bytes - out.size())));
        }
    }
    return out;
}

Bytes encode_payload(std::span<const Bytes> transactions) {
    codec::rlp::Writer items;
    for (const Bytes& transaction : transactions) items.string(transaction);
    codec::rlp::Writer out;
    out.list(items.bytes());
    return out.take();
}

std::vector<BytesView> decode_payload(BytesView payload) noexcept {
    auto transactions = read_transactions(payload);
    if (!transactions) return {};
    return *std::move(transactions);
}

Hash32 order_digest(const Hash32& hash) noexcept {
    return hash::sha256(as_bytes(order_domain), hash.view());
}

}  // namespace enshrine::sequencing
