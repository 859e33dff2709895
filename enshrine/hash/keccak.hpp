// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>

#include <array>
#include <cstdint>
#include <string_view>

/// Keccak-256 as Ethereum uses it (Keccak padding 0x01, rate 136 bytes).
namespace enshrine::hash {

using KeccakState = std::array<std::uint64_t, 25>;

/// Keccak-f[1600]. The accelerator of the machine in a rollup program.
void keccak_f(KeccakState& state) noexcept;
/// The same permutation, usable in constant expressions.
constexpr void keccak_f_portable(KeccakState& state) noexcept;

[[nodiscard]] Hash32 keccak256(BytesView data) noexcept;
/// For method selectors and event topics, computed by the compiler.
[[nodiscard]] constexpr Hash32 keccak256_constexpr(std::string_view text) noexcept;

}  // namespace enshrine::hash

#include <enshrine/hash/keccak_constexpr.hpp>
