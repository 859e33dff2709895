// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/rollup_registry/conclude.hpp>
#include <enshrine/rollup_registry/errors.hpp>
#include <enshrine/rollup_registry/handlers.hpp>
#include <enshrine/rollup_registry/native_settlement.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::rollup_registry {
using system::refuse;

system::CallResult apply_claim(system::CallContext& context, const codec::abi::Arguments& arguments) {
    Claim claim;
    claim.rollup = arguments.u64(0);
    claim.sequence = arguments.u64(1);
    claim.state_root = arguments.bytes32(2);
    claim.outbox_root = arguments.bytes32(3);
    claim.receipts_root = arguments.bytes32(4);
    claim.steps = arguments.u64(5);
    claim.machine_root = arguments.bytes32(6);
    claim.witness = arguments.bytes(7);

    const auto rollup = load_rollup(context.state, claim.rollup);
    if (!rollup) return refuse<errors::unknown_rollup>(claim.rollup);
    const auto progress = load_progress(context.state, claim.rollup);
    ENSHRINE_ASSERT(progress.has_value());
    const std::uint64_t expected = progress->settled_sequence + 1;  // [CLAIM.2]
    if (claim.sequence != expected) return refuse<errors::claim_out_of_order>(expected, claim.sequence);
    ENSHRINE_CHECK(check_method(context, claim.rollup, Method::native));
    const auto batch = load_batch(context.state, claim.rollup, claim.sequence);
    if (!batch) return refuse<errors::batch_unknown>(claim.rollup, claim.sequence);
    const auto program_arguments =
        compose_arguments(context.state, *context.services.inbox, claim.rollup, *batch, progress->settled_state_root);
    ENSHRINE_TRY(const auto settlement, settle_natively(context, claim, rollup->program_id, program_arguments));
    return conclude(
        context,
        {.rollup = claim.rollup, .last_sequence = claim.sequence, .method = Method::native, .settlement = settlement});
}

}  // namespace enshrine::rollup_registry
