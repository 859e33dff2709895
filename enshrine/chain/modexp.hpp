// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <cstdint>
#include <optional>

namespace enshrine::chain {

/// No number may be longer (EIP-7823).
inline constexpr std::size_t modexp_number_bytes_max = 1024;

/// The precompile 0x05 (EIP-198) [CHAIN-PRE.4]. Input: three lengths of 32 bytes, base, exponent, modulus; what is
/// missing reads as zeros. Output: base^exponent mod modulus, as long as the modulus.
[[nodiscard]] std::optional<Bytes> raise_to_power(BytesView input);
/// EIP-7883.
[[nodiscard]] std::uint64_t modexp_gas(BytesView input) noexcept;

}  // namespace enshrine::chain
