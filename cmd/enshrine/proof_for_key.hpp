// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/base/u256.hpp>

#include <cmd/enshrine/session.hpp>

#include <vector>

namespace enshrine::cli {

/// The file of a prover, read as proofs of a key are: `key` has the canonical bytes that the L1 keeps, so nobody has to
/// name the kind. Answers the proof in the encoding that the L1 takes.
[[nodiscard]] CliResult<Bytes> read_proof_for(BytesView key, const std::string& path);
/// The public inputs of such a proof, or what its program has committed to, as inputs of the L1.
[[nodiscard]] CliResult<std::vector<U256>> read_inputs_for(BytesView key, const std::string& path);

}  // namespace enshrine::cli
