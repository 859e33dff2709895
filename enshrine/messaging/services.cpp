// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/messaging/hub_root.hpp>
#include <enshrine/messaging/inbox.hpp>
#include <enshrine/messaging/outbox.hpp>
#include <enshrine/messaging/services.hpp>

namespace enshrine::messaging {

/// Heights never fall along the inbox, so the count is found by bisection.
std::uint64_t Inbox::count_at(const state::StateView& state, std::uint64_t rollup, std::uint64_t height) const {
    std::uint64_t known_below = 0;  // messages before this one came at or below the height
    std::uint64_t known_above = load_inbox_count(state, rollup);
    while (known_below < known_above) {
        const std::uint64_t middle = known_below + (known_above - known_below) / 2;
        const auto entry = load_inbox_entry(state, rollup, middle);
        ENSHRINE_ASSERT(entry.has_value());
        if (entry->l1_height <= height) {
            known_below = middle + 1;
        } else {
            known_above = middle;
        }
    }
    return known_below;
}

Hash32 Inbox::rolling_hash(const state::StateView& state, std::uint64_t rollup, std::uint64_t index) const {
    return load_rolling_hash(state, rollup, index);
}

std::optional<std::uint64_t> Inbox::enqueued_at(const state::StateView& state, std::uint64_t rollup,
                                                std::uint64_t index) const {
    const auto entry = load_inbox_entry(state, rollup, index);
    if (!entry) return std::nullopt;
    return entry->l1_height;
}

system::MessageFacts Messages::inbox_message(const state::StateView& state, std::uint64_t rollup,
                                             std::uint64_t index) const {
    const auto bytes = load_inbox_message(state, rollup, index);
    ENSHRINE_ASSERT(bytes.has_value());
    const auto facts = read(*bytes);
    ENSHRINE_ASSERT(facts.has_value());  // the inbox encoded it
    return *facts;
}

Result<system::MessageFacts> Messages::read(BytesView message) const {
    ENSHRINE_TRY(const auto decoded, decode_message(message));
    return system::MessageFacts{.source = decoded.source,
                                .destination = decoded.destination,
                                .sequence = decoded.sequence,
                                .sender = decoded.sender,
                                .receiver = decoded.receiver,
                                .value = decoded.value.wei(),
                                .is_token = decoded.kind == MessageKind::token,
                                .is_call = decoded.kind == MessageKind::call,
                                .native_coins = decoded.asset == native_asset,
                                .has_data = !decoded.data.empty()};
}

Hash32 Messages::outbox_leaf(BytesView message) const {
    return message_hash(message);
}

void Hub::on_settled(state::Overlay& state, const system::SettledBatch& batch) const {
    HubTip tip = load_hub_tip(state, batch.rollup);
    ENSHRINE_ASSERT(batch.sequence == tip.settled_sequence + 1);
    tip.settled_sequence = batch.sequence;
    tip.state_root = batch.state_root;
    const auto appended = tip.outboxes.append(outbox_leaf(batch.sequence, batch.outbox_root, batch.outbox_count));
    ENSHRINE_ASSERT(appended.has_value());
    store_hub_tip(state, batch.rollup, tip);
    store_outbox(state, batch.rollup, batch.sequence, {.root = batch.outbox_root, .count = batch.outbox_count});
}

}  // namespace enshrine::messaging
