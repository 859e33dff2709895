// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/ultrahonk.hpp>

#include <array>

namespace enshrine::proofs::ultrahonk {

struct VerifyingKey::Prepared {
    std::array<algebra::bn254::G1Affine, committed_in_key> commitments;  ///< in the order of the version
    KzgSrs<Bn254> srs;
    Hash32 circuit_hash;
};

}  // namespace enshrine::proofs::ultrahonk
