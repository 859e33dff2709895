// SPDX-License-Identifier: Apache-2.0
#include <enshrine/hash/keccak.hpp>
#include <enshrine/types/transaction.hpp>

namespace enshrine::types {
namespace {

std::string_view message(TxnError error) noexcept {
    switch (error) {
        case TxnError::empty:
            return "empty transaction";
        case TxnError::over_size:
            return "transaction over the size limit";
        case TxnError::unknown_type:
            return "unknown transaction type";
        case TxnError::malformed_envelope:
            return "the transaction is not a canonical RLP list";
        case TxnError::trailing_bytes:
            return "bytes after the end of the transaction";
        case TxnError::missing_field:
            return "the transaction has too few fields";
        case TxnError::extra_field:
            return "the transaction has too many fields";
        case TxnError::chain_id_malformed:
            return "chainId is not a canonical integer";
        case TxnError::chain_id_too_large:
            return "chainId does not fit 64 bits";
        case TxnError::nonce_malformed:
            return "nonce is not a canonical integer";
        case TxnError::nonce_too_large:
            return "nonce is not below 2^64 - 1";
        case TxnError::gas_price_malformed:
            return "gasPrice is not a canonical integer";
        case TxnError::gas_price_too_large:
            return "gasPrice does not fit 256 bits";
        case TxnError::max_priority_fee_per_gas_malformed:
            return "maxPriorityFeePerGas is not a canonical integer";
        case TxnError::max_priority_fee_per_gas_too_large:
            return "maxPriorityFeePerGas does not fit 256 bits";
        case TxnError::max_fee_per_gas_malformed:
            return "maxFeePerGas is not a canonical integer";
        case TxnError::max_fee_per_gas_too_large:
            return "maxFeePerGas does not fit 256 bits";
        case TxnError::gas_limit_malformed:
            return "gas is not a canonical integer";
        case TxnError::gas_limit_too_large:
            return "gas does not fit 64 bits";
        case TxnError::to_malformed:
            return "to is not a canonical byte string";
        case TxnError::to_wrong_size:
            return "to is neither empty nor 20 bytes";
        case TxnError::value_malformed:
            return "value is not a canonical integer";
        case TxnError::value_too_large:
            return "value does not fit 256 bits";
        case TxnError::data_malformed:
            return "data is not a canonical byte string";
        case TxnError::access_list_malformed:
            return "accessList is malformed";
        case TxnError::access_list_over_bound:
            return "accessList is too long";
        case TxnError::max_fee_per_blob_gas_malformed:
            return "maxFeePerBlobGas is not a canonical integer";
        case TxnError::max_fee_per_blob_gas_too_large:
            return "maxFeePerBlobGas does not fit 256 bits";
        case TxnError::blob_hashes_malformed:
            return "blobVersionedHashes is not a list of 32-byte hashes";
        case TxnError::blob_hashes_empty:
            return "a blob transaction without blobs";
        case TxnError::blob_hashes_over_bound:
            return "too many blobs in one transaction";
        case TxnError::blob_hash_version:
            return "a blob versioned hash of an unknown version";
        case TxnError::blob_txn_to_empty:
            return "a blob transaction without a receiver";
        case TxnError::v_malformed:
            return "v is not a canonical integer";
        case TxnError::v_out_of_range:
            return "v is not a valid recovery value";
        case TxnError::r_malformed:
            return "r is not a canonical integer";
        case TxnError::r_out_of_range:
            return "r is zero or not below the group order";
        case TxnError::s_malformed:
            return "s is not a canonical integer";
        case TxnError::s_out_of_range:
            return "s is zero or not below the group order";
        case TxnError::s_too_high:
            return "s is above half the group order";
    }
    return "unknown transaction error";
}

}  // namespace

const ErrorDomain& error_domain(TxnError) noexcept {
    static constexpr ErrorDomain domain{"transaction",
                                        [](std::uint16_t code) noexcept { return message(TxnError{code}); }};
    return domain;
}

Hash32 transaction_hash(const Transaction& txn) {
    return transaction_hash(encode_transaction(txn));
}

Hash32 transaction_hash(BytesView canonical_encoding) noexcept {
    return hash::keccak256(canonical_encoding);
}

Result<Address> recover_sender(const Transaction& txn) noexcept {
    return crypto::recover_address(signing_hash(txn), txn.signature);
}

}  // namespace enshrine::types
