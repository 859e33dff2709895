// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/messaging/message.hpp>
#include <enshrine/system/context.hpp>

#include <optional>

/// The inbox of every rollup, in L1 state: messages in order, a rolling hash over them, and when each came.
namespace enshrine::messaging {

struct InboxEntry {
    std::uint64_t l1_height = 0;
    Hash32 rolling_hash;  ///< behind this message
    [[nodiscard]] friend bool operator==(const InboxEntry&, const InboxEntry&) noexcept = default;
};

[[nodiscard]] std::uint64_t load_inbox_count(const state::StateView& state, std::uint64_t rollup);
[[nodiscard]] std::optional<InboxEntry> load_inbox_entry(const state::StateView& state, std::uint64_t rollup,
                                                         std::uint64_t index);
/// Canonical bytes.
[[nodiscard]] std::optional<Bytes> load_inbox_message(const state::StateView& state, std::uint64_t rollup,
                                                      std::uint64_t index);
/// Rolling hash before message `index` ≤ count (asserted) [MSG.2].
[[nodiscard]] Hash32 load_rolling_hash(const state::StateView& state, std::uint64_t rollup, std::uint64_t index);

/// Appends a canonical message to the inbox of an existing rollup and logs it under the address of the inbox. Its index.
std::uint64_t enqueue(system::CallContext& context, std::uint64_t rollup, BytesView message);
/// Completes a message from the L1 (source, destination, sequence) and enqueues it.
std::uint64_t send_from_l1(system::CallContext& context, std::uint64_t rollup, Message message);

}  // namespace enshrine::messaging
