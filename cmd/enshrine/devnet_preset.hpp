// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <cmd/enshrine/session.hpp>

namespace enshrine::cli {

/// A devnet that first shows something: the scenarios of scripts/scenario.
struct PresetOptions {
    std::string name;  ///< empty: none
    bool once = false;
};
inline constexpr const char* preset_names[] = {"payments", "zk-payments"};

/// Becomes the scenario's process; returns only when it cannot.
[[nodiscard]] CliResult<Report> run_preset(const PresetOptions& options, const std::string& data_dir,
                                           const std::string& json_file);

}  // namespace enshrine::cli
