// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/adapters/risc0.hpp>
#include <enshrine/prover_files/program_file.hpp>

/// Receipts of RISC Zero (JSON with imageId, journal and seal, or with the names of its Solidity tests: IMAGE_ID,
/// JOURNAL, SEAL), or each part in a file of its own, as bytes or in hex.
namespace enshrine::prover_files {

/// The image ID with the version that the seal (what read_risc0_seal() gives) begins with, or our own encoding.
[[nodiscard]] FileResult<KeyFile> read_risc0_key(BytesView content, BytesView seal = {});
[[nodiscard]] FileResult<Bytes> read_risc0_seal(BytesView content);
[[nodiscard]] FileResult<Bytes> read_risc0_journal(BytesView content);

}  // namespace enshrine::prover_files
