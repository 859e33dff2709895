// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/fp12.hpp>

/// The steps of the optimal ate Miller loop (Vercauteren 2010), for one pair or for lanes of pairs.
///
/// A point (x, y) of the twist stands for (x w^2, y w^3) on the curve, so that a line through such points with slope s
/// w, evaluated at P, is yP - s xP w + (s x - y) w^3: three coefficients of an element of Fp12. Factors from Fp2 may be
/// left out or put in, because the final exponentiation sends them to one.
namespace enshrine::algebra::bn254 {

/// (X/Z, Y/Z): homogeneous, for Costello, Lange, Naehrig (2010).
template <class F>
struct HomogeneousPoint {
    QuadraticExtension<F> x;
    QuadraticExtension<F> y;
    QuadraticExtension<F> z;
};

/// 3 * 3/xi.
inline constexpr Fp2 three_twist_b{
    Fp::from(limbs(0x20753adca9c6bfb8, 0x1499be5e509e8f8f, 0xf21b7c8d3cb039cf, 0x1ef69c66bce9b021)),
    Fp::from(limbs(0x01c53b10b0d2fc7e, 0x67860f09cc8af9dd, 0xf5eee18eaf8748f8, 0xade8371391494176))};

/// Doubles the point; the line is the tangent at it, before P is put in: constant yP + slope xP w + intercept w^3.
template <class F>
[[nodiscard]] LineCoefficients<F> double_step(HomogeneousPoint<F>& t) noexcept {
    using E = QuadraticExtension<F>;
    const E xy = t.x * t.y;
    const E b = t.y.square();
    const E c = t.z.square();
    const E e = c * E::broadcast(three_twist_b);
    const E f = e.twice() + e;
    const E h = (t.y + t.z).square() - b - c;  // 2YZ
    const E xx = t.x.square();
    LineCoefficients<F> line{h, -(xx.twice() + xx), b - e};
    const E ee4 = e.square().twice().twice();
    t.x = (xy * (b - f)).twice();
    t.y = (b + f).square() - ee4.twice() - ee4;
    t.z = (b * h).twice().twice();
    return line;
}

/// Adds q, which is neither the point nor its negative; the line goes through both, as above.
template <class F>
[[nodiscard]] LineCoefficients<F> add_step(HomogeneousPoint<F>& t, const QuadraticExtension<F>& qx,
                                           const QuadraticExtension<F>& qy) noexcept {
    using E = QuadraticExtension<F>;
    const E theta = t.y - qy * t.z;
    const E lambda = t.x - qx * t.z;
    LineCoefficients<F> line{lambda, -theta, theta * qx - lambda * qy};
    const E dd = lambda.square();
    const E e = lambda * dd;
    const E g = t.x * dd;
    const E h = e + t.z * theta.square() - g.twice();
    t.x = lambda * h;
    t.y = theta * (g - h) - e * t.y;
    t.z = t.z * e;
    return line;
}

/// The two points whose lines end the loop, ψ(Q) and -ψ²(Q), and where it then must have come to, -ψ³(Q).
///
/// A point Q of the twist is in G2 exactly when [6x + 2]Q + ψ(Q) - ψ²(Q) + ψ³(Q) = 0. There, ψ multiplies by p, and r
/// divides 6x + 2 + p - p² + p³. Conversely, with ψ² = tψ - p that sum is (a + bψ)Q for a = 6x + 2 + p - tp and
/// b = 1 - t + t² - p; its norm a² + abt + b²p kills Q and is prime to 2p - r, the index of G2 in the twist.
/// A loop that meets an addition its formulas do not know, which points of order r never do, ends with Z = 0.
template <class Point>
struct LastPoints {
    Point first;
    Point second;
    Point end;
};

/// Multiplies lines into a value of the loop, two at a time.
template <class F>
class LineProduct {
public:
    explicit LineProduct(DodecicExtension<F>& f) noexcept : f_{f} {}
    LineProduct(const LineProduct&) = delete;
    LineProduct& operator=(const LineProduct&) = delete;
    ~LineProduct() { finish(); }

    /// A line with P put in.
    void add(const LineCoefficients<F>& line) noexcept {
        if (!has_one_) {
            one_ = line;
        } else {
            f_ = f_.times_lines(one_, line);
        }
        has_one_ = !has_one_;
    }
    void finish() noexcept {
        if (has_one_) f_ = f_.times_line(one_);
        has_one_ = false;
    }

private:
    DodecicExtension<F>& f_;
    LineCoefficients<F> one_;
    bool has_one_ = false;
};

/// 6x + 2 in signed digits, least significant first; the last is 1. The form of least weight, except that its top
/// digits 1, 0, -1 are written 1, 1, which saves a doubling.
inline constexpr std::array<std::int8_t, 65> loop_digits{
    0, 0, 0,  1, 0, 1, 0, -1, 0, 0, -1, 0,  0, 0, 1,  0, 0, -1, 0,  -1, 0, 0, 0,  1, 0,  -1, 0, 0, 0, 0, -1, 0, 0,
    1, 0, -1, 0, 0, 1, 0, 0,  0, 0, 0,  -1, 0, 0, -1, 0, 1, 0,  -1, 0,  0, 0, -1, 0, -1, 0,  0, 0, 1, 0, 1,  1};
inline constexpr std::size_t lines_per_loop = 64 + 21 + 2;

}  // namespace enshrine::algebra::bn254
