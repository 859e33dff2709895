// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/ultrahonk_dialect.hpp>

#include <optional>

namespace enshrine::proofs::ultrahonk {

/// e(first, [1]_2) e(second, [x]_2) = 1, which the circuit leaves to whoever verifies it: proofs that it verified
/// itself rest on it.
struct PairingPoints {
    algebra::bn254::G1Affine first;
    algebra::bn254::G1Affine second;
};

/// The points that a circuit's last public inputs spell; nothing when it says that it has none [HONK.16].
[[nodiscard]] Result<std::optional<PairingPoints>> points_of_limbs(const Dialect& dialect, std::span<const Fr> limbs);

/// Both claims in one, under a weight that depends on both [HONK.16].
[[nodiscard]] PairingPoints fold(const PairingPoints& of_proof, const PairingPoints& of_circuit);

}  // namespace enshrine::proofs::ultrahonk
