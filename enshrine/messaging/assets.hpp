// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/messaging/message.hpp>
#include <enshrine/system/context.hpp>

/// Who holds what: escrow of rollups, and L1 balances of assets that rollups issued. Rules: [MSG.5], [MSG.11].
namespace enshrine::messaging {

using AssetCheck = std::expected<void, system::Revert>;

[[nodiscard]] Amount load_escrow(const state::StateView& state, std::uint64_t rollup, const AssetId& asset);
[[nodiscard]] Amount load_balance(const state::StateView& state, const AssetId& asset, const Address& owner);

/// [VALID.7] Whether the rollup could send the asset out again. Reverts: AssetNotCarried.
[[nodiscard]] AssetCheck check_carried(const state::StateView& state, std::uint64_t rollup, const AssetId& asset);

/// The value of a message comes into a rollup, or goes out of it. An asset is at home with its issuer and counted
/// everywhere else. Reverts: AmountOverflow; EscrowExceeded.
[[nodiscard]] AssetCheck enter_rollup(state::Overlay& state, std::uint64_t rollup, const AssetId& asset,
                                      const Amount& value);
[[nodiscard]] AssetCheck leave_rollup(state::Overlay& state, std::uint64_t rollup, const AssetId& asset,
                                      const Amount& value);

/// The value goes to an L1 account (native coins from the account of the hub), or comes from one (issued assets alone,
/// because native coins arrive as the value of a call). Reverts:
[[nodiscard]] AssetCheck credit_account(state::Overlay& state, const Address& owner, const AssetId& asset,
                                        const Amount& value);
[[nodiscard]] AssetCheck debit_account(state::Overlay& state, const Address& owner, const AssetId& asset,
                                       const Amount& value);

}  // namespace enshrine::messaging
