// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/fields.hpp>

namespace enshrine::algebra::bn254 {

/// F[u] / (u^2 + 1). F is Fp, or lanes of Fp that compute eight elements at a time; the formulas are the same.
template <class F>
struct QuadraticExtension {
    F c0;
    F c1;

    [[nodiscard]] static constexpr QuadraticExtension zero() noexcept { return {F::zero(), F::zero()}; }
    [[nodiscard]] static constexpr QuadraticExtension one() noexcept { return {F::one(), F::zero()}; }
    [[nodiscard]] static constexpr QuadraticExtension broadcast(const QuadraticExtension<Fp>& value) noexcept {
        return {F::broadcast(value.c0), F::broadcast(value.c1)};
    }
    [[nodiscard]] constexpr bool is_zero() const noexcept { return c0.is_zero() && c1.is_zero(); }
    [[nodiscard]] friend constexpr bool operator==(const QuadraticExtension&,
                                                   const QuadraticExtension&) noexcept = default;

    [[nodiscard]] friend constexpr QuadraticExtension operator+(const QuadraticExtension& a,
                                                                const QuadraticExtension& b) noexcept {
        return {a.c0 + b.c0, a.c1 + b.c1};
    }
    [[nodiscard]] friend constexpr QuadraticExtension operator-(const QuadraticExtension& a,
                                                                const QuadraticExtension& b) noexcept {
        return {a.c0 - b.c0, a.c1 - b.c1};
    }
    [[nodiscard]] constexpr QuadraticExtension operator-() const noexcept { return {-c0, -c1}; }
    [[nodiscard]] constexpr QuadraticExtension twice() const noexcept { return {c0.twice(), c1.twice()}; }
    // Out of line: hundreds of calls in the tower above would otherwise each carry eight rows of products.
    [[nodiscard, gnu::noinline]] friend constexpr QuadraticExtension operator*(const QuadraticExtension& a,
                                                                               const QuadraticExtension& b) noexcept {
        if constexpr (requires(F& out) { F::complex_product(a.c0, a.c1, b.c0, b.c1, out, out); }) {
            QuadraticExtension out;
            F::complex_product(a.c0, a.c1, b.c0, b.c1, out.c0, out.c1);
            return out;
        }
        return {F::product_difference(a.c0, b.c0, a.c1, b.c1), F::product_sum(a.c0, b.c1, a.c1, b.c0)};
    }
    [[nodiscard]] friend constexpr QuadraticExtension operator*(const QuadraticExtension& a, const F& b) noexcept {
        return {a.c0 * b, a.c1 * b};
    }
    [[nodiscard, gnu::noinline]] constexpr QuadraticExtension square() const noexcept {
        return {F::difference_of_squares(c0, c1), (c0 * c1).twice()};
    }
    [[nodiscard]] constexpr QuadraticExtension conjugate() const noexcept { return {c0, -c1}; }
    /// Times 9 + u, the non-residue of the cubic extension.
    [[nodiscard]] constexpr QuadraticExtension times_xi() const noexcept {
        if constexpr (requires { F::nine_less(c0, c1); }) return {F::nine_less(c0, c1), F::nine_plus(c1, c0)};
        const QuadraticExtension eight = twice().twice().twice();
        return {eight.c0 + c0 - c1, eight.c1 + c1 + c0};
    }
    /// Of zero: zero.
    [[nodiscard]] QuadraticExtension inverse() const noexcept {
        const F norm_inverse = F::product_sum(c0, c0, c1, c1).inverse();
        return {c0 * norm_inverse, -(c1 * norm_inverse)};
    }
};

using Fp2 = QuadraticExtension<Fp>;

/// The root that exists, or nothing. Which of the two roots is not specified.
[[nodiscard]] std::optional<Fp2> square_root(const Fp2& a) noexcept;

}  // namespace enshrine::algebra::bn254
