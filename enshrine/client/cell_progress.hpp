// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <cstdint>
#include <expected>
#include <filesystem>
#include <set>
#include <string>

namespace enshrine::client {

/// Cells of one blob that were drawn, and those of them that were verified.
struct CellProgress {
    Hash32 versioned_hash;
    std::set<std::uint32_t> drawn;
    std::set<std::uint32_t> verified;
};
/// Of an earlier run; nothing drawn when the file does not exist. The error names the file and what is wrong in it.
[[nodiscard]] std::expected<CellProgress, std::string> load_cell_progress(const std::filesystem::path& file,
                                                                          const Hash32& versioned_hash);
/// Replaces the file as a whole.
[[nodiscard]] std::expected<void, std::string> store_cell_progress(const std::filesystem::path& file,
                                                                   const CellProgress& progress);

}  // namespace enshrine::client
