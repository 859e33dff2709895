// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/plonk.hpp>
#include <enshrine/prover_files/file_error.hpp>
#include <enshrine/prover_files/key_file.hpp>

/// Keys and proofs of PLONK as snarkjs writes them (JSON), and our own encodings (as bytes or in hex).
namespace enshrine::prover_files {

[[nodiscard]] FileResult<KeyFile> read_plonk_key(BytesView content);
/// A proof for a key on that curve, in the encoding that the key verifies.
[[nodiscard]] FileResult<Bytes> read_plonk_proof(BytesView content, proofs::Curve curve);

}  // namespace enshrine::prover_files
