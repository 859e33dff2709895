// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/client/da_client.hpp>
#include <enshrine/client/data_availability_contract.hpp>
#include <enshrine/network/distribute.hpp>

#include <functional>

/// From blobs to a block that publishes them: encode, distribute, certify, publish.
/// Rules: docs/spec/data_availability.md [DA-CERT.*], [DA-PUB.*].
namespace enshrine::client {

struct Inclusion {
    Hash32 txn;
    std::uint64_t height = 0;
};

/// The L1 as a publisher needs it: over a wallet here, over its own state inside a node.
class PublicationTarget {
public:
    virtual ~PublicationTarget() = default;
    [[nodiscard]] virtual rpc::RpcResult<data_availability::Committee> committee() = 0;
    /// Returns when a block has published it; an error says why none will.
    [[nodiscard]] virtual rpc::RpcResult<Inclusion> publish(const data_availability::Publication& publication,
                                                            BytesView certificate) = 0;
};

class WalletTarget final : public PublicationTarget {
public:
    WalletTarget(L1Client& l1, Wallet& wallet, unsigned timeout_seconds = 120)
        : l1_{l1}, wallet_{wallet}, timeout_seconds_{timeout_seconds} {}
    [[nodiscard]] rpc::RpcResult<data_availability::Committee> committee() override;
    [[nodiscard]] rpc::RpcResult<Inclusion> publish(const data_availability::Publication& publication,
                                                    BytesView certificate) override;

private:
    L1Client& l1_;
    Wallet& wallet_;
    unsigned timeout_seconds_;
};

enum class PublishStage : std::uint8_t { encoding, distributing, publishing };
struct PublishOptions {
    std::uint64_t chain_id = 0;
    network::DistributeOptions distribution;
    data_availability::ParallelFor parallel;           ///< for encoding
    std::function<void(PublishStage stage)> on_stage;  ///< may be empty
};
struct PublishedMatrix {
    data_availability::Publication publication;
    data_availability::Shape shape;
    std::vector<std::uint32_t> first_rows;  ///< of each blob
    Inclusion inclusion;
    /// Has the certificate; finish() waits for the members beyond the quorum, destroying it cuts them off.
    network::Distribution distribution;
};
/// The blobs, 1 to matrix_blobs_max, become one matrix.
[[nodiscard]] rpc::RpcResult<PublishedMatrix> publish_matrix(PublicationTarget& target,
                                                             std::span<const NamedBlob> blobs,
                                                             const PublishOptions& options);

}  // namespace enshrine::client
