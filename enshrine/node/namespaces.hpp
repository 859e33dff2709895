// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/engine/embedded.hpp>
#include <enshrine/network/peer.hpp>
#include <enshrine/node/application.hpp>
#include <enshrine/rpc/endpoint.hpp>

#include <string>

/// The methods of the L1 besides `eth_*`: one file per namespace. What they take and answer is told by their entries
/// (rpc.discover) and read by client/l1_client. Application and engine outlive the endpoint.
namespace enshrine::node {

class BlobPublisher;
class BlobReader;
class CellCache;
class WaitingCalls;

void add_rollup_methods(rpc::Endpoint& endpoint, const ChainApplication& application);
void add_da_methods(rpc::Endpoint& endpoint, const ChainApplication& application);
/// What blocks have published, and proofs of it.
void add_da_publication_methods(rpc::Endpoint& endpoint, const ChainApplication& application);
/// Cells of a blob with their proofs; null when no block has published it.
[[nodiscard]] rpc::RpcResult<std::string> sample_cells(const ChainApplication& application, CellCache& cache,
                                                       const Hash32& versioned_hash,
                                                       std::span<const std::uint32_t> indices);
/// Blobs of the native scheme: submitted, read, waited for.
struct NativeDaParts {
    ChainApplication& application;
    BlobReader& reader;
    BlobPublisher* publisher;  ///< nullptr: the node has no account that publishes
    WaitingCalls& waiting;
    CellCache& cells;
    const network::Connect& connect;  ///< to those who keep rows
};
/// da_sample, for both schemes; a part of add_native_da_methods().
void add_da_sampling(rpc::Endpoint& endpoint, const NativeDaParts& parts);
void add_native_da_methods(rpc::Endpoint& endpoint, const NativeDaParts& parts);
void add_msg_methods(rpc::Endpoint& endpoint, const ChainApplication& application);
void add_proof_methods(rpc::Endpoint& endpoint, const ChainApplication& application);

struct NodeFacts {
    std::string version;
    std::string block_mode;
    bool dev = false;
};
void add_enshrine_methods(rpc::Endpoint& endpoint, const ChainApplication& application, const NodeFacts& facts);
/// For development chains alone.
void add_dev_methods(rpc::Endpoint& endpoint, ChainApplication& application, engine::EmbeddedEngine& engine);

/// -32001 for a rollup that the registry does not know; nothing when it does.
[[nodiscard]] rpc::RpcResult<void> check_rollup(const state::StateView& state, std::uint64_t rollup);

}  // namespace enshrine::node
