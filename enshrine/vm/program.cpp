// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/integer.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/vm/layout.hpp>
#include <enshrine/vm/program.hpp>

#include <algorithm>
#include <array>

namespace enshrine::vm {
namespace {

// System V ABI, ELF-64 object file format, and the RISC-V supplement.
constexpr std::size_t elf_header_bytes = 64;
constexpr std::size_t program_header_bytes = 56;
constexpr std::array<Byte, 7> elf_identification{0x7f, 'E', 'L', 'F', 2 /* 64 bit */, 1 /* little-endian */, 1};
constexpr std::uint16_t elf_type_executable = 2;
constexpr std::uint16_t elf_machine_riscv = 243;
constexpr std::uint32_t elf_segment_load = 1;
constexpr std::uint32_t elf_segment_executable = 1;
constexpr std::uint32_t elf_segment_writable = 2;

struct ElfHeader {
    std::uint64_t entry = 0;
    std::uint64_t program_headers = 0;  ///< file offset
    std::size_t program_header_count = 0;
};

Result<ElfHeader> read_header(BytesView elf) noexcept {
    if (elf.size() < elf_header_bytes) return fail(ProgramError::not_elf64_little_endian);
    if (!equal(elf.first(elf_identification.size()), elf_identification)) {
        return fail(ProgramError::not_elf64_little_endian);
    }
    const Byte* at = elf.data();
    if (load_le<std::uint16_t>(at + 18) != elf_machine_riscv) return fail(ProgramError::not_riscv);
    if (load_le<std::uint16_t>(at + 16) != elf_type_executable) return fail(ProgramError::not_executable_type);
    if (load_le<std::uint32_t>(at + 48) != 0) return fail(ProgramError::unsupported_extension);  // e_flags
    ElfHeader header;
    header.entry = load_le<std::uint64_t>(at + 24);
    header.program_headers = load_le<std::uint64_t>(at + 32);
    header.program_header_count = load_le<std::uint16_t>(at + 56);
    if (load_le<std::uint16_t>(at + 54) != program_header_bytes) return fail(ProgramError::bad_program_header);
    if (header.program_header_count > segments_max) return fail(ProgramError::bad_program_header);
    if (header.program_headers > elf.size()) return fail(ProgramError::bad_program_header);
    if (header.program_header_count * program_header_bytes > elf.size() - header.program_headers) {
        return fail(ProgramError::bad_program_header);
    }
    return header;
}

/// One PT_LOAD header at `at`.
Result<Segment> read_segment(BytesView elf, const Byte* at) noexcept {
    const auto flags = load_le<std::uint32_t>(at + 4);
    const auto offset = load_le<std::uint64_t>(at + 8);
    const auto address = load_le<std::uint64_t>(at + 16);
    const auto file_bytes = load_le<std::uint64_t>(at + 32);
    const auto memory_bytes = load_le<std::uint64_t>(at + 40);
    const bool executable = (flags & elf_segment_executable) != 0;
    if (offset > elf.size() || file_bytes > elf.size() - offset) return fail(ProgramError::bad_program_header);
    if (file_bytes > memory_bytes) return fail(ProgramError::bad_program_header);
    // Text that the file does not hold would be gigabytes of illegal instructions to decode.
    if (executable && file_bytes != memory_bytes) return fail(ProgramError::bad_program_header);
    if (address < image_begin || address > image_end) return fail(ProgramError::segment_out_of_range);
    if (memory_bytes > image_end - address) return fail(ProgramError::segment_out_of_range);
    if (executable && (flags & elf_segment_writable) != 0) return fail(ProgramError::text_writable);
    if (executable && address % 4 != 0) return fail(ProgramError::text_misaligned);
    Segment segment;
    segment.address = address;
    segment.memory_bytes = memory_bytes;
    segment.executable = executable;
    segment.content = to_bytes(elf.subspan(offset, file_bytes));
    return segment;
}

std::string_view message(std::uint16_t code) noexcept {
    switch (static_cast<ProgramError>(code)) {
        case ProgramError::too_large:
            return "the program is larger than 4 MiB";
        case ProgramError::not_elf64_little_endian:
            return "not a little-endian ELF64 file";
        case ProgramError::not_riscv:
            return "not a RISC-V program";
        case ProgramError::not_executable_type:
            return "not a statically linked executable (type EXEC)";
        case ProgramError::unsupported_extension:
            return "built for an extension that the machine lacks; use rv64im, lp64";
        case ProgramError::bad_program_header:
            return "a program header is malformed";
        case ProgramError::segment_out_of_range:
            return "a segment lies outside the image area";
        case ProgramError::segments_overlap:
            return "two segments overlap";
        case ProgramError::text_misaligned:
            return "an executable segment is not aligned to 4 bytes";
        case ProgramError::text_writable:
            return "a segment is both writable and executable";
        case ProgramError::entry_outside_text:
            return "the entry point is not an instruction of the program";
    }
    return "unknown program error";
}

}  // namespace

const ErrorDomain& error_domain(ProgramError) noexcept {
    static constexpr ErrorDomain domain{"vm.program", message};
    return domain;
}

Result<Program> Program::load(BytesView elf) {
    if (elf.size() > program_bytes_max) return fail(ProgramError::too_large);
    ENSHRINE_TRY(const auto header, read_header(elf));
    Program program;
    for (std::size_t k = 0; k < header.program_header_count; ++k) {
        const Byte* at = elf.data() + header.program_headers + k * program_header_bytes;
        if (load_le<std::uint32_t>(at) != elf_segment_load) continue;
        ENSHRINE_TRY(auto segment, read_segment(elf, at));
        if (segment.memory_bytes != 0) program.segments_.push_back(std::move(segment));
    }
    std::ranges::sort(program.segments_, {}, &Segment::address);
    for (std::size_t k = 1; k < program.segments_.size(); ++k) {
        const Segment& below = program.segments_[k - 1];
        if (program.segments_[k].address - below.address < below.memory_bytes) {
            return fail(ProgramError::segments_overlap);
        }
    }
    // Headers may name the same bytes of the file many times; what they make of them stays within the size of a file.
    std::uint64_t content_bytes = 0;
    for (const Segment& segment : program.segments_) content_bytes += segment.content.size();
    if (content_bytes > program_bytes_max) return fail(ProgramError::bad_program_header);
    for (const Segment& segment : program.segments_) {
        if (segment.executable) program.texts_.push_back(decode_text(segment.address, segment.content));
    }
    if (header.entry % 4 != 0) return fail(ProgramError::entry_outside_text);
    if (program.text_at(header.entry) == nullptr) return fail(ProgramError::entry_outside_text);
    program.entry_ = header.entry;
    program.id_ = hash::sha256(elf);
    return program;
}

const Text* Program::text_at(std::uint64_t pc) const noexcept {
    for (const Text& text : texts_) {
        if (text.contains(pc)) return &text;
    }
    return nullptr;
}

}  // namespace enshrine::vm
