// SPDX-License-Identifier: Apache-2.0
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/hash/sha256.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>

namespace enshrine::crypto {
namespace {

constexpr std::uint64_t exhaustive_count_max = 33;

std::vector<Hash32> distinct_leaves(std::uint64_t count) {
    std::vector<Hash32> leaves;
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::array<Byte, 2> text{0x00, static_cast<Byte>(i)};
        leaves.push_back(hash::sha256(text));
    }
    return leaves;
}

/// The definition of RFC 6962 word for word.
Hash32 root_by_definition(std::span<const Hash32> leaves) {
    if (leaves.empty()) return {};
    if (leaves.size() == 1) return leaves[0];
    const std::size_t split = std::bit_floor(leaves.size() - 1);
    return hash::sha256_tagged_pair(0x01, root_by_definition(leaves.first(split)),
                                    root_by_definition(leaves.subspan(split)));
}

/// From the leaf up: on which side each sibling stands. Two leaves with the same turns are told apart by their root
/// only.
std::vector<bool> turns(std::uint64_t index, std::uint64_t count) {
    std::vector<bool> out;
    std::uint64_t first = 0;
    while (count > 1) {
        const std::uint64_t split = std::bit_floor(count - 1);
        const bool right = index - first >= split;
        out.insert(out.begin(), right);
        if (right) first += split;
        count = right ? count - split : split;
    }
    return out;
}

TEST(Merkle, RootFollowsTheDefinition) {
    for (std::uint64_t count = 0; count <= exhaustive_count_max; ++count) {
        const auto leaves = distinct_leaves(count);
        EXPECT_EQ(merkle_root(leaves), root_by_definition(leaves)) << count;
    }
    EXPECT_TRUE(merkle_root({}).is_zero());
}

TEST(Merkle, FrontierRootIsTheRootOfEveryPrefix) {
    const auto leaves = distinct_leaves(exhaustive_count_max);
    MerkleFrontier frontier;
    for (std::size_t count = 0; count < leaves.size(); ++count) {
        EXPECT_EQ(frontier.root(), root_by_definition(std::span{leaves}.first(count)));
        EXPECT_EQ(frontier.count, count);
        for (std::size_t height = 0; height < merkle_depth_max; ++height) {
            EXPECT_EQ(frontier.peaks[height].is_zero(), ((count >> height) & 1) == 0);
        }
        ASSERT_TRUE(frontier.append(leaves[count]).has_value());
    }
}

TEST(Merkle, FullFrontierRefusesLeaves) {
    MerkleFrontier frontier;
    frontier.count = (std::uint64_t{1} << merkle_depth_max) - 2;
    ASSERT_TRUE(frontier.append({}).has_value());
    EXPECT_TRUE(frontier.append({}).error().is(MerkleError::list_full));
    EXPECT_EQ(frontier.count, (std::uint64_t{1} << merkle_depth_max) - 1);
}

/// Calls `check(statement, siblings)` for every leaf of every list of up to 33 leaves.
template <class Check>
void for_every_proof(const Check& check) {
    for (std::uint64_t count = 1; count <= exhaustive_count_max; ++count) {
        const auto leaves = distinct_leaves(count);
        const Hash32 root = merkle_root(leaves);
        for (std::uint64_t index = 0; index < count; ++index) {
            check(MerkleStatement{root, count, index, leaves[index]}, merkle_proof(leaves, index));
        }
    }
}

TEST(Merkle, EveryProofHolds) {
    for_every_proof([](const MerkleStatement& statement, const std::vector<Hash32>& siblings) {
        EXPECT_TRUE(verify_merkle_proof(statement, siblings).has_value());
        EXPECT_EQ(siblings.size(), turns(statement.index, statement.leaf_count).size());
    });
}

TEST(Merkle, EveryFlippedByteIsRefused) {
    for_every_proof([](const MerkleStatement& statement, std::vector<Hash32> siblings) {
        for (Hash32& sibling : siblings) {
            for (Byte& byte : sibling) {
                byte ^= 0x01;
                EXPECT_TRUE(verify_merkle_proof(statement, siblings).error().is(MerkleError::root_mismatch));
                byte ^= 0x01;
            }
        }
        for (std::size_t i = 0; i < 32; ++i) {
            auto wrong = statement;
            wrong.leaf[i] ^= 0x80;
            EXPECT_TRUE(verify_merkle_proof(wrong, siblings).error().is(MerkleError::root_mismatch));
            wrong = statement;
            wrong.root[i] ^= 0x80;
            EXPECT_TRUE(verify_merkle_proof(wrong, siblings).error().is(MerkleError::root_mismatch));
        }
    });
}

TEST(Merkle, EveryOtherIndexIsRefused) {
    for_every_proof([](const MerkleStatement& statement, const std::vector<Hash32>& siblings) {
        for (std::uint64_t index = 0; index < statement.leaf_count; ++index) {
            if (index == statement.index) continue;
            auto wrong = statement;
            wrong.index = index;
            EXPECT_FALSE(verify_merkle_proof(wrong, siblings).has_value());
        }
        for (const std::uint64_t index : {statement.leaf_count, statement.leaf_count + 1, ~std::uint64_t{0}}) {
            auto wrong = statement;
            wrong.index = index;
            EXPECT_TRUE(verify_merkle_proof(wrong, siblings).error().is(MerkleError::index_out_of_range));
        }
    });
}

// A count under which the path makes the same turns leads to the same root, which is why the count must be trusted.
TEST(Merkle, EveryOtherCountIsRefusedUnlessThePathIsTheSame) {
    std::size_t refused = 0;
    for_every_proof([&](const MerkleStatement& statement, const std::vector<Hash32>& siblings) {
        for (std::uint64_t count = 0; count <= 2 * exhaustive_count_max; ++count) {
            if (count == statement.leaf_count) continue;
            auto wrong = statement;
            wrong.leaf_count = count;
            const bool accepted = verify_merkle_proof(wrong, siblings).has_value();
            const bool same_path = statement.index < count &&
                                   turns(statement.index, count) == turns(statement.index, statement.leaf_count);
            EXPECT_EQ(accepted, same_path);
            refused += accepted ? 0 : 1;
        }
    });
    EXPECT_GT(refused, 10'000U);
}

TEST(Merkle, OtherNumbersOfSiblingsAreRefused) {
    for_every_proof([](const MerkleStatement& statement, std::vector<Hash32> siblings) {
        siblings.emplace_back();
        EXPECT_TRUE(verify_merkle_proof(statement, siblings).error().is(MerkleError::wrong_proof_length));
        siblings.pop_back();
        while (!siblings.empty()) {
            siblings.pop_back();
            EXPECT_TRUE(verify_merkle_proof(statement, siblings).error().is(MerkleError::wrong_proof_length));
        }
    });
}

TEST(Merkle, CountsBeyondTheDepthAreRefused) {
    MerkleStatement statement;
    statement.leaf_count = std::uint64_t{1} << merkle_depth_max;
    EXPECT_TRUE(verify_merkle_proof(statement, {}).error().is(MerkleError::list_full));
    statement.leaf_count = ~std::uint64_t{0};
    EXPECT_TRUE(verify_merkle_proof(statement, {}).error().is(MerkleError::list_full));
}

RC_GTEST_PROP(Merkle, ProofsOfLongListsHold, ()) {
    const auto count = *rc::gen::inRange<std::uint64_t>(1, 3000);
    const auto index = *rc::gen::inRange<std::uint64_t>(0, count);
    const auto leaves = *rc::gen::container<std::vector<Hash32>>(
        count, rc::gen::map(rc::gen::arbitrary<std::uint64_t>(), [](std::uint64_t seed) {
            Hash32 leaf;
            for (std::size_t i = 0; i < 8; ++i) leaf[i] = static_cast<Byte>(seed >> (8 * i));
            return leaf;
        }));
    const MerkleStatement statement{merkle_root(leaves), count, index, leaves[index]};
    RC_ASSERT(statement.root == root_by_definition(leaves));
    RC_ASSERT(verify_merkle_proof(statement, merkle_proof(leaves, index)).has_value());
}

}  // namespace
}  // namespace enshrine::crypto
