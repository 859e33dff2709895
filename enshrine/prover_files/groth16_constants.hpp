// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/prover_files/groth16_files.hpp>
#include <enshrine/prover_files/json_field.hpp>
#include <enshrine/prover_files/solidity_constants.hpp>

/// Keys of Groth16 from the constants of verifiers that gnark (SP1) and snarkjs (RISC Zero) export.
namespace enshrine::prover_files {

/// Whether a JSON file holds such constants.
[[nodiscard]] bool has_groth16_constants(const JsonField& document);
[[nodiscard]] FileResult<Groth16KeyFile> groth16_key_of_constants(const SolidityConstants& constants);

}  // namespace enshrine::prover_files
