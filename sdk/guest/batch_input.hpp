// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/sequencing/batch.hpp>
#include <enshrine/vm/arguments.hpp>

#include <expected>
#include <vector>

/// What a batch run consumes, reached through reveals from the hashes of the argument page.
namespace enshrine::guest {

/// An exit code of calls.hpp other than 0.
using ExitCode = std::uint64_t;

/// The header behind `batch_hash`, which has to agree with the argument page.
[[nodiscard]] std::expected<sequencing::BatchHeader, ExitCode> read_batch_header(const vm::ProgramArguments& run);
/// Hashes of the messages to consume, in order [MSG.2].
[[nodiscard]] std::expected<std::vector<Hash32>, ExitCode> read_inbox(const vm::ProgramArguments& run);
/// The payload behind the references, of either scheme [BATCH.2].
[[nodiscard]] std::expected<Bytes, ExitCode> read_payload(const vm::ProgramArguments& run,
                                                          const sequencing::BatchHeader& header);

}  // namespace enshrine::guest
