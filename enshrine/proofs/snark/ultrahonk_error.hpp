// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/result.hpp>

namespace enshrine::proofs::ultrahonk {

/// Why a key or a proof of UltraHonk is refused, beside the reasons that all kinds share (SnarkError).
enum class HonkError : std::uint16_t {
    size_out_of_range = 1,  ///< the circuit has too few or too many rows
    bad_accumulator,        ///< the limbs of the pairing points are too wide, or mix points with nothing
    pole_hit,               ///< a challenge makes a denominator zero
    sumcheck_fails,         ///< a round polynomial does not sum to what the round before left
    relations_fail,         ///< the evaluations do not satisfy the relations of the circuit
    masking_fails,          ///< the evaluations that hide the sumcheck are not consistent
    masks_unsound           ///< the version's masks prove any statement
};
const ErrorDomain& error_domain(HonkError) noexcept;

}  // namespace enshrine::proofs::ultrahonk
