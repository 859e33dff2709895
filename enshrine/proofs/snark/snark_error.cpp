// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/snark_error.hpp>

namespace enshrine::proofs {
namespace {

std::string_view message(std::uint16_t code) noexcept {
    switch (SnarkError{code}) {
        case SnarkError::wrong_kind:
            return "the key is of another kind, version or curve";
        case SnarkError::wrong_size:
            return "the number of bytes is not what the header asks for";
        case SnarkError::too_many_inputs:
            return "the key declares more public inputs than are allowed";
        case SnarkError::infinity_in_key:
            return "a point of the key is the point at infinity";
        case SnarkError::degenerate_key:
            return "two points of the key that must be independent are equal: anyone could forge proofs for it";
        case SnarkError::gamma_is_delta:
            return "gamma and delta are equal, as in a key without the second phase of its setup: anyone could forge "
                   "proofs for it";
        case SnarkError::gamma_is_beta:
            return "gamma and beta are equal: anyone could forge proofs for it";
        case SnarkError::delta_is_beta:
            return "delta and beta are equal: anyone could forge proofs for it";
        case SnarkError::infinity_in_proof:
            return "a point of the proof is the point at infinity";
        case SnarkError::wrong_input_count:
            return "the number of public inputs is not the one that the key declares";
        case SnarkError::input_not_below_order:
            return "a public input is not below the order of the group";
        case SnarkError::does_not_hold:
            return "the proof does not hold for these public inputs";
        case SnarkError::commitment_does_not_hold:
            return "the proof of knowledge of the commitment does not hold";
        case SnarkError::no_such_domain:
            return "the scalar field has no evaluation domain of the size that the key declares";
        case SnarkError::cosets_overlap:
            return "k1 and k2 do not separate the wires of the circuit: their cosets of the domain overlap";
        case SnarkError::trivial_srs:
            return "the secret of the reference string is 0, 1 or -1: anyone could forge proofs for it";
        case SnarkError::challenge_in_domain:
            return "a challenge is a point at which the proof cannot be checked";
    }
    return "unknown error of a proof";
}

}  // namespace

const ErrorDomain& error_domain(SnarkError) noexcept {
    static constexpr ErrorDomain domain{"snark", message};
    return domain;
}

}  // namespace enshrine::proofs
