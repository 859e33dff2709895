// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/prover_files/r1cs_file.hpp>

/// Groth16 keys for development: both phases of the setup at once, from secrets that anybody can recompute. Whoever
/// knows them proves anything, so these keys are for networks whose coins are worth nothing. The same circuit gives the
/// same key everywhere, in seconds, where a ceremony's files take minutes of preparation.
namespace enshrine::prover_files {

struct SetupSecrets {
    algebra::bn254::Fr tau;
    algebra::bn254::Fr alpha;
    algebra::bn254::Fr beta;
    algebra::bn254::Fr delta;
};
/// From the bytes of the circuit: not secret.
[[nodiscard]] SetupSecrets development_secrets(BytesView r1cs);

/// The proving key in snarkjs's format (.zkey), with the verifying key in it. γ is 1, as snarkjs has it.
[[nodiscard]] Bytes make_zkey(const ConstraintSystem& system, const SetupSecrets& secrets);

}  // namespace enshrine::prover_files
