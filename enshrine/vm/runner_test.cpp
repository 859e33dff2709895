// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/sha256.hpp>
#include <enshrine/vm/runner.hpp>
#include <enshrine/vm/testdata/assembler.hpp>
#include <enshrine/vm/testdata/preimage_store.hpp>

#include <gtest/gtest.h>

namespace enshrine::vm {
namespace {

/// Programs that differ in code, data and result.
Bytes elf_number(std::size_t k) {
    Assembler code;
    code.load_constant(t0, data_address).load(3, a0, t0, 0).add_immediate(a0, a0, static_cast<std::int32_t>(k));
    code.store(3, t0, a0, 0).store(3, sp, a0, -8).call(0);
    return make_elf(code, Bytes(16 + k, static_cast<Byte>(k)));
}

RunResult run_program(MachineMemory& memory, const Program& program) {
    PreimageStore store;
    return run(memory, {.program = program, .argument_page = {}, .compute_machine_root = true}, store);
}

TEST(Runner, FindsWhatItLoaded) {
    Runner runner = *Runner::make();
    const Bytes elf = elf_number(1);
    EXPECT_EQ(runner.find(hash::sha256(elf)), nullptr);
    const Program* const loaded = *runner.load(elf);
    EXPECT_EQ(loaded->id(), hash::sha256(elf));
    EXPECT_EQ(runner.find(loaded->id()), loaded);
    EXPECT_EQ(*runner.load(elf), loaded) << "decoded once";
    EXPECT_EQ(runner.find(hash::sha256(elf_number(2))), nullptr);
}

TEST(Runner, TheLeastRecentlyUsedProgramMakesRoom) {
    Runner runner = *Runner::make();
    std::vector<Hash32> ids;
    for (std::size_t k = 0; k < Runner::programs_max; ++k) ids.push_back((*runner.load(elf_number(k)))->id());
    // Looking at a program and loading it again both use it; number 1 is left behind.
    EXPECT_NE(runner.find(ids[0]), nullptr);
    for (std::size_t k = 2; k < ids.size(); ++k) {
        if (k % 2 == 0) {
            EXPECT_NE(runner.find(ids[k]), nullptr);
        } else {
            EXPECT_TRUE(runner.load(elf_number(k)).has_value());
        }
    }
    ids.push_back((*runner.load(elf_number(ids.size())))->id());
    EXPECT_EQ(runner.find(ids[1]), nullptr);
    for (std::size_t k = 0; k < ids.size(); ++k) {
        EXPECT_EQ(runner.find(ids[k]) != nullptr, k != 1) << k;
    }
    EXPECT_EQ((*runner.load(elf_number(1)))->id(), ids[1]);
    EXPECT_EQ(runner.find(ids[0]), nullptr) << "the next one to go";
}

TEST(Runner, ResultsAreThoseOfRun) {
    Runner runner = *Runner::make();
    // More programs than the cache holds, in an order that hits, misses and loads evicted ones again.
    for (std::size_t turn = 0; turn < 120; ++turn) {
        const std::size_t k = turn * turn % (Runner::programs_max + 5);
        const Bytes elf = elf_number(k);
        MachineMemory unused = *MachineMemory::make();
        const RunResult expected = run_program(unused, *Program::load(elf));
        EXPECT_EQ(expected.outcome.exit_code, k * 0x0101010101010101U + k);
        const Program* program = runner.find(hash::sha256(elf));
        if (program == nullptr) program = *runner.load(elf);
        EXPECT_EQ(run_program(runner.memory(), *program), expected) << k;
    }
}

TEST(Runner, KeepsNoRefusedProgram) {
    Runner runner = *Runner::make();
    const Program* const good = *runner.load(elf_number(0));
    Bytes bad = elf_number(1);
    bad[18] = 62;  // another processor
    const auto refused = runner.load(bad);
    ASSERT_FALSE(refused.has_value());
    EXPECT_TRUE(refused.error().is(ProgramError::not_riscv));
    EXPECT_EQ(runner.find(hash::sha256(bad)), nullptr);
    EXPECT_FALSE(runner.load({}).has_value());
    EXPECT_EQ(runner.find(good->id()), good);
}

}  // namespace
}  // namespace enshrine::vm
