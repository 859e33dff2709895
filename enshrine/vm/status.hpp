// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <cstdint>
#include <string_view>

/// How a machine stands, and why. Part of the machine state root: values never change.
namespace enshrine::vm {

enum class Status : std::uint8_t { running = 0, halted = 1, panicked = 2, trapped = 3, overflow = 4 };
enum class Trap : std::uint8_t {
    none = 0,
    // status trapped
    illegal_instruction,
    misaligned,
    fetch_fault,
    memory_fault,
    store_to_text,
    // status panicked
    unknown_call,
    bad_buffer,
    unknown_hash,
    double_commit,
    bad_record_kind,
    record_too_large,
    // status trapped
    memory_limit,
};
[[nodiscard]] std::string_view to_text(Status) noexcept;
[[nodiscard]] std::string_view to_text(Trap) noexcept;

/// The status that a trap leads to.
[[nodiscard]] constexpr Status status_of(Trap trap) noexcept {
    if (trap == Trap::none) return Status::running;
    const bool trapped = trap <= Trap::store_to_text || trap == Trap::memory_limit;
    return trapped ? Status::trapped : Status::panicked;
}

}  // namespace enshrine::vm
