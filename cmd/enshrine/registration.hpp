// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <cmd/enshrine/session.hpp>

#include <filesystem>

namespace enshrine::cli {

/// What `make` leaves of a rollup program: NAME.elf, and beside it the program's first state.
struct BuiltRollup {
    Bytes program;
    Bytes genesis;  ///< state::encode_entries
};
/// `elf` names the program; NAME.genesis lies beside it.
[[nodiscard]] CliResult<BuiltRollup> read_built_rollup(const std::filesystem::path& elf);

struct Registration {
    std::uint64_t rollup = 0;
    std::string name;
    Address sequencer;
};
/// Calldata of IRollupRegistry.register.
[[nodiscard]] Bytes encode_registration(const Registration& registration, const BuiltRollup& built);

}  // namespace enshrine::cli
