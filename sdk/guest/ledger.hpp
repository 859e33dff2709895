// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/messaging/message.hpp>
#include <enshrine/types/account.hpp>

#include <sdk/guest/state.hpp>

/// Who owns what on a rollup: the native coin and nonces in one record per account, every other asset in one entry per
/// (account, asset). The runtime keeps it, so that any asset that arrives has an owner, whatever the program knows.
namespace enshrine::guest {

enum class LedgerError : std::uint16_t { insufficient_balance = 1, balance_overflow };
const ErrorDomain& error_domain(LedgerError) noexcept;

[[nodiscard]] state::Key account_key(const Address& address) noexcept;
[[nodiscard]] state::Key asset_key(const Address& address, const messaging::AssetId& asset) noexcept;

/// An account that was never touched is {0, 0}; storing that erases its entry, so that the root depends on contents.
[[nodiscard]] types::Account load_account(const State& state, const Address& address);
void store_account(State& state, const Address& address, const types::Account& account);

[[nodiscard]] Amount balance_of(const State& state, const Address& address, const messaging::AssetId& asset);
[[nodiscard]] Result<void> credit(State& state, const Address& address, const messaging::AssetId& asset,
                                  const Amount& amount);
[[nodiscard]] Result<void> debit(State& state, const Address& address, const messaging::AssetId& asset,
                                 const Amount& amount);

}  // namespace enshrine::guest
