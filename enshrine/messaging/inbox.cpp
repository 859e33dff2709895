// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/messaging/counters.hpp>
#include <enshrine/messaging/events.hpp>
#include <enshrine/messaging/inbox.hpp>
#include <enshrine/messaging/keys.hpp>
#include <enshrine/system/addresses.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::messaging {
namespace {

Result<InboxEntry> decode_entry(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    InboxEntry out;
    ENSHRINE_TRY(out.l1_height, reader.u64());
    ENSHRINE_TRY(out.rolling_hash, reader.fixed<32>());
    ENSHRINE_CHECK(reader.finish());
    return out;
}

void store_entry(state::Overlay& state, std::uint64_t rollup, std::uint64_t index, const InboxEntry& entry) {
    codec::BinaryWriter writer;
    writer.u64(entry.l1_height);
    writer.fixed(entry.rolling_hash.view());
    state.put(keys::inbox_entry(rollup, index), writer.bytes());
}

}  // namespace

std::uint64_t load_inbox_count(const state::StateView& state, std::uint64_t rollup) {
    return load_counter(state, keys::inbox_count(rollup));
}

std::optional<InboxEntry> load_inbox_entry(const state::StateView& state, std::uint64_t rollup, std::uint64_t index) {
    const auto bytes = state.get(keys::inbox_entry(rollup, index));
    if (!bytes) return std::nullopt;
    const auto entry = decode_entry(*bytes);
    ENSHRINE_ASSERT(entry.has_value());
    return *entry;
}

std::optional<Bytes> load_inbox_message(const state::StateView& state, std::uint64_t rollup, std::uint64_t index) {
    return state.get(keys::inbox_message(rollup, index));
}

Hash32 load_rolling_hash(const state::StateView& state, std::uint64_t rollup, std::uint64_t index) {
    if (index == 0) return Hash32{};
    const auto before = load_inbox_entry(state, rollup, index - 1);
    ENSHRINE_ASSERT(before.has_value());
    return before->rolling_hash;
}

std::uint64_t enqueue(system::CallContext& context, std::uint64_t rollup, BytesView message) {
    const std::uint64_t index = load_inbox_count(context.state, rollup);
    const Hash32 hash = message_hash(message);
    const Hash32 rolling = next_rolling_hash(load_rolling_hash(context.state, rollup, index), hash);
    store_entry(context.state, rollup, index, {.l1_height = context.block.height, .rolling_hash = rolling});
    context.state.put(keys::inbox_message(rollup, index), message);
    store_counter(context.state, keys::inbox_count(rollup), index + 1);
    system::CallContext inbox = context;
    inbox.self = system::inbox_address;
    system::emit<events::message_enqueued>(inbox, rollup, index, hash, message);
    return index;
}

std::uint64_t send_from_l1(system::CallContext& context, std::uint64_t rollup, Message message) {
    message.source = context.block.chain_id;
    message.destination = rollup;
    message.sequence = load_counter(context.state, keys::stream(rollup));
    store_counter(context.state, keys::stream(rollup), message.sequence + 1);
    return enqueue(context, rollup, encode_message(message));
}

}  // namespace enshrine::messaging
