// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>

#include <rollups/exchange/market.hpp>

#include <algorithm>

namespace rollups::exchange {
namespace {

using namespace enshrine;

/// ceil(a · b / c) for a result that fits.
Result<U256> mul_div_up(const U256& a, const U256& b, const U256& c) noexcept {
    ENSHRINE_TRY(const auto down, mul_div(a, b, c));
    // a · b mod 2^256 differs from down · c mod 2^256 exactly when the division leaves a remainder below c < 2^256.
    if (a * b == down * c) return down;
    return checked_add(down, U256{1});
}

Result<Liquidity> first_liquidity(const U256& native_max, const U256& token_max) noexcept {
    return Liquidity{native_max, token_max, native_max};
}

/// Shares for the scarcer asset, then what those shares cost, rounded up.
Result<Liquidity> more_liquidity(const Market& market, const U256& native_max, const U256& token_max) noexcept {
    ENSHRINE_TRY(const auto by_native, mul_div(native_max, market.total_shares, market.native_reserve));
    ENSHRINE_TRY(const auto by_token, mul_div(token_max, market.total_shares, market.token_reserve));
    Liquidity out;
    out.shares = std::min(by_native, by_token);
    ENSHRINE_TRY(out.native_amount, mul_div_up(out.shares, market.native_reserve, market.total_shares));
    ENSHRINE_TRY(out.token_amount, mul_div_up(out.shares, market.token_reserve, market.total_shares));
    return out;
}

Result<Market> with(const Market& market, const Liquidity& added) noexcept {
    Market out;
    ENSHRINE_TRY(out.native_reserve, checked_add(market.native_reserve, added.native_amount));
    ENSHRINE_TRY(out.token_reserve, checked_add(market.token_reserve, added.token_amount));
    ENSHRINE_TRY(out.total_shares, checked_add(market.total_shares, added.shares));
    return out;
}

/// out = reserve_out · in·997 / (reserve_in·1000 + in·997), rounded down.
Result<U256> amount_out_of(const U256& reserve_in, const U256& reserve_out, const U256& amount_in) noexcept {
    ENSHRINE_TRY(const auto after_fee, checked_mul(amount_in, U256{1000 - fee_thousandths}));
    ENSHRINE_TRY(const auto scaled_reserve, checked_mul(reserve_in, U256{1000}));
    ENSHRINE_TRY(const auto denominator, checked_add(scaled_reserve, after_fee));
    return mul_div(reserve_out, after_fee, denominator);
}

}  // namespace

std::expected<Liquidity, MarketError> add(Market& market, const U256& native_max, const U256& token_max) {
    if (native_max.is_zero() || token_max.is_zero()) return std::unexpected{MarketError::zero_amount};
    const auto added = market.total_shares.is_zero() ? first_liquidity(native_max, token_max)
                                                     : more_liquidity(market, native_max, token_max);
    if (!added) return std::unexpected{MarketError::amount_too_large};
    if (added->shares.is_zero()) return std::unexpected{MarketError::zero_amount};
    const auto after = with(market, *added);
    if (!after) return std::unexpected{MarketError::amount_too_large};
    market = *after;
    return *added;
}

std::expected<Liquidity, MarketError> remove(Market& market, const U256& shares) {
    if (shares.is_zero()) return std::unexpected{MarketError::zero_amount};
    ENSHRINE_ASSERT(shares <= market.total_shares);
    const auto native_amount = mul_div(shares, market.native_reserve, market.total_shares);
    const auto token_amount = mul_div(shares, market.token_reserve, market.total_shares);
    ENSHRINE_ASSERT(native_amount.has_value() && token_amount.has_value());  // neither exceeds its reserve
    market.native_reserve = market.native_reserve - *native_amount;
    market.token_reserve = market.token_reserve - *token_amount;
    market.total_shares = market.total_shares - shares;
    return Liquidity{*native_amount, *token_amount, shares};
}

std::expected<U256, MarketError> swap(Market& market, bool native_in, const U256& amount_in) {
    if (amount_in.is_zero()) return std::unexpected{MarketError::zero_amount};
    if (market.total_shares.is_zero()) return std::unexpected{MarketError::no_liquidity};
    U256& reserve_in = native_in ? market.native_reserve : market.token_reserve;
    U256& reserve_out = native_in ? market.token_reserve : market.native_reserve;
    const auto amount_out = amount_out_of(reserve_in, reserve_out, amount_in);
    const auto after = checked_add(reserve_in, amount_in);
    if (!amount_out || !after) return std::unexpected{MarketError::amount_too_large};
    reserve_in = *after;
    reserve_out = reserve_out - *amount_out;
    return *amount_out;
}

}  // namespace rollups::exchange
