// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <cmd/enshrine/session.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace enshrine::cli {

/// "0,5,9-12" as ascending distinct numbers below `limit`.
[[nodiscard]] CliResult<std::vector<std::uint32_t>> parse_indices(std::string_view name, const std::string& text,
                                                                  std::uint32_t limit);
/// The same the other way.
[[nodiscard]] std::string to_text(const std::vector<std::uint32_t>& ascending);

}  // namespace enshrine::cli
