// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/u256.hpp>

#include <cstdint>

/// The price curve of EIP-4844, of blobs (`chain`) and of native publications (`data_availability`).
namespace enshrine::system {

/// factor · e^(numerator / denominator) by the Taylor series of EIP-4844; 2^256 − 1 when it does not fit.
[[nodiscard]] U256 fake_exponential(std::uint64_t factor, std::uint64_t numerator, std::uint64_t denominator) noexcept;

}  // namespace enshrine::system
