// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/prover_files/file_error.hpp>

namespace enshrine::prover_files {

/// What a file that is no JSON holds: the bytes that its text spells, when it is hex digits (with or without 0x, spaces
/// around), else the bytes themselves.
[[nodiscard]] Bytes binary_content(BytesView content);
/// The same of a file that no prover writes as text: an empty one, or a text that spells no hex digits, cannot be used.
[[nodiscard]] FileResult<Bytes> binary_file(BytesView content);
/// The content as readers expect it: JSON without a byte order mark. What is surely another file, one of UTF-16 or of
/// snarkjs's own formats, cannot be used, and the error says what it is.
[[nodiscard]] FileResult<BytesView> plain_content(BytesView content);
/// Whether all bytes are ASCII that prints, or spaces. Binaries are not, from a few dozen bytes on.
[[nodiscard]] bool is_text(BytesView content) noexcept;
/// Whether the first character that is no space opens a JSON object or array, in a text: JSON has no control
/// characters, and the coordinate that a binary begins with may well spell a space and a bracket.
[[nodiscard]] bool looks_like_json(BytesView content) noexcept;

}  // namespace enshrine::prover_files
