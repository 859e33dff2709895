// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/vm/cpu.hpp>
#include <enshrine/vm/memory.hpp>

/// The commitment to the whole state of a machine. Rules: docs/spec/machine.md, "Machine state root".
namespace enshrine::vm {

inline constexpr std::size_t memory_tree_depth = 20;
static_assert((std::size_t{1} << memory_tree_depth) == page_count);

/// Root of a memory tree of `height` whose pages are all zero.
[[nodiscard]] const Hash32& zero_subtree(std::size_t height) noexcept;

[[nodiscard]] Bytes cpu_leaf(const Cpu& cpu, const Hash32& program_id);
/// Hashes the touched pages and their paths only.
[[nodiscard]] Hash32 memory_root(const MachineMemory& memory);
[[nodiscard]] Hash32 machine_root(const Cpu& cpu, const MachineMemory& memory, const Hash32& program_id);

}  // namespace enshrine::vm
