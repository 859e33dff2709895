// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/points.hpp>

namespace enshrine::algebra::bn254 {

template <class F>
JacobianPoint<F> JacobianPoint<F>::twice() const noexcept {
    if (is_infinity()) return *this;  // no point of order two: b is no cube with a root, so y is never zero
    const F a = x.square();
    const F b = y.square();
    const F c = b.square();
    const F d = ((x + b).square() - a - c).twice();
    const F e = a.twice() + a;
    const F x3 = e.square() - d.twice();
    const F y3 = e * (d - x3) - c.twice().twice().twice();
    return {x3, y3, (y * z).twice()};
}

template <class F>
JacobianPoint<F> operator+(const JacobianPoint<F>& p, const AffinePoint<F>& q) noexcept {
    if (q.is_infinity()) return p;
    if (p.is_infinity()) return JacobianPoint<F>{q};
    const F zz = p.z.square();
    const F u = q.x * zz;
    const F s = q.y * p.z * zz;
    const F h = u - p.x;
    const F half_r = s - p.y;
    if (h.is_zero()) return half_r.is_zero() ? p.twice() : JacobianPoint<F>{};
    const F r = half_r.twice();
    const F hh = h.square();
    const F i = hh.twice().twice();
    const F j = h * i;
    const F v = p.x * i;
    const F x3 = r.square() - j - v.twice();
    const F y3 = r * (v - x3) - (p.y * j).twice();
    return {x3, y3, (p.z + h).square() - zz - hh};
}

template <class F>
JacobianPoint<F> operator+(const JacobianPoint<F>& p, const JacobianPoint<F>& q) noexcept {
    if (q.is_infinity()) return p;
    if (p.is_infinity()) return q;
    const F zz1 = p.z.square();
    const F zz2 = q.z.square();
    const F u1 = p.x * zz2;
    const F u2 = q.x * zz1;
    const F s1 = p.y * q.z * zz2;
    const F s2 = q.y * p.z * zz1;
    const F h = u2 - u1;
    const F half_r = s2 - s1;
    if (h.is_zero()) return half_r.is_zero() ? p.twice() : JacobianPoint<F>{};
    const F r = half_r.twice();
    const F i = h.twice().square();
    const F j = h * i;
    const F v = u1 * i;
    const F x3 = r.square() - j - v.twice();
    const F y3 = r * (v - x3) - (s1 * j).twice();
    return {x3, y3, ((p.z + q.z).square() - zz1 - zz2) * h};
}

template <class F>
AffinePoint<F> JacobianPoint<F>::affine() const noexcept {
    if (is_infinity()) return AffinePoint<F>::infinity();
    const F inverse = z.inverse();
    const F square = inverse.square();
    return {x * square, y * square * inverse};
}

template <class F>
bool JacobianPoint<F>::same_point(const JacobianPoint& other) const noexcept {
    if (is_infinity() || other.is_infinity()) return is_infinity() == other.is_infinity();
    const F zz1 = z.square();
    const F zz2 = other.z.square();
    return x * zz2 == other.x * zz1 && y * zz2 * other.z == other.y * zz1 * z;
}

template <class F>
void invert_all(std::span<F> elements) {
    std::vector<F> products(elements.size());
    F product = F::one();
    for (std::size_t i = 0; i < elements.size(); ++i) {
        products[i] = product;
        if (!elements[i].is_zero()) product = product * elements[i];
    }
    F inverse = product.inverse();
    for (std::size_t i = elements.size(); i-- > 0;) {
        if (elements[i].is_zero()) continue;
        const F rest = inverse * elements[i];
        elements[i] = inverse * products[i];
        inverse = rest;
    }
}

template <class F>
std::vector<AffinePoint<F>> to_affine(std::span<const JacobianPoint<F>> points) {
    std::vector<F> inverses;
    inverses.reserve(points.size());
    for (const auto& point : points) inverses.push_back(point.z);
    invert_all<F>(inverses);
    std::vector<AffinePoint<F>> out;
    out.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const F square = inverses[i].square();  // zero for the point at infinity, which becomes (0, 0)
        out.push_back({points[i].x * square, points[i].y * square * inverses[i]});
    }
    return out;
}

template struct JacobianPoint<Fp>;
template struct JacobianPoint<Fp2>;
template G1 operator+(const G1&, const G1&) noexcept;
template G1 operator+(const G1&, const G1Affine&) noexcept;
template G2 operator+(const G2&, const G2&) noexcept;
template G2 operator+(const G2&, const G2Affine&) noexcept;
template std::vector<G1Affine> to_affine(std::span<const G1>);
template std::vector<G2Affine> to_affine(std::span<const G2>);
template void invert_all(std::span<Fp>);
template void invert_all(std::span<Fp2>);
template void invert_all(std::span<Fr>);

}  // namespace enshrine::algebra::bn254
