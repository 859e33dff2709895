// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/client/publish_matrix.hpp>
#include <enshrine/node/l1_backend.hpp>

#include <mutex>

namespace enshrine::node {

/// The node's own account, which publishes what its RPC is asked to. Thread-safe. Backend and application outlive it.
class PublicationAccount final : public client::PublicationTarget {
public:
    PublicationAccount(ChainApplication& application, const L1Backend& backend, const crypto::SecretKey& key);

    [[nodiscard]] const Address& address() const noexcept { return address_; }
    [[nodiscard]] rpc::RpcResult<data_availability::Committee> committee() override;
    [[nodiscard]] rpc::RpcResult<client::Inclusion> publish(const data_availability::Publication& publication,
                                                            BytesView certificate) override;

private:
    [[nodiscard]] rpc::RpcResult<Hash32> send(const data_availability::Publication& publication, BytesView certificate);
    [[nodiscard]] rpc::RpcResult<client::Inclusion> wait(const Hash32& hash, std::uint64_t sent_at);

    ChainApplication& application_;
    const L1Backend& backend_;
    crypto::SecretKey key_;
    Address address_;
    std::mutex mutex_;  ///< one transaction at a time gets its nonce and is submitted
};

}  // namespace enshrine::node
