// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/prover_files/file_bytes.hpp>

#include <algorithm>
#include <optional>
#include <string>
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

/// Of a text that spells no bytes.
std::string text_fault(BytesView content) {
    std::string_view text = as_text(content);
    const auto first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos) return "nothing but spaces";
    text = text.substr(first, text.find_last_not_of(spaces) - first + 1);
    if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
    const bool all_hex = text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
    if (all_hex && text.size() % 2 != 0) {
        return "hex digits, expected an even number of them, got " + std::to_string(text.size());
    }
    return "a text that is neither JSON nor hex digits";
}

}  // namespace

FileResult<BytesView> plain_content(BytesView content) {
    const std::string_view text = as_text(content);
    constexpr std::string_view utf8_mark = "\xef\xbb\xbf";
    if (text.starts_with(utf8_mark) && looks_like_json(content.subspan(utf8_mark.size()))) {
        return content.subspan(utf8_mark.size());
    }
    for (const std::string_view mark : {"\xff\xfe", "\xfe\xff"}) {
        if (text.starts_with(mark) && text.size() > 3 && (text[2] == '\0') != (text[3] == '\0')) {
            return unusable("a text in UTF-16; save it as UTF-8");
        }
    }
    if (text.starts_with(std::string_view{"zkey\x01\0\0\0", 8})) {
        return unusable("a proving key of snarkjs; `snarkjs zkey export verificationkey` writes what is needed here");
    }
    if (text.starts_with(std::string_view{"wtns\x02\0\0\0", 8})) {
        return unusable("a witness of snarkjs; `snarkjs groth16 prove` makes a proof and its public inputs of it");
    }
    return content;
}

Bytes binary_content(BytesView content) {
    auto bytes = hex_content(content);
    return bytes ? *std::move(bytes) : to_bytes(content);
}

FileResult<Bytes> binary_file(BytesView content) {
    if (content.empty()) return unusable("the file is empty");
    if (auto bytes = hex_content(content)) return *std::move(bytes);
    if (is_text(content)) return unusable(text_fault(content));
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
