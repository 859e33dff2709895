// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/result.hpp>
#include <enshrine/chain/chain_error.hpp>
#include <enshrine/types/transaction.hpp>

#include <span>
#include <vector>

/// What a transaction has to be by itself, without any state. Rules: docs/spec/chain.md [CHAIN-TXN.1…6].
namespace enshrine::chain {

/// A transaction that satisfies [CHAIN-TXN.1…6]; only validate_transaction() makes one. It has a receiver, a chain id
/// and a sender.
class ValidTransaction {
public:
    [[nodiscard]] const types::Transaction& transaction() const noexcept { return transaction_; }
    [[nodiscard]] const Bytes& encoding() const noexcept { return encoding_; }  ///< canonical: what blocks hold
    [[nodiscard]] std::size_t encoded_size() const noexcept { return encoding_.size(); }
    [[nodiscard]] const Hash32& hash() const noexcept { return hash_; }
    [[nodiscard]] const Address& sender() const noexcept { return sender_; }
    [[nodiscard]] const Address& receiver() const noexcept { return *transaction_.to; }
    [[nodiscard]] std::uint64_t chain_id() const noexcept { return *transaction_.chain_id; }
    [[nodiscard]] std::uint64_t blob_gas() const noexcept;

private:
    friend Result<ValidTransaction> validate_transaction(BytesView encoding, std::uint64_t chain_id) noexcept;
    ValidTransaction(types::Transaction&& transaction, BytesView encoding, const Address& sender);

    types::Transaction transaction_;
    Bytes encoding_;
    Hash32 hash_;
    Address sender_;
};

/// 21,000 + 4 per byte of calldata + the access list (EIP-2930) [CHAIN-TXN.5].
[[nodiscard]] std::uint64_t intrinsic_gas_of(std::size_t calldata_bytes,
                                             std::span<const types::AccessListEntry> access_list) noexcept;

/// Decodes, checks and recovers the sender. A pure function of its arguments: callers may run it for many transactions
/// in parallel. Errors: types::TxnError, ChainError, crypto::SignatureError.
[[nodiscard]] Result<ValidTransaction> validate_transaction(BytesView encoding, std::uint64_t chain_id) noexcept;

/// The same for a whole block, one after the other; the error of the first that fails.
[[nodiscard]] Result<std::vector<ValidTransaction>> validate_transactions(std::span<const Bytes> encodings,
                                                                          std::uint64_t chain_id) noexcept;

}  // namespace enshrine::chain
