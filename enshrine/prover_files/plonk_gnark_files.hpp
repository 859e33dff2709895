// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/plonk_gnark.hpp>
#include <enshrine/prover_files/file_error.hpp>
#include <enshrine/prover_files/key_file.hpp>

/// Keys and proofs of PLONK as gnark writes them on BN254: binaries of WriteTo and WriteRawTo, the calldata of its
/// Solidity verifier (which is our own encoding of a proof), as bytes or in hex, constants of that verifier (source or
/// JSON), and our own encoding of a key.
namespace enshrine::prover_files {

[[nodiscard]] FileResult<KeyFile> read_plonk_gnark_key(BytesView content);
/// A proof for a key of that header, in the encoding that the key verifies.
[[nodiscard]] FileResult<Bytes> read_plonk_gnark_proof(BytesView content, const proofs::plonk_gnark::Header& header);

}  // namespace enshrine::prover_files
