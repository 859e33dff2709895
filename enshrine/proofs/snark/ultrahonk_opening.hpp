// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/ultrahonk_proof.hpp>

namespace enshrine::proofs::ultrahonk {

/// That the evaluations are those of the committed polynomials, as a claim of KZG: Gemini, Shplonk, and the claims of
/// the mask among theirs [HONK.15]. `key` has the commitments of the circuit in the order of its version.
[[nodiscard]] Result<PairingPoints> reduce_opening(Version version, std::span<const G1Affine, committed_in_key> key,
                                                   const Proof& proof);

}  // namespace enshrine::proofs::ultrahonk
