// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <cmd/enshrine/proof.hpp>

namespace enshrine::cli {

[[nodiscard]] CliResult<std::unique_ptr<ProofKey>> load_groth16_key(const ProofOptions& options);
[[nodiscard]] CliResult<std::unique_ptr<ProofKey>> load_plonk_key(const ProofOptions& options);
[[nodiscard]] CliResult<std::unique_ptr<ProofKey>> load_fflonk_key(const ProofOptions& options);
[[nodiscard]] CliResult<std::unique_ptr<ProofKey>> load_ultrahonk_key(const ProofOptions& options);
[[nodiscard]] CliResult<std::unique_ptr<ProofKey>> load_plonk_gnark_key(const ProofOptions& options);
[[nodiscard]] CliResult<std::unique_ptr<ProofKey>> load_sp1_key(const ProofOptions& options);
[[nodiscard]] CliResult<std::unique_ptr<ProofKey>> load_risc0_key(const ProofOptions& options);

}  // namespace enshrine::cli
