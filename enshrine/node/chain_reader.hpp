// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/node/application.hpp>
#include <enshrine/rpc/eth_backend.hpp>

/// How the RPC of the L1 finds blocks and states. Failures of the disk are internal errors, never empty answers.
namespace enshrine::node {

[[nodiscard]] rpc::RpcError storage_error(const store::StoreFault& fault);
[[nodiscard]] rpc::RpcError no_such_block(const rpc::BlockId& id, std::uint64_t head);

/// Height that the identifier means now; nullopt when there is no such block. `latest`, `pending`, `safe` and
/// `finalized` are the head: a block of this engine is final when it is there.
[[nodiscard]] rpc::RpcResult<std::optional<std::uint64_t>> find_height(const ChainApplication& application,
                                                                       const rpc::BlockId& id);
/// A block with the state after it. -32001 when the block does not exist or its state is pruned.
[[nodiscard]] rpc::RpcResult<Head> state_at(const ChainApplication& application, const rpc::BlockId& id);

struct StoredBlock {
    types::Block block;
    Hash32 hash;
    std::vector<types::Receipt> receipts;
};
[[nodiscard]] rpc::RpcResult<std::optional<StoredBlock>> load_block(const ChainApplication& application,
                                                                    std::uint64_t height);
/// A transaction of a stored block; its sender is recovered.
[[nodiscard]] rpc::TxnView txn_view(const StoredBlock& stored, std::size_t index);

}  // namespace enshrine::node
