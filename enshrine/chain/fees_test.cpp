// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/fees.hpp>
#include <enshrine/chain/params.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::chain {
namespace {

U256 next(std::uint64_t base_fee, std::uint64_t gas_limit, std::uint64_t gas_used) noexcept {
    return next_base_fee({.gas_used = gas_used, .gas_limit = gas_limit, .base_fee = U256{base_fee}});
}

// [CHAIN-FEE.1] The cases of EIP-1559 as clients test them: limit 20 million, initial fee 1 gwei.
TEST(BaseFee, R1MatchesEip1559) {
    EXPECT_EQ(next(1'000'000'000, 20'000'000, 10'000'000), U256{1'000'000'000});
    EXPECT_EQ(next(1'000'000'000, 20'000'000, 9'000'000), U256{987'500'000});
    EXPECT_EQ(next(1'000'000'000, 20'000'000, 11'000'000), U256{1'012'500'000});
    EXPECT_EQ(next(1'000'000'000, 60'000'000, 60'000'000), U256{1'125'000'000});
    EXPECT_EQ(next(1'000'000'000, 60'000'000, 0), U256{875'000'000});
}

TEST(BaseFee, R1RisesByAtLeastOneWei) {
    EXPECT_EQ(next(7, 60'000'000, 30'000'001), U256{8});
    EXPECT_EQ(next(7, 60'000'000, 60'000'000), U256{8});
}

TEST(BaseFee, R1AnOddLimitIsNoSpecialCase) {
    EXPECT_EQ(next(1'000'000'000, 100'001, 100'001), U256{1'125'000'000});
    EXPECT_EQ(next(1'000'000'000, 100'001, 50'000), U256{1'000'000'000});
}

// [CHAIN-FEE.2]
TEST(BaseFee, R2NeverFallsBelowTheMinimum) {
    EXPECT_EQ(next(7, 60'000'000, 0), U256{7});
    EXPECT_EQ(next(8, 60'000'000, 0), U256{7});
    EXPECT_EQ(next(9, 60'000'000, 0), U256{8});
}

TEST(BaseFee, R1SaturatesInsteadOfWrapping) {
    constexpr U256 all_ones{~0ULL, ~0ULL, ~0ULL, ~0ULL};
    const GasFigures full{.gas_used = 60'000'000, .gas_limit = 60'000'000, .base_fee = all_ones};
    EXPECT_EQ(next_base_fee(full), all_ones);
}

RC_GTEST_PROP(BaseFeeProperty, R1MovesByAnEighthAtMost, (std::uint64_t base_fee, std::uint64_t used)) {
    const std::uint64_t fee = base_fee / 2 + base_fee_min;
    const std::uint64_t limit = block_gas_limit_default;
    const U256 moved = next(fee, limit, used % (limit + 1));
    RC_ASSERT(moved <= U256{fee} + U256{fee / 8 + 1});
    RC_ASSERT(moved + U256{fee / 8} >= U256{fee});
}

constexpr std::uint64_t target_blob_gas = block_blobs_target * gas_per_blob;

// [CHAIN-FEE.3]
TEST(BlobFee, R3ExcessGathersWhatIsAboveTheTarget) {
    EXPECT_EQ(next_excess_blob_gas(0, 0), 0U);
    EXPECT_EQ(next_excess_blob_gas(0, target_blob_gas), 0U);
    EXPECT_EQ(next_excess_blob_gas(0, target_blob_gas - 1), 0U);
    EXPECT_EQ(next_excess_blob_gas(0, target_blob_gas + gas_per_blob), gas_per_blob);
    EXPECT_EQ(next_excess_blob_gas(gas_per_blob, target_blob_gas), gas_per_blob);
    EXPECT_EQ(next_excess_blob_gas(gas_per_blob, 0), 0U);
}

// [CHAIN-FEE.4]
TEST(BlobFee, R4PriceStartsAtOneWeiAndStepsByAboutASixth) {
    EXPECT_EQ(blob_base_fee(0), U256{1});
    // ln 2 · 5,007,716 = 3,471,084.2
    EXPECT_EQ(blob_base_fee(3'471'084), U256{1});
    EXPECT_EQ(blob_base_fee(3'471'100), U256{2});
    // One full block lifts the excess by 786,432: a factor of e^0.157 = 1.17.
    const U256 before = blob_base_fee(100'000'000);
    const U256 after = blob_base_fee(100'000'000 + target_blob_gas);
    EXPECT_GT(after * U256{100}, before * U256{116});
    EXPECT_LT(after * U256{100}, before * U256{118});
}

TEST(BlobFee, R4SaturatesInsteadOfWrapping) {
    constexpr U256 all_ones{~0ULL, ~0ULL, ~0ULL, ~0ULL};
    EXPECT_EQ(blob_base_fee(~std::uint64_t{0}), all_ones);
    EXPECT_EQ(blob_base_fee(2'000'000'000), all_ones);
    EXPECT_LT(blob_base_fee(500'000'000), all_ones);
}

}  // namespace
}  // namespace enshrine::chain
