// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/client/l1_client.hpp>
#include <enshrine/rollup_node/executor.hpp>
#include <enshrine/rollup_node/payload_network.hpp>
#include <enshrine/rollup_node/rollup_store.hpp>

namespace enshrine::rollup_node {

/// A rollup as the L1 registered it, with this node's copy of its state. Sequencer and verifier start from it.
struct RollupSource {
    client::RollupStatus registered;  ///< at the time of opening
    std::unique_ptr<Executor> executor;
    std::unique_ptr<RollupStore> store;

    /// Program and genesis come from the L1 and are checked against the hashes that it holds.
    [[nodiscard]] static std::expected<std::unique_ptr<RollupSource>, std::string> open(client::L1Client& l1,
                                                                                       std::uint64_t rollup,
                                                                                       const std::filesystem::path& data_dir);
};

/// Runs the next registered batch and stores it; false when there is none. For nodes that did not build it themselves.
[[nodiscard]] std::expected<bool, std::string> follow_l1(client::L1Client& l1, PayloadNetwork& network,
                                                         RollupSource& source, std::uint64_t registered_sequence);

}  // namespace enshrine::rollup_node
