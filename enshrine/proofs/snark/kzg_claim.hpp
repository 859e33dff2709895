// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/points.hpp>

namespace enshrine::proofs {

/// What a verifier of a KZG scheme leaves to show: e(p, [x]_2) = e(q, [1]_2). Claims of one [x]_2 can be folded.
struct KzgClaim {
    algebra::bn254::G1Affine p;
    algebra::bn254::G1Affine q;

    [[nodiscard]] friend bool operator==(const KzgClaim&, const KzgClaim&) noexcept = default;
};

}  // namespace enshrine::proofs
