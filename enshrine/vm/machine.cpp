// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/vm/interpreter.hpp>
#include <enshrine/vm/machine.hpp>
#include <enshrine/vm/machine_root.hpp>

#include <algorithm>
#include <utility>

namespace enshrine::vm {
namespace {

constexpr std::size_t sp = 2;
constexpr std::size_t a7 = 17;

/// Instructions of a block that are copied at once when it does not fit the limit. Every first store in the block makes
/// another copy necessary.
constexpr std::uint64_t part_steps_max = 256;

/// One run, from [VM-START.1] to the fixed point.
class Execution {
public:
    Execution(MachineMemory& memory, const RunRequest& request, Preimages& preimages)
        : memory_{memory}, request_{request}, preimages_{preimages} {
        memory_.start(request.program, request.argument_page);
        cpu_.x[sp] = stack_top;
        cpu_.pc = request.program.entry();
        effects_.debug_sink = request.debug_sink;
        effects_.debug_context = request.debug_context;
        effects_.offer_sink = request.offer_sink;
        effects_.offer_context = request.offer_context;
    }

    [[nodiscard]] RunResult finish() {
        while (cpu_.status == Status::running && !at_pause()) advance();
        RunResult result;
        if (request_.compute_machine_root) result.machine_root = machine_root(cpu_, memory_, request_.program.id());
        result.outcome = take_outcome();
        return result;
    }

private:
    [[nodiscard]] std::uint64_t limit() const noexcept {
        return std::min(request_.limits.steps_max, request_.limits.weight_max - cpu_.added_weight);
    }
    [[nodiscard]] std::uint64_t weight_left() const noexcept { return request_.limits.weight_max - cpu_.weight(); }
    [[nodiscard]] bool at_pause() const noexcept { return cpu_.steps >= request_.pause_at; }

    /// Executes until the interpreter has something to say, and does what it asks for.
    void advance() {
        if (cpu_.steps >= limit()) return stop(Status::overflow);
        if (text_ == nullptr || !text_->contains(cpu_.pc)) text_ = request_.program.text_at(cpu_.pc);
        if (text_ == nullptr) {
            ++cpu_.steps;
            return stop(Trap::fetch_fault);
        }
        interpret_within(*text_, std::min(limit(), request_.pause_at) - cpu_.steps);
    }

    void interpret_within(const Text& text, std::uint64_t budget) {
        std::uint64_t left = budget;
        const Stop stopped = interpret(cpu_, text, memory_, left);
        cpu_.steps += budget - left;
        switch (stopped.exit) {
            case Exit::text_left:
                return;
            case Exit::budget_spent:
                return execute_part_of_block();
            case Exit::trapped:
                return stop(cpu_.trap);
            case Exit::first_store:
                return open_page(stopped.address);
            case Exit::call:
                return call();
        }
    }

    /// [VM-STEP.2] The limit lies inside the block at pc. Its first instructions, which cannot jump, are executed as a
    /// text of their own that ends where the limit is or before.
    void execute_part_of_block() {
        const std::uint64_t count = std::min(std::min(limit(), request_.pause_at) - cpu_.steps, part_steps_max);
        if (count == 0) return;
        const Instruction* const first = text_->code.data() + (cpu_.pc - text_->begin) / 4;
        ENSHRINE_ASSERT(count < first->block);
        Text part;
        part.begin = cpu_.pc;
        part.size = count * 4;
        part.code.assign(first, first + count + 1);
        for (std::uint64_t k = 0; k < count; ++k) part.code[k].block = static_cast<std::uint32_t>(count - k);
        Instruction end;
        end.operation = Operation::leave_text;
        end.block = 0;
        end.address = part.code.back().address;
        part.code.back() = end;
        interpret_within(part, count);
    }

    /// [VM-STEP.4] The store at pc, which is not counted as a step yet, is tried again when its page is open.
    void open_page(std::uint64_t address) {
        if (page_weight >= weight_left()) return stop(Status::overflow);  // the step itself weighs 1
        memory_.open_pages(address, 1);
        cpu_.added_weight += page_weight;
    }

    /// The ecall at pc, which is counted as a step already.
    void call() {
        const auto output = check_call(cpu_, memory_);
        const std::size_t pages = output ? memory_.closed_pages(output->address, output->size) : 0;
        const std::uint64_t added = call_weight(cpu_.x[a7]) + pages * page_weight;
        if (added > weight_left()) {
            --cpu_.steps;
            return stop(Status::overflow);
        }
        cpu_.added_weight += added;
        if (!output) return stop(output.error());
        memory_.open_pages(output->address, output->size);
        const Trap trap = perform_call(cpu_, memory_, preimages_, effects_);
        if (trap != Trap::none) return stop(trap);
        cpu_.pc += 4;
    }

    void stop(Status status) noexcept { cpu_.status = status; }
    void stop(Trap trap) noexcept {
        cpu_.trap = trap;
        cpu_.status = status_of(trap);
    }

    [[nodiscard]] Outcome take_outcome() noexcept {
        Outcome out;
        out.status = cpu_.status;
        out.trap = cpu_.trap;
        out.exit_code = cpu_.exit_code;
        out.pc = cpu_.pc;
        out.steps = cpu_.steps;
        out.weight = cpu_.weight();
        out.state_root = cpu_.state_root;
        out.records = std::move(effects_.records);
        for (std::size_t k = 0; k < record_kinds; ++k) out.record_roots[k] = cpu_.accumulators[k].root();
        out.missing_hash = effects_.missing_hash;
        return out;
    }

    MachineMemory& memory_;
    const RunRequest& request_;
    Preimages& preimages_;
    Cpu cpu_;
    CallEffects effects_;
    const Text* text_ = nullptr;
};

}  // namespace

RunResult run(MachineMemory& memory, const RunRequest& request, PreimageSource& source) {
    return record(memory, request, source).result;
}

Recording record(MachineMemory& memory, const RunRequest& request, PreimageSource& source) {
    SourcedPreimages preimages{source};
    Execution execution{memory, request, preimages};
    Recording out;
    out.result = execution.finish();
    out.witness = preimages.take_witness();
    return out;
}

std::expected<RunResult, WitnessFault> replay(MachineMemory& memory, const RunRequest& request,
                                              const Witness& witness) {
    WitnessedPreimages preimages{witness};
    Execution execution{memory, request, preimages};
    RunResult result = execution.finish();
    if (auto fault = preimages.fault()) {
        fault->status = result.outcome.status;
        fault->weight = result.outcome.weight;
        return std::unexpected{*fault};
    }
    return result;
}

}  // namespace enshrine::vm
