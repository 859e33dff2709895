// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <optional>
#include <string_view>

namespace enshrine::prover_files {

/// "0", or decimal digits that do not begin with 0, or 0x and hex digits; at most 400 characters.
[[nodiscard]] bool is_number(std::string_view text) noexcept;

/// A number as `width` bytes, big-endian; nothing when it needs more. The text is one (asserted).
[[nodiscard]] std::optional<Bytes> number_to_bytes(std::string_view text, std::size_t width);

}  // namespace enshrine::prover_files
