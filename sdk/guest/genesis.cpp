// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/integer.hpp>

#include <sdk/guest/context.hpp>
#include <sdk/guest/genesis.hpp>
#include <sdk/guest/params.hpp>

namespace enshrine::guest {

Genesis::Genesis(std::uint64_t rollup_id, std::uint64_t l1_chain_id) : rollup_id_{rollup_id} {
    Bytes number(8);
    store_be(number.data(), l1_chain_id);
    entries_.emplace(l1_chain_key(), std::move(number));
}

messaging::AssetId Genesis::own_asset() const noexcept {
    return messaging::make_asset(rollup_id_, program_address);
}

void Genesis::mint(const Address& owner, const Amount& amount) {
    ENSHRINE_ASSERT(!amount.is_zero());
    const bool added = entries_.emplace(asset_key(owner, own_asset()), to_bytes(amount.wei().to_be().view())).second;
    ENSHRINE_ASSERT(added);
}

void Genesis::store(const state::Key& key, const U256& number) {
    ENSHRINE_ASSERT(key.bytes()[0] == static_cast<Byte>(state::Module::rollup_program) && !number.is_zero());
    entries_.insert_or_assign(key, to_bytes(number.to_be().view()));
}

}  // namespace enshrine::guest
