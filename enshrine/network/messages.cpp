// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/codec/binary.hpp>
#include <enshrine/network/messages.hpp>

#include <algorithm>

namespace enshrine::network {
namespace {

using codec::BinaryReader;
using codec::BinaryWriter;
using data_availability::Publication;

constexpr std::size_t combinations_bytes_max =
    data_availability::matrix_rows_max / 4 * std::size_t{16};  // a layout has three parity rows per data row
constexpr std::size_t publication_bytes_max = 32 + 8 + 4 + data_availability::matrix_blobs_max * 40;
constexpr std::size_t header_bytes_max = publication_bytes_max + 32 + 4 + combinations_bytes_max;
constexpr std::size_t depth_max = 16;
constexpr std::size_t siblings_max = rows_per_request_max * depth_max;
constexpr std::size_t rows_body_max = 4 + rows_per_request_max * 4 + 4 + rows_bytes_per_request + 4 + siblings_max * 32;
constexpr std::size_t info_bytes = 2 + 8 + 20 + 8 + 8 + 8;

std::string_view message_text(std::uint16_t code) noexcept {
    switch (MessageError{code}) {
        case MessageError::unknown_type:
            return "no message has this type";
        case MessageError::too_long:
            return "the message is longer than its type allows";
        case MessageError::indices_not_ascending:
            return "row indices are not strictly ascending";
        case MessageError::too_many_rows:
            return "more rows than one message carries";
        case MessageError::bad_row_bytes:
            return "the size of a row is no positive multiple of 64";
        case MessageError::bad_count:
            return "a count is out of range";
        case MessageError::unknown_refusal:
            return "a refusal of an unknown kind";
    }
    return "unknown message error";
}

std::string_view refusal_text(std::uint16_t code) noexcept {
    switch (Refusal{code}) {
        case Refusal::malformed:
            return "bytes that the protocol does not allow";
        case Refusal::wrong_chain:
            return "the upload is for another chain";
        case Refusal::unknown_epoch:
            return "no committee of this epoch takes uploads";
        case Refusal::not_a_member:
            return "the node is not in the committee";
        case Refusal::bad_sizes:
            return "no layout has these sizes";
        case Refusal::bad_header:
            return "row root and combinations do not give the commitment";
        case Refusal::unassigned_row:
            return "a row that is not the node's to keep";
        case Refusal::repeated_row:
            return "a row that the upload has sent already";
        case Refusal::bad_row:
            return "a row that does not verify";
        case Refusal::incomplete:
            return "the upload ended before all rows had come";
        case Refusal::no_upload:
            return "no upload was begun";
        case Refusal::storage_full:
            return "unpublished uploads take all of their space";
        case Refusal::too_many_uploads:
            return "too many uploads at once";
        case Refusal::too_many_connections:
            return "too many connections";
        case Refusal::too_slow:
            return "a message took too long to arrive";
        case Refusal::other_matrix:
            return "the commitment is kept with another shape";
        case Refusal::disk:
            return "the disk of the node refuses";
    }
    return "unknown refusal";
}

void write_publication(BinaryWriter& out, const Publication& publication) {
    out.fixed(publication.commitment.view()).u64(publication.epoch);
    out.u32(static_cast<std::uint32_t>(publication.blobs.size()));
    for (const auto& blob : publication.blobs) out.fixed(blob.name_space.view()).u64(blob.size);
}

Result<Publication> read_publication(BinaryReader& in) {
    Publication out;
    ENSHRINE_TRY(out.commitment, in.fixed<32>());
    ENSHRINE_TRY(out.epoch, in.u64());
    ENSHRINE_TRY(const auto count, in.u32());
    if (count == 0 || count > data_availability::matrix_blobs_max) return fail(MessageError::bad_count);
    out.blobs.resize(count);
    for (auto& blob : out.blobs) {
        ENSHRINE_TRY(blob.name_space, in.fixed<32>());
        ENSHRINE_TRY(blob.size, in.u64());
    }
    return out;
}

Result<Bytes> read_combinations(BinaryReader& in) {
    ENSHRINE_TRY(const auto bytes, in.variable(combinations_bytes_max));
    if (bytes.empty() || bytes.size() % data_availability::combination_bytes != 0) return fail(MessageError::bad_count);
    return to_bytes(bytes);
}

Result<std::vector<std::uint32_t>> read_indices(BinaryReader& in) {
    ENSHRINE_TRY(const auto count, in.u32());
    if (count > rows_per_request_max) return fail(MessageError::too_many_rows);
    std::vector<std::uint32_t> out(count);
    for (std::size_t i = 0; i < out.size(); ++i) {
        ENSHRINE_TRY(out[i], in.u32());
        if (i > 0 && out[i - 1] >= out[i]) return fail(MessageError::indices_not_ascending);
    }
    return out;
}

}  // namespace

const ErrorDomain& error_domain(MessageError) noexcept {
    static constexpr ErrorDomain domain{"network.message", message_text};
    return domain;
}

const ErrorDomain& error_domain(Refusal) noexcept {
    static constexpr ErrorDomain domain{"network.refusal", refusal_text};
    return domain;
}

std::size_t rows_per_request(std::uint32_t row_bytes) noexcept {
    return std::clamp<std::size_t>(rows_bytes_per_request / std::max(row_bytes, 1U), 1, rows_per_request_max);
}

Result<std::size_t> message_bytes_max(std::uint8_t type) noexcept {
    switch (MessageType{type}) {
        case MessageType::info:
        case MessageType::finish_upload:
        case MessageType::upload_ready:
            return 0;
        case MessageType::begin_upload:
            return 8 + header_bytes_max;
        case MessageType::upload_rows:
        case MessageType::rows_answer:
            return rows_body_max;
        case MessageType::get_rows:
            return 32 + 4 + rows_per_request_max * 4;
        case MessageType::get_header:
        case MessageType::has:
            return 32;
        case MessageType::info_answer:
            return info_bytes;
        case MessageType::signature:
            return 65;
        case MessageType::header_answer:
            return 1 + header_bytes_max;
        case MessageType::has_answer:
            return 1;
        case MessageType::refusal:
            return 2 + 4 + refusal_text_bytes_max;
    }
    return fail(MessageError::unknown_type);
}

Bytes encode_info(const PeerInfo& info) {
    return BinaryWriter{}
        .u16(info.protocol)
        .u64(info.chain_id)
        .fixed(info.address.view())
        .u64(info.matrices)
        .u64(info.stored_bytes)
        .u64(info.damaged_rows)
        .take();
}

Result<PeerInfo> decode_info(BytesView body) noexcept {
    BinaryReader in{body};
    PeerInfo out;
    ENSHRINE_TRY(out.protocol, in.u16());
    ENSHRINE_TRY(out.chain_id, in.u64());
    ENSHRINE_TRY(out.address, in.fixed<20>());
    ENSHRINE_TRY(out.matrices, in.u64());
    ENSHRINE_TRY(out.stored_bytes, in.u64());
    ENSHRINE_TRY(out.damaged_rows, in.u64());
    ENSHRINE_CHECK(in.finish());
    return out;
}

Bytes encode_begin(const UploadBegin& begin) {
    BinaryWriter out;
    out.u64(begin.chain_id);
    write_publication(out, begin.publication);
    out.fixed(begin.row_root.view()).variable(begin.combinations);
    return out.take();
}

Result<UploadBegin> decode_begin(BytesView body) noexcept {
    BinaryReader in{body};
    UploadBegin out;
    ENSHRINE_TRY(out.chain_id, in.u64());
    ENSHRINE_TRY(out.publication, read_publication(in));
    ENSHRINE_TRY(out.row_root, in.fixed<32>());
    ENSHRINE_TRY(out.combinations, read_combinations(in));
    ENSHRINE_CHECK(in.finish());
    return out;
}

Bytes encode_rows_head(std::span<const std::uint32_t> indices, std::uint32_t row_bytes) {
    BinaryWriter out;
    out.u32(static_cast<std::uint32_t>(indices.size()));
    for (const std::uint32_t index : indices) out.u32(index);
    out.u32(row_bytes);
    return out.take();
}

Bytes encode_siblings(std::span<const Hash32> siblings) {
    Bytes out = BinaryWriter{}.u32(static_cast<std::uint32_t>(siblings.size())).take();
    out.reserve(out.size() + siblings.size() * 32);
    for (const Hash32& sibling : siblings) append(out, sibling.view());
    return out;
}

Result<RowsView> decode_rows(BytesView body) noexcept {
    BinaryReader in{body};
    RowsView out;
    ENSHRINE_TRY(out.indices, read_indices(in));
    ENSHRINE_TRY(out.row_bytes, in.u32());
    if (out.row_bytes == 0 || out.row_bytes % data_availability::row_bytes_unit != 0) {
        return fail(MessageError::bad_row_bytes);
    }
    if (out.indices.size() > rows_per_request(out.row_bytes)) return fail(MessageError::too_many_rows);
    ENSHRINE_TRY(out.rows, in.take(out.indices.size() * out.row_bytes));
    ENSHRINE_TRY(const auto count, in.u32());
    if (count > out.indices.size() * depth_max) return fail(MessageError::bad_count);
    ENSHRINE_TRY(const auto siblings, in.take(std::size_t{count} * 32));
    ENSHRINE_CHECK(in.finish());
    out.siblings.resize(count);
    for (std::size_t i = 0; i < count; ++i) out.siblings[i] = Hash32::from(siblings.subspan(32 * i, 32));
    return out;
}

Bytes encode_query(const RowsQuery& query) {
    BinaryWriter out;
    out.fixed(query.commitment.view()).u32(static_cast<std::uint32_t>(query.indices.size()));
    for (const std::uint32_t index : query.indices) out.u32(index);
    return out.take();
}

Result<RowsQuery> decode_query(BytesView body) noexcept {
    BinaryReader in{body};
    RowsQuery out;
    ENSHRINE_TRY(out.commitment, in.fixed<32>());
    ENSHRINE_TRY(out.indices, read_indices(in));
    ENSHRINE_CHECK(in.finish());
    return out;
}

Bytes encode_header(const std::optional<MatrixHeader>& header) {
    BinaryWriter out;
    out.boolean(header.has_value());
    if (!header) return out.take();
    write_publication(out, header->publication);
    out.fixed(header->row_root.view()).variable(header->combinations);
    return out.take();
}

Result<std::optional<MatrixHeader>> decode_header(BytesView body) noexcept {
    BinaryReader in{body};
    ENSHRINE_TRY(const bool found, in.boolean());
    if (!found) {
        ENSHRINE_CHECK(in.finish());
        return std::nullopt;
    }
    MatrixHeader out;
    ENSHRINE_TRY(out.publication, read_publication(in));
    ENSHRINE_TRY(out.row_root, in.fixed<32>());
    ENSHRINE_TRY(out.combinations, read_combinations(in));
    ENSHRINE_CHECK(in.finish());
    return out;
}

Bytes encode_refusal(const RefusalMessage& refusal) {
    const BytesView text = as_bytes(std::string_view{refusal.text});
    return BinaryWriter{}
        .u16(std::to_underlying(refusal.code))
        .variable(text.first(std::min(text.size(), refusal_text_bytes_max)))
        .take();
}

Result<RefusalMessage> decode_refusal(BytesView body) noexcept {
    BinaryReader in{body};
    ENSHRINE_TRY(const auto code, in.u16());
    ENSHRINE_TRY(const auto text, in.variable(refusal_text_bytes_max));
    ENSHRINE_CHECK(in.finish());
    if (code == 0 || code > std::to_underlying(Refusal::disk)) return fail(MessageError::unknown_refusal);
    RefusalMessage out{.code = Refusal{code}, .text = {}};
    // What a stranger wrote goes to logs and terminals.
    for (const Byte byte : text) out.text += byte >= 0x20 && byte < 0x7F ? static_cast<char>(byte) : '?';
    return out;
}

}  // namespace enshrine::network
