// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/execute_transaction.hpp>
#include <enshrine/system/accounts.hpp>

#include <utility>

namespace enshrine::chain {
namespace {

bool records_match(std::span<const Hash32> versioned_hashes, std::span<const types::BlobRecord> blobs) noexcept {
    return std::ranges::equal(versioned_hashes, blobs, {}, {}, &types::BlobRecord::versioned_hash);
}

/// price · quantity, where validate_against_state() has shown that a balance covers it.
Amount covered_cost(const U256& price, std::uint64_t quantity) noexcept {
    const auto cost = checked_mul(Amount{price}, quantity);
    ENSHRINE_ASSERT(cost.has_value());
    return *cost;
}

/// [CHAIN-FEE.5] The whole gas limit and the blobs are paid before the call.
void buy_gas(state::Overlay& state, const ValidTransaction& txn, const U256& gas_price, const U256& blob_base_fee) {
    types::Account account = system::load_account(state, txn.sender());
    const Amount gas_cost = covered_cost(gas_price, txn.transaction().gas_limit);
    const Amount blob_cost = covered_cost(blob_base_fee, txn.blob_gas());
    const auto cost = checked_add(gas_cost, blob_cost);
    ENSHRINE_ASSERT(cost.has_value());
    const auto rest = checked_sub(account.balance, *cost);
    ENSHRINE_ASSERT(rest.has_value());
    account.balance = *rest;
    account.nonce += 1;  // below 2^64 − 1 before: the decoder refuses the largest nonce (EIP-2681)
    system::store_account(state, txn.sender(), account);
}

/// [CHAIN-FEE.6] [CHAIN-FEE.7] Unused gas goes back to the sender, the tip to the proposer; the rest is burned.
void settle_gas(state::Overlay& state, const ValidTransaction& txn, const types::Receipt& receipt,
                const system::BlockContext& block) {
    const std::uint64_t unused = txn.transaction().gas_limit - receipt.gas_used;
    const Amount refund = covered_cost(receipt.effective_gas_price, unused);
    // Both can only fail where balances were set from outside consensus (development chains): then the amount is
    // burned.
    [[maybe_unused]] const auto refunded = system::credit(state, txn.sender(), refund);
    const Amount tip = covered_cost(receipt.effective_gas_price - block.base_fee, receipt.gas_used);
    [[maybe_unused]] const auto tipped = system::credit(state, block.proposer, tip);
}

}  // namespace

Result<types::Receipt> execute_transaction(state::Overlay& state, const ValidTransaction& txn,
                                           std::span<const types::BlobRecord> blobs,
                                           const ExecutionEnvironment& environment) {
    const system::BlockContext& block = environment.block;
    const types::Transaction& fields = txn.transaction();
    if (txn.chain_id() != block.chain_id) return fail(ChainError::wrong_chain_id);
    if (!records_match(fields.blob_versioned_hashes, blobs))
        return fail(ChainError::blob_records_mismatch);  // [CHAIN-TXN.12]
    const BlockPrices prices{
        .base_fee = block.base_fee, .blob_base_fee = block.blob_base_fee, .gas_limit = environment.block_gas_limit};
    ENSHRINE_CHECK(validate_against_state(txn, state, prices));

    types::Receipt receipt;
    receipt.txn_type = fields.type;
    receipt.effective_gas_price = effective_gas_price(fields, block.base_fee);
    receipt.blob_gas_used = txn.blob_gas();
    buy_gas(state, txn, receipt.effective_gas_price, block.blob_base_fee);

    const std::uint64_t intrinsic = intrinsic_gas_of(fields.data.size(), fields.access_list);
    const system::TxnContext txn_context{
        .hash = txn.hash(), .sender = txn.sender(), .effective_gas_price = receipt.effective_gas_price, .blobs = blobs};
    const CallMessage message{.caller = txn.sender(),
                              .receiver = txn.receiver(),
                              .value = fields.value,
                              .data = fields.data,
                              .gas_limit = fields.gas_limit - intrinsic};
    CallOutcome outcome = execute_call(state, message, block, txn_context, environment.protocol);
    receipt.status = outcome.succeeded;
    receipt.gas_used = intrinsic + outcome.gas_used;
    receipt.cumulative_gas_used = receipt.gas_used;
    receipt.logs = std::move(outcome.logs);
    receipt.bloom = types::bloom_of(receipt.logs);
    if (!receipt.status) receipt.revert_data = std::move(outcome.output);
    settle_gas(state, txn, receipt, block);
    return receipt;
}

}  // namespace enshrine::chain
