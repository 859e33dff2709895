// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/prover_files/key_file.hpp>
#include <enshrine/prover_files/solidity_constants.hpp>

namespace enshrine::prover_files {

/// Keys of gnark's PLONK from the constants of the verifier that gnark exports, such as those of SP1.
[[nodiscard]] FileResult<KeyFile> plonk_gnark_key_of_constants(const SolidityConstants& constants);

}  // namespace enshrine::prover_files
