// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/rollup_registry/conclude.hpp>
#include <enshrine/rollup_registry/errors.hpp>
#include <enshrine/rollup_registry/events.hpp>
#include <enshrine/system/values.hpp>

#include <bit>
#include <utility>

namespace enshrine::rollup_registry {
namespace {

using system::refuse;
using Check = std::expected<void, system::Revert>;

struct State {
    Rollup rollup;
    Progress progress;
};
State load_known(const system::CallContext& context, std::uint64_t id) {
    const auto rollup = load_rollup(context.state, id);
    const auto progress = load_progress(context.state, id);
    ENSHRINE_ASSERT(rollup.has_value() && progress.has_value());
    return {.rollup = *rollup, .progress = *progress};
}

void settle_batch(system::CallContext& context, std::uint64_t rollup, std::uint64_t sequence,
                  const Settlement& settlement) {
    store_settlement(context.state, rollup, sequence, settlement);
    context.services.settlement->on_settled(context.state, {.rollup = rollup,
                                                            .sequence = sequence,
                                                            .state_root = settlement.state_root,
                                                            .outbox_root = settlement.outbox_root,
                                                            .outbox_count = settlement.outbox_count});
    system::emit<events::batch_settled>(context, rollup, sequence, settlement.state_root, settlement.outbox_root,
                                        settlement.outbox_count, settlement.receipts_root);
}

/// [CLAIM.4] [PROVEN.5]
void settle(system::CallContext& context, const HeldClaim& claim, Progress progress) {
    Settlement silent = claim.settlement;
    silent.outbox_root = {};
    silent.outbox_count = 0;
    silent.receipts_root = {};
    for (std::uint64_t sequence = progress.settled_sequence + 1; sequence < claim.last_sequence; ++sequence) {
        settle_batch(context, claim.rollup, sequence, silent);
    }
    progress.settled_sequence = claim.last_sequence;
    progress.settled_state_root = claim.settlement.state_root;
    store_progress(context.state, claim.rollup, progress);
    erase_agreement(context.state, claim.rollup);
    settle_batch(context, claim.rollup, claim.last_sequence, claim.settlement);
}

std::unexpected<system::Revert> disagree(std::string_view field, const HeldClaim& claim, const Hash32& accepted,
                                         const Hash32& got) {
    return refuse<errors::claims_disagree>(field, to_text(claim.method), accepted, got);
}

// [POLICY.4]
Check check_agreement(const HeldClaim& claim, const Settlement& accepted) {
    const Settlement& got = claim.settlement;
    if (accepted.state_root != got.state_root) return disagree("stateRoot", claim, accepted.state_root, got.state_root);
    if (accepted.outbox_root != got.outbox_root) {
        return disagree("outboxRoot", claim, accepted.outbox_root, got.outbox_root);
    }
    if (accepted.outbox_count != got.outbox_count) {
        return disagree("outboxCount", claim, U256{accepted.outbox_count}.to_be(), U256{got.outbox_count}.to_be());
    }
    if (accepted.receipts_root != got.receipts_root) {
        return disagree("receiptsRoot", claim, accepted.receipts_root, got.receipts_root);
    }
    return {};
}

/// Both say the same; what one of them alone knows is kept.
Settlement merge(const Settlement& accepted, const Settlement& got) noexcept {
    Settlement out = got;
    out.methods = static_cast<std::uint8_t>(accepted.methods | got.methods);
    if (out.steps == 0) {
        out.steps = accepted.steps;
        out.machine_root = accepted.machine_root;
    }
    return out;
}

}  // namespace

Check check_method(const system::CallContext& context, std::uint64_t rollup, Method method) {
    const State known = load_known(context, rollup);
    if (!known.rollup.policy.names(method)) {  // [POLICY.3]
        return refuse<errors::method_not_allowed>(to_text(known.rollup.policy), to_text(method));
    }
    const auto accepted = load_agreement(context.state, rollup);
    if (accepted && (accepted->methods & std::to_underlying(method)) != 0) {
        return refuse<errors::already_accepted>(known.progress.settled_sequence + 1, to_text(method));
    }
    return {};
}

system::CallResult conclude(system::CallContext& context, const HeldClaim& claim) {
    const State known = load_known(context, claim.rollup);
    HeldClaim joined = claim;
    joined.settlement.methods = std::to_underlying(claim.method);
    if (const auto accepted = load_agreement(context.state, claim.rollup)) {
        ENSHRINE_CHECK(check_agreement(claim, *accepted));
        joined.settlement = merge(*accepted, joined.settlement);
    }
    const auto agreed = static_cast<unsigned>(std::popcount(joined.settlement.methods));
    if (agreed >= known.rollup.policy.threshold()) {
        settle(context, joined, known.progress);
        return Bytes{};
    }
    ENSHRINE_ASSERT(claim.last_sequence == known.progress.settled_sequence + 1);  // [POLICY.5]
    store_agreement(context.state, claim.rollup, joined.settlement);
    system::emit<events::claim_accepted>(context, claim.rollup, claim.last_sequence, std::to_underlying(claim.method),
                                         claim.settlement.state_root, claim.settlement.outbox_root);
    return Bytes{};
}

}  // namespace enshrine::rollup_registry
