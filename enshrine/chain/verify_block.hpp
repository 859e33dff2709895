// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/chain/execute_block.hpp>

namespace enshrine::chain {

/// A block as somebody else built it, and its transactions, validated one by one.
struct BlockClaim {
    const types::Block& block;
    std::span<const ValidTransaction> transactions;  ///< of block.transactions, in order
};

/// Executes the block again and compares every field of its header [CHAIN-BLOCK.10]. Errors: ChainError, with one code
/// per field; the reason of the first transaction that may not stand where it stands; state::TreeError.
[[nodiscard]] Result<ExecutedBlock> verify_block(const ParentState& parent, const BlockClaim& claim,
                                                 const Protocol& protocol);

}  // namespace enshrine::chain
