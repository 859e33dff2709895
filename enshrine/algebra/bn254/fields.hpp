// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/prime_field.hpp>

#include <optional>

/// The two prime fields of BN254 (also alt_bn128, bn256): p(x) = 36x^4 + 36x^3 + 24x^2 + 6x + 1 and
/// r(x) = p(x) - 6x^2 at x = 4965661367192848881.
namespace enshrine::algebra::bn254 {

inline constexpr std::uint64_t curve_parameter = 0x44e992b44a6909f1;  // x

struct BaseFieldParameters {
    static constexpr Limbs modulus =
        limbs(0x30644e72e131a029, 0xb85045b68181585d, 0x97816a916871ca8d, 0x3c208c16d87cfd47);
};
struct ScalarFieldParameters {
    static constexpr Limbs modulus =
        limbs(0x30644e72e131a029, 0xb85045b68181585d, 0x2833e84879b97091, 0x43e1f593f0000001);
};

using Fp = PrimeField<BaseFieldParameters>;    ///< coordinates
using Fr = PrimeField<ScalarFieldParameters>;  ///< scalars, public inputs

/// The root that exists, or nothing. Which of the two roots is not specified.
[[nodiscard]] std::optional<Fp> square_root(const Fp& a) noexcept;

}  // namespace enshrine::algebra::bn254
