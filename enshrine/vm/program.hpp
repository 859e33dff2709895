// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/vm/decode.hpp>

#include <vector>

/// RISC-V program images. Rules: docs/spec/machine.md [VM-ELF.*].
namespace enshrine::vm {

inline constexpr std::size_t program_bytes_max = 4 * 1024 * 1024;
inline constexpr std::size_t segments_max = 16;

enum class ProgramError : std::uint16_t {
    too_large = 1,
    not_elf64_little_endian,
    not_riscv,
    not_executable_type,
    unsupported_extension,
    bad_program_header,
    segment_out_of_range,
    segments_overlap,
    text_misaligned,
    text_writable,
    entry_outside_text,
};
const ErrorDomain& error_domain(ProgramError) noexcept;

struct Segment {
    std::uint64_t address = 0;
    std::uint64_t memory_bytes = 0;  ///< at least content.size(); the rest is zero
    bool executable = false;
    Bytes content;
};

/// A decoded image: immutable, shared by any number of runs.
class Program {
public:
    /// Any bytes in; only images that satisfy [VM-ELF.1] come out.
    [[nodiscard]] static Result<Program> load(BytesView elf);

    [[nodiscard]] const Hash32& id() const noexcept { return id_; }  ///< [VM-ELF.2]
    [[nodiscard]] std::uint64_t entry() const noexcept { return entry_; }
    /// Ascending by address, disjoint.
    [[nodiscard]] const std::vector<Segment>& segments() const noexcept { return segments_; }
    /// The text that holds `pc`; null when a fetch there faults [VM-ISA.3]. `pc` is a multiple of 4.
    [[nodiscard]] const Text* text_at(std::uint64_t pc) const noexcept;

private:
    Program() = default;
    Hash32 id_{};
    std::uint64_t entry_ = 0;
    std::vector<Segment> segments_;
    std::vector<Text> texts_;  ///< of the executable segments, in their order
};

}  // namespace enshrine::vm
