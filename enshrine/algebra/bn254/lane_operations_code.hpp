// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/fp12.hpp>
#include <enshrine/algebra/bn254/lane_operations.hpp>
#include <enshrine/algebra/bn254/miller_steps.hpp>

/// One code for one element and for lanes, included where the instructions of the lanes are turned on, and by tests.
namespace enshrine::algebra::bn254 {
namespace {

template <class F>
QuadraticExtension<F> fp2_at(const F* a) noexcept {
    return {a[0], a[1]};
}
template <class F>
CubicExtension<F> fp6_at(const F* a) noexcept {
    return {fp2_at(a), fp2_at(a + 2), fp2_at(a + 4)};
}
template <class F>
DodecicExtension<F> fp12_at(const F* a) noexcept {
    return {fp6_at(a), fp6_at(a + 6)};
}

template <class F>
void put(F* out, const QuadraticExtension<F>& a) noexcept {
    out[0] = a.c0;
    out[1] = a.c1;
}
template <class F>
void put(F* out, const CubicExtension<F>& a) noexcept {
    put(out, a.c0);
    put(out + 2, a.c1);
    put(out + 4, a.c2);
}
template <class F>
void put(F* out, const DodecicExtension<F>& a) noexcept {
    put(out, a.c0);
    put(out + 6, a.c1);
}
template <class F>
void put(F* out, const LineCoefficients<F>& line, const HomogeneousPoint<F>& point) noexcept {
    put(out, line.constant);
    put(out + 2, line.slope);
    put(out + 4, line.intercept);
    put(out + 6, point.x);
    put(out + 8, point.y);
    put(out + 10, point.z);
}

/// `one_if_zero(x)`: one in the lanes that hold zero, zero elsewhere.
template <class F, class OneIfZero>
void apply_operation(LaneOperation operation, const F* in, F* out, OneIfZero one_if_zero) noexcept {
    HomogeneousPoint<F> point{fp2_at(in), fp2_at(in + 2), fp2_at(in + 4)};
    switch (operation) {
        case LaneOperation::fp_sum:
            out[0] = in[0] + in[1];
            return;
        case LaneOperation::fp_difference:
            out[0] = in[0] - in[1];
            return;
        case LaneOperation::fp_negative:
            out[0] = -in[0];
            return;
        case LaneOperation::fp_product:
            out[0] = in[0] * in[1];
            return;
        case LaneOperation::fp_product_sum:
            out[0] = F::product_sum(in[0], in[1], in[2], in[3]);
            return;
        case LaneOperation::fp_product_difference:
            out[0] = F::product_difference(in[0], in[1], in[2], in[3]);
            return;
        case LaneOperation::fp_difference_of_squares:
            out[0] = F::difference_of_squares(in[0], in[1]);
            return;
        case LaneOperation::fp_chain: {
            const F sum = in[0] + in[1] + in[2].twice().twice().twice();
            const F difference = sum - in[3] - in[4] - sum.twice();
            const F product =
                F::difference_of_squares(difference, sum) * F::product_difference(sum, sum, difference, sum);
            out[0] = product - difference;
            out[1] = -(sum - sum) + product.square();
            out[2] = F::product_sum(product - product, sum, -difference, -difference);
            return;
        }
        case LaneOperation::fp_is_zero:
            out[0] = one_if_zero(in[0]);
            out[1] = one_if_zero(in[0] - in[1]);
            out[2] = one_if_zero(in[0] - in[0]);
            out[3] = one_if_zero((in[0] + in[1]) * in[2] - in[0] * in[2] - in[1] * in[2]);
            return;
        case LaneOperation::fp2_product:
            put(out, fp2_at(in) * fp2_at(in + 2));
            return;
        case LaneOperation::fp2_square:
            put(out, fp2_at(in).square());
            return;
        case LaneOperation::fp2_times_xi:
            put(out, fp2_at(in).times_xi());
            return;
        case LaneOperation::fp6_product:
            put(out, fp6_at(in) * fp6_at(in + 6));
            return;
        case LaneOperation::fp6_times_sparse:
            put(out, fp6_at(in).times_sparse(fp2_at(in + 6), fp2_at(in + 8)));
            return;
        case LaneOperation::fp12_product:
            put(out, fp12_at(in) * fp12_at(in + 12));
            return;
        case LaneOperation::fp12_square:
            put(out, fp12_at(in).square());
            return;
        case LaneOperation::fp12_times_line:
            put(out, fp12_at(in).times_line({fp2_at(in + 12), fp2_at(in + 14), fp2_at(in + 16)}));
            return;
        case LaneOperation::fp12_times_lines:
            put(out, fp12_at(in).times_lines({fp2_at(in + 12), fp2_at(in + 14), fp2_at(in + 16)},
                                             {fp2_at(in + 18), fp2_at(in + 20), fp2_at(in + 22)}));
            return;
        case LaneOperation::double_step: {
            const auto line = double_step(point);
            put(out, line, point);
            return;
        }
        case LaneOperation::add_step: {
            const auto line = add_step(point, fp2_at(in + 6), fp2_at(in + 8));
            put(out, line, point);
            return;
        }
    }
}

}  // namespace
}  // namespace enshrine::algebra::bn254
