// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/errors.hpp>
#include <enshrine/proofs/handlers.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/receipts.hpp>
#include <enshrine/proofs/verification.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::proofs {
namespace {

using system::refuse;

// [PKEY.7]
std::expected<KeyRecord, system::Revert> require_active(const system::CallContext& context, const Hash32& key_id) {
    const auto record = load_key_record(context.state, key_id);
    if (!record) return refuse<errors::unknown_key>(key_id);
    const KeyStatus status = status_of(record, context.block.height);
    if (status != KeyStatus::active) {
        return refuse<errors::key_not_active>(key_id, to_text(status), record->registered_at + probation_blocks);
    }
    return *record;
}

}  // namespace

// [PKEY.7] [PRCPT.4] [PRCPT.5]
system::CallResult apply_verify(system::CallContext& context, const Arguments& arguments) {
    const Hash32 key_id = arguments.bytes32(0);
    const std::size_t count = arguments.array_size(1);
    ENSHRINE_TRY(const auto key, require_active(context, key_id));
    if (count != key.input_count) {  // before memory is spent on them
        return refuse<errors::wrong_input_count>(std::uint64_t{key.input_count}, std::uint64_t{count});
    }
    std::vector<U256> inputs;
    for (std::size_t i = 0; i < count; ++i) inputs.push_back(U256::from_be(arguments.array_word(1, i).view()));
    const Hash32 source = source_of_account(context.caller);
    const Hash32 statement = statement_of(context.block.chain_id, key_id, hash_inputs(inputs));
    if (const auto index = find_receipt(context.state, source, statement)) {
        return refuse<errors::already_verified>(statement, *index);
    }
    ENSHRINE_CHECK(pay_verification(context, key));
    const auto proof = verify_registered(context, {.key_id = key_id, .inputs = inputs, .proof = arguments.bytes(2)});
    if (!proof) return refuse<errors::proof_refused>(proof.error().message());
    ENSHRINE_TRY(const auto index, record_receipt(context, source, statement, *proof));
    return system::answer(statement, index);
}

}  // namespace enshrine::proofs
