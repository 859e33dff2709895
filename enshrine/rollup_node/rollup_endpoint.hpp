// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/rollup_node/rollup_state.hpp>
#include <enshrine/rollup_node/txn_queue.hpp>
#include <enshrine/rpc/endpoint.hpp>

#include <functional>
#include <memory>

namespace enshrine::rollup_node {

/// What `/rollup/<id>` answers: `eth_*` for wallets and tools; `rollup_*` and `msg_*` for what Ethereum has no word for. The
/// parts outlive the endpoint.
struct EndpointParts {
    std::uint64_t rollup = 0;
    RollupStore& store;
    RollupState& state;
    TxnQueue* queue = nullptr;  ///< null on a node that takes no transactions
    std::function<std::uint64_t()> registered;
    std::function<std::uint64_t()> settled;
};
[[nodiscard]] std::shared_ptr<const rpc::Endpoint> make_rollup_endpoint(const EndpointParts& parts);

}  // namespace enshrine::rollup_node
