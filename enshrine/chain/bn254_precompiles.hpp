// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <cstdint>
#include <optional>

/// The precompiles 0x06, 0x07 and 0x08 on BN254 (EIP-196, EIP-197, gas of EIP-1108). Addition and multiplication read
/// an input that is too short as if zeros followed, and no further than their arguments.
namespace enshrine::chain {

inline constexpr std::uint64_t bn254_add_gas = 150;
inline constexpr std::uint64_t bn254_multiply_gas = 6000;

/// Two points of G1, 64 bytes each; their sum [CHAIN-PRE.5].
[[nodiscard]] std::optional<Bytes> add_bn254(BytesView input);
/// A point of G1 and a number of 32 bytes; their product [CHAIN-PRE.6].
[[nodiscard]] std::optional<Bytes> multiply_bn254(BytesView input);
/// Pairs of G1 and G2, 192 bytes each; 1 when the product of their pairings is one, else 0 [CHAIN-PRE.7].
[[nodiscard]] std::optional<Bytes> check_pairing_bn254(BytesView input);
[[nodiscard]] std::uint64_t bn254_pairing_gas(BytesView input) noexcept;

}  // namespace enshrine::chain
