// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/chain/precompiles.hpp>
#include <enshrine/chain/validate_transaction.hpp>
#include <enshrine/system/context.hpp>

#include <span>

/// The enshrined modules as block execution sees them.
namespace enshrine::chain {

/// What a module learns of a block behind its last transaction.
struct BlockSummary {
    const system::BlockContext& context;
    std::span<const types::BlobRecord> blobs;
};
using EndOfBlockHook = void (*)(state::Overlay& state, const BlockSummary& block);

struct Protocol {
    std::span<const system::Contract* const> contracts;
    std::span<const Precompile> precompiles;
    system::Services services;
    std::span<const EndOfBlockHook> end_of_block;  ///< in order of execution [CHAIN-BLOCK.7]
    Hash32 (*message_hub_root)(const state::StateView& state) = nullptr;
    /// Microseconds that the proofs of a transaction take at most [PGAS.2]; null: there are no proofs.
    std::uint64_t (*verification_load)(const state::StateView& state, const types::Transaction& txn) = nullptr;
    /// Verifies proofs of a block's transactions together, before they run [PROOF-BATCH.6]; null: each where it is met.
    void (*verify_ahead)(const state::StateView& parent, std::span<const ValidTransaction* const> txns,
                         const system::BlockContext& block, const Protocol& protocol) = nullptr;
};

/// The system contract at `address`; nullptr for a plain account.
[[nodiscard]] inline const system::Contract* find_contract(std::span<const system::Contract* const> contracts,
                                                           const Address& address) noexcept {
    for (const system::Contract* contract : contracts) {
        if (contract->address == address) return contract;
    }
    return nullptr;
}

}  // namespace enshrine::chain
