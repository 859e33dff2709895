// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/prover_files/groth16_files.hpp>
#include <enshrine/prover_files/json_field.hpp>

namespace enshrine::prover_files {

[[nodiscard]] FileResult<Groth16KeyFile> groth16_key_of_json(const JsonField& document, const KeyOptions& options);
[[nodiscard]] FileResult<Bytes> groth16_proof_of_json(const JsonField& document, const proofs::groth16::Header& header);

}  // namespace enshrine::prover_files
