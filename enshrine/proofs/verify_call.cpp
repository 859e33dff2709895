// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/errors.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/receipts.hpp>
#include <enshrine/proofs/verify_call.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::proofs {
namespace {

using system::refuse;

// [PKEY.7]
std::expected<KeyRecord, system::Revert> require_active(const Asker& asker, const Hash32& key_id) {
    const auto record = load_key_record(asker.state, key_id);
    if (!record) return refuse<errors::unknown_key>(key_id);
    const KeyStatus status = status_of(record, asker.height);
    if (status != KeyStatus::active) {
        return refuse<errors::key_not_active>(key_id, to_text(status), record->registered_at + probation_blocks);
    }
    return *record;
}

}  // namespace

std::expected<VerifyCall, system::Revert> open_verify_call(const Asker& asker, const codec::abi::Arguments& arguments) {
    const Hash32 key_id = arguments.bytes32(0);
    const std::size_t count = arguments.array_size(1);
    ENSHRINE_TRY(const auto key, require_active(asker, key_id));
    if (count != key.input_count) {  // before memory is spent on them
        return refuse<errors::wrong_input_count>(std::uint64_t{key.input_count}, std::uint64_t{count});
    }
    std::vector<U256> inputs;
    for (std::size_t i = 0; i < count; ++i) inputs.push_back(U256::from_be(arguments.array_word(1, i).view()));
    const Hash32 source = source_of_account(asker.caller);
    const Hash32 statement = statement_of(asker.chain_id, key_id, hash_inputs(inputs));
    if (const auto index = find_receipt(asker.state, source, statement)) {  // [PRCPT.5]
        return refuse<errors::already_verified>(statement, *index);
    }
    return VerifyCall{.key_id = key_id,
                      .key = key,
                      .inputs = std::move(inputs),
                      .proof = arguments.bytes(2),
                      .source = source,
                      .statement = statement};
}

}  // namespace enshrine::proofs
