// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/fields.hpp>
#include <enshrine/base/bytes.hpp>
#include <enshrine/prover_files/file_error.hpp>

#include <array>
#include <cstdint>
#include <vector>

/// Constraint systems as circom writes them (.r1cs, version 1).
namespace enshrine::prover_files {

struct LinearTerm {
    std::uint32_t wire = 0;
    algebra::bn254::Fr factor;
};
using LinearCombination = std::vector<LinearTerm>;

/// a · b = c, each a sum over the wires.
using Constraint = std::array<LinearCombination, 3>;

/// Wire 0 is the number one; the public wires follow it.
struct ConstraintSystem {
    std::uint32_t wires = 0;
    std::uint32_t public_wires = 0;  ///< without wire 0
    std::vector<Constraint> constraints;
};

[[nodiscard]] FileResult<ConstraintSystem> read_r1cs(BytesView content);

}  // namespace enshrine::prover_files
