// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/groth16.hpp>
#include <enshrine/prover_files/file_error.hpp>

#include <string_view>

/// Keys and proofs of Groth16 as their provers write them:
/// JSON of snarkjs and rapidsnark, JSON of gnark and of UPA, gnark's binaries (of WriteTo and WriteRawTo, as bytes or
/// in hex), verifiers of Solidity that gnark and snarkjs export (source, or its constants as JSON), and our own
/// encodings.
namespace enshrine::prover_files {

struct KeyOptions {
    /// Of gnark's commitment, when the key has one and its file does not say.
    proofs::groth16::CommitmentHash commitment_hash = proofs::groth16::CommitmentHash::sha256;
};

/// The key, and the form that its file had.
struct Groth16KeyFile {
    Bytes key;
    std::string_view form;
};
[[nodiscard]] FileResult<Groth16KeyFile> read_groth16_key(BytesView content, const KeyOptions& options = {});
/// A proof for a key of that header, in the encoding that the key verifies.
[[nodiscard]] FileResult<Bytes> read_groth16_proof(BytesView content, const proofs::groth16::Header& header);

}  // namespace enshrine::prover_files
