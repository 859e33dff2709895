// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/network/chain_source.hpp>
#include <enshrine/node/application.hpp>

namespace enshrine::node {

/// What the storage node inside an L1 node follows: the node's own head and blocks. The application outlives it.
class HeadChainSource final : public network::ChainSource {
public:
    explicit HeadChainSource(const ChainApplication& application) noexcept : application_{application} {}
    [[nodiscard]] Known<std::uint64_t> height() override;
    [[nodiscard]] Known<std::optional<data_availability::Committee>> committee(
        std::optional<std::uint64_t> epoch) override;
    [[nodiscard]] Known<std::vector<network::KnownPublication>> published(std::uint64_t first,
                                                                          std::uint64_t last) override;

private:
    const ChainApplication& application_;
};

}  // namespace enshrine::node
