// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/amount.hpp>
#include <enshrine/chain/validate_transaction.hpp>
#include <enshrine/state/view.hpp>

/// What a transaction has to satisfy in the state and the block that it wants to run in. Rules: [CHAIN-TXN.7…11].
namespace enshrine::chain {

/// What a block asks of its transactions.
struct BlockPrices {
    U256 base_fee;       ///< wei per gas
    U256 blob_base_fee;  ///< wei per blob gas
    std::uint64_t gas_limit = 0;
};

/// value + gas limit · max fee + blob gas · max blob fee. Error insufficient_funds when no balance could hold it.
[[nodiscard]] Result<Amount> max_cost(const ValidTransaction& txn) noexcept;
/// What the sender pays per gas: min(max fee, base fee + priority fee). The max fee is at least the base fee.
[[nodiscard]] U256 effective_gas_price(const types::Transaction& txn, const U256& base_fee) noexcept;

/// Errors: nonce_too_low, nonce_too_high, gas_limit_above_block, max_fee_below_base_fee,
/// max_blob_fee_below_blob_base_fee, insufficient_funds; checked in this order, so that a mempool may keep what fails
/// for its price or a nonce gap alone.
[[nodiscard]] Result<void> validate_against_state(const ValidTransaction& txn, const state::StateView& state,
                                                  const BlockPrices& prices);

}  // namespace enshrine::chain
