// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <optional>
#include <string_view>

namespace enshrine::data_availability {

/// A namespace as people write it: 1 to 32 bytes as 0x-hex, shorter ones with zeros behind; nullopt for everything
/// else.
[[nodiscard]] std::optional<Hash32> parse_namespace(std::string_view text);

}  // namespace enshrine::data_availability
