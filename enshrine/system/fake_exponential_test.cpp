// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/system/fake_exponential.hpp>

#include <gtest/gtest.h>

namespace enshrine::system {
namespace {

// [CHAIN-FEE.4] The cases that execution clients share for fake_exponential of EIP-4844.
TEST(FakeExponential, AgreesWithExecutionClients) {
    struct Case {
        std::uint64_t factor, numerator, denominator, expected;
    };
    constexpr Case cases[] = {
        {1, 0, 1, 1},
        {38493, 0, 1000, 38493},
        {0, 1234, 2345, 0},
        {1, 2, 1, 6},
        {1, 4, 2, 6},
        {1, 3, 1, 16},
        {1, 6, 2, 18},
        {1, 4, 1, 49},
        {1, 8, 2, 50},
        {10, 8, 2, 542},
        {11, 8, 2, 596},
        {1, 5, 1, 136},
        {1, 5, 2, 11},
        {2, 5, 2, 23},
        {1, 50'000'000, 2'225'652, 5'709'098'764},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(fake_exponential(c.factor, c.numerator, c.denominator), U256{c.expected})
            << c.factor << " " << c.numerator << " " << c.denominator;
    }
}

TEST(FakeExponential, SaturatesInsteadOfWrapping) {
    constexpr U256 all_ones{~0ULL, ~0ULL, ~0ULL, ~0ULL};
    EXPECT_EQ(fake_exponential(1, ~std::uint64_t{0}, 1), all_ones);
}

}  // namespace
}  // namespace enshrine::system
