// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/records.hpp>
#include <enshrine/system/context.hpp>

#include <span>
#include <vector>

/// One verification within a call: paid before it runs. Rules: docs/spec/proof_registry.md [PGAS.*].
namespace enshrine::proofs {

struct VerificationRequest {
    Hash32 key_id;
    std::span<const U256> inputs;
    BytesView proof;
};
/// A verification that a call has paid for. With Services::paid set it is noted there instead of run, and the call is
/// refused: so who verifies ahead of a block learns what a call asks from the code that will ask it.
struct PaidVerification {
    Hash32 key_id;
    std::vector<U256> inputs;
    Bytes proof;
};
enum class VerificationError : std::uint16_t {
    only_noted = 1,  ///< Services::paid is set
};
const ErrorDomain& error_domain(VerificationError) noexcept;

/// Prepared, of a key that has holders (asserted). Good until the next call. An error when the kind has come to refuse
/// it since it was registered.
[[nodiscard]] Result<const AnyKey*> registered_key(system::CallContext& context, const Hash32& id);
/// The price of one verification, before it runs.
[[nodiscard]] std::expected<void, system::Revert> pay_verification(system::CallContext& context, const KeyRecord& key);
/// Of a key that has holders (asserted), after pay_verification().
[[nodiscard]] Result<VerifiedProof> verify_registered(system::CallContext& context, const VerificationRequest& request);
/// Appends to the list of `source` and emits ProofVerified under the address of IProofVerifier; a statement that stands
/// there already stays where it is, without event. Its index [PRCPT.5].
[[nodiscard]] std::expected<std::uint64_t, system::Revert> record_receipt(system::CallContext& context,
                                                                          const Hash32& source, const Hash32& statement,
                                                                          const VerifiedProof& proof);

}  // namespace enshrine::proofs
