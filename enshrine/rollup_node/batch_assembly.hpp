// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/client/l1_client.hpp>
#include <enshrine/rollup_node/rollup_source.hpp>
#include <enshrine/rollup_node/rollup_store.hpp>

#include <expected>
#include <string>

/// From what the L1 says to what a run needs, and from a run to what is stored. Sequencer and verifier share it.
namespace enshrine::rollup_node {

/// The L1 block that a batch names; every node that follows it sees the same inbox.
struct Anchor {
    std::uint64_t height = 0;
    Hash32 hash;
    std::uint64_t timestamp = 0;  ///< seconds
};
[[nodiscard]] std::expected<Anchor, std::string> latest_anchor(client::L1Client& l1);

/// Messages that a batch behind `head` must consume at `anchor` [BATCH.6], each checked against the rolling hash; at
/// most as many as a circuit has room for, if one has to settle the rollup [VALID.3].
[[nodiscard]] std::expected<std::vector<Bytes>, std::string> due_messages(client::L1Client& l1,
                                                                          const client::RollupStatus& rollup,
                                                                          const RollupHead& head,
                                                                          std::uint64_t anchor_height);

/// The inputs of a batch that the L1 has registered, fetched from the L1 and the storage nodes that it names. Header,
/// payload, anchor and messages are checked against the hashes that the L1 holds; the error names what does not match
/// or is absent.
struct FetchedBatch {
    BatchInputs inputs;
    Bytes payload;
    client::BatchRecord registered;
};
[[nodiscard]] std::expected<FetchedBatch, std::string> fetch_batch(const BatchOrigin& origin, const RollupHead& head);

/// The record of a run, behind `head`.
[[nodiscard]] BatchRecord make_batch_record(const RollupHead& head, const BatchInputs& inputs, Bytes payload,
                                            const BatchResult& result);

}  // namespace enshrine::rollup_node
