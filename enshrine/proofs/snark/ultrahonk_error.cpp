// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/ultrahonk_error.hpp>

namespace enshrine::proofs::ultrahonk {
namespace {

std::string_view message(std::uint16_t code) noexcept {
    switch (HonkError{code}) {
        case HonkError::size_out_of_range:
            return "the number of rows of the circuit is out of range, or too small for its public inputs";
        case HonkError::bad_accumulator:
            return "the pairing points among the public inputs are not encoded as the version of bb does";
        case HonkError::pole_hit:
            return "a challenge of the transcript makes a denominator zero";
        case HonkError::sumcheck_fails:
            return "the proof does not hold for these public inputs: a round of its sumcheck fails";
        case HonkError::relations_fail:
            return "the proof does not hold for these public inputs: its evaluations break the circuit's relations";
        case HonkError::masking_fails:
            return "the proof does not hold for these public inputs: the evaluations of its masks are inconsistent";
        case HonkError::masks_unsound:
            return "zero-knowledge proofs of bb 3.0 show nothing: anyone can make one of any statement; 5.0 mends it";
    }
    return "unknown error of an UltraHonk proof";
}

}  // namespace

const ErrorDomain& error_domain(HonkError) noexcept {
    static constexpr ErrorDomain domain{"ultrahonk", message};
    return domain;
}

}  // namespace enshrine::proofs::ultrahonk
