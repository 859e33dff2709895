// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace enshrine {
/// Reports a broken invariant and ends the process. In a rollup program it halts the machine with exit code 134.
[[noreturn]] void assertion_failed(const char* expression, const char* file, int line) noexcept;
}  // namespace enshrine

/// For our own invariants, never for input. Stays on in every build.
#define ENSHRINE_ASSERT(expression) \
    (static_cast<bool>(expression) ? void() : ::enshrine::assertion_failed(#expression, __FILE__, __LINE__))

#ifdef NDEBUG
#define ENSHRINE_DEBUG_ASSERT(expression) void()
#else
#define ENSHRINE_DEBUG_ASSERT(expression) ENSHRINE_ASSERT(expression)
#endif
