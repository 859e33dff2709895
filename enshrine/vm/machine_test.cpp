// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/sha256.hpp>
#include <enshrine/vm/machine.hpp>
#include <enshrine/vm/machine_root.hpp>
#include <enshrine/vm/testdata/assembler.hpp>
#include <enshrine/vm/testdata/preimage_store.hpp>

#include <gtest/gtest.h>

#include <functional>

namespace enshrine::vm {
namespace {

constexpr std::uint64_t space = 0x3000'0000;  // memory that no segment names

class Machine : public testing::Test {
protected:
    RunResult run_elf(const Bytes& elf, Limits limits = {}) {
        program = *Program::load(elf);
        return run(memory, request(limits), store);
    }
    RunResult run_code(const Assembler& code, Limits limits = {}) { return run_elf(make_elf(code), limits); }
    RunRequest request(Limits limits = {}) const {
        return {.program = program, .argument_page = argument_page, .limits = limits, .compute_machine_root = true};
    }

    MachineMemory memory = *MachineMemory::make();
    PreimageStore store;
    Bytes argument_page = Bytes(100, 0x5a);
    Program program = *Program::load(make_elf(Assembler{}.halt(0)));
};

void expect_trap(const RunResult& result, Trap trap, std::uint64_t pc, std::uint64_t steps) {
    EXPECT_EQ(result.outcome.trap, trap) << to_text(result.outcome.trap);
    EXPECT_EQ(result.outcome.status, status_of(trap));
    EXPECT_EQ(result.outcome.pc, pc);
    EXPECT_EQ(result.outcome.steps, steps);
    EXPECT_FALSE(result.outcome.succeeded());
}

/// Reads memory through the program itself: halts with the double word at `address`.
Assembler halt_with(std::uint64_t address) {
    Assembler code;
    code.load_constant(t0, address).load(3, a0, t0, 0);
    code.call(0);
    return code;
}

TEST_F(Machine, StartState) {  // [VM-START.1]
    EXPECT_EQ(run_code(Assembler{}.add_immediate(a0, sp, 0).call(0)).outcome.exit_code, stack_top);
    for (Register r = 1; r < 32; ++r) {
        if (r == sp || r == a7) continue;
        EXPECT_EQ(run_code(Assembler{}.add_immediate(a0, r, 0).call(0)).outcome.exit_code, 0U);
    }
    EXPECT_EQ(run_code(halt_with(argument_page_address)).outcome.exit_code, 0x5a5a5a5a5a5a5a5aU);
    EXPECT_EQ(run_code(halt_with(argument_page_address + 96)).outcome.exit_code, 0x5a5a5a5aU);
    EXPECT_EQ(run_code(halt_with(space)).outcome.exit_code, 0U);
    EXPECT_EQ(run_elf(make_elf(halt_with(data_address), Bytes{1, 2})).outcome.exit_code, 0x0201U);
}

TEST_F(Machine, HaltIsTheOnlySuccess) {
    const auto good = run_code(Assembler{}.halt(0)).outcome;
    EXPECT_TRUE(good.succeeded());
    EXPECT_EQ(good.steps, 3U);
    EXPECT_EQ(good.weight, 3U);
    EXPECT_EQ(good.pc, text_address + 12);
    EXPECT_FALSE(run_code(Assembler{}.halt(1)).outcome.succeeded());
}

TEST_F(Machine, Traps) {  // [VM-ISA.*] [VM-STEP.1]
    const auto after_jump = [&](std::uint64_t target) {
        Assembler code;
        code.load_constant(t0, target).word(encode_i(opcode_jalr, 0, {.rd = ra, .rs1 = t0}, 0));
        return run_code(code);
    };
    expect_trap(run_code(Assembler{}.word(word_ebreak)), Trap::illegal_instruction, text_address, 1);
    expect_trap(run_code(Assembler{}.add_immediate(1, 1, 1)), Trap::fetch_fault, text_address + 4, 2);
    expect_trap(run_code(Assembler{}.jump(8)), Trap::fetch_fault, text_address + 8, 2);
    expect_trap(run_code(Assembler{}.jump(-0x10000)), Trap::fetch_fault, 0, 2);
    expect_trap(run_code(Assembler{}.jump(-0x10004)), Trap::fetch_fault, ~0ULL - 3, 2);
    expect_trap(run_code(Assembler{}.jump(6)), Trap::misaligned, text_address, 1);
    expect_trap(run_code(Assembler{}.branch(0, 0, 0, 6)), Trap::misaligned, text_address, 1);
    expect_trap(after_jump(data_address), Trap::fetch_fault, data_address, 13);
    expect_trap(after_jump(1ULL << 32), Trap::fetch_fault, 1ULL << 32, 13);
    expect_trap(after_jump(text_address + 2), Trap::misaligned, text_address + 44, 12);
    expect_trap(run_code(Assembler{}.load(3, 1, 0, 4).halt(0)), Trap::misaligned, text_address, 1);
    expect_trap(run_code(Assembler{}.load(3, 1, 0, -8).halt(0)), Trap::memory_fault, text_address, 1);
    expect_trap(run_code(Assembler{}.add_immediate(a7, zero, 6).word(word_ecall)), Trap::unknown_call, text_address + 4,
                2);
}

TEST_F(Machine, TextCannotBeWritten) {  // [VM-ISA.3]
    // Data and text on one page, text from 0x10010 to 0x1007f.
    const std::uint64_t begin = text_address + 16;
    for (const auto& [address, size, expected] : std::vector<std::tuple<std::uint64_t, std::uint32_t, Trap>>{
             {begin, 0, Trap::store_to_text},
             {begin - 8, 3, Trap::none},
             {begin - 1, 0, Trap::none},
             {begin + 8, 3, Trap::store_to_text},
             {text_address, 3, Trap::none},
         }) {
        Assembler code;
        code.load_constant(t0, address).store(size, t0, sp, 0).store(size, t0, sp, 0).halt(0);
        const auto result = run_elf(make_elf(begin, {{begin, code.bytes(), 0, flags_text}}));
        EXPECT_EQ(result.outcome.trap, expected) << std::hex << address;
    }
}

TEST_F(Machine, StoreBehindTextOfTheSamePage) {
    Assembler code;
    code.load_constant(t0, text_address + 0x800).store(0, t0, sp, 0).load(4, a0, t0, 0).call(0);
    EXPECT_EQ(run_code(code).outcome.status, Status::halted);
}

TEST_F(Machine, ControlCrossesFromTextToText) {
    // A text that runs into the next one, which jumps to a third.
    Assembler first;
    first.add_immediate(a0, a0, 1);
    Assembler second;
    second.add_immediate(a0, a0, 2).jump(0x1000 - 4);
    Assembler third;
    third.add_immediate(a0, a0, 4).call(0);
    const auto elf = make_elf(text_address, {{text_address, first.bytes(), 0, flags_text},
                                             {text_address + 4, second.bytes(), 0, flags_text},
                                             {text_address + 4 + 0x1000, third.bytes(), 0, flags_text}});
    const auto result = run_elf(elf);
    EXPECT_EQ(result.outcome.exit_code, 7U);
    EXPECT_EQ(result.outcome.steps, 6U);
    for (std::uint64_t n = 0; n < 6; ++n) EXPECT_EQ(run_elf(elf, {.steps_max = n}).outcome.steps, n);
}

/// Loops, stores, calls of every kind.
Assembler busy(std::uint64_t hash_address) {
    Assembler code;
    code.load_constant(s0, space).load_constant(s1, hash_address).add_immediate(t1, zero, 5);
    code.store(3, s0, t1, 0).add_immediate(s0, s0, 2040).add_immediate(t1, t1, -1).branch(1, t1, zero, -12);
    for (int k = 0; k < 2; ++k) {
        code.add_immediate(a0, s1, 0).load_constant(a1, space).add_immediate(a2, zero, 0).add_immediate(a3, zero, 64);
        code.call(1);
    }
    code.add_immediate(a0, s1, 32).call(1);
    code.add_immediate(a0, zero, 1).add_immediate(a1, s1, 0).add_immediate(a2, zero, 40).call(2);
    code.add_immediate(a0, s1, 0).call(3);
    code.load_constant(a0, space).call(16);
    code.load_constant(a0, space).add_immediate(a1, s1, 0).call(17);
    code.add_immediate(a0, s1, 0).load_constant(a1, space).call(18);
    code.add_immediate(a1, zero, 8).load_constant(a0, space).call(4);
    code.halt(0);
    return code;
}

class Busy : public Machine {
protected:
    Busy() {
        Bytes data = to_bytes(store.add(Bytes(50, 1)).view());
        append(data, store.add(Bytes(60, 2)).view());
        program = *Program::load(make_elf(busy(data_address), data));
    }
};

TEST_F(Busy, Weights) {  // [VM-STEP.1]
    const auto outcome = run(memory, request(), store).outcome;
    ASSERT_TRUE(outcome.succeeded()) << to_text(outcome.trap);
    EXPECT_EQ(outcome.weight, outcome.steps + 3 * 200 + 1000 + 10 + 300 + 80 + 40'000 + 10 + 2 * page_weight);
    EXPECT_EQ(outcome.records[1].size(), 1U);
    EXPECT_TRUE(outcome.state_root.has_value());
}

TEST_F(Busy, EveryStepLimitStopsExactly) {  // [VM-STEP.2]
    const auto whole = run(memory, request(), store).outcome;
    std::vector<Hash32> paused;
    for (std::uint64_t n = 0; n <= whole.steps; ++n) {
        RunRequest look = request();
        look.pause_at = n;
        const auto at_n = run(memory, look, store);
        EXPECT_EQ(at_n.outcome.status, n < whole.steps ? Status::running : Status::halted);
        EXPECT_EQ(at_n.outcome.steps, n);
        const auto limited = run(memory, request({.steps_max = n}), store);
        EXPECT_EQ(limited.outcome.status, n < whole.steps ? Status::overflow : Status::halted);
        EXPECT_EQ(limited.outcome.steps, n);
        EXPECT_EQ(limited.outcome.pc, at_n.outcome.pc);
        EXPECT_EQ(limited.outcome.weight, at_n.outcome.weight);
        EXPECT_EQ(limited.machine_root == at_n.machine_root, n == whole.steps);  // the status differs
        paused.push_back(*at_n.machine_root);
    }
    // Every step changes the root: it holds the counter.
    std::ranges::sort(paused);
    EXPECT_EQ(std::ranges::unique(paused).begin(), paused.end());
}

TEST_F(Busy, EndsAreFixedPoints) {  // [VM-STEP.3]
    const std::vector<std::pair<Status, Bytes>> programs{
        {Status::halted, make_elf(Assembler{}.halt(3))},
        {Status::panicked, make_elf(busy(data_address), Bytes(64, 0))},  // reveals a hash that nobody knows
        {Status::trapped, make_elf(Assembler{}.add_immediate(1, 1, 1).word(word_ebreak))},
        {Status::overflow, make_elf(Assembler{}.add_immediate(1, 1, 1).jump(-4))}};
    for (const auto& [status, elf] : programs) {
        const Limits limits{.steps_max = status == Status::overflow ? 7 : ~0ULL};
        const RunResult ended = run_elf(elf, limits);
        EXPECT_EQ(ended.outcome.status, status);
        for (std::uint64_t further = 0; further < 5; ++further) {
            RunRequest look = request(limits);
            look.pause_at = ended.outcome.steps + further;
            const RunResult later = run(memory, look, store);
            // At the limit itself the machine has still to find out that it may not go on.
            if (status == Status::overflow && further == 0) continue;
            EXPECT_EQ(later, ended) << further;
        }
    }
}

TEST_F(Busy, EveryWeightLimitStopsBeforeTheStepThatPassesIt) {  // [VM-STEP.2]
    const auto whole = run(memory, request(), store).outcome;
    std::vector<std::uint64_t> weights{};
    for (std::uint64_t n = 0; n <= whole.steps; ++n) {
        RunRequest look = request();
        look.pause_at = n;
        weights.push_back(run(memory, look, store).outcome.weight);
    }
    for (const std::uint64_t weight : weights) {
        for (const std::uint64_t limit : std::vector<std::uint64_t>{weight, weight + 1, weight == 0 ? 0 : weight - 1}) {
            const auto limited = run(memory, request({.weight_max = limit}), store).outcome;
            const auto fitting = std::ranges::upper_bound(weights, limit) - weights.begin() - 1;
            EXPECT_EQ(limited.steps, static_cast<std::uint64_t>(fitting)) << limit;
            EXPECT_EQ(limited.weight, weights[static_cast<std::size_t>(fitting)]);
            EXPECT_EQ(limited.status, limit >= whole.weight ? Status::halted : Status::overflow);
        }
    }
}

TEST_F(Busy, RunRecordAndReplayAgree) {  // [VM-WIT.1] [VM-WIT.2]
    const auto ran = run(memory, request(), store);
    const Recording recorded = record(memory, request(), store);
    EXPECT_EQ(recorded.result, ran);
    ASSERT_EQ(recorded.witness.size(), 2U);
    EXPECT_EQ(to_bytes(recorded.witness.item(0)), Bytes(50, 1));
    const auto replayed = replay(memory, request(), recorded.witness);
    ASSERT_TRUE(replayed.has_value());
    EXPECT_EQ(*replayed, ran);
}

TEST_F(Busy, ReplayRefusesOtherWitnesses) {  // [VM-WIT.2]
    const Witness good = record(memory, request(), store).witness;
    const auto refused = [&](const Witness& witness, WitnessError error, std::uint64_t index) {
        const auto replayed = replay(memory, request(), witness);
        ASSERT_FALSE(replayed.has_value());
        EXPECT_EQ(replayed.error().error, error);
        EXPECT_EQ(replayed.error().index, index);
    };
    refused({}, WitnessError::witness_truncated, 0);
    Witness one;
    one.append(good.item(0));
    refused(one, WitnessError::witness_truncated, 1);
    Witness three = good;
    three.append({});
    refused(three, WitnessError::witness_trailing, 2);
    Witness repeated = one;
    repeated.append(good.item(0));
    refused(repeated, WitnessError::witness_mismatch, 1);
    Witness swapped;
    swapped.append(good.item(1));
    swapped.append(good.item(0));
    refused(swapped, WitnessError::witness_mismatch, 0);
}

TEST_F(Busy, EveryFlippedByteOfAWitnessIsRefused) {
    const Recording recorded = record(memory, request(), store);
    const Bytes good = recorded.witness.encode();
    for (std::size_t k = 0; k < good.size(); ++k) {
        for (const Byte flip : {Byte{1}, Byte{0x80}}) {
            Bytes bad = good;
            bad[k] ^= flip;
            const auto decoded = Witness::decode(bad);
            if (!decoded) continue;
            EXPECT_FALSE(replay(memory, request(), *decoded).has_value()) << k;
        }
    }
}

TEST_F(Machine, UnknownHashPanics) {
    Assembler code;
    code.load_constant(a0, space).add_immediate(a1, a0, 0).call(1);
    const auto result = run_code(code);
    expect_trap(result, Trap::unknown_hash, text_address + 4 * (code.size() - 1), code.size());
    EXPECT_EQ(result.outcome.missing_hash, Hash32{});
    EXPECT_EQ(result.outcome.weight, code.size() + 200);
}

TEST_F(Machine, RunsLeaveNothingBehind) {
    // Dirties data, stack, text's page, a long range, and everything else it can reach.
    Assembler dirty;
    dirty.load_constant(t0, space).load_constant(t1, space + 8 * 1024 * 1024);
    dirty.store(3, t0, sp, 0).add_immediate(t0, t0, 2040).branch(6, t0, t1, -8);
    dirty.store(3, sp, sp, -8).load_constant(t0, data_address).store(3, t0, sp, 0).store(3, t0, sp, 2040);
    dirty.load_constant(t0, text_address + 0x800).store(3, t0, sp, 0).store(3, zero, sp, 0).halt(0);
    const Bytes dirty_elf = make_elf(dirty, Bytes(300, 3));
    const Bytes other_elf = make_elf(
        0x8000'0000, {{0x8000'0000, busy(0).bytes(), 0, flags_text}, {text_address, Bytes(5000, 9), 0, flags_data}});
    std::vector<RunResult> fresh;
    const std::vector<const Bytes*> order{&dirty_elf, &dirty_elf, &other_elf, &dirty_elf, &other_elf, &other_elf};
    for (const Bytes* elf : order) {
        MachineMemory unused = *MachineMemory::make();
        program = *Program::load(*elf);
        fresh.push_back(run(unused, request(), store));
    }
    for (std::size_t k = 0; k < order.size(); ++k) EXPECT_EQ(run_elf(*order[k]), fresh[k]) << k;
    EXPECT_EQ(fresh[0].outcome.status, Status::halted);
    const MachineMemory moved = std::move(memory);
    memory = *MachineMemory::make();
    EXPECT_EQ(run_elf(dirty_elf), fresh[0]);
}

TEST(MachineRoot, GoldenValues) {
    // The tree of 2^20 zero pages, computed level by level from the definition.
    Hash32 expected = hash::sha256(Bytes(4096));
    for (int k = 0; k < 20; ++k) {
        Bytes node = to_bytes(expected.view());
        append(node, expected.view());
        expected = hash::sha256(node);
    }
    EXPECT_EQ(zero_subtree(memory_tree_depth), expected);
    EXPECT_EQ(cpu_leaf(Cpu{}, Hash32{}).size(), 31 * 8 + 3 * 8 + 2 + 2 * 8 + 1 + 32 + 3 * 40 + 32);
}

class MachineSlow : public Machine {};

TEST_F(MachineSlow, SparseRootEqualsHashOfAllPages) {
    Assembler code;
    code.store(3, zero, sp, 0).store(3, sp, sp, -8).store(3, sp, sp, 8).load_constant(t0, space);
    code.store(0, t0, sp, 0).store(0, t0, sp, 1).halt(0);
    ASSERT_TRUE(run_code(code).outcome.succeeded());
    std::vector<Hash32> level(page_count);
    for (std::size_t page = 0; page < page_count; ++page) {
        level[page] = hash::sha256(memory.view(page * page_bytes, page_bytes));
    }
    for (; level.size() > 1; level.resize(level.size() / 2)) {
        for (std::size_t k = 0; k < level.size() / 2; ++k) {
            level[k] = hash::sha256(level[2 * k].view(), level[2 * k + 1].view());
        }
    }
    EXPECT_EQ(memory_root(memory), level[0]);
}

TEST(StatusText, NamesEveryValue) {
    for (std::uint8_t k = 0; k <= 4; ++k) EXPECT_NE(to_text(static_cast<Status>(k)), "unknown status");
    for (std::uint8_t k = 0; k <= 12; ++k) EXPECT_NE(to_text(static_cast<Trap>(k)), "unknown trap");
}

}  // namespace
}  // namespace enshrine::vm
