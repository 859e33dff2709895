// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <cstddef>
#include <cstdint>

/// Where things lie in a machine. Rules: docs/spec/machine.md, "Parameters".
namespace enshrine::vm {

inline constexpr std::size_t page_bytes = 4096;
inline constexpr std::uint64_t address_space_bytes = 1ULL << 32;
inline constexpr std::size_t page_count = address_space_bytes / page_bytes;
inline constexpr std::uint64_t stack_top = 0xffff'f000;
inline constexpr std::uint64_t image_begin = 0x2000;                        ///< [VM-ELF.1] behind the argument page
inline constexpr std::uint64_t image_end = stack_top - 8ULL * 1024 * 1024;  ///< [VM-ELF.1] below the stack

}  // namespace enshrine::vm
