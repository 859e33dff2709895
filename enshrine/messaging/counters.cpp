// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/messaging/counters.hpp>

namespace enshrine::messaging {

std::uint64_t load_counter(const state::StateView& state, const state::Key& key) {
    const U256 word = load_word(state, key);
    ENSHRINE_ASSERT(word.fits_u64());
    return word.low_u64();
}

void store_counter(state::Overlay& state, const state::Key& key, std::uint64_t value) {
    store_word(state, key, U256{value});
}

U256 load_word(const state::StateView& state, const state::Key& key) {
    const auto bytes = state.get(key);
    if (!bytes) return {};
    ENSHRINE_ASSERT(bytes->size() == Hash32::size_bytes);
    return U256::from_be(*bytes);
}

void store_word(state::Overlay& state, const state::Key& key, const U256& value) {
    if (value.is_zero()) return state.erase(key);
    state.put(key, value.to_be().view());
}

}  // namespace enshrine::messaging
