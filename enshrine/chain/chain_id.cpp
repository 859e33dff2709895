// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/chain_id.hpp>

namespace enshrine::chain {

state::Key chain_id_key() noexcept {
    constexpr std::uint8_t chain_id_number = 2;  // 1 is the block history (system/block_history.cpp)
    return state::Key{state::Module::chain}.u8(chain_id_number);
}

void store_chain_id(state::Overlay& state, std::uint64_t chain_id) {
    std::array<Byte, 8> bytes{};
    store_be(bytes.data(), chain_id);
    state.put(chain_id_key(), bytes);
}

std::uint64_t load_chain_id(const state::StateView& state) {
    const auto bytes = state.get(chain_id_key());
    ENSHRINE_ASSERT(bytes.has_value());
    ENSHRINE_ASSERT(bytes->size() == 8);
    return load_be<std::uint64_t>(bytes->data());
}

}  // namespace enshrine::chain
