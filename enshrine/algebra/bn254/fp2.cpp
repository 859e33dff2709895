// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/fp2.hpp>

namespace enshrine::algebra::bn254 {
namespace {

constexpr Limbs half =
    limbs(0x183227397098d014, 0xdc2822db40c0ac2e, 0xcbc0b548b438e546, 0x9e10460b6c3e7ea4);  // (p+1)/2

}  // namespace

std::optional<Fp2> square_root(const Fp2& a) noexcept {
    // (s + t u)^2 = a means s^2 - t^2 = a0 and 2 s t = a1, so that s^2 = (a0 ± |a|)/2 with |a|^2 = a0^2 + a1^2.
    if (a.c1.is_zero()) {
        if (const auto root = square_root(a.c0)) return Fp2{*root, Fp::zero()};
        const auto root = square_root(-a.c0);  // -1 is no square: one of a0, -a0 is
        if (!root) return std::nullopt;
        return Fp2{Fp::zero(), *root};
    }
    const auto norm = square_root(Fp::product_sum(a.c0, a.c0, a.c1, a.c1));
    if (!norm) return std::nullopt;
    const Fp halving = Fp::from(half);
    auto s = square_root((a.c0 + *norm) * halving);
    if (!s) s = square_root((a.c0 - *norm) * halving);
    if (!s) return std::nullopt;
    const Fp2 root{*s, a.c1 * s->twice().inverse()};
    if (root.square() != a) return std::nullopt;
    return root;
}

}  // namespace enshrine::algebra::bn254
