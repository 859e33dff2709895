// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/sequencing/order_receipt.hpp>

#include <optional>

namespace enshrine::rollup_node {

/// A promise as it stands in the journal beside its transaction, so that it outlives the process to the letter.
struct PromiseRecord {
    sequencing::OrderPromise promise;
    std::uint64_t accepted_ms = 0;
    [[nodiscard]] friend bool operator==(const PromiseRecord&, const PromiseRecord&) noexcept = default;
};
/// Starts with a zero byte, as no transaction does: the journal holds both.
[[nodiscard]] Bytes encode_promise_record(const PromiseRecord& record);
/// Nullopt: a transaction. The rollup is not written, since a journal belongs to one.
[[nodiscard]] std::optional<PromiseRecord> decode_promise_record(BytesView entry, std::uint64_t rollup) noexcept;

}  // namespace enshrine::rollup_node
