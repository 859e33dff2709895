// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/fp2.hpp>

namespace enshrine::algebra::bn254 {

/// Fp2[v] / (v^3 - xi), xi = 9 + u. Products as in Devegili, Ó hÉigeartaigh, Scott, Dahab (2006): Karatsuba.
template <class F>
struct CubicExtension {
    using Base = QuadraticExtension<F>;
    Base c0;
    Base c1;
    Base c2;

    [[nodiscard]] static constexpr CubicExtension zero() noexcept { return {Base::zero(), Base::zero(), Base::zero()}; }
    [[nodiscard]] static constexpr CubicExtension one() noexcept { return {Base::one(), Base::zero(), Base::zero()}; }
    [[nodiscard]] friend constexpr bool operator==(const CubicExtension&, const CubicExtension&) noexcept = default;

    [[nodiscard]] friend constexpr CubicExtension operator+(const CubicExtension& a, const CubicExtension& b) noexcept {
        return {a.c0 + b.c0, a.c1 + b.c1, a.c2 + b.c2};
    }
    [[nodiscard]] friend constexpr CubicExtension operator-(const CubicExtension& a, const CubicExtension& b) noexcept {
        return {a.c0 - b.c0, a.c1 - b.c1, a.c2 - b.c2};
    }
    [[nodiscard]] constexpr CubicExtension operator-() const noexcept { return {-c0, -c1, -c2}; }
    [[nodiscard]] constexpr CubicExtension twice() const noexcept { return {c0.twice(), c1.twice(), c2.twice()}; }
    [[nodiscard]] constexpr CubicExtension times_v() const noexcept { return {c2.times_xi(), c0, c1}; }

    [[nodiscard, gnu::noinline]] friend constexpr CubicExtension operator*(const CubicExtension& a,
                                                                           const CubicExtension& b) noexcept {
        const Base v0 = a.c0 * b.c0;
        const Base v1 = a.c1 * b.c1;
        const Base v2 = a.c2 * b.c2;
        const Base cross12 = (a.c1 + a.c2) * (b.c1 + b.c2) - v1 - v2;
        const Base cross01 = (a.c0 + a.c1) * (b.c0 + b.c1) - v0 - v1;
        const Base cross02 = (a.c0 + a.c2) * (b.c0 + b.c2) - v0 - v2;
        return {v0 + cross12.times_xi(), cross01 + v2.times_xi(), cross02 + v1};
    }
    /// Times b0 + b1 v.
    [[nodiscard, gnu::noinline]] constexpr CubicExtension times_sparse(const Base& b0, const Base& b1) const noexcept {
        const Base v0 = c0 * b0;
        const Base v1 = c1 * b1;
        const Base cross01 = (c0 + c1) * (b0 + b1) - v0 - v1;
        return {v0 + (c2 * b1).times_xi(), cross01, c2 * b0 + v1};
    }
    [[nodiscard]] constexpr CubicExtension times(const Base& b) const noexcept { return {c0 * b, c1 * b, c2 * b}; }

    /// Of zero: zero.
    [[nodiscard]] CubicExtension inverse() const noexcept {
        const Base t0 = c0.square() - (c1 * c2).times_xi();
        const Base t1 = c2.square().times_xi() - c0 * c1;
        const Base t2 = c1.square() - c0 * c2;
        const Base norm = c0 * t0 + (c2 * t1 + c1 * t2).times_xi();
        const Base norm_inverse = norm.inverse();
        return {t0 * norm_inverse, t1 * norm_inverse, t2 * norm_inverse};
    }
};

using Fp6 = CubicExtension<Fp>;

}  // namespace enshrine::algebra::bn254
