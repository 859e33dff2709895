// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/fp_lanes_ifma.hpp>

/// Points of curves y^2 = x^3 + b in lanes, with the formulas of points.hpp. Exceptional cases are found lane by lane.
namespace enshrine::algebra::bn254 {
namespace {

using Fp2Lanes = QuadraticExtension<FpLanes>;

__mmask8 zeros(const FpLanes& a) noexcept {
    return FpLanes::zeros(a);
}
__mmask8 zeros(const Fp2Lanes& a) noexcept {
    return static_cast<__mmask8>(zeros(a.c0) & zeros(a.c1));
}
FpLanes select(__mmask8 mask, const FpLanes& a, const FpLanes& b) noexcept {
    return FpLanes::select(mask, a, b);
}
Fp2Lanes select(__mmask8 mask, const Fp2Lanes& a, const Fp2Lanes& b) noexcept {
    return {select(mask, a.c0, b.c0), select(mask, a.c1, b.c1)};
}

/// (X/Z^2, Y/Z^3), and which lanes hold infinity; the coordinates of those mean nothing.
template <class F>
struct JacobianLanes {
    F x;
    F y;
    F z;
    __mmask8 infinite;

    [[nodiscard]] JacobianLanes operator-() const noexcept { return {x, -y, z, infinite}; }

    [[nodiscard, gnu::noinline]] JacobianLanes twice() const noexcept {
        const F a = x.square();
        const F b = y.square();
        const F c = b.square();
        const F d = ((x + b).square() - a - c).twice();
        const F e = a.twice() + a;
        const F x3 = e.square() - d.twice();
        const F y3 = e * (d - x3) - c.twice().twice().twice();
        return {x3, y3, (y * z).twice(), infinite};
    }

    [[nodiscard, gnu::noinline]] friend JacobianLanes operator+(const JacobianLanes& p,
                                                                const JacobianLanes& q) noexcept {
        const F zz1 = p.z.square();
        const F zz2 = q.z.square();
        const F u1 = p.x * zz2;
        const F s1 = p.y * q.z * zz2;
        const F h = q.x * zz1 - u1;
        const F half_r = q.y * p.z * zz1 - s1;
        const F r = half_r.twice();
        const F i = h.twice().square();
        const F j = h * i;
        const F v = u1 * i;
        const F x3 = r.square() - j - v.twice();
        const F y3 = r * (v - x3) - (s1 * j).twice();
        const JacobianLanes sum{x3, y3, ((p.z + q.z).square() - zz1 - zz2) * h, 0};
        return sum.mended(p, q, zeros(h), half_r);
    }

    /// The second point where the mask has a bit.
    [[nodiscard]] static JacobianLanes select_points(__mmask8 mask, const JacobianLanes& a,
                                                     const JacobianLanes& b) noexcept {
        return {select(mask, a.x, b.x), select(mask, a.y, b.y), select(mask, a.z, b.z),
                static_cast<__mmask8>((a.infinite & ~mask) | (b.infinite & mask))};
    }

private:
    /// The sum of p and q in the lanes too where the formula does not give it.
    [[nodiscard]] JacobianLanes mended(const JacobianLanes& p, const JacobianLanes& q, __mmask8 same_x,
                                       const F& half_r) const noexcept {
        JacobianLanes out = *this;
        const auto meet = static_cast<__mmask8>(same_x & ~(p.infinite | q.infinite));
        if (meet != 0) {
            const auto same = static_cast<__mmask8>(meet & zeros(half_r));
            out = select_points(same, out, p.twice());
            out.infinite = static_cast<__mmask8>(meet & ~same);
        }
        if (p.infinite != 0) out = select_points(p.infinite, out, q);
        if (q.infinite != 0) out = select_points(q.infinite, out, p);
        return out;
    }
};

using G1Lanes = JacobianLanes<FpLanes>;

}  // namespace
}  // namespace enshrine::algebra::bn254
