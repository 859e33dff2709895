// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/rollup_registry/batch_opening.hpp>
#include <enshrine/rollup_registry/errors.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/rollup_registry/proven_claim.hpp>
#include <enshrine/system/values.hpp>

#include <limits>

namespace enshrine::rollup_registry {
namespace {

using system::refuse;
template <class T>
using Checked = std::expected<T, system::Revert>;

/// How many batches one claim may settle [POLICY.5] [MAP.9] [PROVEN.1].
std::uint64_t batches_max(const ProofQuestion& question) noexcept {
    const bool single = question.rollup.policy.joint() || question.validity.mapping == Mapping::words;
    return single ? 1 : proven_batches_max;
}

// [PROVEN.1]
Checked<std::vector<BatchRecord>> load_range(system::CallContext& context, const ProvenClaim& claim,
                                             const ProofQuestion& question) {
    const std::uint64_t expected = question.progress.settled_sequence + 1;  // [CLAIM.2]
    if (claim.first_sequence != expected) return refuse<errors::claim_out_of_order>(expected, claim.first_sequence);
    if (claim.last_sequence < claim.first_sequence) {
        return refuse<errors::empty_range>(claim.first_sequence, claim.last_sequence);
    }
    const std::uint64_t above_first = claim.last_sequence - claim.first_sequence;
    const std::uint64_t limit = batches_max(question);
    if (above_first >= limit) {
        constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();
        return refuse<errors::range_too_long>(limit, above_first == largest ? largest : above_first + 1);
    }
    if (claim.last_sequence > question.progress.last_sequence) {
        return refuse<errors::batch_unknown>(claim.outcome.rollup, claim.last_sequence);
    }
    const std::uint64_t gas = (above_first + 1) * proven_batch_gas;
    if (!context.charge(gas)) return system::out_of_gas(context.gas_limit(), gas);
    std::vector<BatchRecord> out;
    for (std::uint64_t sequence = claim.first_sequence; sequence <= claim.last_sequence; ++sequence) {
        auto batch = load_batch(context.state, claim.outcome.rollup, sequence);
        ENSHRINE_ASSERT(batch.has_value());  // up to the last one registered
        out.push_back(*std::move(batch));
    }
    return out;
}

// [PROVEN.3]
Checked<void> check_nothing_opened(const ProvenClaim& claim) {
    if (!claim.data.empty()) {
        return refuse<errors::opening_not_empty>(std::string_view{"data"}, std::uint64_t{claim.data.size()});
    }
    if (!claim.outbox.empty()) {
        return refuse<errors::opening_not_empty>(std::string_view{"outbox"}, std::uint64_t{claim.outbox.size()});
    }
    return {};
}

Checked<std::vector<U256>> map_to_inputs(system::CallContext& context, const ProvenClaim& claim,
                                         const Validity& validity, const SettlementStatement& statement,
                                         std::span<const BatchRecord> batches) {
    switch (validity.mapping) {
        case Mapping::digest:
            ENSHRINE_CHECK(check_nothing_opened(claim));
            return digest_inputs(statement_digest(statement));
        case Mapping::words:
            break;
    }
    if (!claim.outcome.receipts_root.is_zero()) return refuse<errors::receipts_not_zero>(claim.outcome.receipts_root);
    ENSHRINE_TRY(const auto contents, open_batch(context, claim, batches.back(), validity));
    return word_inputs(validity, statement, contents);
}

}  // namespace

ProvenClaim read_proven_claim(const codec::abi::Arguments& arguments) {
    ProvenClaim out;
    out.outcome.rollup = arguments.u64(0);
    out.first_sequence = arguments.u64(1);
    out.last_sequence = arguments.u64(2);
    out.outcome.state_root = arguments.bytes32(3);
    out.outcome.outbox_root = arguments.bytes32(4);
    out.outcome.outbox_count = arguments.u64(5);
    out.outcome.receipts_root = arguments.bytes32(6);
    out.data = arguments.bytes(7);
    out.outbox = arguments.bytes(8);
    return out;
}

Checked<ProofQuestion> pose_question(system::CallContext& context, const ProvenClaim& claim) {
    const std::uint64_t id = claim.outcome.rollup;
    const auto rollup = load_rollup(context.state, id);
    if (!rollup) return refuse<errors::unknown_rollup>(id);
    if (!rollup->policy.names(Method::validity)) {  // [POLICY.3]
        return refuse<errors::method_not_allowed>(to_text(rollup->policy), to_text(Method::validity));
    }
    const auto validity = load_validity(context.state, id);
    const auto progress = load_progress(context.state, id);
    ENSHRINE_ASSERT(validity.has_value() && progress.has_value());
    ProofQuestion out{.rollup = *rollup, .validity = *validity, .progress = *progress, .statement = {}, .inputs = {}};
    ENSHRINE_TRY(const auto batches, load_range(context, claim, out));
    const SettlementStatement statement = compose_statement(context, claim.outcome, batches);
    out.statement = statement_digest(statement);
    ENSHRINE_TRY(out.inputs, map_to_inputs(context, claim, *validity, statement, batches));
    return out;
}

}  // namespace enshrine::rollup_registry
