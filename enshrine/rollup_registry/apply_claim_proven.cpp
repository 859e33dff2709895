// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/proofs/receipts.hpp>
#include <enshrine/proofs/verification.hpp>
#include <enshrine/rollup_registry/conclude.hpp>
#include <enshrine/rollup_registry/errors.hpp>
#include <enshrine/rollup_registry/handlers.hpp>
#include <enshrine/rollup_registry/proven_claim.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::rollup_registry {
namespace {

using system::refuse;

constexpr std::size_t proof_argument = 9;

/// [PROVEN.2] The key as it stands, when it may settle.
std::expected<proofs::KeyRecord, system::Revert> check_key(const system::CallContext& context,
                                                           const ProofQuestion& question) {
    const Hash32& id = question.validity.key_id;
    const auto key = proofs::load_key_record(context.state, id);
    const auto holder = proofs::load_holder(context.state, id, question.rollup.owner);
    ENSHRINE_ASSERT(key.has_value() && holder.has_value());  // held as long as a rollup settles with it
    const auto status = holder->frozen ? proofs::KeyStatus::frozen : proofs::status_of(key, context.block.height);
    if (status != proofs::KeyStatus::active) return refuse<errors::key_not_active>(id, to_text(status));
    return *key;
}

Settlement outcome_of(const system::CallContext& context, const ClaimedOutcome& claimed) {
    return {.state_root = claimed.state_root,
            .outbox_root = claimed.outbox_root,
            .outbox_count = claimed.outbox_count,
            .receipts_root = claimed.receipts_root,
            .machine_root = {},
            .steps = 0,
            .l1_height = context.block.height,
            .l1_txn = context.txn.hash,
            .methods = 0};
}

}  // namespace

system::CallResult apply_claim_proven(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const ProvenClaim claim = read_proven_claim(arguments);
    ENSHRINE_TRY(const auto question, pose_question(context, claim));
    ENSHRINE_CHECK(check_method(context, claim.outcome.rollup, Method::validity));
    ENSHRINE_TRY(const auto key, check_key(context, question));
    ENSHRINE_CHECK(proofs::pay_verification(context, key));
    const auto proof = proofs::verify_registered(
        context,
        {.key_id = question.validity.key_id, .inputs = question.inputs, .proof = arguments.bytes(proof_argument)});
    if (!proof) return refuse<errors::proof_refused>(question.statement, proof.error().message());  // [PROVEN.4]
    const Hash32 source = proofs::source_of_rollup(claim.outcome.rollup);
    ENSHRINE_CHECK(proofs::record_receipt(context, source, question.statement, *proof));  // [PROVEN.6]
    return conclude(context, {.rollup = claim.outcome.rollup,
                              .last_sequence = claim.last_sequence,
                              .method = Method::validity,
                              .settlement = outcome_of(context, claim.outcome)});
}

system::CallResult query_settlement_inputs(system::CallContext& context, const codec::abi::Arguments& arguments) {
    ENSHRINE_TRY(const auto question, pose_question(context, read_proven_claim(arguments)));
    std::vector<Hash32> words;
    for (const U256& input : question.inputs) words.push_back(input.to_be());
    return system::answer(question.statement, words);
}

}  // namespace enshrine::rollup_registry
