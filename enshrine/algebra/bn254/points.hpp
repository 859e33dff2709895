// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/fp2.hpp>

#include <span>
#include <vector>

/// Points of curves y^2 = x^3 + b over F. The formulas do not use b; they are those of the Explicit-Formulas Database
/// (dbl-2009-l, madd-2007-bl, add-2007-bl) with every exceptional case handled.
namespace enshrine::algebra::bn254 {

/// (0, 0), which is on no curve with b != 0, is the point at infinity.
template <class F>
struct AffinePoint {
    F x;
    F y;

    [[nodiscard]] static constexpr AffinePoint infinity() noexcept { return {F::zero(), F::zero()}; }
    [[nodiscard]] constexpr bool is_infinity() const noexcept { return x.is_zero() && y.is_zero(); }
    [[nodiscard]] constexpr AffinePoint operator-() const noexcept { return {x, -y}; }
    [[nodiscard]] friend constexpr bool operator==(const AffinePoint&, const AffinePoint&) noexcept = default;
};

/// (X/Z^2, Y/Z^3); Z = 0 is the point at infinity.
template <class F>
struct JacobianPoint {
    F x = F::one();
    F y = F::one();
    F z = F::zero();

    constexpr JacobianPoint() noexcept = default;
    constexpr JacobianPoint(const F& x_in, const F& y_in, const F& z_in) noexcept : x{x_in}, y{y_in}, z{z_in} {}
    constexpr JacobianPoint(const AffinePoint<F>& p) noexcept {
        if (p.is_infinity()) return;
        x = p.x;
        y = p.y;
        z = F::one();
    }

    [[nodiscard]] constexpr bool is_infinity() const noexcept { return z.is_zero(); }
    [[nodiscard]] constexpr JacobianPoint operator-() const noexcept { return {x, -y, z}; }
    [[nodiscard]] JacobianPoint twice() const noexcept;
    [[nodiscard]] AffinePoint<F> affine() const noexcept;
    /// Equal as points, whatever their coordinates.
    [[nodiscard]] bool same_point(const JacobianPoint& other) const noexcept;
};

template <class F>
[[nodiscard]] JacobianPoint<F> operator+(const JacobianPoint<F>& p, const JacobianPoint<F>& q) noexcept;
template <class F>
[[nodiscard]] JacobianPoint<F> operator+(const JacobianPoint<F>& p, const AffinePoint<F>& q) noexcept;

/// All of them with one inversion.
template <class F>
[[nodiscard]] std::vector<AffinePoint<F>> to_affine(std::span<const JacobianPoint<F>> points);

/// Replaces each element by its inverse, with one inversion; zeros stay.
template <class F>
void invert_all(std::span<F> elements);

extern template struct JacobianPoint<Fp>;
extern template struct JacobianPoint<Fp2>;

using G1Affine = AffinePoint<Fp>;
using G1 = JacobianPoint<Fp>;
using G2Affine = AffinePoint<Fp2>;
using G2 = JacobianPoint<Fp2>;

}  // namespace enshrine::algebra::bn254
