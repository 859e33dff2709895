// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/crypto/merkle.hpp>
#include <enshrine/state/view.hpp>

#include <cstdint>

/// What a block header says about all rollups. Rules: docs/spec/rollup.md [HUB.*].
namespace enshrine::messaging {

/// What the hub knows of a rollup's settled past.
struct HubTip {
    std::uint64_t settled_sequence = 0;
    Hash32 state_root;                 ///< settled; that of genesis before the first settlement
    crypto::MerkleFrontier outboxes;  ///< of the outbox leaves of all settled batches [HUB.2]
};
/// Of a registered rollup (asserted).
[[nodiscard]] HubTip load_hub_tip(const state::StateView& state, std::uint64_t rollup);
void store_hub_tip(state::Overlay& state, std::uint64_t rollup, const HubTip& tip);

[[nodiscard]] Hash32 outbox_leaf(std::uint64_t sequence, const Hash32& outbox_root, std::uint64_t outbox_count);  ///< [HUB.2]
[[nodiscard]] Hash32 hub_leaf(std::uint64_t rollup, const HubTip& tip);                                       ///< [HUB.1]
/// Over all rollups, ascending by id [HUB.1].
[[nodiscard]] Hash32 hub_root(const state::StateView& state);

}  // namespace enshrine::messaging
