// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/errors.hpp>
#include <enshrine/proofs/handlers.hpp>
#include <enshrine/proofs/verification.hpp>
#include <enshrine/proofs/verify_call.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::proofs {

using system::refuse;

// [PKEY.7] [PRCPT.4] [PRCPT.5]
system::CallResult apply_verify(system::CallContext& context, const Arguments& arguments) {
    ENSHRINE_TRY(const auto call, open_verify_call({.state = context.state,
                                                    .chain_id = context.block.chain_id,
                                                    .height = context.block.height,
                                                    .caller = context.caller},
                                                   arguments));
    ENSHRINE_CHECK(pay_verification(context, call.key));
    const auto proof =
        verify_registered(context, {.key_id = call.key_id, .inputs = call.inputs, .proof = call.proof});
    if (!proof) return refuse<errors::proof_refused>(proof.error().message());
    ENSHRINE_TRY(const auto index, record_receipt(context, call.source, call.statement, *proof));
    return system::answer(call.statement, index);
}

}  // namespace enshrine::proofs
