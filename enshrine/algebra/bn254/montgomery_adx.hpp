// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <cstdint>

/// Montgomery products on processors that multiply without touching flags and add in two chains of carries (BMI2, ADX).
/// prime_field.hpp has the same in C++, for other processors and for constants.
namespace enshrine::algebra::bn254 {

/// What the products need to know of the prime.
struct MontgomeryModulus {
    std::uint64_t words[4];
    std::uint64_t negative_inverse;  ///< -1/m mod 2^64
};

#if defined(__x86_64__)
/// Found out before main(); false until then, which is as right.
extern const bool processor_has_adx;

/// out = a b / R mod m, for a < 2m and a b < R m.
extern "C" void enshrine_montgomery_product(std::uint64_t* out, const std::uint64_t* a, const std::uint64_t* b,
                                            const MontgomeryModulus* m) noexcept;
/// out = (a b + c d) / R mod m, for factors of at most m.
extern "C" void enshrine_montgomery_sum(std::uint64_t* out, const std::uint64_t* a, const std::uint64_t* b,
                                        const std::uint64_t* c, const std::uint64_t* d,
                                        const MontgomeryModulus* m) noexcept;
#endif

}  // namespace enshrine::algebra::bn254
