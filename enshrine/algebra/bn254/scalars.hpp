// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/fields.hpp>

#include <span>

/// How scalars are cut up before points are multiplied with them.
namespace enshrine::algebra::bn254 {

/// λ with λ² + λ + 1 = 0 mod r: what φ multiplies by.
inline constexpr Limbs glv_lambda = limbs(0, 0xb3c4d79d41a91758, 0x5bfc41088d8daaa7, 0x8b17ea66b99c90dd);

struct SignedHalf {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    bool negative = false;
};
struct SplitScalar {
    SignedHalf first;   ///< of P
    SignedHalf second;  ///< of φ(P)
};
/// scalar = first + second λ mod r with both below 2^127 in size (Gallant, Lambert, Vanstone 2001). For scalars below
/// r. Halves below 2^64 in size are found again.
[[nodiscard]] SplitScalar split_scalar(const Limbs& scalar) noexcept;

/// Digits in {0, ±1, ±3, …, ±(2^(Width-1) - 1)}, least significant first, of which no two in Width are non-zero.
inline constexpr std::size_t naf_digits_max = 257;
struct Naf {
    std::array<std::int8_t, naf_digits_max> digits{};
    std::size_t size = 0;
};
[[nodiscard]] Naf signed_digits(const Limbs& scalar, unsigned width) noexcept;

}  // namespace enshrine::algebra::bn254
