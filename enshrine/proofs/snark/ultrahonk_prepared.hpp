// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/pairing.hpp>
#include <enshrine/proofs/snark/ultrahonk.hpp>

#include <array>

namespace enshrine::proofs::ultrahonk {

struct VerifyingKey::Prepared {
    std::array<algebra::bn254::G1Affine, committed_in_key> commitments;  ///< in the order of the version
    algebra::bn254::G2Affine x;                                          ///< [x]_2
    algebra::bn254::PreparedG2 x_lines;
    algebra::bn254::PreparedG2 one_lines;
    Hash32 circuit_hash;
};

}  // namespace enshrine::proofs::ultrahonk
