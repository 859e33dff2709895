// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/integer.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <vector>

/// Writes small RISC-V programs for tests: encodings from the instruction formats of the specification, shared with
/// nothing in the machine.
namespace enshrine::vm {

using Register = std::uint32_t;
inline constexpr Register zero = 0, ra = 1, sp = 2, t0 = 5, t1 = 6, t2 = 7, s0 = 8, s1 = 9, a0 = 10, a1 = 11, a2 = 12,
                          a3 = 13, a7 = 17;

inline constexpr std::uint32_t opcode_load = 0x03, opcode_fence = 0x0f, opcode_immediate = 0x13, opcode_auipc = 0x17,
                               opcode_immediate_word = 0x1b, opcode_store = 0x23, opcode_register = 0x33,
                               opcode_lui = 0x37, opcode_register_word = 0x3b, opcode_branch = 0x63, opcode_jalr = 0x67,
                               opcode_jal = 0x6f, opcode_system = 0x73;
inline constexpr std::uint32_t word_ecall = 0x00000073, word_ebreak = 0x00100073;

struct Operands {
    Register rd = 0;
    Register rs1 = 0;
    Register rs2 = 0;
};

[[nodiscard]] inline std::uint32_t immediate_field(std::int32_t value, unsigned low, unsigned count) {
    return (static_cast<std::uint32_t>(value) >> low) & ((1U << count) - 1U);
}
template <std::unsigned_integral T>
void put(Bytes& out, std::size_t at, T value) {
    store_le(out.data() + at, value);
}
[[nodiscard]] inline std::uint32_t encode_r(std::uint32_t opcode, std::uint32_t funct3, std::uint32_t funct7,
                                            Operands at) {
    return opcode | at.rd << 7 | funct3 << 12 | at.rs1 << 15 | at.rs2 << 20 | funct7 << 25;
}
[[nodiscard]] inline std::uint32_t encode_i(std::uint32_t opcode, std::uint32_t funct3, Operands at,
                                            std::int32_t immediate) {
    return opcode | at.rd << 7 | funct3 << 12 | at.rs1 << 15 | immediate_field(immediate, 0, 12) << 20;
}
[[nodiscard]] inline std::uint32_t encode_s(std::uint32_t funct3, Operands at, std::int32_t immediate) {
    return opcode_store | immediate_field(immediate, 0, 5) << 7 | funct3 << 12 | at.rs1 << 15 | at.rs2 << 20 |
           immediate_field(immediate, 5, 7) << 25;
}
[[nodiscard]] inline std::uint32_t encode_b(std::uint32_t funct3, Operands at, std::int32_t displacement) {
    return opcode_branch | immediate_field(displacement, 11, 1) << 7 | immediate_field(displacement, 1, 4) << 8 |
           funct3 << 12 | at.rs1 << 15 | at.rs2 << 20 | immediate_field(displacement, 5, 6) << 25 |
           immediate_field(displacement, 12, 1) << 31;
}
[[nodiscard]] inline std::uint32_t encode_u(std::uint32_t opcode, Register rd, std::uint32_t upper) {
    return opcode | rd << 7 | upper << 12;
}
[[nodiscard]] inline std::uint32_t encode_j(Register rd, std::int32_t displacement) {
    return opcode_jal | rd << 7 | immediate_field(displacement, 12, 8) << 12 |
           immediate_field(displacement, 11, 1) << 20 | immediate_field(displacement, 1, 10) << 21 |
           immediate_field(displacement, 20, 1) << 31;
}

class Assembler {
public:
    Assembler& word(std::uint32_t value);
    /// Loads any constant, in as many instructions as it takes.
    Assembler& load_constant(Register rd, std::uint64_t value);
    Assembler& add_immediate(Register rd, Register rs1, std::int32_t immediate);
    Assembler& load(std::uint32_t funct3, Register rd, Register base, std::int32_t offset);
    Assembler& store(std::uint32_t funct3, Register base, Register value, std::int32_t offset);
    Assembler& jump(std::int32_t displacement);
    Assembler& branch(std::uint32_t funct3, Register a, Register b, std::int32_t displacement);
    Assembler& call(std::uint64_t number);
    Assembler& halt(std::uint64_t code);

