// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/u256.hpp>

#include <expected>

/// The arithmetic of a constant-product market. Every rounding favours the market, so that the product of the reserves
/// never falls but by the shares that are taken out.
namespace rollups::exchange {

using enshrine::U256;

enum class MarketError : std::uint8_t { zero_amount, no_liquidity, amount_too_large };

inline constexpr std::uint64_t fee_thousandths = 3;  ///< of the amount that goes in; stays in the market

struct Market {
    U256 native_reserve;
    U256 token_reserve;
    U256 total_shares;  ///< zero exactly when both reserves are
};
struct Liquidity {
    U256 native_amount;
    U256 token_amount;
    U256 shares;
};

/// Takes as much of both amounts as fits the market's ratio; an empty market takes all of both and gives as many shares
/// as there are native units. The market changes on success alone.
[[nodiscard]] std::expected<Liquidity, MarketError> add(Market& market, const U256& native_max, const U256& token_max);
/// `shares` at most total_shares (asserted).
[[nodiscard]] std::expected<Liquidity, MarketError> remove(Market& market, const U256& shares);
/// Returns the amount that goes out; it may be zero for dust.
[[nodiscard]] std::expected<U256, MarketError> swap(Market& market, bool native_in, const U256& amount_in);

}  // namespace rollups::exchange
