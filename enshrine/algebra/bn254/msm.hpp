// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/points.hpp>

namespace enshrine::algebra::bn254 {

/// Σ scalars[i] points[i]. Few points share their doublings (Straus); many go through buckets (Pippenger).
/// The lists have one length.
[[nodiscard]] G1 multi_scalar_product(std::span<const G1Affine> points, std::span<const Fr> scalars);

/// The two ways, for tests that compare them.
[[nodiscard]] G1 multi_scalar_product_straus(std::span<const G1Affine> points, std::span<const Fr> scalars);
[[nodiscard]] G1 multi_scalar_product_pippenger(std::span<const G1Affine> points, std::span<const Fr> scalars);

}  // namespace enshrine::algebra::bn254
