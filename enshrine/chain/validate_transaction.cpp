// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/params.hpp>
#include <enshrine/chain/validate_transaction.hpp>

#include <utility>

namespace enshrine::chain {

static_assert(types::txn_bytes_max == transaction_bytes_max);
static_assert(types::blob_hash_version_kzg == blob_hash_version);
static_assert(types::blobs_per_txn_max <= block_blobs_max, "a transaction with the most blobs fits a block");

ValidTransaction::ValidTransaction(types::Transaction&& transaction, BytesView encoding, const Address& sender)
    : transaction_{std::move(transaction)},
      encoding_{to_bytes(encoding)},
      hash_{types::transaction_hash(encoding)},
      sender_{sender} {}

std::uint64_t ValidTransaction::blob_gas() const noexcept {
    return transaction_.blob_versioned_hashes.size() * gas_per_blob;
}

std::uint64_t intrinsic_gas_of(std::size_t calldata_bytes,
                               std::span<const types::AccessListEntry> access_list) noexcept {
    // No overflow: everything counted here lies in memory, and costs at most 2,400 gas per byte of it.
    std::uint64_t gas = intrinsic_gas + calldata_byte_gas * calldata_bytes;
    for (const types::AccessListEntry& entry : access_list) {
        gas += access_list_address_gas + access_list_key_gas * entry.storage_keys.size();
    }
    return gas;
}

Result<ValidTransaction> validate_transaction(BytesView encoding, std::uint64_t chain_id) noexcept {
    ENSHRINE_TRY(auto txn, types::decode_transaction(encoding));             // [CHAIN-TXN.1]
    if (!txn.chain_id) return fail(ChainError::unprotected_transaction);     // [CHAIN-TXN.2]
    if (*txn.chain_id != chain_id) return fail(ChainError::wrong_chain_id);  // [CHAIN-TXN.2]
    if (!txn.to) return fail(ChainError::contract_creation);                 // [CHAIN-TXN.3]
    if (txn.max_priority_fee_per_gas > txn.max_fee_per_gas)
        return fail(ChainError::priority_fee_above_max_fee);  // [CHAIN-TXN.4]
    const std::uint64_t intrinsic = intrinsic_gas_of(txn.data.size(), txn.access_list);
    if (txn.gas_limit < intrinsic) return fail(ChainError::intrinsic_gas_too_low);  // [CHAIN-TXN.5]
    ENSHRINE_TRY(const auto sender, types::recover_sender(txn));                    // [CHAIN-TXN.6]
    return ValidTransaction{std::move(txn), encoding, sender};
}

Result<std::vector<ValidTransaction>> validate_transactions(std::span<const Bytes> encodings,
                                                            std::uint64_t chain_id) noexcept {
    std::vector<ValidTransaction> out;
    out.reserve(encodings.size());
    for (const Bytes& encoding : encodings) {
        ENSHRINE_TRY(auto valid, validate_transaction(encoding, chain_id));
        out.push_back(std::move(valid));
    }
    return out;
}

}  // namespace enshrine::chain
