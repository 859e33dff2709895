// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/data_availability/namespace_text.hpp>

#include <algorithm>

namespace enshrine::data_availability {

std::optional<Hash32> parse_namespace(std::string_view text) {
    if (!text.starts_with("0x")) return std::nullopt;
    const auto bytes = codec::parse_hex(text);
    if (!bytes || bytes->empty() || bytes->size() > Hash32::size_bytes) return std::nullopt;
    Hash32 out;
    std::ranges::copy(*bytes, out.begin());
    return out;
}

}  // namespace enshrine::data_availability
