// SPDX-License-Identifier: Apache-2.0
// Chooses the permutation of this processor. Rollup programs link another definition of keccak_f.
#include <enshrine/hash/keccak.hpp>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace enshrine::hash {

#if defined(__x86_64__)
namespace {

bool processor_has_bmi() noexcept {
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0) return false;
    return (b & bit_BMI) != 0 && (b & bit_BMI2) != 0;
}

// ANDN does step χ, RORX rotates without destroying its source: fewer moves on a machine with 16 registers.
[[gnu::target("bmi,bmi2")]] void keccak_f_bmi(KeccakState& state) noexcept {
    keccak_f_rounds(state);
}

}  // namespace

void keccak_f(KeccakState& state) noexcept {
    static const bool use_bmi = processor_has_bmi();  // here, because static initialisers hash too
    if (use_bmi) {
        keccak_f_bmi(state);
    } else {
        keccak_f_portable(state);
    }
}
#else
void keccak_f(KeccakState& state) noexcept {
    keccak_f_portable(state);
}
#endif

}  // namespace enshrine::hash
