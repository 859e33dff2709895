// SPDX-License-Identifier: Apache-2.0
#pragma once

#if defined(__x86_64__)
#include <cpuid.h>

/// What __builtin_cpu_supports() of g++ 12 does not know.
namespace enshrine::hash {

/// SHA-NI and the shuffles that go with it.
[[nodiscard]] inline bool processor_has_sha() noexcept {
    constexpr unsigned sha_bit = 1U << 29;  // leaf 7, EBX; bit_SHA is not in every <cpuid.h>
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    if (__get_cpuid(1, &a, &b, &c, &d) == 0) return false;
    if ((c & bit_SSSE3) == 0 || (c & bit_SSE4_1) == 0) return false;
    if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0) return false;
    return (b & sha_bit) != 0;
}

}  // namespace enshrine::hash
#endif
