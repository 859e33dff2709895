// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/frobenius.hpp>
#include <enshrine/algebra/bn254/groups.hpp>
#include <enshrine/algebra/bn254/scalars.hpp>

#include <algorithm>

namespace enshrine::algebra::bn254 {
namespace {

constexpr Fp beta = Fp::from(limbs(0, 0x59e26bcea0d48bac, 0xd4f263f1acdb5c4f, 0x5763473177fffffe));

template <class F>
bool satisfies(const AffinePoint<F>& p, const F& b) noexcept {
    return p.is_infinity() || p.y.square() == p.x.square() * p.x + b;
}

constexpr unsigned window_bits = 4;
/// P, 3P, 5P, 7P: what the digits of a window ask for.
template <class F>
using OddMultiples = std::array<JacobianPoint<F>, 1 << (window_bits - 2)>;

template <class F>
OddMultiples<F> odd_multiples(const JacobianPoint<F>& p) noexcept {
    OddMultiples<F> out;
    const JacobianPoint<F> doubled = p.twice();
    out[0] = p;
    for (std::size_t i = 1; i < out.size(); ++i) out[i] = out[i - 1] + doubled;
    return out;
}

template <class F>
void add_digit(JacobianPoint<F>& sum, const OddMultiples<F>& table, int digit) noexcept {
    if (digit > 0) sum = sum + table[static_cast<std::size_t>(digit / 2)];
    if (digit < 0) sum = sum + -table[static_cast<std::size_t>(-digit / 2)];
}

template <class F>
JacobianPoint<F> multiply_by_digits(const JacobianPoint<F>& p, const Naf& naf) noexcept {
    const auto table = odd_multiples(p);
    JacobianPoint<F> sum;
    for (std::size_t i = naf.size; i-- > 0;) {
        sum = sum.twice();
        add_digit(sum, table, naf.digits[i]);
    }
    return sum;
}

Naf digits_of(const SignedHalf& half) noexcept {
    Naf out = signed_digits({half.low, half.high, 0, 0}, window_bits);
    if (half.negative) {
        for (auto& digit : out.digits) digit = static_cast<std::int8_t>(-digit);
    }
    return out;
}

}  // namespace

bool on_curve(const G1Affine& p) noexcept {
    return satisfies(p, g1_curve_b);
}
bool on_curve(const G2Affine& p) noexcept {
    return satisfies(p, g2_curve_b);
}

G2 untwist_frobenius_twist(const G2& p) noexcept {
    return {p.x.conjugate() * frobenius_factor(1, 2), p.y.conjugate() * frobenius_factor(1, 3), p.z.conjugate()};
}
G2Affine untwist_frobenius_twist(const G2Affine& p) noexcept {
    return {p.x.conjugate() * frobenius_factor(1, 2), p.y.conjugate() * frobenius_factor(1, 3)};
}
G1Affine cube_root_map(const G1Affine& p) noexcept {
    return {p.x * beta, p.y};
}

bool in_subgroup(const G2Affine& p) noexcept {
    const G2 xp = multiply_by_digits(G2{p}, signed_digits({curve_parameter, 0, 0, 0}, window_bits));
    const G2 psi_xp = untwist_frobenius_twist(xp);
    const G2 left = xp + p + psi_xp + untwist_frobenius_twist(psi_xp);
    const G2 right = untwist_frobenius_twist(untwist_frobenius_twist(untwist_frobenius_twist(xp.twice())));
    return left.same_point(right);
}

G1 multiply(const G1Affine& p, const Limbs& scalar) noexcept {
    return multiply(p, Fr::from(scalar));
}

G1 multiply(const G1Affine& p, const Fr& scalar) noexcept {
    const SplitScalar split = split_scalar(scalar.canonical());
    const Naf first = digits_of(split.first);
    const Naf second = digits_of(split.second);
    const auto table = odd_multiples(G1{p});
    OddMultiples<Fp> mapped = table;
    for (auto& point : mapped) point.x = point.x * beta;
    G1 sum;
    for (std::size_t i = std::max(first.size, second.size); i-- > 0;) {
        sum = sum.twice();
        add_digit(sum, table, first.digits[i]);
        add_digit(sum, mapped, second.digits[i]);
    }
    return sum;
}

G2 multiply(const G2Affine& p, const Limbs& scalar) noexcept {
    return multiply_by_digits(G2{p}, signed_digits(scalar, window_bits));
}
G2 multiply(const G2Affine& p, const Fr& scalar) noexcept {
    return multiply(p, scalar.canonical());
}

}  // namespace enshrine::algebra::bn254
