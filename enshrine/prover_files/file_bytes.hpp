// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

namespace enshrine::prover_files {

/// What a file that is no JSON holds: the bytes that its text spells, when it is hex digits (with or without 0x, spaces
/// around), else the bytes themselves.
[[nodiscard]] Bytes binary_content(BytesView content);
/// Whether the first character that is no space opens a JSON object or array, in a text: JSON has no control
/// characters, and the coordinate that a binary begins with may well spell a space and a bracket.
[[nodiscard]] bool looks_like_json(BytesView content) noexcept;

}  // namespace enshrine::prover_files
