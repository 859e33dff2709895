// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/rollup_registry/errors.hpp>
#include <enshrine/rollup_registry/native_settlement.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/system/values.hpp>
#include <enshrine/vm/runner.hpp>

#include <algorithm>

namespace enshrine::rollup_registry {
namespace {

using system::refuse;
using Check = std::expected<void, system::Revert>;

constexpr std::uint64_t gas_of_weight(std::uint64_t weight) noexcept {
    return weight / weight_per_gas + (weight % weight_per_gas == 0 ? 0 : 1);
}
/// What the gas that is left pays for, up to the weight of the largest batch.
std::uint64_t affordable_weight(const system::GasMeter& gas) noexcept {
    return std::min(gas.left(), gas_of_weight(batch_weight_max)) * weight_per_gas;
}

const vm::Program& load_runnable(system::CallContext& context, const Hash32& program_id) {
    if (const vm::Program* const known = context.services.runner->find(program_id); known != nullptr) return *known;
    const auto elf = load_program(context.state, program_id);
    ENSHRINE_ASSERT(elf.has_value());
    const auto program = context.services.runner->load(*elf);
    ENSHRINE_ASSERT(program.has_value());  // registration loaded the same bytes
    return **program;
}

/// Takes the gas that is left; `needed` is more than that.
std::unexpected<system::Revert> run_out(system::CallContext& context, std::uint64_t needed) {
    const bool paid = context.charge(needed);
    ENSHRINE_ASSERT(!paid);
    return system::out_of_gas(context.gas_limit(), needed);
}

/// Pays for a run that is over. One that stopped at the limit of the gas, below that of a batch, ran out of gas.
Check pay(system::CallContext& context, vm::Status status, std::uint64_t weight, std::uint64_t weight_limit) {
    if (status == vm::Status::overflow && weight_limit < batch_weight_max) {
        return run_out(context, context.gas.left() + 1);
    }
    const bool paid = context.charge(gas_of_weight(weight));
    ENSHRINE_ASSERT(paid);
    return {};
}

std::expected<vm::RunResult, system::Revert> execute(system::CallContext& context, const vm::Program& program,
                                                     const vm::ProgramArguments& arguments,
                                                     const vm::Witness& witness) {
    const std::uint64_t weight_limit = std::min(affordable_weight(context.gas), batch_weight_max);
    const Bytes page = arguments.encode();
    const vm::RunRequest request{.program = program,
                                 .argument_page = page,
                                 .limits = {.weight_max = weight_limit},
                                 .compute_machine_root = true};
    auto run = vm::replay(context.services.runner->memory(), request, witness);
    const vm::Status status = run ? run->outcome.status : run.error().status;
    const std::uint64_t weight = run ? run->outcome.weight : run.error().weight;
    ENSHRINE_CHECK(pay(context, status, weight, weight_limit));
    if (!run) {
        const vm::WitnessFault& fault = run.error();
        return refuse<errors::witness_refused>(Error{fault.error}.message(), U256{fault.index}, fault.expected);
    }
    return *std::move(run);
}

Check compare(const Claim& claim, const vm::RunResult& run) {
    const vm::Outcome& outcome = run.outcome;
    if (!outcome.succeeded()) {
        return refuse<errors::run_failed>(to_text(outcome.status), to_text(outcome.trap), outcome.exit_code,
                                          outcome.steps);
    }
    if (!outcome.state_root) return refuse<errors::nothing_committed>(outcome.steps);
    const Hash32& state_root = *outcome.state_root;
    const Hash32& outbox_root = outcome.record_roots[static_cast<std::size_t>(vm::RecordKind::outbox)];
    const Hash32& receipts_root = outcome.record_roots[static_cast<std::size_t>(vm::RecordKind::receipt)];
    ENSHRINE_ASSERT(run.machine_root.has_value());
    if (claim.state_root != state_root) return refuse<errors::wrong_state_root>(claim.state_root, state_root);
    if (claim.outbox_root != outbox_root) return refuse<errors::wrong_outbox_root>(claim.outbox_root, outbox_root);
    if (claim.receipts_root != receipts_root) {
        return refuse<errors::wrong_receipts_root>(claim.receipts_root, receipts_root);
    }
    if (claim.steps != outcome.steps) return refuse<errors::wrong_steps>(claim.steps, outcome.steps);
    if (claim.machine_root != *run.machine_root) {
        return refuse<errors::wrong_machine_root>(claim.machine_root, *run.machine_root);
    }
    return {};
}

}  // namespace

vm::ProgramArguments compose_arguments(const state::StateView& state, const system::InboxReader& inbox,
                                       std::uint64_t rollup, const BatchRecord& batch,
                                       const Hash32& previous_state_root) {
    const auto header = sequencing::decode_batch_header(batch.header);
    ENSHRINE_ASSERT(header.has_value());  // submitBatch stored what had decoded
    vm::ProgramArguments out;
    out.mode = vm::RunMode::batch;
    out.rollup_id = rollup;
    out.previous_state_root = previous_state_root;
    out.inbox_start = inbox.rolling_hash(state, rollup, batch.inbox_first);
    out.inbox_end = inbox.rolling_hash(state, rollup, header->inbox_end);
    out.inbox_first = batch.inbox_first;
    out.inbox_count = header->inbox_end - batch.inbox_first;
    out.batch_hash = batch.hash;
    out.batch_sequence = header->sequence;
    out.l1_height = header->anchor_height;
    out.l1_timestamp = batch.anchor_timestamp;
    out.weight_max = batch_weight_max;
    out.payload_void = batch.payload_void;
    return out;
}

std::expected<Settlement, system::Revert> settle_natively(system::CallContext& context, const Claim& claim,
                                                          const Hash32& program_id,
                                                          const vm::ProgramArguments& program_arguments) {
    ENSHRINE_ASSERT(context.services.runner != nullptr);
    const auto witness = vm::Witness::decode(claim.witness);
    if (!witness) return refuse<errors::bad_witness>(witness.error().message());
    // A run weighs at least its steps: a claim that cannot pay for the steps it names is not run at all.
    const std::uint64_t gas_min = gas_of_weight(std::min(claim.steps, batch_weight_max));
    if (gas_min > context.gas.left()) return run_out(context, gas_min);
    const vm::Program& program = load_runnable(context, program_id);
    ENSHRINE_TRY(const auto run, execute(context, program, program_arguments, *witness));
    ENSHRINE_CHECK(compare(claim, run));
    return Settlement{
        .state_root = claim.state_root,
        .outbox_root = claim.outbox_root,
        .outbox_count = run.outcome.records[static_cast<std::size_t>(vm::RecordKind::outbox)].size(),
        .receipts_root = claim.receipts_root,
        .machine_root = claim.machine_root,
        .steps = claim.steps,
        .l1_height = context.block.height,
        .l1_txn = context.txn.hash,
    };
}

}  // namespace enshrine::rollup_registry
