// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/curves.hpp>

#include <cmd/enshrine/proof.hpp>

namespace enshrine::cli {

[[nodiscard]] CliResult<std::unique_ptr<ProofKey>> load_groth16_key(const ProofOptions& options);
[[nodiscard]] CliResult<std::unique_ptr<ProofKey>> load_plonk_key(const ProofOptions& options);
[[nodiscard]] CliResult<std::unique_ptr<ProofKey>> load_fflonk_key(const ProofOptions& options);
[[nodiscard]] CliResult<std::unique_ptr<ProofKey>> load_ultrahonk_key(const ProofOptions& options);

[[nodiscard]] std::string_view curve_name(proofs::Curve curve) noexcept;

}  // namespace enshrine::cli
