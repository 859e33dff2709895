// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/prover_files/file_bytes.hpp>

#include <algorithm>
#include <optional>
#include <string_view>

namespace enshrine::prover_files {
namespace {

constexpr std::string_view spaces = " \t\r\n";

std::optional<Bytes> hex_content(BytesView content) {
    std::string_view text = as_text(content);
    const auto first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos) return std::nullopt;
    text = text.substr(first, text.find_last_not_of(spaces) - first + 1);
    auto bytes = codec::parse_hex(text);
    if (!bytes) return std::nullopt;
    return *std::move(bytes);
}

}  // namespace

Bytes binary_content(BytesView content) {
    auto bytes = hex_content(content);
    return bytes ? *std::move(bytes) : to_bytes(content);
}

FileResult<Bytes> binary_file(BytesView content) {
    if (content.empty()) return unusable("the file is empty");
    if (auto bytes = hex_content(content)) return *std::move(bytes);
    if (is_text(content)) return unusable("a text that is neither JSON nor hex digits");
    return to_bytes(content);
}

bool is_text(BytesView content) noexcept {
    return std::ranges::all_of(content, [](Byte b) { return (b >= 0x20 && b < 0x7f) || (b >= 0x09 && b <= 0x0d); });
}

bool looks_like_json(BytesView content) noexcept {
    const std::string_view text = as_text(content);
    const auto first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos || (text[first] != '{' && text[first] != '[')) return false;
    return std::ranges::none_of(text, [](char c) { return c >= 0 && c < ' ' && !spaces.contains(c); });
}

}  // namespace enshrine::prover_files
