// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/state/view.hpp>

#include <cstdint>
#include <optional>

/// Hashes and times of recent blocks, in L1 state. `chain` writes the parent at the start of every block
/// [CHAIN-BLOCK.8]; earlier modules read them (the registry checks batch anchors).
namespace enshrine::system {

/// Twice the largest age that a module may ask for (anchor_age_blocks_max = 128).
inline constexpr std::uint64_t block_history_blocks = 256;

struct BlockHistoryEntry {
    std::uint64_t height = 0;
    Hash32 hash;
    std::uint64_t timestamp = 0;  ///< seconds
    [[nodiscard]] friend bool operator==(const BlockHistoryEntry&, const BlockHistoryEntry&) noexcept = default;
};

/// Replaces the entry of height − block_history_blocks.
void store_block_history(state::Overlay& state, const BlockHistoryEntry& entry);
/// The block at `height`; nullopt when it is too old, or not below the height of the block being executed.
[[nodiscard]] std::optional<BlockHistoryEntry> load_block_history(const state::StateView& state, std::uint64_t height);
[[nodiscard]] std::optional<Hash32> block_hash_at(const state::StateView& state, std::uint64_t height);
/// Seconds.
[[nodiscard]] std::optional<std::uint64_t> block_timestamp_at(const state::StateView& state, std::uint64_t height);

}  // namespace enshrine::system
