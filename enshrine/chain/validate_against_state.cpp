// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/validate_against_state.hpp>
#include <enshrine/system/accounts.hpp>

#include <algorithm>

namespace enshrine::chain {
namespace {

Result<Amount> checked_max_cost(const ValidTransaction& txn) noexcept {
    const types::Transaction& fields = txn.transaction();
    ENSHRINE_TRY(const auto gas_cost, checked_mul(Amount{fields.max_fee_per_gas}, fields.gas_limit));
    ENSHRINE_TRY(const auto blob_cost, checked_mul(Amount{fields.max_fee_per_blob_gas}, txn.blob_gas()));
    ENSHRINE_TRY(const auto fees, checked_add(gas_cost, blob_cost));
    return checked_add(fees, fields.value);
}

}  // namespace

Result<Amount> max_cost(const ValidTransaction& txn) noexcept {
    const auto cost = checked_max_cost(txn);
    if (!cost) return fail(ChainError::insufficient_funds);
    return *cost;
}

U256 effective_gas_price(const types::Transaction& txn, const U256& base_fee) noexcept {
    const auto wanted = checked_add(base_fee, txn.max_priority_fee_per_gas);
    return wanted ? std::min(*wanted, txn.max_fee_per_gas) : txn.max_fee_per_gas;
}

Result<void> validate_against_state(const ValidTransaction& txn, const state::StateView& state,
                                    const BlockPrices& prices) {
    const types::Transaction& fields = txn.transaction();
    const types::Account account = system::load_account(state, txn.sender());
    if (fields.nonce < account.nonce) return fail(ChainError::nonce_too_low);                       // [CHAIN-TXN.7]
    if (fields.nonce > account.nonce) return fail(ChainError::nonce_too_high);                      // [CHAIN-TXN.7]
    if (fields.gas_limit > prices.gas_limit) return fail(ChainError::gas_limit_above_block);        // [CHAIN-TXN.8]
    if (fields.max_fee_per_gas < prices.base_fee) return fail(ChainError::max_fee_below_base_fee);  // [CHAIN-TXN.9]
    if (txn.blob_gas() > 0 && fields.max_fee_per_blob_gas < prices.blob_base_fee) {                 // [CHAIN-TXN.10]
        return fail(ChainError::max_blob_fee_below_blob_base_fee);
    }
    ENSHRINE_TRY(const auto cost, max_cost(txn));
    if (account.balance < cost) return fail(ChainError::insufficient_funds);  // [CHAIN-TXN.11]
    return {};
}

}  // namespace enshrine::chain
