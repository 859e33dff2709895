// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/chain/validate_transaction.hpp>
#include <enshrine/proofs/verify_call.hpp>
#include <enshrine/proofs/verify_together.hpp>
#include <enshrine/state/view.hpp>
#include <enshrine/system/context.hpp>

#include <optional>

/// Proofs of transactions that have not run yet, verified together. Rules: docs/spec/proofs/batch.md [PROOF-BATCH.6].
namespace enshrine::chain {

/// The verification that the transaction pays for when it is the first of a block of this height on `parent`; nothing
/// when there is none. Borrows the proof from the transaction.
[[nodiscard]] std::optional<proofs::VerifyCall> find_paid_verification(const state::StateView& parent,
                                                                       const ValidTransaction& txn,
                                                                       std::uint64_t height);

/// Fills services.verdicts for the transactions of a block. Takes what fits the budget of a block, is paid for wherever
/// it stands in the block, and whose key services.keys has; all else is verified where execution meets it.
void verify_ahead(const state::StateView& parent, std::span<const ValidTransaction* const> txns, std::uint64_t height,
                  const system::Services& services);

}  // namespace enshrine::chain
