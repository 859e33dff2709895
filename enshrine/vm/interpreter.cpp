// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/vm/interpreter.hpp>
#include <enshrine/vm/memory.hpp>
#include <enshrine/vm/semantics.hpp>

// Threaded dispatch needs the addresses of labels, an extension that g++ and clang share: each handler ends in a jump
// of its own, which the branch predictor learns separately.
#pragma GCC diagnostic ignored "-Wpedantic"

namespace enshrine::vm {

template <MemoryAccess Memory>
Stop interpret(Cpu& cpu, const Text& text, Memory& memory, std::uint64_t& steps_left) noexcept {
    static const void* const handlers[] = {
#define ENSHRINE_VM_LABEL(name) &&do_##name,
        ENSHRINE_VM_OPERATIONS(ENSHRINE_VM_LABEL)
#undef ENSHRINE_VM_LABEL
    };
    ENSHRINE_DEBUG_ASSERT(text.contains(cpu.pc) && cpu.pc % 4 == 0);
    std::uint64_t* const x = cpu.x.data();
    const Instruction* const code = text.code.data();
    const Instruction* at = code + (cpu.pc - text.begin) / 4;
    std::uint64_t left = steps_left;
    std::uint64_t address = 0;  // of the memory access that may fault
    std::size_t access_bytes = 1;

// One instruction has the parts: sources, destination, and how control goes on.
#define RS1 (x[at->rs1])
#define RS2 (x[at->rs2])
#define RD (x[at->rd])
#define IMMEDIATE (static_cast<std::uint64_t>(std::int64_t{at->immediate}))
#define NEXT_IN_BLOCK                                             \
    do {                                                          \
        ++at;                                                     \
        goto* handlers[static_cast<std::uint8_t>(at->operation)]; \
    } while (false)
// Steps are counted when a block is entered, all at once.
#define ENTER_BLOCK                                               \
    do {                                                          \
        if (left < at->block) [[unlikely]]                        \
            goto exit_budget_spent;                               \
        left -= at->block;                                        \
        goto* handlers[static_cast<std::uint8_t>(at->operation)]; \
    } while (false)
#define COMPUTE(name, expression)  \
    do_##name : RD = (expression); \
    NEXT_IN_BLOCK;
#define BRANCH(name, condition)                        \
    do_##name : at += (condition) ? at->immediate : 1; \
    ENTER_BLOCK;
#define LOAD(name, type)                                 \
    do_##name : {                                        \
        std::make_unsigned_t<type> value;                \
        address = RS1 + IMMEDIATE;                       \
        if (!memory.load(address, value)) [[unlikely]] { \
            access_bytes = sizeof(type);                 \
            goto exit_access_fault;                      \
        }                                                \
        RD = extend(static_cast<type>(value));           \
        NEXT_IN_BLOCK;                                   \
    }
#define STORE(name, type)                                                  \
    do_##name : {                                                          \
        address = RS1 + IMMEDIATE;                                         \
        if (!memory.store(address, static_cast<type>(RS2))) [[unlikely]] { \
            access_bytes = sizeof(type);                                   \
            goto exit_access_fault;                                        \
        }                                                                  \
        NEXT_IN_BLOCK;                                                     \
    }

    ENTER_BLOCK;

    COMPUTE(lui, IMMEDIATE)
    COMPUTE(auipc, at->address + IMMEDIATE)
    COMPUTE(addi, RS1 + IMMEDIATE)
    COMPUTE(slti, less_signed(RS1, IMMEDIATE))
    COMPUTE(sltiu, std::uint64_t{RS1 < IMMEDIATE})
    COMPUTE(xori, RS1 ^ IMMEDIATE)
    COMPUTE(ori, RS1 | IMMEDIATE)
    COMPUTE(andi, RS1 & IMMEDIATE)
    COMPUTE(slli, RS1 << (at->immediate & 63))
    COMPUTE(srli, RS1 >> (at->immediate & 63))
    COMPUTE(srai, shift_right_signed(RS1, IMMEDIATE))
    COMPUTE(addiw, extend_word(RS1 + IMMEDIATE))
    COMPUTE(slliw, extend_word(low_word(RS1) << (at->immediate & 31)))
    COMPUTE(srliw, extend_word(low_word(RS1) >> (at->immediate & 31)))
    COMPUTE(sraiw, shift_right_signed_word(RS1, IMMEDIATE))

    COMPUTE(add, RS1 + RS2)
    COMPUTE(sub, RS1 - RS2)
    COMPUTE(sll, RS1 << (RS2 & 63))
    COMPUTE(slt, less_signed(RS1, RS2))
    COMPUTE(sltu, std::uint64_t{RS1 < RS2})
    COMPUTE(xor_, RS1 ^ RS2)
    COMPUTE(srl, RS1 >> (RS2 & 63))
    COMPUTE(sra, shift_right_signed(RS1, RS2))
    COMPUTE(or_, RS1 | RS2)
    COMPUTE(and_, RS1 & RS2)
    COMPUTE(addw, extend_word(RS1 + RS2))
    COMPUTE(subw, extend_word(RS1 - RS2))
    COMPUTE(sllw, extend_word(low_word(RS1) << (RS2 & 31)))
    COMPUTE(srlw, extend_word(low_word(RS1) >> (RS2 & 31)))
    COMPUTE(sraw, shift_right_signed_word(RS1, RS2))

    COMPUTE(mul, RS1 * RS2)
    COMPUTE(mulh, multiply_high_signed(RS1, RS2))
    COMPUTE(mulhsu, multiply_high_signed_unsigned(RS1, RS2))
    COMPUTE(mulhu, multiply_high(RS1, RS2))
    COMPUTE(div, divide_signed(RS1, RS2))
    COMPUTE(divu, divide(RS1, RS2))
    COMPUTE(rem, remainder_signed(RS1, RS2))
    COMPUTE(remu, remainder(RS1, RS2))
    COMPUTE(mulw, extend_word(RS1 * RS2))
    COMPUTE(divw, divide_signed_word(RS1, RS2))
    COMPUTE(divuw, divide_word(RS1, RS2))
    COMPUTE(remw, remainder_signed_word(RS1, RS2))
    COMPUTE(remuw, remainder_word(RS1, RS2))

    LOAD(lb, std::int8_t)
    LOAD(lh, std::int16_t)
    LOAD(lw, std::int32_t)
    LOAD(ld, std::int64_t)
    LOAD(lbu, std::uint8_t)
    LOAD(lhu, std::uint16_t)
    LOAD(lwu, std::uint32_t)
    STORE(sb, std::uint8_t)
    STORE(sh, std::uint16_t)
    STORE(sw, std::uint32_t)
    STORE(sd, std::uint64_t)

    BRANCH(beq, RS1 == RS2)
    BRANCH(bne, RS1 != RS2)
    BRANCH(blt, less_signed(RS1, RS2) != 0)
    BRANCH(bge, less_signed(RS1, RS2) == 0)
    BRANCH(bltu, RS1 < RS2)
    BRANCH(bgeu, RS1 >= RS2)

