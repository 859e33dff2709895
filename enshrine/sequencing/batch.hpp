// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// Batches: the order of a rollup's transactions. Rules: docs/spec/rollup.md [BATCH.*]. Shared with rollup programs.
namespace enshrine::sequencing {

inline constexpr std::size_t blobs_per_batch_max = 6;
inline constexpr std::size_t field_elements_per_blob = 4096;
inline constexpr std::size_t field_element_bytes = 32;
inline constexpr std::size_t blob_payload_bytes = field_elements_per_blob * (field_element_bytes - 1);
inline constexpr std::size_t batch_payload_bytes_max = blobs_per_batch_max * blob_payload_bytes;
inline constexpr std::uint64_t inbox_messages_per_batch_max = 256;

/// Bounds the receipts that one batch can make a program emit [BATCH.3].
inline constexpr std::size_t transactions_per_batch_max = 16'384;

/// Where the payload of a batch is published. Numbers are part of batches [BATCH.2].
enum class PayloadScheme : std::uint8_t {
    eip4844 = 0,  ///< blobs of the registering transaction; references: their content roots
    native = 1,   ///< a matrix published before; reference: its commitment [DA-BATCH.1]
};

/// "kzg" or "native": the names that commands and configuration use.
[[nodiscard]] std::string_view to_text(PayloadScheme scheme) noexcept;

enum class BatchError : std::uint16_t {
    bad_version = 1,
    too_many_references,
    payload_too_large,
    payload_reference_mismatch,  ///< another number of references than the payload needs [BATCH.2]
    wrong_blob_size,
    unknown_scheme,
};
const ErrorDomain& error_domain(BatchError) noexcept;

struct BatchHeader {
    std::uint64_t rollup = 0;
    std::uint64_t sequence = 0;  ///< first batch: 1
    Hash32 previous_hash;
    std::uint64_t anchor_height = 0;
    Hash32 anchor_hash;
    std::uint64_t inbox_end = 0;
    Address fee_recipient;
    PayloadScheme scheme = PayloadScheme::eip4844;
    std::uint32_t payload_bytes = 0;
    std::vector<Hash32> references;
};
[[nodiscard]] Bytes encode_batch_header(const BatchHeader& header);
/// Number of blobs that a payload of that many bytes fills [BATCH.2].
[[nodiscard]] constexpr std::size_t blobs_needed(std::size_t payload_bytes) noexcept {
    return (payload_bytes + blob_payload_bytes - 1) / blob_payload_bytes;
}
[[nodiscard]] constexpr std::size_t references_needed(PayloadScheme scheme, std::size_t payload_bytes) noexcept {
    switch (scheme) {
        case PayloadScheme::eip4844:
            return blobs_needed(payload_bytes);
        case PayloadScheme::native:
            return payload_bytes == 0 ? 0 : 1;
    }
    return 0;
}
/// Also checks that the number of references is what payload_bytes needs [BATCH.2].
[[nodiscard]] Result<BatchHeader> decode_batch_header(BytesView bytes) noexcept;
[[nodiscard]] Hash32 batch_hash(BytesView header_bytes) noexcept;  ///< [BATCH.1]

/// Payload → blobs of 131,072 bytes, 31 payload bytes per field element, zero padding [BLOB.2]. The payload is at most
/// batch_payload_bytes_max long.
[[nodiscard]] std::vector<Bytes> pack_blobs(BytesView payload);
/// The first `payload_bytes` payload bytes of the blobs; the number of blobs is the one that they need.
[[nodiscard]] Result<Bytes> unpack_blobs(std::span<const BytesView> blobs, std::size_t payload_bytes);
/// [BATCH.3]: an RLP list of canonical transactions.
[[nodiscard]] Bytes encode_payload(std::span<const Bytes> transactions);
/// A payload that does not decode, or holds more than transactions_per_batch_max, is empty.
[[nodiscard]] std::vector<BytesView> decode_payload(BytesView payload) noexcept;

/// SHA-256("enshrine.order.v1" ‖ batch hash): what the committee signs [BATCH.9].
[[nodiscard]] Hash32 order_digest(const Hash32& hash) noexcept;

}  // namespace enshrine::sequencing
