// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/client/l1_client.hpp>
#include <enshrine/rollup_node/executor.hpp>
#include <enshrine/rollup_node/payload_network.hpp>
#include <enshrine/rollup_node/rollup_store.hpp>

#include <functional>

namespace enshrine::rollup_node {

/// A rollup as the L1 registered it, with this node's copy of its state. Sequencer and verifier start from it.
struct RollupSource {
    client::RollupStatus registered;  ///< at the time of opening
    std::unique_ptr<Executor> executor;
    std::unique_ptr<RollupStore> store;

    /// Program and genesis come from the L1 and are checked against the hashes that it holds.
    [[nodiscard]] static std::expected<std::unique_ptr<RollupSource>, std::string> open(
        client::L1Client& l1, std::uint64_t rollup, const std::filesystem::path& data_dir);
};

/// Where batches that are registered come from.
struct BatchOrigin {
    client::L1Client& l1;
    PayloadNetwork& network;
    std::uint64_t rollup = 0;
};
struct FollowedBatch {
    client::BatchRecord registered;  ///< what the L1 says of it
    BatchRecord record;              ///< what came of running it here
};
/// Sees what the L1 has published before it is run; an error refuses it.
using PublishedCheck = std::function<std::expected<void, std::string>(const client::BatchRecord&)>;
/// Fetches the batch behind the head, which has to be registered, runs it and stores it: for what this node did not
/// build.
[[nodiscard]] std::expected<FollowedBatch, std::string> follow_l1(const BatchOrigin& origin, RollupSource& source,
                                                                  const PublishedCheck& check = {});

}  // namespace enshrine::rollup_node
