// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/state/view.hpp>

#include <cstdint>

/// The chain id lies in the state, so that no two chains share a genesis root [CHAIN-GENESIS.2].
namespace enshrine::chain {

[[nodiscard]] state::Key chain_id_key() noexcept;
void store_chain_id(state::Overlay& state, std::uint64_t chain_id);
/// The state is one that grew from make_genesis() (asserted).
[[nodiscard]] std::uint64_t load_chain_id(const state::StateView& state);

}  // namespace enshrine::chain
