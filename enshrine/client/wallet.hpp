// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/client/l1_client.hpp>

namespace enshrine::client {

/// Builds, signs and sends transactions of one key; fees are chosen from the node (EIP-1559, EIP-4844).
class Wallet {
public:
    /// `key` is a valid secret key (asserted).
    Wallet(L1Client& client, std::uint64_t chain_id, const crypto::SecretKey& key);
    [[nodiscard]] const Address& address() const noexcept { return address_; }

    struct Call {
        Address to;
        Amount value;
        Bytes data;
        std::vector<Bytes> blobs;                ///< 131,072 bytes each; makes it a type-3 transaction
        std::optional<std::uint64_t> gas_limit;  ///< estimated when absent
        std::optional<std::uint64_t> nonce;      ///< the pending nonce when absent
    };
    [[nodiscard]] rpc::RpcResult<Hash32> send(const Call& call);
    /// Waits until the receipt is there; bounded by `timeout_seconds`.
    [[nodiscard]] rpc::RpcResult<TxnReceipt> wait(const Hash32& hash, unsigned timeout_seconds = 60);
    [[nodiscard]] rpc::RpcResult<TxnReceipt> send_and_wait(const Call& call, unsigned timeout_seconds = 60);

private:
    [[nodiscard]] rpc::RpcResult<types::Transaction> build(const Call& call);

    L1Client& client_;
    std::uint64_t chain_id_;
    crypto::SecretKey key_;
    Address address_;
};

}  // namespace enshrine::client
