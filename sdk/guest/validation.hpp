// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/types/account.hpp>
#include <enshrine/types/transaction.hpp>

#include <sdk/guest/state.hpp>

/// Which transactions a rollup executes. The others are recorded as dropped: they cost nothing and change nothing.
namespace enshrine::guest {

enum class DropReason : std::uint16_t {
    no_chain_id = 1,  ///< a legacy transaction from before EIP-155 could be replayed from any chain
    wrong_chain_id,
    blob_transaction,
    contract_creation,
    gas_below_intrinsic,
    gas_above_transaction_max,
    gas_above_batch_rest,
    tip_above_fee_cap,
    fee_cap_below_base_fee,
    nonce_too_low,
    nonce_too_high,
    insufficient_funds,
};
const ErrorDomain& error_domain(DropReason) noexcept;

[[nodiscard]] std::uint64_t intrinsic_gas(const types::Transaction& txn) noexcept;
/// Wei per gas that the sender pays; at least base_fee_wei for a valid transaction.
[[nodiscard]] U256 effective_gas_price(const types::Transaction& txn) noexcept;

/// What can be told without the sender's account.
[[nodiscard]] Result<void> validate_form(const types::Transaction& txn, std::uint64_t chain_id,
                                         std::uint64_t batch_gas_left) noexcept;
/// Nonce, and funds for the value and all gas at the fee cap, as Ethereum asks.
[[nodiscard]] Result<void> validate_account(const types::Transaction& txn, const types::Account& account) noexcept;

}  // namespace enshrine::guest
