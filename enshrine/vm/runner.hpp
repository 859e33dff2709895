// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/vm/machine.hpp>

#include <map>

/// What an executor of blocks keeps between runs: the memory of one machine and the programs it has decoded.
namespace enshrine::vm {

/// Decoding a program again gives an equal one, so what the cache holds never shows in a result. Keep one per thread.
class Runner {
public:
    static constexpr std::size_t programs_max = 16;

    /// Error: MemoryError::not_reserved.
    [[nodiscard]] static Result<Runner> make() noexcept;

    [[nodiscard]] MachineMemory& memory() noexcept { return memory_; }
    /// Null when the program is not in the cache. The pointer is good until the next load().
    [[nodiscard]] const Program* find(const Hash32& id) noexcept;
    /// Decodes and keeps a program; the one that was used least recently makes room. Errors: ProgramError.
    [[nodiscard]] Result<const Program*> load(BytesView elf);

private:
    struct Entry {
        Program program;
        std::uint64_t last_use = 0;
    };
    explicit Runner(MachineMemory&& memory) noexcept : memory_{std::move(memory)} {}

    MachineMemory memory_;
    std::map<Hash32, Entry> programs_;
    std::uint64_t uses_ = 0;
};

}  // namespace enshrine::vm
