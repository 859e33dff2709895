// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <cmd/enshrine/proof.hpp>

namespace enshrine::cli {

[[nodiscard]] CliResult<std::unique_ptr<ProofKey>> load_groth16_key(const ProofOptions& options);

}  // namespace enshrine::cli