    [[nodiscard]] std::size_t size() const noexcept { return words_.size(); }
    [[nodiscard]] Bytes bytes() const;

private:
    std::vector<std::uint32_t> words_;
};

struct ElfSegment {
    std::uint64_t address = 0;
    Bytes content;
    std::uint64_t memory_bytes = 0;  ///< at least the content
    std::uint32_t flags = 4;         ///< 1 = executable, 2 = writable, 4 = readable
};
inline constexpr std::uint32_t flags_text = 5, flags_data = 6;
inline constexpr std::uint64_t text_address = 0x1'0000;
inline constexpr std::uint64_t data_address = 0x2'0000;

inline constexpr std::uint64_t test_data_bytes = 8192;

inline Assembler& Assembler::word(std::uint32_t value) {
    words_.push_back(value);
    return *this;
}
inline Assembler& Assembler::load_constant(Register rd, std::uint64_t value) {
    // Eleven bits at a time from the top keep every addend positive.
    add_immediate(rd, zero, static_cast<std::int32_t>(value >> 55));
    for (unsigned low = 44;; low -= 11) {
        word(encode_i(opcode_immediate, 1, {.rd = rd, .rs1 = rd}, 11));
        add_immediate(rd, rd, static_cast<std::int32_t>((value >> low) & 0x7ff));
        if (low == 0) return *this;
    }
}
inline Assembler& Assembler::add_immediate(Register rd, Register rs1, std::int32_t immediate) {
    return word(encode_i(opcode_immediate, 0, {.rd = rd, .rs1 = rs1}, immediate));
}
inline Assembler& Assembler::load(std::uint32_t funct3, Register rd, Register base, std::int32_t offset) {
    return word(encode_i(opcode_load, funct3, {.rd = rd, .rs1 = base}, offset));
}
inline Assembler& Assembler::store(std::uint32_t funct3, Register base, Register value, std::int32_t offset) {
    return word(encode_s(funct3, {.rs1 = base, .rs2 = value}, offset));
}
inline Assembler& Assembler::jump(std::int32_t displacement) {
    return word(encode_j(zero, displacement));
}
inline Assembler& Assembler::branch(std::uint32_t funct3, Register a, Register b, std::int32_t displacement) {
    return word(encode_b(funct3, {.rs1 = a, .rs2 = b}, displacement));
}
inline Assembler& Assembler::call(std::uint64_t number) {
    add_immediate(a7, zero, static_cast<std::int32_t>(number));
    return word(word_ecall);
}
inline Assembler& Assembler::halt(std::uint64_t code) {
    add_immediate(a0, zero, static_cast<std::int32_t>(code));
    return call(0);
}

inline Bytes Assembler::bytes() const {
    Bytes out(4 * words_.size());
    for (std::size_t k = 0; k < words_.size(); ++k) put(out, 4 * k, words_[k]);
    return out;
}

[[nodiscard]] inline Bytes make_elf(std::uint64_t entry, const std::vector<ElfSegment>& segments) {
    Bytes out(64 + 56 * segments.size());
    const Bytes identification{0x7f, 'E', 'L', 'F', 2, 1, 1};
    std::ranges::copy(identification, out.begin());
    put<std::uint16_t>(out, 16, 2);
    put<std::uint16_t>(out, 18, 243);
    put<std::uint32_t>(out, 20, 1);
    put<std::uint64_t>(out, 24, entry);
    put<std::uint64_t>(out, 32, 64);
    put<std::uint16_t>(out, 52, 64);
    put<std::uint16_t>(out, 54, 56);
    put<std::uint16_t>(out, 56, static_cast<std::uint16_t>(segments.size()));
    for (std::size_t k = 0; k < segments.size(); ++k) {
        const ElfSegment& segment = segments[k];
        const std::size_t at = 64 + 56 * k;
        put<std::uint32_t>(out, at, 1);
        put<std::uint32_t>(out, at + 4, segment.flags);
        put<std::uint64_t>(out, at + 8, out.size());
        put<std::uint64_t>(out, at + 16, segment.address);
        put<std::uint64_t>(out, at + 24, segment.address);
        put<std::uint64_t>(out, at + 32, segment.content.size());
        put<std::uint64_t>(out, at + 40, std::max<std::uint64_t>(segment.memory_bytes, segment.content.size()));
        append(out, segment.content);
    }
    return out;
}

/// Text at text_address, entered at its begin, and 8 KiB of data at data_address.
[[nodiscard]] inline Bytes make_elf(const Assembler& code, const Bytes& data = {}) {
    return make_elf(text_address, {ElfSegment{text_address, code.bytes(), 0, flags_text},
                                   ElfSegment{data_address, data, test_data_bytes, flags_data}});
}

}  // namespace enshrine::vm
