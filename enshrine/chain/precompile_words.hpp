// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/u256.hpp>

/// How Ethereum's functions read and write their bytes.
namespace enshrine::chain {

inline constexpr std::size_t word_bytes = 32;

/// The first `size` bytes, as if zeros followed the input.
[[nodiscard]] inline Bytes padded(BytesView input, std::size_t size) {
    Bytes out = to_bytes(input.first(std::min(size, input.size())));
    out.resize(size);
    return out;
}

/// 1 or 0 in a word.
[[nodiscard]] inline Bytes truth_word(bool truth) {
    Bytes out(word_bytes);
    out.back() = truth ? 1 : 0;
    return out;
}

}  // namespace enshrine::chain
