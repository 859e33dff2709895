// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <cmd/enshrine/proof.hpp>

#include <chrono>

/// From files to a verdict, for the command line and for tools that ask for many.
namespace enshrine::cli {

/// For messages.
[[nodiscard]] std::string proof_kind_names();
[[nodiscard]] CliResult<const ProofKind*> find_proof_kind(const ProofOptions& options);
/// What is not given is in the file of the proof, where the kind has such files; else the failure names the option.
[[nodiscard]] CliResult<ProofOptions> with_defaults(ProofOptions options);
[[nodiscard]] CliResult<std::unique_ptr<ProofKey>> load_proof_key(const ProofOptions& options);

/// A proof that holds.
struct JudgedProof {
    std::unique_ptr<ProofKey> key;
    std::chrono::duration<double, std::milli> elapsed{};  ///< of the verification alone
};
/// A file that cannot be used fails with exit_usage, a proof that does not hold with exit_refused and the reason.
[[nodiscard]] CliResult<JudgedProof> judge_proof(const ProofOptions& options);

}  // namespace enshrine::cli
