// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/result.hpp>

/// Why the chain refuses a transaction, a block or a genesis. Rules: docs/spec/chain.md.
namespace enshrine::chain {

enum class ChainError : std::uint16_t {
    // One transaction by itself [CHAIN-TXN.2…6]
    unprotected_transaction = 1,  ///< a legacy signature without chain id
    wrong_chain_id,
    contract_creation,
    intrinsic_gas_too_low,
    priority_fee_above_max_fee,
    // A transaction against a state and a block's prices [CHAIN-TXN.7…12]
    nonce_too_low,
    nonce_too_high,
    gas_limit_above_block,
    max_fee_below_base_fee,
    max_blob_fee_below_blob_base_fee,
    insufficient_funds,
    blob_records_mismatch,
    // Room in a block [CHAIN-BLOCK.4…6]
    block_gas_exhausted,
    block_blobs_exhausted,
    block_transactions_exhausted,
    block_bytes_exhausted,
    block_verification_exhausted,
    // A block [CHAIN-BLOCK.*]
    timestamp_before_parent,
    extra_too_large,
    number_mismatch,
    parent_hash_mismatch,
    transaction_mismatch,  ///< the validated transactions are not those of the block
    state_root_mismatch,
    transactions_root_mismatch,
    receipts_root_mismatch,
    data_availability_root_mismatch,
    message_hub_root_mismatch,
    gas_used_mismatch,
    gas_limit_mismatch,
    blob_gas_used_mismatch,
    excess_blob_gas_mismatch,
    base_fee_mismatch,
    logs_bloom_mismatch,
    // Genesis [CHAIN-GENESIS.*]
    genesis_chain_id,
    genesis_gas_limit,
    genesis_base_fee,
    genesis_duplicate_account,
    genesis_supply_overflow,
};
const ErrorDomain& error_domain(ChainError) noexcept;

}  // namespace enshrine::chain
