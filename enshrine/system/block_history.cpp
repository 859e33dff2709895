// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/binary.hpp>
#include <enshrine/system/block_history.hpp>

namespace enshrine::system {
namespace {

/// Numbers of the module `chain`: 1 is the block history.
constexpr std::uint8_t history_key = 1;

state::Key slot_key(std::uint64_t height) noexcept {
    return state::Key{state::Module::chain}.u8(history_key).u64(height % block_history_blocks);
}

Result<BlockHistoryEntry> decode_entry(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    BlockHistoryEntry out;
    ENSHRINE_TRY(out.height, reader.u64());
    ENSHRINE_TRY(out.hash, reader.fixed<32>());
    ENSHRINE_TRY(out.timestamp, reader.u64());
    ENSHRINE_CHECK(reader.finish());
    return out;
}

}  // namespace

void store_block_history(state::Overlay& state, const BlockHistoryEntry& entry) {
    codec::BinaryWriter writer;
    writer.u64(entry.height);
    writer.fixed(entry.hash.view());
    writer.u64(entry.timestamp);
    state.put(slot_key(entry.height), writer.bytes());
}

std::optional<BlockHistoryEntry> load_block_history(const state::StateView& state, std::uint64_t height) {
    const auto bytes = state.get(slot_key(height));
    if (!bytes) return std::nullopt;
    const auto entry = decode_entry(*bytes);
    ENSHRINE_ASSERT(entry.has_value());
    if (entry->height != height) return std::nullopt;
    return *entry;
}

std::optional<Hash32> block_hash_at(const state::StateView& state, std::uint64_t height) {
    const auto entry = load_block_history(state, height);
    if (!entry) return std::nullopt;
    return entry->hash;
}

std::optional<std::uint64_t> block_timestamp_at(const state::StateView& state, std::uint64_t height) {
    const auto entry = load_block_history(state, height);
    if (!entry) return std::nullopt;
    return entry->timestamp;
}

}  // namespace enshrine::system
