// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/chain/execute_transaction.hpp>
#include <enshrine/state/tree.hpp>
#include <enshrine/types/block.hpp>

#include <span>
#include <vector>

/// Building a block on its parent. Rules: docs/spec/chain.md [CHAIN-BLOCK.*].
namespace enshrine::chain {

/// Borrows: the transaction outlives the call.
struct BlockTransaction {
    const ValidTransaction* txn = nullptr;
    std::span<const types::BlobRecord> blobs;  ///< whose KZG proofs and content roots the caller has checked [BLOB.3]
};
struct BlockInput {
    std::uint64_t timestamp = 0;  ///< seconds
    Address proposer;
    Bytes extra;
    std::span<const BlockTransaction> transactions;  ///< in the wanted order
};
/// The committed state after the parent, and the nodes of its tree.
struct ParentState {
    const state::StateView& view;
    state::NodeReader& nodes;
    const types::BlockHeader& header;
};
struct SkippedTransaction {
    std::size_t index = 0;  ///< in BlockInput::transactions
    Error reason;
};
struct ExecutedBlock {
    types::Block block;
    Hash32 hash;
    std::vector<types::Receipt> receipts;
    state::WriteSet changes;
    state::TreeUpdate tree;  ///< from the parent's state root to this block's
    std::vector<SkippedTransaction> skipped;
};

/// What the transactions of the next block see; for calls and estimates as well.
[[nodiscard]] system::BlockContext next_block_context(const state::StateView& state, const types::BlockHeader& parent,
                                                      std::uint64_t timestamp, const Address& proposer);

/// Runs the transactions in order; one that does not fit the state or the block is skipped with its reason.
/// Errors: timestamp_before_parent, extra_too_large, state::TreeError.
[[nodiscard]] Result<ExecutedBlock> execute_block(const ParentState& parent, const BlockInput& input,
                                                  const Protocol& protocol);

}  // namespace enshrine::chain
