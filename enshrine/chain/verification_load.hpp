// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/state/view.hpp>
#include <enshrine/types/transaction.hpp>

#include <cstdint>

/// How long the proofs of a transaction may keep a validator busy. Rules: docs/spec/proof_registry.md [PGAS.2].
namespace enshrine::chain {

/// Microseconds at most, from the bytes of the transaction and the state before it alone.
[[nodiscard]] std::uint64_t verification_load(const state::StateView& state, const types::Transaction& txn);

}  // namespace enshrine::chain
