// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/integer.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/vm/layout.hpp>
#include <enshrine/vm/program.hpp>
#include <enshrine/vm/testdata/assembler.hpp>

#include <gtest/gtest.h>

namespace enshrine::vm {
namespace {

Bytes sample_text() {
    Assembler code;
    return code.halt(0).bytes();
}
ElfSegment text_at(std::uint64_t address) {
    return {address, sample_text(), 0, flags_text};
}
Bytes sample() {
    return make_elf(text_address, {text_at(text_address), {data_address, Bytes(16), 4096, flags_data}});
}

void expect_refused(const Bytes& elf, ProgramError error) {
    const auto program = Program::load(elf);
    ASSERT_FALSE(program.has_value());
    EXPECT_TRUE(program.error().is(error)) << program.error().message();
}
template <std::unsigned_integral T>
Bytes patched(Bytes elf, std::size_t at, T value) {
    store_le(elf.data() + at, value);
    return elf;
}
constexpr std::size_t first_header = 64;
constexpr std::size_t second_header = 64 + 56;

TEST(Program, LoadsWhatTheRulesAllow) {  // [VM-ELF.1] [VM-ELF.2]
    const auto program = Program::load(sample());
    ASSERT_TRUE(program.has_value());
    EXPECT_EQ(program->id(), hash::sha256(sample()));
    EXPECT_EQ(program->entry(), text_address);
    ASSERT_EQ(program->segments().size(), 2U);
    EXPECT_TRUE(program->segments()[0].executable);
    EXPECT_EQ(program->segments()[1].memory_bytes, 4096U);
    ASSERT_NE(program->text_at(text_address), nullptr);
    EXPECT_EQ(program->text_at(text_address - 4), nullptr);
    EXPECT_EQ(program->text_at(text_address + sample_text().size()), nullptr);
    EXPECT_EQ(program->text_at(data_address), nullptr);
}

TEST(Program, LoadsTextAnywhereInTheImageArea) {
    for (const std::uint64_t at :
         std::vector<std::uint64_t>{image_begin, 0x8000'0000, image_end - sample_text().size()}) {
        EXPECT_TRUE(Program::load(make_elf(at, {text_at(at)})).has_value()) << at;
    }
}

TEST(Program, TextOfOddSizeEndsAtItsLastWholeWord) {
    Bytes text = sample_text();
    text.push_back(0x13);
    const auto program = Program::load(make_elf(text_address, {{text_address, text, 0, flags_text}}));
    ASSERT_TRUE(program.has_value());
    EXPECT_EQ(program->text_at(text_address + text.size() - 1), nullptr);
}

TEST(Program, EmptySegmentsAndOtherHeadersAreIgnored) {
    const auto with_empty = make_elf(text_address, {text_at(text_address), {0, {}, 0, flags_data}});
    EXPECT_TRUE(Program::load(patched<std::uint64_t>(with_empty, second_header + 16, image_begin)).has_value());
    constexpr std::uint32_t note = 4;
    const auto with_note =
        patched(make_elf(text_address, {text_at(text_address), {0, Bytes(4), 0, 7}}), second_header, note);
    EXPECT_TRUE(Program::load(with_note).has_value());
}

TEST(Program, RefusesOtherFiles) {
    expect_refused(Bytes(program_bytes_max + 1), ProgramError::too_large);
    expect_refused({}, ProgramError::not_elf64_little_endian);
    const Bytes elf = sample();
    expect_refused(to_bytes(BytesView{elf}.first(63)), ProgramError::not_elf64_little_endian);
    for (std::size_t k = 0; k < 7; ++k) {
        expect_refused(patched<std::uint8_t>(elf, k, 0), ProgramError::not_elf64_little_endian);
    }
    expect_refused(patched<std::uint16_t>(elf, 18, 62), ProgramError::not_riscv);
    expect_refused(patched<std::uint16_t>(elf, 16, 3), ProgramError::not_executable_type);
    for (const std::uint32_t flag : {1U, 2U, 4U, 8U, 16U}) {
        expect_refused(patched<std::uint32_t>(elf, 48, flag), ProgramError::unsupported_extension);
    }
}

TEST(Program, RefusesBadProgramHeaders) {
    const Bytes elf = sample();
    expect_refused(patched<std::uint16_t>(elf, 54, 32), ProgramError::bad_program_header);
    expect_refused(patched<std::uint16_t>(elf, 56, 17), ProgramError::bad_program_header);
    expect_refused(patched<std::uint64_t>(elf, 32, elf.size() - 111), ProgramError::bad_program_header);
    expect_refused(patched<std::uint64_t>(elf, 32, ~0ULL), ProgramError::bad_program_header);
    expect_refused(patched<std::uint64_t>(elf, first_header + 8, ~0ULL), ProgramError::bad_program_header);
    expect_refused(patched<std::uint64_t>(elf, second_header + 32, 17), ProgramError::bad_program_header);
    expect_refused(patched<std::uint64_t>(elf, second_header + 32, ~0ULL), ProgramError::bad_program_header);
    expect_refused(patched<std::uint64_t>(elf, second_header + 40, 15), ProgramError::bad_program_header);
    // Text has no part that the file does not hold.
    expect_refused(patched<std::uint64_t>(elf, first_header + 40, 4096), ProgramError::bad_program_header);
}

TEST(Program, RefusesContentNamedManyTimes) {
    const std::uint64_t size = 3 * 1024 * 1024;
    Bytes elf =
        make_elf(text_address,
                 {text_at(text_address), {0x100'0000, Bytes(size), 0, flags_data}, {0x200'0000, {}, size, flags_data}});
    const auto offset = load_le<std::uint64_t>(elf.data() + second_header + 8);
    EXPECT_TRUE(Program::load(elf).has_value());
    elf = patched(elf, second_header + 56 + 8, offset);
    expect_refused(patched(elf, second_header + 56 + 32, size), ProgramError::bad_program_header);
}

TEST(Program, RefusesSegmentsOutOfPlace) {
    const auto with_data = [](std::uint64_t address, std::uint64_t size) {
        return make_elf(text_address, {text_at(text_address), {address, Bytes(8), size, flags_data}});
    };
    EXPECT_TRUE(Program::load(with_data(image_begin, 8)).has_value());
    expect_refused(with_data(image_begin - 1, 8), ProgramError::segment_out_of_range);
    expect_refused(with_data(0x1000, 8), ProgramError::segment_out_of_range);
    EXPECT_TRUE(Program::load(with_data(image_end - 8, 8)).has_value());
    expect_refused(with_data(image_end - 7, 8), ProgramError::segment_out_of_range);
    expect_refused(with_data(~0ULL - 7, 8), ProgramError::segment_out_of_range);
    expect_refused(with_data(data_address, image_end - data_address + 1), ProgramError::segment_out_of_range);
    EXPECT_TRUE(Program::load(with_data(data_address, image_end - data_address)).has_value());
}

TEST(Program, RefusesOverlaps) {
    const std::uint64_t end = text_address + sample_text().size();
    const auto with_data = [](std::uint64_t address) {
        return make_elf(text_address, {{address, Bytes(8), 0, flags_data}, text_at(text_address)});
    };
    EXPECT_TRUE(Program::load(with_data(end)).has_value());
    EXPECT_TRUE(Program::load(with_data(text_address - 8)).has_value());
    expect_refused(with_data(end - 1), ProgramError::segments_overlap);
    expect_refused(with_data(text_address - 7), ProgramError::segments_overlap);
    expect_refused(with_data(text_address), ProgramError::segments_overlap);
}

TEST(Program, RefusesBadText) {
    expect_refused(make_elf(text_address + 2, {text_at(text_address + 2)}), ProgramError::text_misaligned);
    expect_refused(make_elf(text_address, {{text_address, sample_text(), 0, 7}}), ProgramError::text_writable);
    for (const std::uint64_t entry : std::vector<std::uint64_t>{0, text_address - 4, text_address + 2, data_address,
                                                                text_address + sample_text().size()}) {
        expect_refused(patched(sample(), 24, entry), ProgramError::entry_outside_text);
    }
    expect_refused(make_elf(text_address, {}), ProgramError::entry_outside_text);
}

TEST(Program, EveryTruncationIsRefusedOrSmaller) {
    const Bytes elf = sample();
    for (std::size_t size = 0; size < elf.size(); ++size) {
        EXPECT_FALSE(Program::load(BytesView{elf}.first(size)).has_value()) << size;
    }
}

}  // namespace
}  // namespace enshrine::vm
