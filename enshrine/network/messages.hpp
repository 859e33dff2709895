// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/network/peer.hpp>

/// Bytes of the shard exchange. Rules: docs/spec/data_availability.md [DA-NET.*].
namespace enshrine::network {

inline constexpr std::uint16_t protocol_version = 1;
inline constexpr std::size_t frame_head_bytes = 5;  ///< length u32 ‖ type u8
inline constexpr std::size_t rows_bytes_per_request = std::size_t{4} << 20;
inline constexpr std::size_t rows_per_request_max = 4096;
inline constexpr std::size_t refusal_text_bytes_max = 512;

enum class MessageType : std::uint8_t {
    info = 0x01,
    begin_upload = 0x02,
    upload_rows = 0x03,
    finish_upload = 0x04,
    get_rows = 0x05,
    get_header = 0x06,
    has = 0x07,
    info_answer = 0x81,
    upload_ready = 0x82,
    signature = 0x83,
    rows_answer = 0x85,
    header_answer = 0x86,
    has_answer = 0x87,
    refusal = 0xFF
};

/// Why a node does not do what it was asked for.
enum class Refusal : std::uint16_t {
    malformed = 1,     ///< bytes that the protocol does not allow
    wrong_chain,       ///< the upload is for another chain
    unknown_epoch,     ///< no committee of this epoch takes uploads
    not_a_member,      ///< the node is not in the committee
    bad_sizes,         ///< no layout has these sizes
    bad_header,        ///< row root and combinations do not give the commitment
    unassigned_row,    ///< a row that is not the node's to keep
    repeated_row,      ///< a row that the upload has sent already
    bad_row,           ///< a row that does not verify
    incomplete,        ///< the upload ended before all of the node's rows had come
    no_upload,         ///< rows or end of an upload that was not begun
    storage_full,      ///< uploads that no block has published take all of the space that they may
    too_many_uploads,  ///< more uploads at once than the node takes
    too_many_connections,
    too_slow,      ///< a message took longer than the node waits
    other_matrix,  ///< the commitment is kept with another shape
    disk           ///< the node's disk refuses
};
const ErrorDomain& error_domain(Refusal) noexcept;

struct RefusalMessage {
    Refusal code = Refusal::malformed;
    std::string text;
};

/// What a submitter says first.
struct UploadBegin {
    std::uint64_t chain_id = 0;
    data_availability::Publication publication;
    Hash32 row_root;
    Bytes combinations;
};
/// Rows in a message, borrowed from its bytes.
struct RowsView {
    std::vector<std::uint32_t> indices;  ///< strictly ascending
    std::uint32_t row_bytes = 0;
    BytesView rows;
    std::vector<Hash32> siblings;
    [[nodiscard]] BytesView row(std::size_t i) const noexcept { return rows.subspan(i * row_bytes, row_bytes); }
};
struct RowsQuery {
    Hash32 commitment;
    std::vector<std::uint32_t> indices;  ///< strictly ascending, at most rows_per_request_max
};

enum class MessageError : std::uint16_t {
    unknown_type = 1,
    too_long,               ///< above message_bytes_max of its type
    indices_not_ascending,  ///< unsorted or repeated
    too_many_rows,
    bad_row_bytes,  ///< no positive multiple of row_bytes_unit
    bad_count,      ///< of blobs, or of combinations
    unknown_refusal
};
const ErrorDomain& error_domain(MessageError) noexcept;

/// How many rows one message carries at most.
[[nodiscard]] std::size_t rows_per_request(std::uint32_t row_bytes) noexcept;
/// Longest body of this type; unknown_type for bytes that are no type.
[[nodiscard]] Result<std::size_t> message_bytes_max(std::uint8_t type) noexcept;

[[nodiscard]] Bytes encode_info(const PeerInfo& info);
[[nodiscard]] Bytes encode_begin(const UploadBegin& begin);
/// Everything in front of the rows, which follow as they are, and then encode_siblings.
[[nodiscard]] Bytes encode_rows_head(std::span<const std::uint32_t> indices, std::uint32_t row_bytes);
[[nodiscard]] Bytes encode_siblings(std::span<const Hash32> siblings);
[[nodiscard]] Bytes encode_query(const RowsQuery& query);
[[nodiscard]] Bytes encode_header(const std::optional<MatrixHeader>& header);
[[nodiscard]] Bytes encode_refusal(const RefusalMessage& refusal);

[[nodiscard]] Result<PeerInfo> decode_info(BytesView body) noexcept;
[[nodiscard]] Result<UploadBegin> decode_begin(BytesView body) noexcept;
[[nodiscard]] Result<RowsView> decode_rows(BytesView body) noexcept;
[[nodiscard]] Result<RowsQuery> decode_query(BytesView body) noexcept;
[[nodiscard]] Result<std::optional<MatrixHeader>> decode_header(BytesView body) noexcept;
[[nodiscard]] Result<RefusalMessage> decode_refusal(BytesView body) noexcept;

}  // namespace enshrine::network
