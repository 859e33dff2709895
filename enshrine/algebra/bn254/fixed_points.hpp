// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/points.hpp>

namespace enshrine::algebra::bn254 {

/// Points that are multiplied again and again, as those of a verifying key that bind the inputs. Few of them get tables
/// of 4 kB each (a comb: Lim, Lee 1994), with which a combination takes half the time of multi_scalar_product(); for
/// many, that is what computes it.
class FixedPoints {
public:
    explicit FixedPoints(std::span<const G1Affine> points);
    /// Σ scalars[i] points[i], for as many scalars as points.
    [[nodiscard]] G1 combination(std::span<const Fr> scalars) const;

    static constexpr std::size_t with_tables_max = 16;  ///< so many points

private:
    std::vector<G1Affine> points_;
    std::vector<G1Affine> tables_;  ///< [point][subset of the teeth]
};

}  // namespace enshrine::algebra::bn254
