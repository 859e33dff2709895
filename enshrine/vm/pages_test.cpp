// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// What the first write to a page costs, and how many pages a run may write.
#include <enshrine/vm/machine.hpp>
#include <enshrine/vm/testdata/assembler.hpp>
#include <enshrine/vm/testdata/preimage_store.hpp>
#include <enshrine/vm/testdata/reference_machine.hpp>

#include <gtest/gtest.h>

namespace enshrine::vm {
namespace {

constexpr std::uint64_t space = 0x3000'0000;  // memory that no segment names

class Pages : public testing::Test {
protected:
    RunResult run_code(const Assembler& code, Limits limits = {}) {
        load(code);
        return run(memory, request(limits), store);
    }
    void load(const Assembler& code, const Bytes& data = {}) { program = *Program::load(make_elf(code, data)); }
    RunRequest request(Limits limits = {}, bool root = true) const {
        return {.program = program, .argument_page = argument_page, .limits = limits, .compute_machine_root = root};
    }

    MachineMemory memory = *MachineMemory::make();
    PreimageStore store;
    Bytes argument_page = Bytes(100, 0x5a);
    Program program = *Program::load(make_elf(Assembler{}.halt(0)));
};

std::uint64_t added_weight(const RunResult& result) {
    return result.outcome.weight - result.outcome.steps;
}

/// Stores to the address, twice.
Assembler store_twice(std::uint64_t address) {
    Assembler code;
    code.load_constant(t0, address).load(3, t1, t0, 0).store(3, t0, sp, 0).store(3, t0, sp, 0).halt(0);
    return code;
}

TEST_F(Pages, TheFirstStoreToAPageIsCharged) {  // [VM-STEP.1] [VM-STEP.4]
    EXPECT_EQ(added_weight(run_code(Assembler{}.load(3, t1, sp, -8).halt(0))), 0U);
    for (const std::uint64_t address :
         std::vector<std::uint64_t>{space, data_address, data_address + test_data_bytes, text_address + 0x800,
                                    argument_page_address, 0, stack_top - 8, stack_top, address_space_bytes - 8}) {
        const RunResult result = run_code(store_twice(address));
        EXPECT_TRUE(result.outcome.succeeded()) << std::hex << address;
        EXPECT_EQ(added_weight(result), page_weight) << std::hex << address;
        EXPECT_EQ(run_code(store_twice(address)), result) << "the memory was used before";
    }
}

TEST_F(Pages, FaultsAreNotCharged) {  // [VM-STEP.4] [VM-ISA.6]
    const auto fault_at = [&](std::uint64_t address) {
        const RunResult result = run_code(store_twice(address));
        EXPECT_EQ(added_weight(result), 0U) << std::hex << address;
        return result.outcome.trap;
    };
    EXPECT_EQ(fault_at(space + 4), Trap::misaligned);
    EXPECT_EQ(fault_at(address_space_bytes), Trap::memory_fault);
    EXPECT_EQ(fault_at(text_address), Trap::store_to_text);
    Assembler byte_pair;  // one that is not aligned, behind a load that is
    byte_pair.load_constant(t0, space + 1).load(0, t1, t0, 0).store(1, t0, sp, 0);
    EXPECT_EQ(added_weight(run_code(byte_pair)), 0U);
}

/// Stores to six pages, some of them in one block, one twice in a row, one in a loop.
Assembler scattered() {
    Assembler code;
    code.load_constant(s0, space).load_constant(s1, data_address).load_constant(t0, text_address + 0x800);
    code.store(3, s0, sp, 0).store(0, s0, t0, 8).store(2, s1, t0, 4).store(1, zero, sp, 2).add_immediate(t1, zero, 3);
    code.store(3, s0, t1, 16).add_immediate(s0, s0, 2040).add_immediate(t1, t1, -1).branch(1, t1, zero, -12);
    code.store(3, t0, s1, 0).store(3, sp, s1, -16).store(3, sp, s1, -8).load(3, a0, t0, 0).halt(5);
    return code;
}

TEST_F(Pages, EveryLimitStopsWhereSingleStepsDo) {  // [VM-STEP.2] [VM-STEP.4]
    const Bytes data(300, 7);
    load(scattered(), data);
    ReferenceMachine reference{
        text_address,
        {{text_address, scattered().bytes(), 0, flags_text}, {data_address, data, test_data_bytes, flags_data}},
        argument_page};
    // Before each step: weight, and the root of a machine that a limit stops there.
    std::vector<std::uint64_t> weights;
    std::vector<Hash32> stopped;
    for (; reference.status == ReferenceMachine::Status::running; reference.step(~0ULL)) {
        weights.push_back(reference.weight);
        ReferenceMachine limited = reference;
        limited.status = ReferenceMachine::Status::overflow;
        stopped.push_back(limited.root(program.id()));
    }
    ASSERT_EQ(reference.weight, reference.steps + 6 * 2500);
    ASSERT_EQ(reference.exit_code, 5U);
    const auto expect_end = [&](const RunResult& result, std::size_t n) {
        const bool whole = n == weights.size();
        EXPECT_EQ(result.outcome.steps, n);
        EXPECT_EQ(result.outcome.weight, whole ? reference.weight : weights[n]);
        EXPECT_EQ(result.outcome.status, whole ? Status::halted : Status::overflow);
        EXPECT_EQ(*result.machine_root, whole ? reference.root(program.id()) : stopped[n]);
    };
    for (std::size_t n = 0; n <= weights.size(); ++n) expect_end(run(memory, request({.steps_max = n}), store), n);
    for (std::uint64_t limit = 0; limit <= reference.weight + 1; ++limit) {
        const auto fitting = static_cast<std::size_t>(std::ranges::upper_bound(weights, limit) - weights.begin());
        expect_end(run(memory, request({.weight_max = limit}), store),
                   limit >= reference.weight ? weights.size() : fitting - 1);
        if (HasFailure()) FAIL() << "limit " << limit;
    }
}

TEST_F(Pages, LimitsInALongBlock) {  // [VM-STEP.2]
    // One block, longer than the interpreter copies at once, with a first store every 150 instructions.
    Assembler code;
    code.load_constant(s0, space).word(encode_u(opcode_lui, t0, 1));
    for (int page = 0; page < 8; ++page) {
        for (int k = 0; k < 148; ++k) code.add_immediate(t1, t1, 1);
        code.store(3, s0, t1, 0).word(encode_r(opcode_register, 0, 0, {.rd = s0, .rs1 = s0, .rs2 = t0}));
    }
    code.halt(0);
    load(code);
    ReferenceMachine reference{text_address, {{text_address, code.bytes(), 0, flags_text}}, argument_page};
    std::vector<std::uint64_t> weights;
    for (; reference.status == ReferenceMachine::Status::running; reference.step(~0ULL)) {
        weights.push_back(reference.weight);
    }
    for (std::uint64_t limit = 0; limit < reference.weight; ++limit) {
        const Outcome outcome = run(memory, request({.weight_max = limit}, false), store).outcome;
        const auto fitting = static_cast<std::size_t>(std::ranges::upper_bound(weights, limit) - weights.begin()) - 1;
        ASSERT_EQ(outcome.status, Status::overflow) << limit;
        ASSERT_EQ(outcome.steps, fitting) << limit;
        ASSERT_EQ(outcome.weight, weights[fitting]) << limit;
        ASSERT_EQ(outcome.pc, text_address + 4 * fitting) << limit;
    }
    EXPECT_EQ(run(memory, request({.weight_max = reference.weight}), store).machine_root, reference.root(program.id()));
}

/// Each call that writes, with a buffer that crosses from one page to the next; reads come from the data.
struct WritingCall {
    Call number;
    std::vector<std::uint64_t> arguments;
};
const std::vector<WritingCall>& writing_calls() {
    constexpr std::uint64_t edge = space + page_bytes - 8;
    static const std::vector<WritingCall> out{
        {Call::reveal, {data_address, edge, 0, 16}},
        {Call::reveal, {data_address, edge, 9, 4096}},
        {Call::reveal, {data_address, edge, 1000, 4096}},  // behind the preimage: writes no byte
        {Call::keccak_f, {edge}},
        {Call::sha256_compress, {edge, data_address}},
        {Call::secp256k1_recover, {data_address, edge}},
    };
    return out;
}
Assembler& append_call(Assembler& code, const WritingCall& c) {
    Register r = a0;
    for (const std::uint64_t argument : c.arguments) code.load_constant(r++, argument);
    return code.call(static_cast<std::uint64_t>(c.number));
}

TEST_F(Pages, CallsAreChargedForThePagesOfTheirBuffer) {  // [VM-STEP.4]
    const Bytes data = to_bytes(store.add(Bytes(50, 1)).view());
    for (const WritingCall& c : writing_calls()) {
        SCOPED_TRACE(static_cast<int>(c.number));
        Assembler code;
        append_call(code, c);
        append_call(code, c);
        code.halt(0);
        load(code, data);
        const RunResult result = run(memory, request(), store);
        ASSERT_TRUE(result.outcome.succeeded()) << to_text(result.outcome.trap);
        EXPECT_EQ(added_weight(result), 2 * (call_weight(static_cast<std::uint64_t>(c.number)) + page_weight));

        Assembler stores;  // what a call has opened is open to stores
        append_call(stores, c);
        stores.load_constant(t0, space + page_bytes).store(3, t0, sp, -8).store(3, t0, sp, 0).halt(0);
        load(stores, data);
        EXPECT_EQ(added_weight(run(memory, request(), store)),
                  call_weight(static_cast<std::uint64_t>(c.number)) + 2 * page_weight);
    }
    Assembler nothing;
    append_call(nothing, {Call::reveal, {data_address, space, 0, 0}}).halt(0);
    load(nothing, data);
    EXPECT_EQ(added_weight(run(memory, request(), store)), 200U);
}

TEST_F(Pages, EveryWeightLimitStopsBeforeTheCallThatPassesIt) {  // [VM-STEP.2] [VM-STEP.4]
    const Bytes data = to_bytes(store.add(Bytes(50, 1)).view());
    for (const WritingCall& c : writing_calls()) {
        SCOPED_TRACE(static_cast<int>(c.number));
        Assembler code;
        append_call(code, c).halt(0);
        load(code, data);
        const Recording whole = record(memory, request(), store);
        ASSERT_TRUE(whole.result.outcome.succeeded());
        std::vector<std::uint64_t> weights;
        std::vector<Recording> limited;
        for (std::uint64_t n = 0; n < whole.result.outcome.steps; ++n) {
            limited.push_back(record(memory, request({.steps_max = n}), store));
            weights.push_back(limited.back().result.outcome.weight);
        }
        // All limits up to the weights that matter, and around the last step.
        for (std::uint64_t limit = 0; limit <= whole.result.outcome.weight;
             limit += limit > 5'000 && limit + 5'000 < whole.result.outcome.weight ? 997 : 1) {
            const auto n = static_cast<std::size_t>(std::ranges::upper_bound(weights, limit) - weights.begin()) - 1;
            const Recording& expected = limit == whole.result.outcome.weight ? whole : limited[n];
            const Recording recorded = record(memory, request({.weight_max = limit}), store);
            ASSERT_EQ(recorded.result, expected.result) << limit;
            ASSERT_EQ(recorded.witness, expected.witness) << limit;
            const auto replayed = replay(memory, request({.weight_max = limit}), recorded.witness);
            ASSERT_TRUE(replayed.has_value());
            ASSERT_EQ(*replayed, recorded.result) << limit;
        }
    }
}

TEST_F(Pages, CallsThatEndTheRun) {  // [VM-STEP.4]
    const auto result_of = [&](const WritingCall& c) {
        Assembler code;
        append_call(code, c);
        return run_code(code);
    };
    const auto unknown = result_of({Call::reveal, {data_address, space + page_bytes - 8, 0, 16}});
    EXPECT_EQ(unknown.outcome.trap, Trap::unknown_hash);
    EXPECT_EQ(added_weight(unknown), 200 + 2 * page_weight);
    const auto misaligned = result_of({Call::reveal, {data_address, space + 4, 0, 16}});
    EXPECT_EQ(misaligned.outcome.trap, Trap::bad_buffer);
    EXPECT_EQ(added_weight(misaligned), 200U);
    const auto text = result_of({Call::keccak_f, {text_address - 8}});
    EXPECT_EQ(text.outcome.trap, Trap::store_to_text);
    EXPECT_EQ(added_weight(text), 300U);
    const auto second_buffer = result_of({Call::sha256_compress, {space, space + 4}});
    EXPECT_EQ(second_buffer.outcome.trap, Trap::bad_buffer);
    EXPECT_EQ(added_weight(second_buffer), 80U);
}

/// Writes `count` pages from `space` on.
Assembler write_pages(std::uint64_t count) {
    Assembler code;
    code.load_constant(s0, space).load_constant(s1, space + count * page_bytes).word(encode_u(opcode_lui, t0, 1));
    code.store(3, s0, sp, 0).word(encode_r(opcode_register, 0, 0, {.rd = s0, .rs1 = s0, .rs2 = t0}));
    code.branch(6, s0, s1, -8);
    return code;
}

TEST_F(Pages, ARunWritesABoundedNumberOfPages) {  // [VM-STEP.5]
    const Bytes data = to_bytes(store.add(Bytes(50, 1)).view());
    const auto result_of = [&](Assembler& code, Limits limits = {}) {
        load(code, data);
        return run(memory, request(limits, false), store);
    };
    constexpr std::uint64_t all = pages_written_max * page_weight;

    Assembler full = write_pages(pages_written_max);
    full.store(3, s0, sp, -8).halt(0);  // the last page again
    EXPECT_TRUE(result_of(full).outcome.succeeded());

    Assembler beyond = write_pages(pages_written_max);
    beyond.store(3, s0, sp, 0).halt(0);
    const RunResult stored = result_of(beyond);
    EXPECT_EQ(stored.outcome.trap, Trap::memory_limit);
    EXPECT_EQ(stored.outcome.status, Status::trapped);
    EXPECT_EQ(stored.outcome.pc, text_address + 4 * (beyond.size() - 4));
    EXPECT_EQ(added_weight(stored), all);
    // The limit comes first [VM-STEP.2]; the step that traps weighs 1.
    EXPECT_EQ(result_of(beyond, {.weight_max = stored.outcome.weight}), stored);
    const RunResult limited = result_of(beyond, {.weight_max = stored.outcome.weight - 1});
    EXPECT_EQ(limited.outcome.status, Status::overflow);
    EXPECT_EQ(limited.outcome.steps, stored.outcome.steps - 1);
    EXPECT_EQ(limited.outcome.pc, stored.outcome.pc);

    Assembler text = write_pages(pages_written_max);
    text.load_constant(s0, text_address).store(3, s0, sp, 0);
    EXPECT_EQ(result_of(text).outcome.trap, Trap::store_to_text);  // the earlier reason [VM-ISA.4]
}

TEST_F(Pages, CallsWriteABoundedNumberOfPages) {  // [VM-STEP.5]
    const Bytes data = to_bytes(store.add(Bytes(50, 1)).view());
    constexpr std::uint64_t target = 0x8000'0000;
    for (const auto& [number, address, trap] : std::vector<std::tuple<Call, std::uint64_t, Trap>>{
             {Call::reveal, target, Trap::none},
             {Call::reveal, target + page_bytes - 8, Trap::memory_limit},
             {Call::keccak_f, target, Trap::none},
             {Call::keccak_f, target + page_bytes - 8, Trap::memory_limit},
             {Call::keccak_f, space + page_bytes - 8, Trap::none},
         }) {
        Assembler code = write_pages(pages_written_max - 1);
        if (number == Call::reveal) {
            append_call(code, {number, {data_address, address, 0, 16}});
        } else {
            append_call(code, {number, {address}});
        }
        code.halt(0);
        load(code, data);
        const Outcome outcome = run(memory, request({}, false), store).outcome;
        EXPECT_EQ(outcome.trap, trap) << static_cast<int>(number) << " " << std::hex << address;
        const std::uint64_t pages = pages_written_max - 1 + (trap == Trap::none && address < space ? 1 : 0);
        EXPECT_EQ(outcome.weight - outcome.steps - call_weight(static_cast<std::uint64_t>(number)),
                  (address == target ? pages_written_max : pages) * page_weight);
    }
}

TEST_F(Pages, RunRecordAndReplayAgreeAtTheBound) {  // [VM-STEP.5] [VM-WIT.2]
    const Bytes data = to_bytes(store.add(Bytes(50, 1)).view());
    Assembler code = write_pages(pages_written_max - 1);
    append_call(code, {Call::reveal, {data_address, 0x8000'0000, 0, 50}});
    code.store(3, sp, sp, 0).halt(0);
    load(code, data);
    const RunResult ran = run(memory, request(), store);
    EXPECT_EQ(ran.outcome.trap, Trap::memory_limit);
    const Recording recorded = record(memory, request(), store);
    EXPECT_EQ(recorded.result, ran);
    EXPECT_EQ(recorded.witness.size(), 1U);
    const auto replayed = replay(memory, request(), recorded.witness);
    ASSERT_TRUE(replayed.has_value());
    EXPECT_EQ(*replayed, ran);
    // Nothing of it shows in the next run.
    const RunResult next = run_code(scattered());
    memory = *MachineMemory::make();
    EXPECT_EQ(run_code(scattered()), next);
}

}  // namespace
}  // namespace enshrine::vm
