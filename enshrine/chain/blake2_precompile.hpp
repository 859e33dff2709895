// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <cstdint>
#include <optional>

namespace enshrine::chain {

inline constexpr std::size_t blake2_input_bytes = 213;

/// The precompile 0x09 (EIP-152) [CHAIN-PRE.8]. Input: rounds 4 (big-endian) ‖ state 64 ‖ message 128 ‖ offset 16 ‖
/// last 1.
[[nodiscard]] std::optional<Bytes> compress_blake2(BytesView input);
[[nodiscard]] std::uint64_t blake2_gas(BytesView input) noexcept;

}  // namespace enshrine::chain
