// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/adapters/sp1.hpp>
#include <enshrine/prover_files/program_file.hpp>

/// SP1's fixtures (JSON with vkey, publicValues and proof), or each part in a file of its own, as bytes or in hex.
namespace enshrine::prover_files {

/// The program's key with the version that the proof (what read_sp1_proof() gives) begins with, or our own encoding.
[[nodiscard]] FileResult<KeyFile> read_sp1_key(BytesView content, BytesView proof = {});
[[nodiscard]] FileResult<Bytes> read_sp1_proof(BytesView content);
[[nodiscard]] FileResult<Bytes> read_sp1_public_values(BytesView content);

}  // namespace enshrine::prover_files
