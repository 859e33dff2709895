// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/state/view.hpp>
#include <enshrine/base/u256.hpp>

/// Integers in state. An absent entry reads as zero, and zero is stored as absence, so that roots depend on contents only.
namespace enshrine::messaging {

[[nodiscard]] std::uint64_t load_counter(const state::StateView& state, const state::Key& key);
void store_counter(state::Overlay& state, const state::Key& key, std::uint64_t value);
[[nodiscard]] U256 load_word(const state::StateView& state, const state::Key& key);
void store_word(state::Overlay& state, const state::Key& key, const U256& value);

}  // namespace enshrine::messaging
