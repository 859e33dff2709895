// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/data_availability/byte_price.hpp>
#include <enshrine/data_availability/keys.hpp>
#include <enshrine/data_availability/params.hpp>
#include <enshrine/system/fake_exponential.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace enshrine::data_availability {
namespace {

/// Absence reads as zero, and zero is stored as absence, so that the root depends on contents only.
std::uint64_t load_counter(const state::StateView& state, const state::Key& key) {
    const auto bytes = state.get(key);
    if (!bytes) return 0;
    ENSHRINE_ASSERT(bytes->size() == sizeof(std::uint64_t));
    return load_be<std::uint64_t>(bytes->data());
}

/// A value that stays is no change: blocks without publications leave the state alone.
void store_counter(state::Overlay& state, const state::Key& key, std::uint64_t value) {
    if (value == load_counter(state, key)) return;
    if (value == 0) return state.erase(key);
    std::array<Byte, sizeof value> bytes{};
    store_be(bytes.data(), value);
    state.put(key, bytes);
}

}  // namespace

U256 byte_price_at(std::uint64_t excess) noexcept {
    return system::fake_exponential(byte_price_min, excess, byte_price_update_fraction);
}

std::uint64_t next_excess(std::uint64_t excess, std::uint64_t bytes_published) noexcept {
    // Blocks are bounded, so that the sum comes near 64 bits never; a price that far up is unpayable anyway.
    const std::uint64_t room = std::numeric_limits<std::uint64_t>::max() - excess;
    const std::uint64_t sum = excess + std::min(bytes_published, room);
    return sum < block_data_bytes_target ? 0 : sum - block_data_bytes_target;
}

U256 byte_price(const state::StateView& state) {
    return byte_price_at(load_excess_bytes(state));
}

std::uint64_t load_excess_bytes(const state::StateView& state) {
    return load_counter(state, keys::excess_bytes());
}

std::uint64_t load_block_bytes(const state::StateView& state) {
    return load_counter(state, keys::block_bytes());
}

void store_block_bytes(state::Overlay& state, std::uint64_t bytes) {
    store_counter(state, keys::block_bytes(), bytes);
}

void settle_block_bytes(state::Overlay& state) {
    store_counter(state, keys::excess_bytes(), next_excess(load_excess_bytes(state), load_block_bytes(state)));
    store_block_bytes(state, 0);
}

}  // namespace enshrine::data_availability
