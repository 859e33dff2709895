// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/chain/protocol.hpp>
#include <enshrine/chain/validate_transaction.hpp>
#include <enshrine/proofs/verification.hpp>
#include <enshrine/state/view.hpp>
#include <enshrine/system/context.hpp>

#include <optional>

/// Proofs of transactions that have not run yet, verified together. Rules: docs/spec/proofs/batch.md [PROOF-BATCH.6].
namespace enshrine::chain {

/// Calls with more data are not looked at: a claim may open a payload, which is then done twice.
inline constexpr std::size_t looked_at_bytes_max = 65'536;

/// The verification that the transaction pays for when it is the first of `block` on `parent`; nothing when there is
/// none. Runs the call up to there; nonce, fee and balance are not looked at.
[[nodiscard]] std::optional<proofs::PaidVerification> find_paid_verification(const state::StateView& parent,
                                                                             const ValidTransaction& txn,
                                                                             const system::BlockContext& block,
                                                                             const Protocol& protocol);

/// Fills services.verdicts for the transactions of a block. Takes what fits the budget of a block, is paid for wherever
/// it stands in the block, and whose key services.keys has; all else is verified where execution meets it.
void verify_ahead(const state::StateView& parent, std::span<const ValidTransaction* const> txns,
                  const system::BlockContext& block, const Protocol& protocol);

}  // namespace enshrine::chain
