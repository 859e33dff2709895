// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/hex.hpp>
#include <enshrine/types/bloom.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::types {
namespace {

TEST(Bloom, BitsOfTheYellowPaper) {
    Bloom bloom;
    bloom_add(bloom, codec::parse_hex("0x0f572e5295c57f15886f9b263e2f6d2d6c7b5ec6").value());
    // Example of the Yellow Paper, 4.3.1: bits 1323, 431 and 1319.
    Bloom expected;
    for (const std::size_t bit : {1323U, 431U, 1319U}) {
        Byte& byte = expected[255 - bit / 8];
        byte = static_cast<Byte>(byte | (1U << (bit % 8)));
    }
    EXPECT_EQ(bloom, expected);
}

TEST(Bloom, ContainsWhatWasAddedAndRarelyMore) {
    const Log log{.address = Address{{1}}, .topics = {Hash32{{2}}, Hash32{{3}}}, .data = {}};
    const Bloom bloom = bloom_of(std::span{&log, 1});
    EXPECT_TRUE(bloom_may_contain(bloom, log.address.view()));
    EXPECT_TRUE(bloom_may_contain(bloom, log.topics[0].view()));
    EXPECT_TRUE(bloom_may_contain(bloom, log.topics[1].view()));
    EXPECT_FALSE(bloom_may_contain(bloom, Hash32{{4}}.view()));
    EXPECT_FALSE(bloom_may_contain(Bloom{}, log.address.view()));
    EXPECT_TRUE(bloom_of({}).is_zero());
}

RC_GTEST_PROP(Bloom, MergeIsUnion, (const Bytes& a, const Bytes& b)) {
    Bloom first;
    bloom_add(first, a);
    Bloom second;
    bloom_add(second, b);
    Bloom both = first;
    bloom_add(both, b);
    bloom_merge(first, second);
    RC_ASSERT(first == both);
    RC_ASSERT(bloom_may_contain(first, a));
    RC_ASSERT(bloom_may_contain(first, b));
}

}  // namespace
}  // namespace enshrine::types
