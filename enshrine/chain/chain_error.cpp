// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/chain_error.hpp>

namespace enshrine::chain {
namespace {

std::string_view message(ChainError error) noexcept {
    switch (error) {
        case ChainError::unprotected_transaction:
            return "the transaction is not bound to a chain id (EIP-155)";
        case ChainError::wrong_chain_id:
            return "the transaction is for another chain id";
        case ChainError::contract_creation:
            return "contract creation: this chain has system contracts only";
        case ChainError::intrinsic_gas_too_low:
            return "the gas limit is below the intrinsic gas";
        case ChainError::priority_fee_above_max_fee:
            return "maxPriorityFeePerGas is above maxFeePerGas";
        case ChainError::nonce_too_low:
            return "nonce too low";
        case ChainError::nonce_too_high:
            return "nonce too high";
        case ChainError::gas_limit_above_block:
            return "the gas limit is above that of a block";
        case ChainError::max_fee_below_base_fee:
            return "maxFeePerGas is below the base fee";
        case ChainError::max_blob_fee_below_blob_base_fee:
            return "maxFeePerBlobGas is below the blob base fee";
        case ChainError::insufficient_funds:
            return "insufficient funds for gas * price + value";
        case ChainError::blob_records_mismatch:
            return "the blob records are not those of the versioned hashes";
        case ChainError::block_gas_exhausted:
            return "the block has not enough gas left";
        case ChainError::block_blobs_exhausted:
            return "the block has not enough blobs left";
        case ChainError::block_transactions_exhausted:
            return "the block holds the most transactions";
        case ChainError::block_bytes_exhausted:
            return "the block has not enough bytes left";
        case ChainError::block_verification_exhausted:
            return "the block has no time left to verify the transaction's proof";
        case ChainError::timestamp_before_parent:
            return "the block is older than its parent";
        case ChainError::extra_too_large:
            return "the header's extra data is too large";
        case ChainError::number_mismatch:
            return "the block number is not the parent's plus one";
        case ChainError::parent_hash_mismatch:
            return "the parent hash is another";
        case ChainError::transaction_mismatch:
            return "the validated transactions are not those of the block";
        case ChainError::state_root_mismatch:
            return "the state root is another";
        case ChainError::transactions_root_mismatch:
            return "the transactions root is another";
        case ChainError::receipts_root_mismatch:
            return "the receipts root is another";
        case ChainError::data_availability_root_mismatch:
            return "the data-availability root is another";
        case ChainError::message_hub_root_mismatch:
            return "the message hub root is another";
        case ChainError::gas_used_mismatch:
            return "the gas used is another";
        case ChainError::gas_limit_mismatch:
            return "the gas limit is not the parent's";
        case ChainError::blob_gas_used_mismatch:
            return "the blob gas used is another";
        case ChainError::excess_blob_gas_mismatch:
            return "the excess blob gas is another";
        case ChainError::base_fee_mismatch:
            return "the base fee is another";
        case ChainError::logs_bloom_mismatch:
            return "the logs bloom is another";
        case ChainError::genesis_chain_id:
            return "genesis: the chain id is zero";
        case ChainError::genesis_gas_limit:
            return "genesis: the gas limit is out of range";
        case ChainError::genesis_base_fee:
            return "genesis: the base fee is out of range";
        case ChainError::genesis_duplicate_account:
            return "genesis: an account stands twice";
        case ChainError::genesis_supply_overflow:
            return "genesis: the balances do not fit 256 bits together";
    }
    return "unknown chain error";
}

}  // namespace

const ErrorDomain& error_domain(ChainError) noexcept {
    static constexpr ErrorDomain domain{"chain", [](std::uint16_t code) noexcept { return message(ChainError{code}); }};
    return domain;
}

}  // namespace enshrine::chain
