// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <cstdint>
#include <string_view>

/// The calls of the machine (docs/spec/machine.md) as functions. In a rollup program they are `ecall`s (calls.cpp); on
/// the host the same functions act on a HostMachine (host/host_machine.hpp), so that a program runs in unit tests.
/// Alignment, the only duty the machine puts on its callers, is taken care of here.
namespace enshrine::guest {

inline constexpr std::size_t call_bytes_max = 4096;

/// Exit codes. A run with any code but 0 has no effect.
inline constexpr std::uint64_t exit_ok = 0;
inline constexpr std::uint64_t exit_bad_arguments = 1;  ///< the argument page does not decode
inline constexpr std::uint64_t exit_bad_batch = 2;      ///< the batch header does not fit the argument page
inline constexpr std::uint64_t exit_bad_inbox = 3;      ///< the rolling hashes do not connect [MSG.2]
inline constexpr std::uint64_t exit_bad_content = 4;    ///< a content index or page has the wrong size [BLOB.1]
inline constexpr std::uint64_t exit_bad_state = 5;      ///< a tree node or value is malformed
inline constexpr std::uint64_t exit_bad_request = 6;    ///< the view request does not decode
inline constexpr std::uint64_t exit_assertion_failed = 134;
inline constexpr std::uint64_t exit_out_of_memory = 135;

enum class RecordKind : std::uint64_t { outbox = 0, receipt = 1, view_answer = 2 };

/// The 4,096 bytes that the run was started with.
[[nodiscard]] BytesView argument_page() noexcept;
/// The bytes whose SHA-256 is `hash`; valid until the next reveal. Ask only for hashes that derive from the argument
/// page: when nobody knows the preimage, the run ends (on the host: empty, and the run counts as panicked).
[[nodiscard]] BytesView reveal(const Hash32& hash) noexcept;
/// At most call_bytes_max bytes.
void emit(RecordKind kind, BytesView record) noexcept;
/// Once per run.
void commit(const Hash32& state_root) noexcept;
/// Hands bytes to the host, which may keep them for later reveals.
void offer(BytesView bytes) noexcept;
/// For the host's log; changes nothing. Cut at call_bytes_max.
void debug(std::string_view text) noexcept;

#if defined(__riscv)
[[noreturn]] void halt(std::uint64_t code) noexcept;
#endif

}  // namespace enshrine::guest
