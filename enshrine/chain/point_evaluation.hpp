// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <cstdint>
#include <optional>

namespace enshrine::chain {

inline constexpr std::uint64_t point_evaluation_gas = 50'000;
inline constexpr std::size_t point_evaluation_input_bytes = 192;

/// The precompile 0x0a of EIP-4844 [CHAIN-PRE.3]. Input: versioned hash 32 ‖ z 32 ‖ y 32 ‖ commitment 48 ‖ proof 48.
/// Output: 4096 ‖ the field's modulus, 32 bytes each, when the proof shows p(z) = y; nothing otherwise.
[[nodiscard]] std::optional<Bytes> evaluate_point(BytesView input);

}  // namespace enshrine::chain
