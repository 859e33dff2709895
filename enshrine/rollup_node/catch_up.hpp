// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/rollup_node/rollup_source.hpp>

/// Bringing a sequencer to where the L1 stands: at its start, and whenever the L1 has registered what it did not build.
namespace enshrine::rollup_node {

/// Where the L1 stands, asked for after the store's head: batches up to `head` are no newer than what is known here.
struct L1Position {
    client::RollupStatus registered;
    std::uint64_t height = 0;
};
/// Why the batches up to `head` cannot stand on the L1; empty when they can.
[[nodiscard]] std::string find_conflict(const RollupStore& store, std::uint64_t head, const L1Position& l1);

/// The rollup with every registered batch executed. A store whose batches the L1 will never take is set aside for
/// inspection; their transactions go back into the journal with the promises that were made to them.
[[nodiscard]] std::expected<std::unique_ptr<RollupSource>, std::string> open_caught_up(
    const BatchOrigin& origin, const std::filesystem::path& data_dir);

/// What a sequencer has accepted and not put into a batch yet.
[[nodiscard]] std::filesystem::path journal_path(const std::filesystem::path& data_dir);

}  // namespace enshrine::rollup_node
