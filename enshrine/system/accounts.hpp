// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/amount.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/state/view.hpp>
#include <enshrine/types/account.hpp>

/// Native balances and nonces of L1 accounts.
namespace enshrine::system {

enum class AccountError : std::uint16_t { insufficient_balance = 1, balance_overflow };
const ErrorDomain& error_domain(AccountError) noexcept;

[[nodiscard]] state::Key account_key(const Address& address) noexcept;
/// An account that was never touched is {0, 0}.
[[nodiscard]] types::Account load_account(const state::StateView& state, const Address& address);
/// Storing {0, 0} erases the entry, so that the root depends on contents only.
void store_account(state::Overlay& state, const Address& address, const types::Account& account);
[[nodiscard]] Result<void> credit(state::Overlay& state, const Address& address, const Amount& amount);
[[nodiscard]] Result<void> debit(state::Overlay& state, const Address& address, const Amount& amount);
/// Debit then credit; nothing changes on error.
[[nodiscard]] Result<void> transfer(state::Overlay& state, const Address& from, const Address& to,
                                    const Amount& amount);

}  // namespace enshrine::system
