// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/context.hpp>

/// IProofVerifier: verifying keys, proofs and receipts. Rules: docs/spec/proof_registry.md.
namespace enshrine::proofs {

[[nodiscard]] const system::Contract& contract() noexcept;

}  // namespace enshrine::proofs
