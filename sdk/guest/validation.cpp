// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <sdk/guest/params.hpp>
#include <sdk/guest/validation.hpp>

#include <algorithm>

namespace enshrine::guest {
namespace {

std::string_view message(std::uint16_t code) noexcept {
    switch (DropReason{code}) {
        case DropReason::no_chain_id:
            return "transaction without a chain id";
        case DropReason::wrong_chain_id:
            return "chain id is not this rollup's";
        case DropReason::blob_transaction:
            return "blob transactions are not accepted on a rollup";
        case DropReason::contract_creation:
            return "a rollup has one program; contracts cannot be created";
        case DropReason::gas_below_intrinsic:
            return "gas limit below intrinsic gas";
        case DropReason::gas_above_transaction_max:
            return "gas limit above the maximum of a transaction";
        case DropReason::gas_above_batch_rest:
            return "gas limit above what is left in the batch";
        case DropReason::tip_above_fee_cap:
            return "priority fee above fee cap";
        case DropReason::fee_cap_below_base_fee:
            return "fee cap below base fee";
        case DropReason::nonce_too_low:
            return "nonce too low";
        case DropReason::nonce_too_high:
            return "nonce too high";
        case DropReason::insufficient_funds:
            return "insufficient funds for gas and value";
    }
    return "unknown drop reason";
}

}  // namespace

const ErrorDomain& error_domain(DropReason) noexcept {
    static constexpr ErrorDomain domain{"guest.transaction", message};
    return domain;
}

std::uint64_t intrinsic_gas(const types::Transaction& txn) noexcept {
    std::uint64_t gas = txn_gas;
    for (const Byte byte : txn.data) gas += byte == 0 ? zero_byte_gas : data_byte_gas;
    for (const types::AccessListEntry& entry : txn.access_list) {
        gas += access_list_address_gas + access_list_key_gas * entry.storage_keys.size();
    }
    return gas;  // cannot overflow: a transaction is smaller than a batch
}

U256 effective_gas_price(const types::Transaction& txn) noexcept {
    const auto with_tip = checked_add(U256{base_fee_wei}, txn.max_priority_fee_per_gas);
    return with_tip ? std::min(*with_tip, txn.max_fee_per_gas) : txn.max_fee_per_gas;
}

Result<void> validate_form(const types::Transaction& txn, std::uint64_t chain_id,
                           std::uint64_t batch_gas_left) noexcept {
    if (txn.type == types::TxnType::blob) return fail(DropReason::blob_transaction);
    if (!txn.chain_id) return fail(DropReason::no_chain_id);
    if (*txn.chain_id != chain_id) return fail(DropReason::wrong_chain_id);
    if (!txn.to) return fail(DropReason::contract_creation);
    if (txn.gas_limit < intrinsic_gas(txn)) return fail(DropReason::gas_below_intrinsic);
    if (txn.gas_limit > txn_gas_max) return fail(DropReason::gas_above_transaction_max);
    if (txn.gas_limit > batch_gas_left) return fail(DropReason::gas_above_batch_rest);
    if (txn.max_priority_fee_per_gas > txn.max_fee_per_gas) return fail(DropReason::tip_above_fee_cap);
    if (txn.max_fee_per_gas < U256{base_fee_wei}) return fail(DropReason::fee_cap_below_base_fee);
    return {};
}

Result<void> validate_account(const types::Transaction& txn, const types::Account& account) noexcept {
    if (txn.nonce < account.nonce) return fail(DropReason::nonce_too_low);
    if (txn.nonce > account.nonce) return fail(DropReason::nonce_too_high);
    const auto fee = checked_mul(Amount{txn.max_fee_per_gas}, txn.gas_limit);
    if (!fee) return fail(DropReason::insufficient_funds);
    const auto total = checked_add(*fee, txn.value);
    if (!total || *total > account.balance) return fail(DropReason::insufficient_funds);
    return {};
}

}  // namespace enshrine::guest
