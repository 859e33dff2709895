// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Conformance of every RV64IM instruction: operands × register aliasing × x0, against a model of its own.
#include <enshrine/base/integer.hpp>
#include <enshrine/vm/interpreter.hpp>
#include <enshrine/vm/memory.hpp>
#include <enshrine/vm/testdata/assembler.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>
#include <vector>

namespace enshrine::vm {
namespace {

constexpr std::uint64_t at = 0x8000'0000;  // where riscv programs often lie, and where signs show

std::vector<std::uint64_t> operands() {
    std::vector<std::uint64_t> out{0, 1, ~0ULL, 2, 3, 7, 1ULL << 63, (1ULL << 63) - 1, 0xffff'ffff, 0x1'0000'0000};
    for (unsigned k = 1; k < 64; k += 5) {
        out.push_back(1ULL << k);
        out.push_back(0 - (1ULL << k));
        out.push_back((1ULL << k) - 1);
    }
    out.push_back(0x8000'0000);
    out.push_back(0xffff'ffff'8000'0000);
    std::mt19937_64 random{1};
    for (int k = 0; k < 8; ++k) out.push_back(random());
    return out;
}

const std::vector<std::int32_t>& immediates() {
    static const std::vector<std::int32_t> out{0, 1, -1, 2, 5, 31, 32, 63, -32, 100, 2047, -2048, 0x555, -0x556};
    return out;
}

/// The machine after one instruction that has stood alone at `at`.
struct After {
    Exit exit = Exit::call;
    Cpu cpu;
};
After execute(std::uint32_t word, const Cpu& before, MachineMemory& memory) {
    After out{.exit = Exit::call, .cpu = before};
    out.cpu.pc = at;
    Bytes code(4);
    store_le(code.data(), word);
    const Text text = decode_text(at, code);
    std::uint64_t left = 1;
    Stop stop = interpret(out.cpu, text, memory, left);
    if (stop.exit == Exit::first_store) {
        EXPECT_EQ(left, 1U);
        EXPECT_EQ(out.cpu.pc, at);
        EXPECT_EQ(out.cpu.x, before.x);
        EXPECT_EQ(memory.closed_pages(stop.address, 1), 1U);
        memory.open_pages(stop.address, 1);
        stop = interpret(out.cpu, text, memory, left);
    }
    out.exit = stop.exit;
    EXPECT_EQ(left, 0U);
    return out;
}

MachineMemory& memory() {
    static MachineMemory instance = *MachineMemory::make();
    return instance;
}

Cpu filled() {
    Cpu cpu;
    std::mt19937_64 random{7};
    for (std::size_t k = 1; k < 32; ++k) cpu.x[k] = random();
    return cpu;
}

/// `after` is `before` but for rd, and control went to the next instruction.
void expect_result(const After& after, const Cpu& before, Register rd, std::uint64_t value) {
    EXPECT_EQ(after.exit, Exit::text_left);
    EXPECT_EQ(after.cpu.pc, at + 4);
    for (std::size_t k = 0; k < 32; ++k) {
        EXPECT_EQ(after.cpu.x[k], k == rd && k != 0 ? value : before.x[k]) << "x" << k;
    }
}

// The model. Everything is computed in 128-bit integers and reduced at the end.
i128 as_i(std::uint64_t v) {
    return v >= (1ULL << 63) ? i128{v} - (i128{1} << 64) : i128{v};
}
i128 as_w(std::uint64_t v) {
    const i128 low = i128{v % (1ULL << 32)};
    return low >= (i128{1} << 31) ? low - (i128{1} << 32) : low;
}
std::uint64_t wrap(i128 v) {
    return static_cast<std::uint64_t>(static_cast<u128>(v));
}
std::uint64_t wrap_w(i128 v) {
    return wrap(as_w(wrap(v)));
}
i128 floor_div(i128 a, i128 b) {
    return a / b - (a % b < 0 ? 1 : 0);
}
i128 power(std::uint64_t k) {
    return i128{1} << k;
}

struct RegisterCase {
    std::string name;
    std::uint32_t opcode;
    std::uint32_t funct3;
    std::uint32_t funct7;
    std::function<std::uint64_t(std::uint64_t, std::uint64_t)> model;
};
using U = std::uint64_t;

const std::vector<RegisterCase>& register_cases() {
    constexpr auto r = opcode_register;
    constexpr auto w = opcode_register_word;
    static const std::vector<RegisterCase> cases{
        {"add", r, 0, 0x00, [](U a, U b) { return wrap(as_i(a) + as_i(b)); }},
        {"sub", r, 0, 0x20, [](U a, U b) { return wrap(as_i(a) - as_i(b)); }},
        {"sll", r, 1, 0x00, [](U a, U b) { return static_cast<U>(u128{a} * (u128{1} << (b % 64))); }},
        {"slt", r, 2, 0x00, [](U a, U b) { return U{as_i(a) < as_i(b)}; }},
        {"sltu", r, 3, 0x00, [](U a, U b) { return U{i128{a} < i128{b}}; }},
        {"xor", r, 4, 0x00, [](U a, U b) { return (a | b) - (a & b); }},
        {"srl", r, 5, 0x00, [](U a, U b) { return wrap(i128{a} / power(b % 64)); }},
        {"sra", r, 5, 0x20, [](U a, U b) { return wrap(floor_div(as_i(a), power(b % 64))); }},
        {"or", r, 6, 0x00, [](U a, U b) { return (a & ~b) + b; }},
        {"and", r, 7, 0x00, [](U a, U b) { return ~(~a | ~b); }},
        {"mul", r, 0, 0x01, [](U a, U b) { return wrap(as_i(a) * as_i(b)); }},
        {"mulh", r, 1, 0x01, [](U a, U b) { return wrap(floor_div(as_i(a) * as_i(b), power(64))); }},
        {"mulhsu", r, 2, 0x01, [](U a, U b) { return wrap(floor_div(as_i(a) * i128{b}, power(64))); }},
        {"mulhu", r, 3, 0x01, [](U a, U b) { return static_cast<U>(u128{a} * b / (u128{1} << 64)); }},
        {"div", r, 4, 0x01, [](U a, U b) { return wrap(b == 0 ? i128{-1} : as_i(a) / as_i(b)); }},
        {"divu", r, 5, 0x01, [](U a, U b) { return wrap(b == 0 ? i128{-1} : i128{a} / i128{b}); }},
        {"rem", r, 6, 0x01, [](U a, U b) { return wrap(b == 0 ? as_i(a) : as_i(a) % as_i(b)); }},
        {"remu", r, 7, 0x01, [](U a, U b) { return wrap(b == 0 ? i128{a} : i128{a} % i128{b}); }},
        {"addw", w, 0, 0x00, [](U a, U b) { return wrap_w(as_w(a) + as_w(b)); }},
        {"subw", w, 0, 0x20, [](U a, U b) { return wrap_w(as_w(a) - as_w(b)); }},
        {"sllw", w, 1, 0x00, [](U a, U b) { return wrap_w(as_w(a) * power(b % 32)); }},
        {"srlw", w, 5, 0x00, [](U a, U b) { return wrap_w(i128{a % (1ULL << 32)} / power(b % 32)); }},
        {"sraw", w, 5, 0x20, [](U a, U b) { return wrap_w(floor_div(as_w(a), power(b % 32))); }},
        {"mulw", w, 0, 0x01, [](U a, U b) { return wrap_w(as_w(a) * as_w(b)); }},
        {"divw", w, 4, 0x01, [](U a, U b) { return wrap_w(as_w(b) == 0 ? i128{-1} : as_w(a) / as_w(b)); }},
        {"divuw", w, 5, 0x01,
         [](U a, U b) { return wrap_w(as_w(b) == 0 ? i128{-1} : i128{a % (1ULL << 32)} / i128{b % (1ULL << 32)}); }},
        {"remw", w, 6, 0x01, [](U a, U b) { return wrap_w(as_w(b) == 0 ? as_w(a) : as_w(a) % as_w(b)); }},
        {"remuw", w, 7, 0x01,
         [](U a, U b) { return wrap_w(as_w(b) == 0 ? as_w(a) : i128{a % (1ULL << 32)} % i128{b % (1ULL << 32)}); }},
    };
    return cases;
}

// Aliasing: all different, rd = rs1, rd = rs2, rs1 = rs2, all equal, and x0 in each place.
const std::vector<Operands> aliasings{{5, 6, 7}, {6, 6, 7}, {7, 6, 7}, {5, 6, 6}, {6, 6, 6},
                                      {0, 6, 7}, {5, 0, 7}, {5, 6, 0}, {0, 0, 0}, {31, 30, 29}};

TEST(Isa, RegisterInstructionsMatchTheModel) {  // [VM-ISA.1] [VM-ISA.5]
    const auto values = operands();
    std::size_t cases = 0;
    for (const RegisterCase& c : register_cases()) {
        for (const Operands& regs : aliasings) {
            const std::uint32_t word = encode_r(c.opcode, c.funct3, c.funct7, regs);
            for (const U a : values) {
                for (const U b : values) {
                    Cpu before = filled();
                    before.x[regs.rs1] = a;
                    before.x[regs.rs2] = b;
                    before.x[0] = 0;
                    const After after = execute(word, before, memory());
                    const U expected = c.model(before.x[regs.rs1], before.x[regs.rs2]);
                    expect_result(after, before, regs.rd, expected);
                    if (testing::Test::HasFailure()) FAIL() << c.name << " " << std::hex << a << " " << b;
                    ++cases;
                }
            }
        }
    }
    std::printf("%zu cases\n", cases);
}

struct ImmediateCase {
    std::string name;
    std::uint32_t opcode;
    std::uint32_t funct3;
    std::uint32_t shift_bits;  ///< 0: a 12-bit immediate
    std::uint32_t high_bits;   ///< of shifts: what stands above the amount
    std::function<std::uint64_t(std::uint64_t, std::int64_t)> model;
};
using I = std::int64_t;

const std::vector<ImmediateCase>& immediate_cases() {
    constexpr auto i = opcode_immediate;
    constexpr auto w = opcode_immediate_word;
    const auto amount = [](I b) { return static_cast<U>(b); };
    static const std::vector<ImmediateCase> cases{
        {"addi", i, 0, 0, 0, [](U a, I b) { return wrap(as_i(a) + b); }},
        {"slti", i, 2, 0, 0, [](U a, I b) { return U{as_i(a) < b}; }},
        {"sltiu", i, 3, 0, 0, [](U a, I b) { return U{i128{a} < i128{wrap(b)}}; }},
        {"xori", i, 4, 0, 0, [](U a, I b) { return (a | wrap(b)) - (a & wrap(b)); }},
        {"ori", i, 6, 0, 0, [](U a, I b) { return (a & ~wrap(b)) + wrap(b); }},
        {"andi", i, 7, 0, 0, [](U a, I b) { return ~(~a | ~wrap(b)); }},
        {"slli", i, 1, 6, 0, [amount](U a, I b) { return static_cast<U>(u128{a} * (u128{1} << amount(b))); }},
        {"srli", i, 5, 6, 0, [amount](U a, I b) { return wrap(i128{a} / power(amount(b))); }},
        {"srai", i, 5, 6, 0x400, [amount](U a, I b) { return wrap(floor_div(as_i(a), power(amount(b)))); }},
        {"addiw", w, 0, 0, 0, [](U a, I b) { return wrap_w(as_w(a) + b); }},
        {"slliw", w, 1, 5, 0, [amount](U a, I b) { return wrap_w(as_w(a) * power(amount(b))); }},
        {"srliw", w, 5, 5, 0, [amount](U a, I b) { return wrap_w(i128{a % (1ULL << 32)} / power(amount(b))); }},
        {"sraiw", w, 5, 5, 0x400, [amount](U a, I b) { return wrap_w(floor_div(as_w(a), power(amount(b)))); }},
    };
    return cases;
}

TEST(Isa, ImmediateInstructionsMatchTheModel) {  // [VM-ISA.1]
    for (const ImmediateCase& c : immediate_cases()) {
        std::vector<std::int32_t> values = immediates();
        if (c.shift_bits != 0) {
            values.clear();
            for (std::int32_t k = 0; k < (1 << c.shift_bits); ++k) values.push_back(k);
        }
        for (const Operands& regs : aliasings) {
            for (const std::int32_t immediate : values) {
                const auto encoded = immediate | static_cast<std::int32_t>(c.high_bits);
                const std::uint32_t word = encode_i(c.opcode, c.funct3, regs, encoded);
                for (const U a : operands()) {
                    Cpu before = filled();
                    before.x[regs.rs1] = a;
                    before.x[0] = 0;
                    const After after = execute(word, before, memory());
                    expect_result(after, before, regs.rd, c.model(before.x[regs.rs1], immediate));
                    if (testing::Test::HasFailure()) FAIL() << c.name << " " << std::hex << a << " " << immediate;
                }
            }
        }
    }
}

TEST(Isa, UpperImmediates) {
    for (const std::uint32_t upper : {0U, 1U, 0x7ffffU, 0x80000U, 0xfffffU, 0x12345U}) {
        for (const Register rd : {0U, 5U, 31U}) {
            const Cpu before = filled();
            const U value = wrap(as_w(U{upper} * 4096));
            expect_result(execute(encode_u(opcode_lui, rd, upper), before, memory()), before, rd, value);
            expect_result(execute(encode_u(opcode_auipc, rd, upper), before, memory()), before, rd, at + value);
        }
    }
}

TEST(Isa, JumpsLinkAndLand) {
    for (const std::int32_t displacement : {0x800, -0x800, 0xffffc, -0x100000, 4, 8}) {
        for (const Register rd : {0U, 1U, 31U}) {
            const Cpu before = filled();
            const After after = execute(encode_j(rd, displacement), before, memory());
            EXPECT_EQ(after.exit, Exit::text_left);
            EXPECT_EQ(after.cpu.pc, wrap(i128{at} + displacement));
            EXPECT_EQ(after.cpu.x[rd], rd == 0 ? 0 : at + 4);
        }
    }
    for (const U base : operands()) {
        for (const std::int32_t immediate : {0, 1, 2, 3, 4, -4, 2047, -2048}) {
            for (const Register rd : {0U, 1U, 6U}) {
                Cpu before = filled();
                before.x[6] = base;
                const U target = wrap(as_i(base) + immediate) & ~1ULL;
                if (target == at) continue;
                const After after =
                    execute(encode_i(opcode_jalr, 0, {.rd = rd, .rs1 = 6}, immediate), before, memory());
                if (target % 4 == 2) {  // [VM-ISA.2]
                    EXPECT_EQ(after.exit, Exit::trapped);
                    EXPECT_EQ(after.cpu.trap, Trap::misaligned);
                    EXPECT_EQ(after.cpu.pc, at);
                    EXPECT_EQ(after.cpu.x, before.x);
                } else {
                    EXPECT_EQ(after.exit, Exit::text_left);
                    EXPECT_EQ(after.cpu.pc, target);
                    EXPECT_EQ(after.cpu.x[rd], rd == 0 ? 0 : at + 4);
                }
            }
        }
    }
}

TEST(Isa, BranchesCompare) {
    const std::vector<std::pair<std::uint32_t, std::function<bool(U, U)>>> cases{
        {0, [](U a, U b) { return a == b; }},
        {1, [](U a, U b) { return a != b; }},
        {4, [](U a, U b) { return as_i(a) < as_i(b); }},
        {5, [](U a, U b) { return as_i(a) >= as_i(b); }},
        {6, [](U a, U b) { return i128{a} < i128{b}; }},
        {7, [](U a, U b) { return i128{a} >= i128{b}; }},
    };
    for (const auto& [funct3, model] : cases) {
        for (const Operands& regs : aliasings) {
            for (const U a : operands()) {
                for (const U b : std::vector<U>{a, a + 1, a - 1, 0, ~a, 1ULL << 63}) {
                    Cpu before = filled();
                    before.x[regs.rs1] = a;
                    before.x[regs.rs2] = b;
                    before.x[0] = 0;
                    const bool taken = model(before.x[regs.rs1], before.x[regs.rs2]);
                    for (const std::int32_t displacement : {-4096, 4094 - 2, 8}) {
                        const After after = execute(encode_b(funct3, regs, displacement), before, memory());
                        EXPECT_EQ(after.exit, Exit::text_left);
                        EXPECT_EQ(after.cpu.pc, taken ? wrap(i128{at} + displacement) : at + 4);
                        EXPECT_EQ(after.cpu.x, before.x);
                    }
                    // [VM-ISA.2] Only a branch that is taken minds its target.
                    const After odd = execute(encode_b(funct3, regs, 6), before, memory());
                    EXPECT_EQ(odd.exit, taken ? Exit::trapped : Exit::text_left);
                    EXPECT_EQ(odd.cpu.pc, taken ? at : at + 4);
                }
            }
        }
    }
}

TEST(Isa, MisalignedJalTrapsWithoutLinking) {  // [VM-ISA.2]
    const Cpu before = filled();
    const After after = execute(encode_j(1, 6), before, memory());
    EXPECT_EQ(after.exit, Exit::trapped);
    EXPECT_EQ(after.cpu.trap, Trap::misaligned);
    EXPECT_EQ(after.cpu.pc, at);
    EXPECT_EQ(after.cpu.x, before.x);
}

TEST(Isa, LoadsExtendAndStoresTruncate) {
    const U base = 0x4000'0000;
    for (const U value : operands()) {
        for (std::uint32_t log2 = 0; log2 < 4; ++log2) {
            const std::uint32_t size = 1U << log2;
            for (const std::int32_t offset : {0, static_cast<std::int32_t>(size), -2048, 2040}) {
                memory().open_pages(base + wrap(offset), size);
                ASSERT_TRUE(memory().store<U>(base + wrap(offset) / 8 * 8, 0x1122334455667788));
                Cpu before = filled();
                before.x[6] = base;
                before.x[7] = value;
                const After stored = execute(encode_s(log2, {.rs1 = 6, .rs2 = 7}, offset), before, memory());
                EXPECT_EQ(stored.exit, Exit::text_left);
                EXPECT_EQ(stored.cpu.x, before.x);
                const BytesView bytes = memory().view(base + wrap(offset), size);
                u128 little = 0;
                for (std::size_t k = size; k-- > 0;) little = little * 256 + bytes[k];
                EXPECT_EQ(little, u128{value} % (u128{1} << (8 * size)));
                const bool negative = (little >> (8 * size - 1)) != 0;
                const U sign_extended = wrap(static_cast<i128>(little) - (negative ? power(8 * size) : 0));
                for (const Register rd : {0U, 5U, 6U}) {
                    const After read =
                        execute(encode_i(opcode_load, log2, {.rd = rd, .rs1 = 6}, offset), before, memory());
                    expect_result(read, before, rd, sign_extended);
                    if (log2 == 3) continue;
                    const After unsigned_read =
                        execute(encode_i(opcode_load, log2 + 4, {.rd = rd, .rs1 = 6}, offset), before, memory());
                    expect_result(unsigned_read, before, rd, static_cast<U>(little));
                }
            }
        }
    }
}

TEST(Isa, AccessesOutsideTheirRulesTrap) {  // [VM-ISA.2] [VM-ISA.4]
    for (std::uint32_t log2 = 0; log2 < 4; ++log2) {
        const U size = 1U << log2;
        for (const U address :
             std::vector<U>{address_space_bytes - size, address_space_bytes, address_space_bytes - 1,
                            address_space_bytes + 1, ~0ULL, ~0ULL - size + 1, 1ULL << 63, U{1}, U{2}, U{4}, U{0}}) {
            Cpu before = filled();
            before.x[6] = address;
            const Trap expected = address % size != 0              ? Trap::misaligned
                                  : address >= address_space_bytes ? Trap::memory_fault
                                                                   : Trap::none;
            for (const std::uint32_t word :
                 {encode_i(opcode_load, log2, {.rd = 5, .rs1 = 6}, 0), encode_s(log2, {.rs1 = 6, .rs2 = 7}, 0)}) {
                const After after = execute(word, before, memory());
                EXPECT_EQ(after.cpu.trap, expected) << std::hex << address << " size " << size;
                EXPECT_EQ(after.exit, expected == Trap::none ? Exit::text_left : Exit::trapped);
                if (expected == Trap::none) continue;
                EXPECT_EQ(after.cpu.x, before.x);
                EXPECT_EQ(after.cpu.pc, at);
            }
        }
    }
}

TEST(Isa, FenceDoesNothingAndEcallLeaves) {  // [VM-ISA.1]
    const Cpu before = filled();
    for (const std::uint32_t word : {0x0ff0000fU, 0x0000100fU, 0x8330000fU}) {
        expect_result(execute(word, before, memory()), before, 0, 0);
    }
    EXPECT_EQ(execute(word_ecall, before, memory()).exit, Exit::call);
}

/// Whether the encoding tables of the specification name the word: bit by bit, from the tables alone.
bool is_rv64im(std::uint32_t word) {
    struct Pattern {
        std::uint32_t mask;
        std::uint32_t match;
    };
    static const std::vector<Pattern> patterns = [] {
        std::vector<Pattern> out;
        constexpr std::uint32_t f3 = 0x707f, f7 = 0xfe00707f, f6 = 0xfc00707f;
        for (const std::uint32_t opcode : {opcode_lui, opcode_auipc, opcode_jal}) out.push_back({0x7f, opcode});
        out.push_back({f3, opcode_jalr});
        for (const std::uint32_t k : {0U, 1U, 4U, 5U, 6U, 7U}) out.push_back({f3, opcode_branch | k << 12});
        for (std::uint32_t k = 0; k < 7; ++k) out.push_back({f3, opcode_load | k << 12});
        for (std::uint32_t k = 0; k < 4; ++k) out.push_back({f3, opcode_store | k << 12});
        for (const std::uint32_t k : {0U, 2U, 3U, 4U, 6U, 7U}) out.push_back({f3, opcode_immediate | k << 12});
        for (const std::uint32_t m : {0x1013U, 0x5013U, 0x40005013U}) out.push_back({f6, m});
        out.push_back({f3, opcode_immediate_word});
        for (const std::uint32_t m : {0x101bU, 0x501bU, 0x4000501bU}) out.push_back({f7, m});
        for (const RegisterCase& c : register_cases()) out.push_back({f7, c.opcode | c.funct3 << 12 | c.funct7 << 25});
        out.push_back({f3, opcode_fence});
        out.push_back({f3, opcode_fence | 1U << 12});
        out.push_back({0xffffffff, word_ecall});
        return out;
    }();
    return std::ranges::any_of(patterns, [&](const Pattern& p) { return (word & p.mask) == p.match; });
}

TEST(Isa, EveryOtherEncodingIsIllegal) {  // [VM-ISA.1]
    // All opcodes, funct3 and funct7 exhaustively; the rest random.
    std::mt19937 random{3};
    for (std::uint32_t opcode = 0; opcode < 128; ++opcode) {
        for (std::uint32_t funct3 = 0; funct3 < 8; ++funct3) {
            for (std::uint32_t funct7 = 0; funct7 < 128; ++funct7) {
                const std::uint32_t middle = static_cast<std::uint32_t>(random()) & 0x01ff8f80;
                for (const std::uint32_t word :
                     {opcode | funct3 << 12 | funct7 << 25 | middle, opcode | funct3 << 12 | funct7 << 25}) {
                    ASSERT_EQ(decode(word).operation != Operation::illegal, is_rv64im(word)) << std::hex << word;
                }
            }
        }
    }
    EXPECT_EQ(decode(word_ebreak).operation, Operation::illegal);
    EXPECT_EQ(decode(0).operation, Operation::illegal);
    EXPECT_EQ(decode(~0U).operation, Operation::illegal);
    EXPECT_EQ(decode(word_ecall | 1U << 7).operation, Operation::illegal);
}

}  // namespace
}  // namespace enshrine::vm