do_jal:
    RD = std::uint64_t{at->address} + 4;
    at += at->immediate;
    ENTER_BLOCK;

do_jalr: {
    const std::uint64_t target = (RS1 + IMMEDIATE) & ~1ULL;
    if (target % 4 != 0) [[unlikely]]
        goto do_misaligned_jump;
    RD = std::uint64_t{at->address} + 4;
    if (!text.contains(target)) [[unlikely]] {
        cpu.pc = target;
        steps_left = left;
        return {Exit::text_left};
    }
    at = code + (target - text.begin) / 4;
    ENTER_BLOCK;
}

do_fence:  // [VM-ISA.1] one hart, and text that never changes: nothing to order
    NEXT_IN_BLOCK;

do_ecall:
    cpu.pc = at->address;
    steps_left = left;
    return {Exit::call};

do_leave_text:
    cpu.pc = at->address + IMMEDIATE;
    steps_left = left;
    return {Exit::text_left};

do_illegal:
    cpu.trap = Trap::illegal_instruction;
    goto exit_trapped;

do_misaligned_jump:
    cpu.trap = Trap::misaligned;
    goto exit_trapped;

exit_access_fault:
    cpu.trap = memory.fault(address, access_bytes);
    if (cpu.trap == Trap::none) {
        cpu.pc = at->address;
        steps_left = left + at->block;
        return {Exit::first_store, address};
    }
    // The instructions of the block behind this one were counted on entry and not executed.
    left += at->block - 1;

exit_trapped:
    cpu.pc = at->address;
    steps_left = left;
    return {Exit::trapped};

exit_budget_spent:
    cpu.pc = at->address;
    steps_left = left;
    return {Exit::budget_spent};
}

template Stop interpret<MachineMemory>(Cpu&, const Text&, MachineMemory&, std::uint64_t&) noexcept;

}  // namespace enshrine::vm
