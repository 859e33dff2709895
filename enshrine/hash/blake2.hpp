// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <array>
#include <cstdint>

namespace enshrine::hash {

/// What the compression function of BLAKE2b (RFC 7693, 3.2) takes besides the state.
struct Blake2Block {
    std::array<std::uint64_t, 16> message{};
    std::array<std::uint64_t, 2> offset{};  ///< bytes hashed so far, low word first
    bool last = false;
    std::uint32_t rounds = 12;  ///< EIP-152 lets the caller choose
};

void blake2b_compress(std::array<std::uint64_t, 8>& state, const Blake2Block& block) noexcept;

}  // namespace enshrine::hash
