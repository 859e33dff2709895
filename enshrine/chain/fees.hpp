// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/u256.hpp>

#include <cstdint>

/// Prices of gas and blobs, from one block to the next. Rules: docs/spec/chain.md [CHAIN-FEE.*].
namespace enshrine::chain {

/// The figures of a block that set the price of its successor.
struct GasFigures {
    std::uint64_t gas_used = 0;
    std::uint64_t gas_limit = 0;
    U256 base_fee;
};
[[nodiscard]] U256 next_base_fee(const GasFigures& parent) noexcept;  ///< [CHAIN-FEE.1]

[[nodiscard]] std::uint64_t next_excess_blob_gas(std::uint64_t parent_excess,
                                                 std::uint64_t parent_used) noexcept;  ///< [CHAIN-FEE.3]
[[nodiscard]] U256 blob_base_fee(std::uint64_t excess_blob_gas) noexcept;              ///< [CHAIN-FEE.4]

}  // namespace enshrine::chain
