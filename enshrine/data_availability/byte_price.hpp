// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/u256.hpp>
#include <enshrine/state/view.hpp>

#include <cstdint>

/// What publishing a byte costs, from one block to the next. Rules: docs/spec/data_availability.md [DA-FEE.*].
namespace enshrine::data_availability {

[[nodiscard]] U256 byte_price_at(std::uint64_t excess) noexcept;                                        ///< [DA-FEE.2]
[[nodiscard]] std::uint64_t next_excess(std::uint64_t excess, std::uint64_t bytes_published) noexcept;  ///< [DA-FEE.3]

/// Of the block being executed; between blocks, of the next one.
[[nodiscard]] U256 byte_price(const state::StateView& state);
[[nodiscard]] std::uint64_t load_excess_bytes(const state::StateView& state);
/// Data rows that the block being executed has published so far.
[[nodiscard]] std::uint64_t load_block_bytes(const state::StateView& state);
void store_block_bytes(state::Overlay& state, std::uint64_t bytes);
/// End of block: what it has published moves into the excess.
void settle_block_bytes(state::Overlay& state);

}  // namespace enshrine::data_availability
