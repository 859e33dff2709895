// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/messaging/hub_root.hpp>
#include <enshrine/messaging/keys.hpp>
#include <enshrine/rollup_registry/records.hpp>

namespace enshrine::messaging {
namespace {

constexpr std::uint8_t leaf_prefix = 0;

Result<HubTip> decode_tip(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    HubTip out;
    ENSHRINE_TRY(out.settled_sequence, reader.u64());
    ENSHRINE_TRY(out.state_root, reader.fixed<32>());
    ENSHRINE_TRY(out.outboxes.count, reader.u64());
    for (std::size_t k = 0; k < crypto::merkle_depth_max; ++k) {
        if (((out.outboxes.count >> k) & 1) == 0) continue;
        ENSHRINE_TRY(out.outboxes.peaks[k], reader.fixed<32>());
    }
    ENSHRINE_CHECK(reader.finish());
    return out;
}

}  // namespace

HubTip load_hub_tip(const state::StateView& state, std::uint64_t rollup) {
    const auto bytes = state.get(keys::tip(rollup));
    if (!bytes) {
        const auto registered = rollup_registry::load_rollup(state, rollup);
        ENSHRINE_ASSERT(registered.has_value());
        return HubTip{.settled_sequence = 0, .state_root = registered->genesis_state_root, .outboxes = {}};
    }
    const auto tip = decode_tip(*bytes);
    ENSHRINE_ASSERT(tip.has_value());
    return *tip;
}

void store_hub_tip(state::Overlay& state, std::uint64_t rollup, const HubTip& tip) {
    codec::BinaryWriter writer;
    writer.u64(tip.settled_sequence);
    writer.fixed(tip.state_root.view());
    writer.u64(tip.outboxes.count);
    for (std::size_t k = 0; k < crypto::merkle_depth_max; ++k) {
        if (((tip.outboxes.count >> k) & 1) != 0) writer.fixed(tip.outboxes.peaks[k].view());
    }
    state.put(keys::tip(rollup), writer.bytes());
}

Hash32 outbox_leaf(std::uint64_t sequence, const Hash32& outbox_root, std::uint64_t outbox_count) {
    codec::BinaryWriter writer;
    writer.u8(leaf_prefix);
    writer.u64(sequence);
    writer.fixed(outbox_root.view());
    writer.u64(outbox_count);
    return hash::sha256(writer.bytes());
}

Hash32 hub_leaf(std::uint64_t rollup, const HubTip& tip) {
    codec::BinaryWriter writer;
    writer.u8(leaf_prefix);
    writer.u64(rollup);
    writer.u64(tip.settled_sequence);
    writer.fixed(tip.state_root.view());
    writer.fixed(tip.outboxes.root().view());
    return hash::sha256(writer.bytes());
}

Hash32 hub_root(const state::StateView& state) {
    std::vector<Hash32> leaves;
    for (const std::uint64_t rollup : rollup_registry::load_rollup_ids(state)) {
        leaves.push_back(hub_leaf(rollup, load_hub_tip(state, rollup)));
    }
    return crypto::merkle_root(leaves);
}

}  // namespace enshrine::messaging
