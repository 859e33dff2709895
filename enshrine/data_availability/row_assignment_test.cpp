// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/committee.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <limits>
#include <set>

namespace enshrine::data_availability {
namespace {

std::vector<CommitteeMember> committee_of(const std::vector<std::uint64_t>& stakes) {
    std::vector<CommitteeMember> out(stakes.size());
    for (std::size_t i = 0; i < stakes.size(); ++i) out[i].stake = stakes[i];
    return out;
}

constexpr Shape fibre{4096, 12288, 64};

TEST(RowAssignment, R1CountsFollowStake) {
    const Hash32 commitment;
    const auto counts = [&](const Shape& shape, const std::vector<std::uint64_t>& stakes) {
        const auto committee = committee_of(stakes);
        std::vector<std::size_t> out;
        for (std::size_t i = 0; i < stakes.size(); ++i) {
            out.push_back(assigned_rows(shape, commitment, committee, i).size());
        }
        return out;
    };
    using Counts = std::vector<std::size_t>;
    EXPECT_EQ(counts(fibre, {1}), Counts{4096});
    EXPECT_EQ(counts(fibre, {1, 1, 1, 1}), (Counts{3072, 3072, 3072, 3072}));
    EXPECT_EQ(counts(fibre, {1, 2}), (Counts{4096, 4096}));            // never above K
    EXPECT_EQ(counts(fibre, {1, 999}), (Counts{148, 4096}));           // never below what soundness asks for
    EXPECT_EQ(counts({64, 192, 64}, {1, 999}), (Counts{64, 64}));      // unless K is less
    EXPECT_EQ(counts({1024, 3072, 64}, {1, 6}), (Counts{439, 1024}));  // 438.9 rounded up
    const std::uint64_t most = std::numeric_limits<std::uint64_t>::max() / 2;
    EXPECT_EQ(counts(fibre, {most, most}), (Counts{4096, 4096}));  // no overflow
}

TEST(RowAssignment, R2MembersTakeConsecutiveSlicesOfOneShuffle) {
    const Hash32 commitment = Hash32::from(as_bytes("a commitment of thirty-two bytes"));
    // 4 · 3,072 rows of 16,384: nobody shares a row. With 6 members of 4,096 the shuffle is used one and a half times.
    const auto four = committee_of({1, 1, 1, 1});
    std::set<std::uint32_t> seen;
    for (std::size_t i = 0; i < four.size(); ++i) {
        for (const std::uint32_t row : assigned_rows(fibre, commitment, four, i)) {
            EXPECT_LT(row, fibre.total_rows());
            EXPECT_TRUE(seen.insert(row).second);
        }
    }
    EXPECT_EQ(seen.size(), 12288U);

    std::vector<std::uint32_t> shuffled;
    const Shape small{64, 192, 64};
    const auto six = committee_of({1, 1, 1, 1, 1, 1});
    for (std::size_t i = 0; i < six.size(); ++i) {
        const auto rows = assigned_rows(small, commitment, six, i);
        shuffled.insert(shuffled.end(), rows.begin(), rows.end());
    }
    ASSERT_EQ(shuffled.size(), 6 * 64U);
    EXPECT_EQ(std::set(shuffled.begin(), shuffled.begin() + 256).size(), 256U);
    EXPECT_TRUE(std::equal(shuffled.begin() + 256, shuffled.end(), shuffled.begin()));
}

TEST(RowAssignment, R2AnotherCommitmentGivesOtherRows) {
    const auto committee = committee_of({1, 1, 1, 1});
    Hash32 other;
    other[0] = 1;
    EXPECT_NE(assigned_rows(fibre, Hash32{}, committee, 0), assigned_rows(fibre, other, committee, 0));
}

RC_GTEST_PROP(RowAssignment, AnyThirdOfTheStakeCanRebuild, ()) {
    const auto count = *rc::gen::inRange<std::size_t>(1, 30);
    const auto stakes =
        *rc::gen::container<std::vector<std::uint64_t>>(count, rc::gen::inRange<std::uint64_t>(1, 1'000'000'000));
    const auto committee = committee_of(stakes);
    const Hash32 commitment;
    const Shape shape{256, 768, 64};
    std::uint64_t total = 0;
    for (const std::uint64_t stake : stakes) total += stake;

    // Members are let in, in an order that the test draws, until they have a third.
    std::vector<std::size_t> order(count);
    for (std::size_t i = 0; i < count; ++i) order[i] = i;
    const auto keys = *rc::gen::container<std::vector<std::uint64_t>>(count, rc::gen::arbitrary<std::uint64_t>());
    std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair{keys[i], i}; });
    std::uint64_t stake = 0;
    std::size_t kept = 0;
    for (const std::size_t member : order) {
        if (3 * stake >= total) break;
        stake += stakes[member];
        kept += assigned_rows(shape, commitment, committee, member).size();
    }
    RC_ASSERT(kept >= shape.data_rows);
}

}  // namespace
}  // namespace enshrine::data_availability
