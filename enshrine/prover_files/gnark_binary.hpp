// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/prover_files/groth16_files.hpp>

/// gnark's binary files of Groth16, as WriteTo and WriteRawTo make them: on BN254 and BLS12-381, with compressed and
/// with uncompressed points.
namespace enshrine::prover_files {

[[nodiscard]] FileResult<Groth16KeyFile> groth16_key_of_gnark(BytesView content, const KeyOptions& options);
[[nodiscard]] FileResult<Bytes> groth16_proof_of_gnark(BytesView content, const proofs::groth16::Header& header);
/// [GROTH.1] A commitment is on BN254 alone.
[[nodiscard]] FileResult<void> check_commitment_curve(proofs::Curve curve);
/// Of both curves: u32 public ‖ u32 secret (0) ‖ u32 length ‖ elements.
[[nodiscard]] FileResult<std::vector<U256>> public_inputs_of_gnark(BytesView content);

}  // namespace enshrine::prover_files
