// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/vm/decode.hpp>

#include <array>

namespace enshrine::vm {
namespace {

using enum Operation;

constexpr std::int32_t as_signed(std::uint32_t value) noexcept {
    return static_cast<std::int32_t>(value);
}

/// Bits [low, low + count) of a word.
constexpr std::uint32_t bits(std::uint32_t word, unsigned low, unsigned count) noexcept {
    return (word >> low) & ((1U << count) - 1U);
}

constexpr std::int32_t immediate_i(std::uint32_t word) noexcept {
    return as_signed(word) >> 20;
}
constexpr std::int32_t immediate_s(std::uint32_t word) noexcept {
    return ((as_signed(word) >> 25) * 32) + as_signed(bits(word, 7, 5));
}
constexpr std::int32_t immediate_b(std::uint32_t word) noexcept {
    const std::uint32_t low = (bits(word, 8, 4) << 1) | (bits(word, 25, 6) << 5) | (bits(word, 7, 1) << 11);
    return ((as_signed(word) >> 31) * 4096) + as_signed(low);
}
constexpr std::int32_t immediate_u(std::uint32_t word) noexcept {
    return as_signed(word & 0xfffff000U);
}
constexpr std::int32_t immediate_j(std::uint32_t word) noexcept {
    const std::uint32_t low = (bits(word, 21, 10) << 1) | (bits(word, 20, 1) << 11) | (bits(word, 12, 8) << 12);
    return ((as_signed(word) >> 31) * (1 << 20)) + as_signed(low);
}

// Indexed by funct3.
constexpr std::array<Operation, 8> branches{beq, bne, illegal, illegal, blt, bge, bltu, bgeu};
constexpr std::array<Operation, 8> loads{lb, lh, lw, ld, lbu, lhu, lwu, illegal};
constexpr std::array<Operation, 8> stores{sb, sh, sw, sd, illegal, illegal, illegal, illegal};
constexpr std::array<Operation, 8> immediates{addi, illegal, slti, sltiu, xori, illegal, ori, andi};
constexpr std::array<Operation, 8> registers{add, sll, slt, sltu, xor_, srl, or_, and_};
constexpr std::array<Operation, 8> registers_m{mul, mulh, mulhsu, mulhu, div, divu, rem, remu};
constexpr std::array<Operation, 8> words{addw, sllw, illegal, illegal, illegal, srlw, illegal, illegal};
constexpr std::array<Operation, 8> words_m{mulw, illegal, illegal, illegal, divw, divuw, remw, remuw};

constexpr std::uint32_t funct7_base = 0x00;
constexpr std::uint32_t funct7_alternate = 0x20;  // subtraction and arithmetic shifts
constexpr std::uint32_t funct7_m = 0x01;

/// addi, shifts, …: opcode 0x13. The shift amount has six bits.
constexpr Operation immediate_operation(std::uint32_t word, std::uint32_t funct3) noexcept {
    const std::uint32_t funct6 = bits(word, 26, 6);
    if (funct3 == 1) return funct6 == 0 ? slli : illegal;
    if (funct3 != 5) return immediates[funct3];
    if (funct6 == 0) return srli;
    return funct6 == (funct7_alternate >> 1) ? srai : illegal;
}

/// addiw and its shifts: opcode 0x1b. The shift amount has five bits.
constexpr Operation immediate_word_operation(std::uint32_t funct3, std::uint32_t funct7) noexcept {
    if (funct3 == 0) return addiw;
    if (funct3 == 1) return funct7 == funct7_base ? slliw : illegal;
    if (funct3 != 5) return illegal;
    if (funct7 == funct7_base) return srliw;
    return funct7 == funct7_alternate ? sraiw : illegal;
}

constexpr Operation register_operation(std::uint32_t funct3, std::uint32_t funct7) noexcept {
    if (funct7 == funct7_base) return registers[funct3];
    if (funct7 == funct7_m) return registers_m[funct3];
    if (funct7 != funct7_alternate) return illegal;
    if (funct3 == 0) return sub;
    return funct3 == 5 ? sra : illegal;
}

constexpr Operation register_word_operation(std::uint32_t funct3, std::uint32_t funct7) noexcept {
    if (funct7 == funct7_base) return words[funct3];
    if (funct7 == funct7_m) return words_m[funct3];
    if (funct7 != funct7_alternate) return illegal;
    if (funct3 == 0) return subw;
    return funct3 == 5 ? sraw : illegal;
}

constexpr bool is_shift_by_immediate(Operation operation) noexcept {
    return operation == slli || operation == srli || operation == srai || operation == slliw || operation == srliw ||
           operation == sraiw;
}

bool is_direct_jump(Operation operation) noexcept {
    return operation >= jal && operation <= bgeu && operation != jalr;
}

}  // namespace

Instruction decode(std::uint32_t word) noexcept {
    const std::uint32_t funct3 = bits(word, 12, 3);
    const std::uint32_t funct7 = bits(word, 25, 7);
    const std::uint32_t rd = bits(word, 7, 5);
    Instruction out;
    out.rd = rd == 0 ? sink_register : static_cast<std::uint8_t>(rd);  // [VM-ISA.5]
    out.rs1 = static_cast<std::uint8_t>(bits(word, 15, 5));
    out.rs2 = static_cast<std::uint8_t>(bits(word, 20, 5));
    switch (bits(word, 0, 7)) {
        case 0x37:
            out.operation = lui;
            out.immediate = immediate_u(word);
            return out;
        case 0x17:
            out.operation = auipc;
            out.immediate = immediate_u(word);
            return out;
        case 0x6f:
            out.operation = jal;
            out.immediate = immediate_j(word);
            return out;
        case 0x67:
            out.operation = funct3 == 0 ? jalr : illegal;
            out.immediate = immediate_i(word);
            return out;
        case 0x63:
            out.operation = branches[funct3];
            out.immediate = immediate_b(word);
            return out;
        case 0x03:
            out.operation = loads[funct3];
            out.immediate = immediate_i(word);
            return out;
        case 0x23:
            out.operation = stores[funct3];
            out.immediate = immediate_s(word);
            return out;
        case 0x13:
            out.operation = immediate_operation(word, funct3);
            out.immediate = immediate_i(word);
            break;
        case 0x1b:
            out.operation = immediate_word_operation(funct3, funct7);
            out.immediate = immediate_i(word);
            break;
        case 0x33:
            out.operation = register_operation(funct3, funct7);
            return out;
        case 0x3b:
            out.operation = register_word_operation(funct3, funct7);
            return out;
        case 0x0f:
            out.operation = funct3 <= 1 ? fence : illegal;
            return out;
        case 0x73:
            out.operation = word == 0x00000073U ? ecall : illegal;
            return out;
        default:
            return out;
    }
    if (is_shift_by_immediate(out.operation)) out.immediate &= 63;
    return out;
}

bool ends_block(Operation operation) noexcept {
    return operation == illegal || (operation >= jal && operation <= bgeu) || operation == ecall ||
           operation == misaligned_jump || operation == leave_text;
}

Text decode_text(std::uint64_t begin, BytesView content) {
    const std::size_t count = content.size() / 4;
    Text text;
    text.begin = begin;
    text.size = std::uint64_t{count} * 4;
    text.code.reserve(count + 1);
    for (std::size_t k = 0; k < count; ++k) {
        Instruction instruction = decode(load_le<std::uint32_t>(content.data() + 4 * k));
        instruction.address = narrow<std::uint32_t>(begin + 4 * k);
        text.code.push_back(instruction);
    }
    Instruction end;
    end.operation = leave_text;
    end.block = 0;
    end.address = narrow<std::uint32_t>(begin + text.size);
    text.code.push_back(end);

    for (std::size_t k = 0; k < count; ++k) {
        if (!is_direct_jump(text.code[k].operation)) continue;
        const std::int32_t displacement = text.code[k].immediate;
        const std::uint64_t target = begin + 4 * k + static_cast<std::uint64_t>(std::int64_t{displacement});
        if (displacement % 4 == 0 && text.contains(target)) {
            text.code[k].immediate = displacement / 4;
            continue;
        }
        // A target that this text does not hold is a marker behind the end, so that the hot path need not look.
        Instruction marker;
        marker.operation = displacement % 4 == 0 ? leave_text : misaligned_jump;
        marker.block = 0;
        marker.address = text.code[k].address;
        marker.immediate = displacement;
        text.code[k].immediate = narrow<std::int32_t>(text.code.size() - k);
        // [VM-ISA.2] A jump that traps does not link, so jal itself becomes the marker; it stays a counted instruction.
        if (marker.operation == misaligned_jump && text.code[k].operation == jal) {
            text.code[k].operation = misaligned_jump;
        } else {
            text.code.push_back(marker);
        }
    }

    std::uint32_t block = 0;
    for (std::size_t k = count; k-- > 0;) {
        block = ends_block(text.code[k].operation) ? 1 : block + 1;
        text.code[k].block = block;
    }
    return text;
}

}  // namespace enshrine::vm
