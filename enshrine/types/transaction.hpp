// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/amount.hpp>
#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/crypto/secp256k1.hpp>

#include <optional>
#include <vector>

/// Ethereum transactions in the canonical form that blocks hold and hashes cover (EIP-2718, 155, 2930, 1559, 4844).
namespace enshrine::types {

/// One enumerator per field and way to be wrong, so that an RPC can name the field.
enum class TxnError : std::uint16_t {
    empty = 1,
    over_size,           ///< more than txn_bytes_max
    unknown_type,        ///< neither an RLP list nor a type byte 1, 2 or 3
    malformed_envelope,  ///< what follows the type byte is not one canonical RLP list
    trailing_bytes,
    missing_field,
    extra_field,
    chain_id_malformed,
    chain_id_too_large,
    nonce_malformed,
    nonce_too_large,  ///< 2^64 - 1 or more (EIP-2681)
    gas_price_malformed,
    gas_price_too_large,
    max_priority_fee_per_gas_malformed,
    max_priority_fee_per_gas_too_large,
    max_fee_per_gas_malformed,
    max_fee_per_gas_too_large,
    gas_limit_malformed,
    gas_limit_too_large,
    to_malformed,
    to_wrong_size,  ///< neither empty nor 20 bytes
    value_malformed,
    value_too_large,
    data_malformed,
    access_list_malformed,
    access_list_over_bound,
    max_fee_per_blob_gas_malformed,
    max_fee_per_blob_gas_too_large,
    blob_hashes_malformed,
    blob_hashes_empty,
    blob_hashes_over_bound,
    blob_hash_version,  ///< a versioned hash that does not start with 0x01
    blob_txn_to_empty,  ///< a blob transaction has a receiver
    v_malformed,
    v_out_of_range,  ///< typed: not 0 or 1; legacy: not 27, 28, or 37 and above
    r_malformed,
    r_out_of_range,
    s_malformed,
    s_out_of_range,
    s_too_high,  ///< above half the group order (EIP-2)
};
const ErrorDomain& error_domain(TxnError) noexcept;

inline constexpr std::size_t txn_bytes_max = std::size_t{4} << 20;
inline constexpr std::size_t access_list_entries_max = 4096;
inline constexpr std::size_t access_list_keys_max = 16384;  ///< of all entries together
inline constexpr std::size_t blobs_per_txn_max = 6;
inline constexpr Byte blob_hash_version_kzg = 0x01;

/// The values are the type bytes of EIP-2718; a legacy transaction has none.
enum class TxnType : std::uint8_t { legacy = 0, access_list = 1, dynamic_fee = 2, blob = 3 };

struct AccessListEntry {
    Address address;
    std::vector<Hash32> storage_keys;
    [[nodiscard]] friend bool operator==(const AccessListEntry&, const AccessListEntry&) noexcept = default;
};

/// A decoded transaction. Fields that its type does not have are zero or empty.
struct Transaction {
    TxnType type = TxnType::legacy;
    std::optional<std::uint64_t> chain_id;  ///< absent only in a legacy transaction from before EIP-155
    std::uint64_t nonce = 0;
    U256 max_priority_fee_per_gas;  ///< wei; types 0 and 1 have one gas price, which is in both fields
    U256 max_fee_per_gas;           ///< wei
    std::uint64_t gas_limit = 0;
    std::optional<Address> to;  ///< absent: contract creation
    Amount value;
    Bytes data;
    std::vector<AccessListEntry> access_list;
    U256 max_fee_per_blob_gas;  ///< wei
    std::vector<Hash32> blob_versioned_hashes;
    crypto::Signature signature;
};

/// Accepts exactly the canonical encodings of well-formed transactions; a blob transaction without its sidecar. Does
/// not check what depends on chain or state: chain id, fees, intrinsic gas, nonce, balance, and whether anybody signed.
[[nodiscard]] Result<Transaction> decode_transaction(BytesView bytes) noexcept;
[[nodiscard]] Bytes encode_transaction(const Transaction& txn);

/// What the sender signed.
[[nodiscard]] Hash32 signing_hash(const Transaction& txn);
/// keccak256 of the canonical encoding.
[[nodiscard]] Hash32 transaction_hash(const Transaction& txn);
[[nodiscard]] Hash32 transaction_hash(BytesView canonical_encoding) noexcept;
/// Errors: those of crypto::recover_address.
[[nodiscard]] Result<Address> recover_sender(const Transaction& txn) noexcept;

}  // namespace enshrine::types
