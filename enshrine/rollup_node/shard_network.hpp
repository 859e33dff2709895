// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/client/l1_client.hpp>
#include <enshrine/network/peer.hpp>
#include <enshrine/rollup_node/payload_network.hpp>

namespace enshrine::rollup_node {

/// The committee that the L1 names, reached by `connect`, or over TLS at its members' endpoints. For one thread.
class ShardNetwork final : public PayloadNetwork {
public:
    ShardNetwork(client::L1Client& l1, std::uint64_t chain_id, network::Connect connect = {});

    [[nodiscard]] std::expected<Bytes, std::string> certify(std::shared_ptr<const data_availability::Matrix> matrix,
                                                            const data_availability::PublishedBlob& blob) override;
    [[nodiscard]] std::expected<Payload, std::string> retrieve(const Hash32& commitment,
                                                               std::uint64_t payload_bytes) override;
    [[nodiscard]] std::expected<std::uint64_t, std::string> sample(const Hash32& commitment,
                                                                   std::uint64_t payload_bytes,
                                                                   std::uint64_t rows) override;
    [[nodiscard]] std::expected<data_availability::MalformationEvidence, std::string> find_evidence(
        const Hash32& commitment, std::uint64_t payload_bytes) override;

private:
    /// Those who keep the rows of a published matrix.
    [[nodiscard]] std::expected<std::vector<data_availability::CommitteeMember>, std::string> holders(
        const Hash32& commitment);

    client::L1Client& l1_;
    std::uint64_t chain_id_;
    network::Connect connect_;
};

}  // namespace enshrine::rollup_node
