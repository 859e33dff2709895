// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <rollups/exchange/market.hpp>

namespace rollups::exchange {
namespace {

using namespace enshrine;

/// Amounts of every size up to 2^100, so that dust and whales both occur.
U256 any_amount() {
    const auto high = *rc::gen::arbitrary<std::uint64_t>();
    const auto low = *rc::gen::arbitrary<std::uint64_t>();
    const auto shift = *rc::gen::inRange(28, 128);
    return (U256{0, 0, high, low} >> static_cast<unsigned>(shift)) + U256{1};
}

/// a·b ≥ c·d, without wrapping for amounts below 2^128.
bool product_not_below(const U256& a, const U256& b, const U256& c, const U256& d) {
    return a * b >= c * d;
}

Market any_market() {
    Market market;
    const auto added = add(market, any_amount(), any_amount());
    RC_ASSERT(added.has_value());
    return market;
}

RC_GTEST_PROP(MarketProperties, SwapsNeverLowerTheProduct, ()) {
    Market market = any_market();
    for (int i = 0; i < 10; ++i) {
        const Market before = market;
        const bool native_in = *rc::gen::arbitrary<bool>();
        const auto out = swap(market, native_in, any_amount());
        RC_ASSERT(out.has_value());
        RC_ASSERT(product_not_below(market.native_reserve, market.token_reserve, before.native_reserve,
                                    before.token_reserve));
        RC_ASSERT(!market.native_reserve.is_zero() && !market.token_reserve.is_zero());
    }
}

RC_GTEST_PROP(MarketProperties, SwappingThereAndBackNeverGains, ()) {
    Market market = any_market();
    const U256 amount_in = any_amount();
    const auto there = swap(market, true, amount_in);
    RC_ASSERT(there.has_value());
    if (there->is_zero()) return;  // too little for anything to come out: there is nothing to bring back
    const auto back = swap(market, false, *there);
    RC_ASSERT(back.has_value() && *back <= amount_in);
}

RC_GTEST_PROP(MarketProperties, LiquidityNeverDilutesThoseWhoStay, ()) {
    Market market = any_market();
    const Market before = market;
    const U256 native_max = any_amount();
    const U256 token_max = any_amount();
    const auto added = add(market, native_max, token_max);
    if (!added) {  // not worth one share
        RC_ASSERT(market.native_reserve == before.native_reserve && market.token_reserve == before.token_reserve &&
                  market.total_shares == before.total_shares);
        return;
    }
    RC_ASSERT(added->native_amount <= native_max && added->token_amount <= token_max);
    // Reserves per share, as fractions compared crosswise.
    RC_ASSERT(
        product_not_below(market.native_reserve, before.total_shares, before.native_reserve, market.total_shares));
    RC_ASSERT(product_not_below(market.token_reserve, before.total_shares, before.token_reserve, market.total_shares));
    const auto removed = remove(market, added->shares);
    RC_ASSERT(removed.has_value());
    RC_ASSERT(removed->native_amount <= added->native_amount && removed->token_amount <= added->token_amount);
}

RC_GTEST_PROP(MarketProperties, TakingEverythingEmptiesTheMarket, ()) {
    Market market = any_market();
    const auto removed = remove(market, market.total_shares);
    RC_ASSERT(removed.has_value());
    RC_ASSERT(market.native_reserve.is_zero() && market.token_reserve.is_zero() && market.total_shares.is_zero());
}

TEST(Market, KnownSwap) {
    Market market{U256{1000}, U256{1000}, U256{1000}};
    EXPECT_EQ(swap(market, true, U256{100}), U256{90});  // 1000·99700/(1000000+99700) = 90.66
    EXPECT_EQ(market.native_reserve, U256{1100});
    EXPECT_EQ(market.token_reserve, U256{910});
}

TEST(Market, RefusesWhatItCannotDo) {
    const U256 huge{~0ULL, ~0ULL, ~0ULL, ~0ULL};
    Market empty;
    EXPECT_EQ(swap(empty, true, U256{1}).error(), MarketError::no_liquidity);
    EXPECT_EQ(swap(empty, true, U256{}).error(), MarketError::zero_amount);
    EXPECT_EQ(add(empty, U256{}, U256{1}).error(), MarketError::zero_amount);
    EXPECT_EQ(remove(empty, U256{}).error(), MarketError::zero_amount);
    Market market{U256{1000}, U256{1000}, U256{1000}};
    EXPECT_EQ(swap(market, true, huge).error(), MarketError::amount_too_large);
    EXPECT_EQ(add(market, huge, huge).error(), MarketError::amount_too_large);
    EXPECT_EQ(market.native_reserve, U256{1000});
    Market unequal{U256{1000000}, U256{1}, U256{1}};
    EXPECT_EQ(add(unequal, U256{1}, U256{1}).error(), MarketError::zero_amount);  // not worth one share
}

}  // namespace
}  // namespace rollups::exchange
