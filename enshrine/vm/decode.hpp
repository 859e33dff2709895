// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <cstdint>
#include <vector>

/// Decoding of RV64IM [VM-ISA.*] into records that the interpreter dispatches on.
namespace enshrine::vm {

/// Every operation the interpreter knows, once: the enumeration, the dispatch table and the handlers follow this list.
// clang-format off
#define ENSHRINE_VM_OPERATIONS(X)                                                                                      \
    X(illegal) X(lui) X(auipc) X(jal) X(jalr)                                                                          \
    X(beq) X(bne) X(blt) X(bge) X(bltu) X(bgeu)                                                                        \
    X(lb) X(lh) X(lw) X(ld) X(lbu) X(lhu) X(lwu) X(sb) X(sh) X(sw) X(sd)                                               \
    X(addi) X(slti) X(sltiu) X(xori) X(ori) X(andi) X(slli) X(srli) X(srai)                                            \
    X(add) X(sub) X(sll) X(slt) X(sltu) X(xor_) X(srl) X(sra) X(or_) X(and_)                                           \
    X(addiw) X(slliw) X(srliw) X(sraiw) X(addw) X(subw) X(sllw) X(srlw) X(sraw)                                        \
    X(mul) X(mulh) X(mulhsu) X(mulhu) X(div) X(divu) X(rem) X(remu)                                                    \
    X(mulw) X(divw) X(divuw) X(remw) X(remuw)                                                                          \
    X(fence) X(ecall)                                                                                                  \
    X(misaligned_jump) X(leave_text)
// clang-format on

enum class Operation : std::uint8_t {
#define ENSHRINE_VM_ENUMERATOR(name) name,
    ENSHRINE_VM_OPERATIONS(ENSHRINE_VM_ENUMERATOR)
#undef ENSHRINE_VM_ENUMERATOR
};

/// Writes to x0 go to this register, which nothing reads.
inline constexpr std::uint8_t sink_register = 32;
inline constexpr std::size_t register_slots = 33;

/// One decoded instruction, or one of the two markers that decode_text() adds: `leave_text` (control is at
/// address + immediate, which another text may hold) and `misaligned_jump` (the jump at `address` traps).
struct Instruction {
    Operation operation = Operation::illegal;
    std::uint8_t rd = sink_register;
    std::uint8_t rs1 = 0;
    std::uint8_t rs2 = 0;
    std::int32_t immediate = 0;  ///< bytes; behind decode_text(), jumps and branches count records instead
    std::uint32_t block = 1;     ///< instructions from this one to the end of its basic block, both included; markers 0
    std::uint32_t address = 0;
};
static_assert(sizeof(Instruction) == 16, "four to a cache line");

/// One instruction word. Whatever [VM-ISA.1] does not name is `illegal`. `block` and `address` stay at their defaults.
[[nodiscard]] Instruction decode(std::uint32_t word) noexcept;

/// Whether control may go elsewhere than to the next instruction.
[[nodiscard]] bool ends_block(Operation operation) noexcept;

/// The decoded words of one executable segment.
struct Text {
    std::uint64_t begin = 0;  ///< multiple of 4
    std::uint64_t size = 0;   ///< bytes that can be fetched: a multiple of 4
    std::vector<Instruction>
        code;  ///< one record per word, a `leave_text` behind the last, markers of far jumps behind it

    [[nodiscard]] bool contains(std::uint64_t pc) const noexcept { return pc - begin < size; }
};

/// Addresses lie below 2^32 and `content` is at most program_bytes_max long; Program::load() has checked both.
[[nodiscard]] Text decode_text(std::uint64_t begin, BytesView content);

}  // namespace enshrine::vm
