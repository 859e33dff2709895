// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/result.hpp>

namespace enshrine::proofs {

/// Why a key or a proof is refused. An encoding of a point that its curve refuses keeps the error of the curve.
enum class SnarkError : std::uint16_t {
    wrong_kind = 1,            ///< the key is of another kind, version or curve, or has unknown flags
    wrong_size,                ///< a key, proof or commitment is shorter or longer than its header says
    too_many_inputs,           ///< the key declares more public inputs than are allowed
    infinity_in_key,           ///< a point that binds something is the point at infinity
    degenerate_key,            ///< two points of the key that must be independent are equal up to sign
    infinity_in_proof,         ///< a point of the proof is the point at infinity
    wrong_input_count,         ///< not as many public inputs as the key declares
    input_not_below_order,     ///< a public input is not a field element in its only form
    does_not_hold,             ///< everything is well formed, and the proof is not one of this statement
    commitment_does_not_hold,  ///< the proof of knowledge of the commitment is not one
    no_such_domain,            ///< the field has no domain of that size
    cosets_overlap,            ///< k1 and k2 do not make three cosets of the domain without a common element
    trivial_srs,               ///< everybody knows the secret of the reference string
    gamma_is_delta,            ///< of a key of Groth16, up to sign; so are the next two
    gamma_is_beta,
    delta_is_beta,
    challenge_in_domain  ///< a challenge fell on a point where the equations divide by zero
};
const ErrorDomain& error_domain(SnarkError) noexcept;

}  // namespace enshrine::proofs
