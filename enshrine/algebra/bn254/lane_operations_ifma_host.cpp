// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/lane_codes_host.hpp>
#include <enshrine/algebra/bn254/lane_operations.hpp>

#if defined(__x86_64__)
#include <immintrin.h>

#if !defined(__clang__)
// g++ 12 warns of the operands that its own intrinsics leave undefined.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC push_options
#pragma GCC target("avx512f,avx512dq,avx512vl,avx512ifma")
#else
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx512ifma"))), apply_to = function)
#endif

#include <enshrine/algebra/bn254/fp_lanes_ifma.hpp>
#include <enshrine/algebra/bn254/lane_operations_code.hpp>

namespace enshrine::algebra::bn254 {
namespace {

FpLanes one_if_zero(const FpLanes& a) noexcept {
    return FpLanes::select(FpLanes::zeros(a), FpLanes::zero(), FpLanes::one());
}

}  // namespace

void lane_apply_ifma(LaneOperation operation, const LaneFp* operands, LaneFp* results) noexcept {
    FpLanes in[operands_max];
    for (std::size_t i = 0; i < operands_max; ++i) in[i] = FpLanes::load(operands[i]);
    FpLanes out[results_max];
    for (FpLanes& result : out) result = FpLanes::zero();
    apply_operation(operation, in, out, one_if_zero);
    for (std::size_t i = 0; i < results_max; ++i) out[i].store(results[i]);
}

}  // namespace enshrine::algebra::bn254

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
