// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/ultrahonk_proof.hpp>

namespace enshrine::proofs::ultrahonk {

/// The masks of the rounds are one polynomial over a subgroup of 256 elements, with this generator.
inline constexpr std::size_t mask_subgroup = 256;
inline constexpr Fr mask_generator =
    Fr::from(algebra::bn254::limbs(0x07b0c561a6148404, 0xf086204a9f36ffb0, 0x617942546750f230, 0xc893619174a57a76));

/// That the evaluation of the masks at the point of the sumcheck is their inner product with that point, as the claims
/// at r say [HONK.14].
[[nodiscard]] Result<void> check_mask(const Mask& mask, std::span<const Fr> point, const Fr& r);

}  // namespace enshrine::proofs::ultrahonk
