// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/fields.hpp>

namespace enshrine::algebra::bn254 {

std::optional<Fp> square_root(const Fp& a) noexcept {
    // p = 3 mod 4, so that a^((p + 1)/4) is a root of every square.
    constexpr Limbs quarter = limbs(0x0c19139cb84c680a, 0x6e14116da0605617, 0x65e05aa45a1c72a3, 0x4f082305b61f3f52);
    const Fp root = a.power(quarter);
    if (root.square() != a) return std::nullopt;
    return root;
}

}  // namespace enshrine::algebra::bn254
