// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/limbs.hpp>

namespace enshrine::algebra::bn254 {

/// 1/a mod m for an odd prime m below 2^255 and a < m; of zero, zero. Takes longer for some numbers than for others.
[[nodiscard]] Limbs modular_inverse(const Limbs& a, const Limbs& m) noexcept;

}  // namespace enshrine::algebra::bn254
