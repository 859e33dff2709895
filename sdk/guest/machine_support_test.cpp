// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// The parts of the guest's own C and C++ library that have logic, against those of the host. This program links
// machine/red_black_tree.cpp, whose definitions take the place of the library's: its std::map is the guest's.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <vector>

#define memcpy guest_memcpy
#define memmove guest_memmove
#define memset guest_memset
#define memcmp guest_memcmp
#define memchr guest_memchr
#define strlen guest_strlen
#include <sdk/guest/machine/memory.cpp>
#undef memcpy
#undef memmove
#undef memset
#undef memcmp
#undef memchr
#undef strlen

namespace {

using Area = std::array<unsigned char, 256>;

Area numbered(unsigned seed) {
    Area out;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<unsigned char>(31 * i + seed);
    return out;
}

// Every pair of alignments and every size around the thresholds; 16 bytes of margin on both sides.
TEST(GuestMemory, CopiesAndMovesLikeTheHost) {
    for (std::size_t to = 16; to < 40; ++to) {
        for (std::size_t from = 16; from < 40; ++from) {
            for (std::size_t size = 0; size < 100; ++size) {
                alignas(16) const Area source = numbered(7);
                alignas(16) Area ours = numbered(1);
                alignas(16) Area theirs = ours;
                guest_memcpy(ours.data() + to, source.data() + from, size);
                std::memcpy(theirs.data() + to, source.data() + from, size);
                ASSERT_EQ(ours, theirs) << to << ' ' << from << ' ' << size;
                guest_memmove(ours.data() + to, ours.data() + from, size);
                std::memmove(theirs.data() + to, theirs.data() + from, size);
                ASSERT_EQ(ours, theirs) << to << ' ' << from << ' ' << size;
            }
        }
    }
}

TEST(GuestMemory, FillsComparesAndFindsLikeTheHost) {
    for (std::size_t at = 0; at < 24; ++at) {
        for (std::size_t size = 0; size < 100; ++size) {
            alignas(16) Area ours = numbered(1);
            alignas(16) Area theirs = ours;
            guest_memset(ours.data() + at, 0x1a5, size);
            std::memset(theirs.data() + at, 0x1a5, size);
            ASSERT_EQ(ours, theirs);
            EXPECT_EQ(guest_memcmp(ours.data() + at, theirs.data() + at, size), 0);
            if (size == 0) continue;
            ours[at + size / 2] = 0xff;
            EXPECT_GT(guest_memcmp(ours.data() + at, theirs.data() + at, size), 0);
            EXPECT_LT(guest_memcmp(theirs.data() + at, ours.data() + at, size), 0);
            EXPECT_EQ(guest_memchr(ours.data() + at, 0xff, size), ours.data() + at + size / 2);
            EXPECT_EQ(guest_memchr(theirs.data() + at, 0xff, size), nullptr);
        }
    }
    EXPECT_EQ(guest_strlen("enshrine"), 8U);
}

using Tree = std::map<int, int>;
using Node = std::_Rb_tree_node_base;

/// Number of black nodes on every path down; fails when paths differ or a red node has a red child.
int black_height(const Node* node) {
    if (node == nullptr) return 1;
    const bool red = node->_M_color == std::_S_red;
    for (const Node* below : {node->_M_left, node->_M_right}) {
        EXPECT_FALSE(red && below != nullptr && below->_M_color == std::_S_red);
        EXPECT_TRUE(below == nullptr || below->_M_parent == node);
    }
    const int left = black_height(node->_M_left);
    EXPECT_EQ(left, black_height(node->_M_right));
    return left + (red ? 0 : 1);
}

void check(const Tree& tree, const std::vector<int>& expected) {
    std::vector<int> forwards;
    for (const auto& [key, value] : tree) forwards.push_back(key);
    EXPECT_EQ(forwards, expected);
    std::vector<int> backwards;
    for (auto at = tree.rbegin(); at != tree.rend(); ++at) backwards.push_back(at->first);
    std::reverse(backwards.begin(), backwards.end());
    EXPECT_EQ(backwards, expected);
    if (!tree.empty()) black_height(tree.end()._M_node->_M_parent);
}

RC_GTEST_PROP(GuestTreeProperties, MapsStaySortedAndBalanced, ()) {
    Tree tree;
    std::vector<int> expected;
    const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-40, 40));
    for (const int step : steps) {
        // A key that is there leaves, another one enters.
        const auto at = std::lower_bound(expected.begin(), expected.end(), step);
        if (at != expected.end() && *at == step) {
            expected.erase(at);
            RC_ASSERT(tree.erase(step) == 1U);
        } else {
            expected.insert(at, step);
            tree.emplace(step, 0);
        }
        check(tree, expected);
        RC_ASSERT(!::testing::Test::HasFailure());
    }
}

TEST(GuestTree, GrowsAndShrinksInOrder) {
    Tree tree;
    std::vector<int> expected;
    for (int i = 0; i < 300; ++i) {
        tree.emplace(i, i);
        expected.push_back(i);
        check(tree, expected);
    }
    while (!expected.empty()) {
        tree.erase(tree.begin());
        expected.erase(expected.begin());
        check(tree, expected);
    }
}

}  // namespace
