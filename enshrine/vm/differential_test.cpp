// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Random programs on the machine and on a second machine that shares nothing with it: same end, same machine root,
// whatever the limit.
#include <enshrine/vm/machine.hpp>
#include <enshrine/vm/testdata/assembler.hpp>
#include <enshrine/vm/testdata/reference_machine.hpp>

#include <gtest/gtest.h>

#include <cstdio>
#include <random>

namespace enshrine::vm {
namespace {

class NoPreimages final : public PreimageSource {
public:
    std::optional<BytesView> preimage(const Hash32&) noexcept override { return std::nullopt; }
};

using Random = std::mt19937_64;
std::uint32_t below(Random& random, std::uint64_t bound) {
    return static_cast<std::uint32_t>(random() % bound);
}

/// Mostly valid instructions; addresses tend to hit data, the edges of text and the end of memory.
std::uint32_t random_word(Random& random, std::size_t position, std::size_t count) {
    const Operands regs{below(random, 16), below(random, 16), below(random, 16)};
    const auto immediate = static_cast<std::int32_t>(below(random, 4096)) - 2048;
    // A displacement to somewhere in or near the text, sometimes misaligned.
    const auto target = static_cast<std::int32_t>(below(random, count + 4)) - 2;
    const std::int32_t displacement =
        (target - static_cast<std::int32_t>(position)) * 4 + (below(random, 40) == 0 ? 2 : 0);
    switch (below(random, 20)) {
        case 0:
            return encode_u(opcode_lui, regs.rd, below(random, 1U << 20));
        case 1:
            return encode_u(opcode_auipc, regs.rd, below(random, 8));
        case 2:
            return encode_j(regs.rd, displacement);
        case 3:
        case 4: {
            constexpr std::uint32_t kinds[] = {0, 1, 4, 5, 6, 7};
            return encode_b(kinds[below(random, 6)], regs, displacement);
        }
        case 5:
        case 6:
        case 7: {
            const std::uint32_t kind = below(random, 7);
            return encode_i(opcode_load, kind, {.rd = regs.rd, .rs1 = 16 + below(random, 8)},
                            immediate / 8 * 8 + (below(random, 30) == 0 ? 1 : 0));
        }
        case 8:
        case 9:
        case 10:
            return encode_s(below(random, 4), {.rs1 = 16 + below(random, 8), .rs2 = regs.rs2}, immediate / 8 * 8);
        case 11:
            return encode_i(opcode_jalr, 0, {.rd = regs.rd, .rs1 = 24}, displacement & 0x7ff);
        case 12:
            return encode_i(opcode_immediate_word, 0, regs, immediate);
        case 13:
            return encode_r(opcode_register_word, below(random, 8), below(random, 2), regs);
        case 14:
            return encode_r(opcode_register, below(random, 8), 1, regs);
        case 15:
            return encode_r(opcode_register, below(random, 2) * 5, 0x20, regs);
        case 16:
            return encode_i(opcode_immediate, 5, regs, static_cast<std::int32_t>(below(random, 64) | 0x400));
        case 17:
            return below(random, 20) == 0 ? static_cast<std::uint32_t>(random()) : word_ecall - 0x60;
        case 18:
            return below(random, 8) == 0 ? word_ecall : encode_r(opcode_register, below(random, 8), 0, regs);
        default:
            return encode_i(opcode_immediate, below(random, 8) & 6, regs, immediate);
    }
}

struct Case {
    std::uint64_t entry = 0;
    std::vector<ElfSegment> segments;
    Bytes argument_page;
};

/// Two texts side by side, one further off, and data that shares a page with text.
Case random_case(Random& random) {
    const std::uint64_t begin = below(random, 2) == 0 ? 0x8000'0000ULL : 0x1'0000ULL + 4 * below(random, 1024);
    Assembler code;
    // x16…x23 point to places worth hitting, x24 into the text; the rest hold extremes.
    const std::uint64_t places[] = {begin,         begin + 0x800,  0x3'0000,    0xffff'f800,
                                    0x1'0000'0000, begin + 0x1000, 0x7000'0000, stack_top};
    for (std::uint32_t k = 0; k < 8; ++k) code.load_constant(16 + k, places[k]);
    code.load_constant(24, begin);
    for (std::uint32_t k = 3; k < 10; ++k) {
        code.load_constant(k,
                           below(random, 3) == 0 ? 0 - std::uint64_t{below(random, 3)} : random() >> below(random, 64));
    }
    code.add_immediate(a7, zero, 0);
    const std::size_t first = code.size();
    const std::size_t count = 10 + below(random, 60);
    for (std::size_t k = 0; k < count; ++k) code.word(random_word(random, first + k, first + count + 4));
    Assembler second;
    for (std::size_t k = 0; k < 12; ++k) second.word(random_word(random, k, 12));
    second.jump(-static_cast<std::int32_t>(4 * below(random, 30)));
    Case out;
    out.entry = begin;
    const Bytes text = code.bytes();
    out.segments.push_back({begin, text, 0, flags_text});
    const std::uint64_t behind = begin + text.size();
    if (below(random, 2) == 0) out.segments.push_back({behind, second.bytes(), 0, flags_text});
    Bytes data(64 + below(random, 100));
    for (Byte& b : data) b = static_cast<Byte>(random());
    out.segments.push_back({behind + 256, data, 0, flags_data});
    out.argument_page.assign(below(random, 4097), static_cast<Byte>(random()));
    return out;
}

class Differential {
public:
    /// Both machines on `c`, paused or limited after each of some step counts.
    void check(const Case& c, Random& random, Limits limits) {
        const auto program = Program::load(make_elf(c.entry, c.segments));
        ASSERT_TRUE(program.has_value()) << program.error().message();
        ReferenceMachine reference{c.entry, c.segments, c.argument_page};
        std::uint64_t next = 0;
        for (std::uint64_t n = 0; n <= limits.steps_max; ++n) {
            const bool last = n == limits.steps_max || reference.status != ReferenceMachine::Status::running;
            if (n == next || last) {
                const RunRequest request{.program = *program,
                                         .argument_page = c.argument_page,
                                         .limits = limits,
                                         .pause_at = n,
                                         .compute_machine_root = true};
                const RunResult result = run(memory_, request, source_);
                expect_same(result, reference, program->id());
                if (testing::Test::HasFailure()) FAIL() << "after " << n << " steps";
                next += 1 + below(random, 12);
            }
            if (last) break;
            reference.step(limits.steps_max, limits.weight_max);
        }
        ++ends[static_cast<std::size_t>(reference.trap)];
        // The limit itself, one step at a time [VM-STEP.2].
        while (reference.status == ReferenceMachine::Status::running)
            reference.step(limits.steps_max, limits.weight_max);
        const RunRequest request{
            .program = *program, .argument_page = c.argument_page, .limits = limits, .compute_machine_root = true};
        expect_same(run(memory_, request, source_), reference, program->id());
    }
    std::array<std::size_t, 8> ends{};

private:
    static void expect_same(const RunResult& result, const ReferenceMachine& reference, const Hash32& id) {
        EXPECT_EQ(static_cast<int>(result.outcome.status), static_cast<int>(reference.status));
        EXPECT_EQ(result.outcome.pc, reference.pc);
        EXPECT_EQ(result.outcome.steps, reference.steps);
        EXPECT_EQ(result.outcome.weight, reference.weight);
        EXPECT_EQ(result.outcome.exit_code, reference.exit_code);
        EXPECT_EQ(*result.machine_root, reference.root(id)) << to_text(result.outcome.trap);
    }
    MachineMemory memory_ = *MachineMemory::make();
    NoPreimages source_;
};

void check_random_programs(std::uint64_t seed, std::size_t count) {
    Differential differential;
    for (std::size_t k = 0; k < count; ++k) {
        Random random{seed + k};
        const Case program = random_case(random);
        Limits limits;
        limits.steps_max = 40 + below(random, 400);
        if (below(random, 2) == 0) limits.weight_max = below(random, 10 * page_weight);
        differential.check(program, random, limits);
        if (testing::Test::HasFailure()) FAIL() << "seed " << seed + k;
    }
    std::printf("ends by trap:");
    for (const std::size_t end : differential.ends) std::printf(" %zu", end);
    std::printf("\n");
}

TEST(Differential, RandomProgramsMatchTheReferenceAtEveryLimit) {
    check_random_programs(1, 150);
}
TEST(DifferentialSlow, RandomProgramsMatchTheReferenceAtEveryLimit) {
    check_random_programs(1'000'000, 1'500);
}

}  // namespace
}  // namespace enshrine::vm
