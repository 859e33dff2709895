// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/amount.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/types/log.hpp>

#include <optional>
#include <vector>

/// What a rollup program tells the outside: one receipt record per transaction or inbox message (emit kind 1), and the
/// answer to a view request (emit kind 2). Canonical binary; each at most 4,096 bytes. Layout: docs/spec/rollup.md.
namespace enshrine::sequencing {

inline constexpr std::size_t record_bytes_max = 4096;
inline constexpr std::size_t record_return_bytes_max = 1024;
inline constexpr std::size_t record_topics_max = 4;

enum class RecordError : std::uint16_t {
    bad_version = 1,
    too_large,
    unknown_source,
    unknown_outcome,
    unknown_kind,
    absent_recipient_not_zero,
    too_many_topics,
};
const ErrorDomain& error_domain(RecordError) noexcept;

enum class RecordSource : std::uint8_t { payload = 0, inbox = 1 };
/// dropped: never executed (undecodable, bad signature or nonce, unaffordable); costs nothing and changes nothing.
enum class RecordOutcome : std::uint8_t { reverted = 0, succeeded = 1, dropped = 2 };

struct ReceiptRecord {
    RecordSource source = RecordSource::payload;
    std::uint64_t index = 0;  ///< position in the payload, or index of the inbox message
    Hash32 hash;              ///< transaction hash; message hash for messages that carry no transaction
    RecordOutcome outcome = RecordOutcome::dropped;
    std::uint64_t gas_used = 0;
    U256 effective_gas_price;
    Address from;
    std::optional<Address> to;
    Bytes return_data;  ///< revert data or return value, cut at 1,024 bytes; for dropped ones a UTF-8 reason
    std::vector<types::Log> logs;
};
/// Size of the encoding: a program compares it with record_bytes_max [REC.2] before it encodes.
[[nodiscard]] std::size_t encoded_bytes(const ReceiptRecord& record) noexcept;
/// Asserts that the bounds hold.
[[nodiscard]] Bytes encode_receipt_record(const ReceiptRecord& record);
[[nodiscard]] Result<ReceiptRecord> decode_receipt_record(BytesView bytes) noexcept;

enum class ViewKind : std::uint8_t { call = 0, account = 1 };
struct ViewRequest {
    ViewKind kind = ViewKind::call;
    Address from;
    std::optional<Address> to;  ///< account: the address asked about
    Amount value;
    std::uint64_t gas_limit = 0;
    Bytes data;
};
/// As much call data as a transaction can have that a batch has room for.
inline constexpr std::size_t view_data_bytes_max = batch_payload_bytes_max;
[[nodiscard]] Bytes encode_view_request(const ViewRequest& request);
[[nodiscard]] Result<ViewRequest> decode_view_request(BytesView bytes) noexcept;

/// An encoded request in pages of at most record_bytes_max bytes, each the SHA-256 of the next one (zero in the last) and
/// a part of the request [VIEW.2]. The last page comes first; the digest of the last in the list is the request's.
[[nodiscard]] std::vector<Bytes> view_request_pages(BytesView request);
/// What a page says; nothing when it is too short.
struct ViewRequestPage {
    Hash32 next;  ///< zero: there is none
    BytesView part;
};
[[nodiscard]] std::optional<ViewRequestPage> read_view_request_page(BytesView page) noexcept;

struct ViewAnswer {
    bool succeeded = false;  ///< call: false = reverted
    std::uint64_t gas_used = 0;
    Bytes return_data;       ///< return value or revert data
    std::uint64_t nonce = 0;  ///< account
    Amount balance;           ///< account: native balance
};
[[nodiscard]] Bytes encode_view_answer(const ViewAnswer& answer);
[[nodiscard]] Result<ViewAnswer> decode_view_answer(BytesView bytes) noexcept;

}  // namespace enshrine::sequencing
