// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/vm/cpu.hpp>
#include <enshrine/vm/decode.hpp>
#include <enshrine/vm/status.hpp>

#include <cstdint>

/// The one semantics of RV64IM, as a template over the access to memory.
namespace enshrine::vm {

/// What the interpreter needs of a memory: aligned loads and stores that report refusal, and the reason afterwards;
/// `none` is a store that may be tried again when its page is open.
template <class Memory>
concept MemoryAccess = requires(Memory& memory, std::uint64_t address, std::uint64_t& out) {
    { memory.load(address, out) } -> std::same_as<bool>;
    { memory.store(address, out) } -> std::same_as<bool>;
    { memory.fault(address, std::size_t{8}) } -> std::same_as<Trap>;
};

enum class Exit : std::uint8_t {
    call,          ///< an ecall, counted as a step, at cpu.pc
    text_left,     ///< control is at cpu.pc, outside this text; nothing is executed there yet
    budget_spent,  ///< the block at cpu.pc is longer than the steps that are left
    trapped,       ///< the instruction at cpu.pc trapped; it is counted as a step
    first_store,   ///< the store at cpu.pc meets a closed page; nothing is executed there yet
};
struct Stop {
    Exit exit;
    std::uint64_t address = 0;  ///< of the first store
};

/// Executes whole basic blocks from cpu.pc, which lies in `text`, until something of `Exit` happens. `steps_left` is
/// the number of steps that may still be executed; cpu.steps is left alone. Sets cpu.trap for Exit::trapped.
template <MemoryAccess Memory>
[[nodiscard]] Stop interpret(Cpu& cpu, const Text& text, Memory& memory, std::uint64_t& steps_left) noexcept;

}  // namespace enshrine::vm
