// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/rollup_registry/errors.hpp>
#include <enshrine/rollup_registry/handlers.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::rollup_registry {

using system::CallResult;
using system::refuse;

CallResult query_status(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const std::uint64_t id = arguments.u64(0);
    const auto rollup = load_rollup(context.state, id);
    if (!rollup) return refuse<errors::unknown_rollup>(id);
    const auto progress = load_progress(context.state, id);
    ENSHRINE_ASSERT(progress.has_value());
    const std::uint64_t inbox_count = context.services.inbox->count_at(context.state, id, context.block.height);
    return system::answer(std::string_view{rollup->name}, rollup->owner, rollup->sequencer,
                          rollup->policy.code(), rollup->program_id, rollup->genesis_state_root,
                          progress->last_sequence, progress->last_batch_hash, progress->inbox_consumed, inbox_count,
                          progress->settled_sequence, progress->settled_state_root);
}

CallResult query_batch(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const std::uint64_t id = arguments.u64(0);
    const std::uint64_t sequence = arguments.u64(1);
    if (!rollup_exists(context.state, id)) return refuse<errors::unknown_rollup>(id);
    const auto batch = load_batch(context.state, id, sequence);
    if (!batch) return refuse<errors::batch_unknown>(id, sequence);
    const auto found = load_settlement(context.state, id, sequence);
    const Settlement settlement = found.value_or(Settlement{});
    return system::answer(batch->hash, batch->l1_height, found.has_value(), settlement.state_root,
                          settlement.outbox_root, settlement.outbox_count);
}

CallResult query_validity(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const std::uint64_t id = arguments.u64(0);
    const auto rollup = load_rollup(context.state, id);
    if (!rollup) return refuse<errors::unknown_rollup>(id);
    const auto validity = load_validity(context.state, id);
    if (!validity) return refuse<errors::method_not_allowed>(to_text(rollup->policy), to_text(Method::validity));
    return system::answer(static_cast<std::uint8_t>(validity->mapping), validity->key_id,
                          std::uint64_t{validity->inbox_max}, std::uint64_t{validity->outbox_max},
                          std::uint64_t{validity->payload_max});
}

CallResult query_agreement(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const std::uint64_t id = arguments.u64(0);
    if (!rollup_exists(context.state, id)) return refuse<errors::unknown_rollup>(id);
    const Settlement agreement = load_agreement(context.state, id).value_or(Settlement{});
    return system::answer(agreement.methods, agreement.state_root, agreement.outbox_root);
}

CallResult query_rollups(system::CallContext& context, const codec::abi::Arguments&) {
    std::vector<Hash32> words;
    for (const std::uint64_t id : load_rollup_ids(context.state)) words.push_back(U256{id}.to_be());
    return system::answer(words);
}

CallResult query_program(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const std::uint64_t id = arguments.u64(0);
    const auto rollup = load_rollup(context.state, id);
    if (!rollup) return refuse<errors::unknown_rollup>(id);
    const auto elf = load_program(context.state, rollup->program_id);
    ENSHRINE_ASSERT(elf.has_value());
    return system::answer(rollup->program_id, std::uint64_t{elf->size()});
}

}  // namespace enshrine::rollup_registry
