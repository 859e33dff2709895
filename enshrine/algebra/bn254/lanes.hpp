// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/pairing.hpp>
#include <enshrine/algebra/bn254/points.hpp>

#include <span>
#include <vector>

/// Work on many points at once: eight at a time where the processor can (lane_code.hpp), one by one elsewhere. The
/// results are those of the functions for one point, always. Host only.
namespace enshrine::algebra::bn254 {

struct LaneCode;

struct MillerLoopOfMany {
    Fp12 value;  ///< miller_loop() of all pairs; means nothing unless all points below are in G2
    std::vector<bool>
        in_subgroup;  ///< whether the second point of each pair, which need only be on the twist, is in G2
};
[[nodiscard]] MillerLoopOfMany miller_loop_of_many(std::span<const Pair> pairs);

/// scalars[i] points[i] each. Scalars a + bλ with halves of 64 bits take half the time of others (scalars.hpp).
[[nodiscard]] std::vector<G1> multiply_each(std::span<const G1Affine> points, std::span<const Fr> scalars);

/// Σ scalars[i] points[i].
[[nodiscard]] G1 multi_scalar_product_of_many(std::span<const G1Affine> points, std::span<const Fr> scalars);

/// The same on code that a test or a benchmark chooses; null stands for the code for one point.
namespace on {
[[nodiscard]] MillerLoopOfMany miller_loop_of_many(const LaneCode* code, std::span<const Pair> pairs);
[[nodiscard]] std::vector<G1> multiply_each(const LaneCode* code, std::span<const G1Affine> points,
                                            std::span<const Fr> scalars);
[[nodiscard]] G1 multi_scalar_product_of_many(const LaneCode* code, std::span<const G1Affine> points,
                                              std::span<const Fr> scalars);
}  // namespace on

}  // namespace enshrine::algebra::bn254
