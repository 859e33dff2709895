// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/prover_files/file_bytes.hpp>

#include <algorithm>
#include <string_view>

namespace enshrine::prover_files {
namespace {

constexpr std::string_view spaces = " \t\r\n";

}  // namespace

Bytes binary_content(BytesView content) {
    std::string_view text = as_text(content);
    const auto first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos) return to_bytes(content);
    text = text.substr(first, text.find_last_not_of(spaces) - first + 1);
    if (const auto bytes = codec::parse_hex(text)) return *bytes;
    return to_bytes(content);
}

bool looks_like_json(BytesView content) noexcept {
    const std::string_view text = as_text(content);
    const auto first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos || (text[first] != '{' && text[first] != '[')) return false;
    return std::ranges::none_of(text, [](char c) { return c >= 0 && c < ' ' && !spaces.contains(c); });
}

}  // namespace enshrine::prover_files
