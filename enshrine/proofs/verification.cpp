// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/proofs/errors.hpp>
#include <enshrine/proofs/events.hpp>
#include <enshrine/proofs/key_cache.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/receipts.hpp>
#include <enshrine/proofs/verification.hpp>
#include <enshrine/system/addresses.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::proofs {
namespace {

using system::refuse;

std::string_view message(std::uint16_t code) noexcept {
    switch (VerificationError{code}) {
        case VerificationError::only_noted:
            return "the verification was noted, not run";
    }
    return "unknown verification error";
}

}  // namespace

const ErrorDomain& error_domain(VerificationError) noexcept {
    static constexpr ErrorDomain domain{"proofs.verification", message};
    return domain;
}

Result<const AnyKey*> registered_key(system::CallContext& context, const Hash32& id) {
    ENSHRINE_ASSERT(context.services.keys != nullptr);
    if (const AnyKey* const known = context.services.keys->find(id); known != nullptr) return known;
    const auto bytes = load_key_bytes(context.state, id);
    ENSHRINE_ASSERT(bytes.has_value());
    return context.services.keys->load(*bytes);
}

// [PGAS.1]
std::expected<void, system::Revert> pay_verification(system::CallContext& context, const KeyRecord& key) {
    const std::uint64_t gas = verification_gas(key.cost);
    if (!context.charge(gas)) return system::out_of_gas(context.gas_limit(), gas);
    return {};
}

Result<VerifiedProof> verify_registered(system::CallContext& context, const VerificationRequest& request) {
    if (context.services.paid != nullptr) {
        context.services.paid->emplace(PaidVerification{.key_id = request.key_id,
                                                        .inputs = {request.inputs.begin(), request.inputs.end()},
                                                        .proof = to_bytes(request.proof)});
        return fail(VerificationError::only_noted);
    }
    ENSHRINE_TRY(const AnyKey* const key, registered_key(context, request.key_id));
    ENSHRINE_CHECK(key->check_sound());  // [PKIND.6]
    if (context.services.verdicts == nullptr) return key->verify(request.inputs, request.proof);
    return key->verify(request.inputs, request.proof, *context.services.verdicts);
}

std::expected<std::uint64_t, system::Revert> record_receipt(system::CallContext& context, const Hash32& source,
                                                            const Hash32& statement, const VerifiedProof& proof) {
    if (const auto held = find_receipt(context.state, source, statement)) return *held;
    const auto index = append_receipt(
        context.state, source, {.statement = statement, .key_id = proof.key_id(), .height = context.block.height});
    if (!index) return refuse<errors::receipts_full>(source);
    system::CallContext verifier = context;
    verifier.self = system::proof_verifier_address;
    system::emit<events::proof_verified>(verifier, statement, source, proof.key_id(), *index);
    return *index;
}

}  // namespace enshrine::proofs
