// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/client/l1_client.hpp>
#include <enshrine/network/chain_source.hpp>

namespace enshrine::client {

/// What storage nodes follow, from an L1 node's RPC: committees from the views of IDataAvailability, publications from
/// its logs. Connects when it is first asked, and again after failures.
class RpcChainSource final : public network::ChainSource {
public:
    explicit RpcChainSource(std::string url) : url_{std::move(url)} {}
    [[nodiscard]] Known<std::uint64_t> height() override;
    [[nodiscard]] Known<std::optional<data_availability::Committee>> committee(
        std::optional<std::uint64_t> epoch) override;
    [[nodiscard]] Known<std::vector<network::KnownPublication>> published(std::uint64_t first,
                                                                          std::uint64_t last) override;
    [[nodiscard]] Known<std::uint64_t> chain_id();

private:
    [[nodiscard]] Known<L1Client*> l1();
    [[nodiscard]] Known<JsonRpcClient*> rpc();

    std::string url_;
    std::unique_ptr<L1Client> l1_;
    std::unique_ptr<JsonRpcClient> rpc_;
};

/// Publications in the logs of IDataAvailability: each MatrixPublished with the BlobPublished that follow it.
[[nodiscard]] rpc::RpcResult<std::vector<network::KnownPublication>> publications_in(std::span<const types::Log> logs);

}  // namespace enshrine::client
