// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/messaging/assets.hpp>
#include <enshrine/messaging/counters.hpp>
#include <enshrine/messaging/errors.hpp>
#include <enshrine/messaging/keys.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/rollup_registry/validity.hpp>
#include <enshrine/system/accounts.hpp>
#include <enshrine/system/addresses.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::messaging {
namespace {

using system::refuse;

AssetCheck raise(state::Overlay& state, const state::Key& key, const AssetId& asset, const Amount& value) {
    const Amount held{load_word(state, key)};
    const auto sum = checked_add(held, value);
    if (!sum) return refuse<errors::amount_overflow>(asset, held, value);
    store_word(state, key, sum->wei());
    return {};
}

}  // namespace

Amount load_escrow(const state::StateView& state, std::uint64_t rollup, const AssetId& asset) {
    return Amount{load_word(state, keys::escrow(rollup, asset))};
}

Amount load_balance(const state::StateView& state, const AssetId& asset, const Address& owner) {
    return Amount{load_word(state, keys::balance(asset, owner))};
}

AssetCheck check_carried(const state::StateView& state, std::uint64_t rollup, const AssetId& asset) {
    if (asset == native_asset) return {};
    const auto validity = rollup_registry::load_validity(state, rollup);
    if (!validity || validity->mapping != rollup_registry::Mapping::words) return {};
    return refuse<errors::asset_not_carried>(rollup, native_asset, asset);
}

AssetCheck enter_rollup(state::Overlay& state, std::uint64_t rollup, const AssetId& asset, const Amount& value) {
    if (asset_origin(asset) == rollup) return {};
    return raise(state, keys::escrow(rollup, asset), asset, value);
}

AssetCheck leave_rollup(state::Overlay& state, std::uint64_t rollup, const AssetId& asset, const Amount& value) {
    if (asset_origin(asset) == rollup) return {};
    const Amount available = load_escrow(state, rollup, asset);
    const auto left = checked_sub(available, value);
    if (!left) return refuse<errors::escrow_exceeded>(rollup, asset, available, value);
    store_word(state, keys::escrow(rollup, asset), left->wei());
    return {};
}

AssetCheck credit_account(state::Overlay& state, const Address& owner, const AssetId& asset, const Amount& value) {
    if (asset != native_asset) return raise(state, keys::balance(asset, owner), asset, value);
    // The hub holds the sum of all native escrows, from which this value was taken before.
    const auto paid = system::transfer(state, system::message_hub_address, owner, value);
    if (!paid) {
        const Amount held = system::load_account(state, owner).balance;
        return refuse<errors::amount_overflow>(asset, held, value);
    }
    return {};
}

AssetCheck debit_account(state::Overlay& state, const Address& owner, const AssetId& asset, const Amount& value) {
    ENSHRINE_ASSERT(asset != native_asset);
    const Amount available = load_balance(state, asset, owner);
    const auto left = checked_sub(available, value);
    if (!left) return refuse<errors::insufficient_asset>(asset, available, value);
    store_word(state, keys::balance(asset, owner), left->wei());
    return {};
}

}  // namespace enshrine::messaging
