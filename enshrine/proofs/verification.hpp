// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/records.hpp>
#include <enshrine/system/context.hpp>

#include <span>

/// One verification within a call: paid before it runs. Rules: docs/spec/proof_registry.md [PGAS.*].
namespace enshrine::proofs {

struct VerificationRequest {
    Hash32 key_id;
    std::span<const U256> inputs;
    BytesView proof;
};
/// The key is usable at this height, or the refusal that says why not [PKEY.7].
[[nodiscard]] std::expected<KeyRecord, system::Revert> require_active(const system::CallContext& context,
                                                                      const Hash32& key_id);
/// Charges for and verifies a proof under a key that require_active() has let pass.
[[nodiscard]] std::expected<VerifiedProof, system::Revert> verify_paid(system::CallContext& context,
                                                                       const KeyRecord& key,
                                                                       const VerificationRequest& request);
/// Appends to the list of `source` and emits ProofVerified under the address of IProofVerifier. Its index [PRCPT.5].
[[nodiscard]] std::expected<std::uint64_t, system::Revert> record_receipt(system::CallContext& context,
                                                                          const Hash32& source, const Hash32& statement,
                                                                          const VerifiedProof& proof);

}  // namespace enshrine::proofs
