// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/binary.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/data_availability/block_root.hpp>
#include <enshrine/data_availability/content.hpp>
#include <enshrine/hash/sha256.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace enshrine::data_availability {
namespace {

Hash32 named(Byte number) {
    return hash::sha256(Bytes{number});
}

/// [DA-ROOT.1] as the table of the specification has it.
Bytes leaf_bytes(const RootLeaf& leaf) {
    codec::BinaryWriter writer;
    writer.u8(0);
    writer.fixed(leaf.name_space.view());
    writer.u8(static_cast<std::uint8_t>(leaf.scheme));
    writer.fixed(leaf.commitment.view());
    writer.u64(leaf.size);
    writer.u32(leaf.index);
    writer.fixed(leaf.content_root.view());
    return writer.take();
}

TEST(RootLeaf, R1IsTheHashOf110Bytes) {  // [DA-ROOT.1]
    const RootLeaf leaf{.name_space = named(1),
                        .scheme = Scheme::kzg,
                        .commitment = named(2),
                        .size = 0x0102030405060708,
                        .index = 0x090a0b0c,
                        .content_root = named(3)};
    EXPECT_EQ(leaf_bytes(leaf).size(), 110U);
    EXPECT_EQ(leaf_hash(leaf), hash::sha256(leaf_bytes(leaf)));
}

TEST(RootLeaf, R2OrderIsTotalAndRepetitionsGo) {  // [DA-ROOT.2]
    std::vector<RootLeaf> leaves;
    for (const Byte name : Bytes{2, 1}) {
        for (const Byte commitment : Bytes{4, 3}) {
            for (const std::uint32_t index : {7U, 1U}) {
                for (const std::uint64_t size : {9U, 5U}) {
                    RootLeaf leaf{.size = size, .index = index};
                    leaf.name_space[0] = name;
                    leaf.commitment[0] = commitment;
                    leaves.push_back(leaf);
                }
            }
        }
    }
    auto sorted = leaves;
    sorted.insert(sorted.end(), leaves.begin(), leaves.end());
    sort_leaves(sorted);
    ASSERT_EQ(sorted.size(), leaves.size());
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        EXPECT_TRUE(leaf_before(sorted[i - 1], sorted[i]));
        EXPECT_FALSE(leaf_before(sorted[i], sorted[i - 1]));
    }
    std::ranges::reverse(leaves);  // made in descending order of every field
    EXPECT_EQ(sorted, leaves);
}

TEST(RootLeaf, R3RootCommitsToTheCount) {  // [DA-ROOT.3]
    const auto root_by_hand = [](std::uint64_t count, const Hash32& list) {
        codec::BinaryWriter writer;
        writer.u8(2);
        writer.u64(count);
        writer.fixed(list.view());
        return hash::sha256(writer.bytes());
    };
    EXPECT_EQ(root_of_leaves({}), root_by_hand(0, Hash32{}));
    std::vector<RootLeaf> leaves(3);
    std::vector<Hash32> hashes;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        leaves[i].size = i + 1;
        hashes.push_back(leaf_hash(leaves[i]));
    }
    EXPECT_EQ(root_of_leaves(leaves), root_by_hand(3, crypto::merkle_root(hashes)));
    EXPECT_NE(root_of_leaves(leaves), root_by_hand(4, crypto::merkle_root(hashes)));
}

TEST(BlockRoot, R5EveryEip4844BlobIsALeaf) {  // [BLOB.5]
    const types::BlobRecord a{.versioned_hash = named(1), .content_root = named(2)};
    const types::BlobRecord b{.versioned_hash = named(3), .content_root = named(4)};
    const std::vector blobs{a, b, a};  // the same blob twice is two leaves
    const auto leaves = block_leaves(blobs, {});
    ASSERT_EQ(leaves.size(), 3U);
    for (const RootLeaf& leaf : leaves) {
        EXPECT_EQ(leaf.scheme, Scheme::kzg);
        EXPECT_TRUE(leaf.name_space.is_zero());
        EXPECT_EQ(leaf.size, blob_bytes);
        ASSERT_LT(leaf.index, blobs.size());
        EXPECT_EQ(leaf.commitment, blobs[leaf.index].versioned_hash);
        EXPECT_EQ(leaf.content_root, blobs[leaf.index].content_root);
    }
    EXPECT_EQ(block_root(blobs, {}), root_of_leaves(leaves));
    const std::vector swapped{b, a, a};
    EXPECT_NE(block_root(swapped, {}), block_root(blobs, {}));
    EXPECT_EQ(block_root({}, {}), root_of_leaves({}));
}

}  // namespace
}  // namespace enshrine::data_availability
