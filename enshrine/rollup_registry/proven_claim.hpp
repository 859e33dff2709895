// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/rollup_registry/proof_inputs.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/system/context.hpp>

/// A claim by proof, up to the question that the verifier answers. Rules: docs/spec/settlement_by_proof.md [PROVEN.*].
namespace enshrine::rollup_registry {

struct ProvenClaim {
    ClaimedOutcome outcome;
    std::uint64_t first_sequence = 0;
    std::uint64_t last_sequence = 0;
    BytesView data;
    BytesView outbox;
};
/// What the L1 makes of the claim.
struct ProofQuestion {
    Rollup rollup;
    Validity validity;
    Progress progress;
    Hash32 statement;
    std::vector<U256> inputs;
};
/// Arguments 0 to 8 of claimProven and settlementInputs.
[[nodiscard]] ProvenClaim read_proven_claim(const codec::abi::Arguments& arguments);
/// Charges for what it opens.
[[nodiscard]] std::expected<ProofQuestion, system::Revert> pose_question(system::CallContext& context,
                                                                         const ProvenClaim& claim);

}  // namespace enshrine::rollup_registry
