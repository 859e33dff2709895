// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/verify_together.hpp>
#include <enshrine/state/view.hpp>
#include <enshrine/system/context.hpp>
#include <enshrine/types/transaction.hpp>

#include <optional>

/// Proofs of transactions that have not run yet, verified together. Rules: docs/spec/proofs/batch.md [PROOF-BATCH.6].
namespace enshrine::chain {

/// What a call of IProofVerifier.verify asks.
struct ProofCall {
    Hash32 key_id;
    std::vector<U256> inputs;
    BytesView proof;  ///< of the transaction
};
/// Nothing when the transaction, in a block of this height on `parent`, would not pay for a verification.
[[nodiscard]] std::optional<ProofCall> find_proof_call(const state::StateView& parent, const types::Transaction& txn,
                                                       std::uint64_t height);

/// Fills services.verdicts. Takes what fits the budget of a block and whose key services.keys has; all else is verified
/// where execution meets it.
void verify_ahead(const state::StateView& parent, std::span<const types::Transaction* const> txns, std::uint64_t height,
                  const system::Services& services);

}  // namespace enshrine::chain
