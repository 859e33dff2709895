// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <cstdint>
#include <optional>

/// The precompiles 0x0b to 0x11 on BLS12-381 (EIP-2537). A field element takes 64 bytes, of which the first 16 are
/// zero.
namespace enshrine::chain {

inline constexpr std::uint64_t g1_add_gas = 375;
inline constexpr std::uint64_t g2_add_gas = 600;
inline constexpr std::uint64_t map_to_g1_gas = 5500;
inline constexpr std::uint64_t map_to_g2_gas = 23'800;

/// Two points of the curve, which need not lie in the group [CHAIN-PRE.9].
[[nodiscard]] std::optional<Bytes> add_g1(BytesView input);
[[nodiscard]] std::optional<Bytes> add_g2(BytesView input);
/// One or more members with a factor of 32 bytes each; the sum of the products [CHAIN-PRE.10].
[[nodiscard]] std::optional<Bytes> sum_products_g1(BytesView input);
[[nodiscard]] std::optional<Bytes> sum_products_g2(BytesView input);
[[nodiscard]] std::uint64_t sum_products_g1_gas(BytesView input) noexcept;
[[nodiscard]] std::uint64_t sum_products_g2_gas(BytesView input) noexcept;
/// One or more pairs of members; 1 when the product of the pairings is one, else 0 [CHAIN-PRE.11].
[[nodiscard]] std::optional<Bytes> check_pairing_bls12_381(BytesView input);
[[nodiscard]] std::uint64_t bls12_381_pairing_gas(BytesView input) noexcept;
/// A field element; a member [CHAIN-PRE.12].
[[nodiscard]] std::optional<Bytes> map_to_g1(BytesView input);
[[nodiscard]] std::optional<Bytes> map_to_g2(BytesView input);

}  // namespace enshrine::chain
