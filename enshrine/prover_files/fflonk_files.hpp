// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/fflonk.hpp>
#include <enshrine/prover_files/file_error.hpp>
#include <enshrine/prover_files/key_file.hpp>

/// Keys and proofs of FFLONK on BN254 as snarkjs writes them (JSON), and our own encodings (as bytes or in hex).
namespace enshrine::prover_files {

[[nodiscard]] FileResult<KeyFile> read_fflonk_key(BytesView content);
/// A proof in the encoding that keys verify.
[[nodiscard]] FileResult<Bytes> read_fflonk_proof(BytesView content);

}  // namespace enshrine::prover_files
