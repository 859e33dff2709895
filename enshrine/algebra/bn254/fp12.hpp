// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/fp6.hpp>
#include <enshrine/algebra/bn254/frobenius.hpp>

namespace enshrine::algebra::bn254 {

/// The element constant + (slope + intercept v) w of Fp12, the shape of a line (miller_steps.hpp).
template <class F>
struct LineCoefficients {
    QuadraticExtension<F> constant;
    QuadraticExtension<F> slope;
    QuadraticExtension<F> intercept;
};

/// Fp6[w] / (w^2 - v): where pairings take their values.
template <class F>
struct DodecicExtension {
    using Base = CubicExtension<F>;
    using Base2 = QuadraticExtension<F>;
    using Line = LineCoefficients<F>;
    Base c0;
    Base c1;

    [[nodiscard]] static constexpr DodecicExtension one() noexcept { return {Base::one(), Base::zero()}; }
    [[nodiscard]] friend constexpr bool operator==(const DodecicExtension&, const DodecicExtension&) noexcept = default;

    [[nodiscard, gnu::noinline]] friend constexpr DodecicExtension operator*(const DodecicExtension& a,
                                                                             const DodecicExtension& b) noexcept {
        const Base v0 = a.c0 * b.c0;
        const Base v1 = a.c1 * b.c1;
        const Base cross = (a.c0 + a.c1) * (b.c0 + b.c1) - v0 - v1;
        return {v0 + v1.times_v(), cross};
    }
    [[nodiscard, gnu::noinline]] constexpr DodecicExtension square() const noexcept {
        const Base product = c0 * c1;
        const Base sum = (c0 + c1) * (c0 + c1.times_v()) - product - product.times_v();
        return {sum, product.twice()};
    }
    [[nodiscard, gnu::noinline]] constexpr DodecicExtension times_line(const Line& line) const noexcept {
        const Base v0 = c0.times(line.constant);
        const Base v1 = c1.times_sparse(line.slope, line.intercept);
        const Base cross = (c0 + c1).times_sparse(line.constant + line.slope, line.intercept) - v0 - v1;
        return {v0 + v1.times_v(), cross};
    }
    /// Times the product of two lines: 23 products in Fp2, where one line after the other takes 26.
    [[nodiscard, gnu::noinline]] constexpr DodecicExtension times_lines(const Line& a, const Line& b) const noexcept {
        const Base2 m0 = a.constant * b.constant;
        const Base2 m1 = a.slope * b.slope;
        const Base2 m2 = a.intercept * b.intercept;
        const Base2 s1 = (a.constant + a.slope) * (b.constant + b.slope) - m0 - m1;
        const Base2 s2 = (a.constant + a.intercept) * (b.constant + b.intercept) - m0 - m2;
        const Base first{m0 + m2.times_xi(), m1, (a.slope + a.intercept) * (b.slope + b.intercept) - m1 - m2};
        const Base v0 = c0 * first;
        const Base v1 = c1.times_sparse(s1, s2);
        const Base cross = (c0 + c1) * Base{first.c0 + s1, first.c1 + s2, first.c2} - v0 - v1;
        return {v0 + v1.times_v(), cross};
    }
    /// Times 1 + (b1 + b2 v) w, a line divided by its constant.
    [[nodiscard, gnu::noinline]] constexpr DodecicExtension times_unit_line(const Base2& b1,
                                                                            const Base2& b2) const noexcept {
        return {c0 + c1.times_sparse(b1, b2).times_v(), c1 + c0.times_sparse(b1, b2)};
    }
    /// The power p^6; in the cyclotomic subgroup, the inverse.
    [[nodiscard]] constexpr DodecicExtension conjugate() const noexcept { return {c0, -c1}; }
    [[nodiscard]] DodecicExtension inverse() const noexcept {
        const Base norm_inverse = (c0 * c0 - (c1 * c1).times_v()).inverse();
        return {c0 * norm_inverse, -(c1 * norm_inverse)};
    }

    /// The power p^Power for Power 1, 2, 3: coefficients are conjugated Power times and get fixed factors.
    template <int Power>
    [[nodiscard]] constexpr DodecicExtension frobenius() const noexcept {
        const auto map = [](const Base2& a, std::size_t i) noexcept {
            const Base2 conjugated = Power % 2 == 1 ? a.conjugate() : a;
            return i == 0 ? conjugated : conjugated * Base2::broadcast(frobenius_factor(Power, i));
        };
        return {{map(c0.c0, 0), map(c0.c1, 2), map(c0.c2, 4)}, {map(c1.c0, 1), map(c1.c1, 3), map(c1.c2, 5)}};
    }

    /// The square of an element of the cyclotomic subgroup (Granger, Scott 2010): three squarings in Fp4.
    [[nodiscard, gnu::noinline]] constexpr DodecicExtension cyclotomic_square() const noexcept {
        const auto [a0, a1] = square_fp4(c0.c0, c1.c1);
        const auto [b0, b1] = square_fp4(c1.c0, c0.c2);
        const auto [d0, d1] = square_fp4(c0.c1, c1.c2);
        const auto minus = [](const Base2& t, const Base2& z) noexcept { return (t - z).twice() + t; };  // 3t - 2z
        const auto plus = [](const Base2& t, const Base2& z) noexcept { return (t + z).twice() + t; };   // 3t + 2z
        return {{minus(a0, c0.c0), minus(b0, c0.c1), minus(d0, c0.c2)},
                {plus(d1.times_xi(), c1.c0), plus(a1, c1.c1), plus(b1, c1.c2)}};
    }

private:
    struct Fp4 {
        Base2 first;
        Base2 second;
    };
    /// (a + b s)^2 with s^2 = xi.
    [[nodiscard]] static constexpr Fp4 square_fp4(const Base2& a, const Base2& b) noexcept {
        const Base2 aa = a.square();
        const Base2 bb = b.square();
        return {aa + bb.times_xi(), (a + b).square() - aa - bb};
    }
};

using Fp12 = DodecicExtension<Fp>;

}  // namespace enshrine::algebra::bn254
