// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/data_availability/root_proof.hpp>
#include <enshrine/hash/sha256.hpp>

#include <gtest/gtest.h>

namespace enshrine::data_availability {
namespace {

constexpr std::size_t leaves_max = 9;

Hash32 word(Byte first) {
    Hash32 out;
    out[0] = first;
    return out;
}

/// Leaves with namespaces 2, 2, 4, 4, 6, … and commitments 2, 4 in each: every odd number and 0 is absent.
std::vector<RootLeaf> sample_leaves(std::size_t count) {
    std::vector<RootLeaf> out;
    for (std::size_t i = 0; i < count; ++i) {
        out.push_back(RootLeaf{.name_space = word(static_cast<Byte>(2 + i / 2 * 2)),
                               .commitment = word(static_cast<Byte>(2 + i % 2 * 2)),
                               .size = 100 + i,
                               .index = static_cast<std::uint32_t>(i)});
    }
    return out;
}

/// Every item that the sample could hold, and its neighbours on either side.
std::vector<AbsentItem> sample_items() {
    std::vector<AbsentItem> out;
    for (Byte name = 0; name <= 12; ++name) {
        out.push_back({.name_space = word(name), .commitment = std::nullopt});
        for (Byte commitment = 0; commitment <= 6; ++commitment) {
            out.push_back({.name_space = word(name), .commitment = word(commitment)});
        }
    }
    return out;
}

bool holds(std::span<const RootLeaf> leaves, const AbsentItem& item) {
    return std::ranges::any_of(leaves, [&](const RootLeaf& leaf) {
        return leaf.name_space == item.name_space && (!item.commitment || leaf.commitment == *item.commitment);
    });
}

TEST(RootProof, R4EveryLeafOfEverySmallBlockIsProven) {  // [DA-ROOT.4]
    for (std::size_t count = 0; count <= leaves_max; ++count) {
        const auto leaves = sample_leaves(count);
        const Hash32 root = root_of_leaves(leaves);
        for (std::size_t position = 0; position < count; ++position) {
            const InclusionProof proof = prove_inclusion(leaves, position);
            EXPECT_TRUE(verify_inclusion(root, proof).has_value());
            for (std::size_t other = 0; other <= leaves_max; ++other) {  // another position or count proves nothing
                InclusionProof moved = proof;
                moved.entry.position = other;
                EXPECT_EQ(verify_inclusion(root, moved).has_value(), other == position) << count;
                InclusionProof recounted = proof;
                recounted.leaf_count = other;
                EXPECT_EQ(verify_inclusion(root, recounted).has_value(), other == count) << position;
            }
        }
    }
}

TEST(RootProof, R5EveryAbsenceOfEverySmallBlockIsProven) {  // [DA-ROOT.5]
    for (std::size_t count = 0; count <= leaves_max; ++count) {
        const auto leaves = sample_leaves(count);
        const Hash32 root = root_of_leaves(leaves);
        for (const AbsentItem& item : sample_items()) {
            const auto proof = prove_absence(leaves, item);
            ASSERT_EQ(proof.has_value(), !holds(leaves, item));
            EXPECT_EQ(find_item(leaves, item).has_value(), holds(leaves, item));
            if (proof) {
                EXPECT_TRUE(verify_absence(root, item, *proof).has_value()) << count;
            }
        }
    }
}

/// Whatever neighbours a liar picks, what is there cannot be shown to be absent.
TEST(RootProof, R5NoPresenceIsProvenAbsent) {  // [DA-ROOT.5]
    for (std::size_t count = 0; count <= leaves_max; ++count) {
        const auto leaves = sample_leaves(count);
        const Hash32 root = root_of_leaves(leaves);
        std::vector<std::optional<LeafProof>> choices{std::nullopt};
        for (std::size_t i = 0; i < count; ++i) choices.push_back(prove_inclusion(leaves, i).entry);
        for (const AbsentItem& item : sample_items()) {
            std::size_t accepted = 0;
            for (const auto& below : choices) {
                for (const auto& above : choices) {
                    const AbsenceProof proof{.leaf_count = count, .below = below, .above = above};
                    accepted += verify_absence(root, item, proof).has_value() ? 1U : 0U;
                }
            }
            EXPECT_EQ(accepted, holds(leaves, item) ? 0U : 1U) << count;
        }
    }
}

TEST(RootProof, R5RefusalsAreNamed) {  // [DA-ROOT.5]
    const auto leaves = sample_leaves(6);
    const Hash32 root = root_of_leaves(leaves);
    const AbsentItem item{.name_space = word(3), .commitment = std::nullopt};
    const AbsenceProof good = *prove_absence(leaves, item);
    ASSERT_TRUE(verify_absence(root, item, good).has_value());
    const auto refused = [&](AbsenceProof proof, RootProofError expected) {
        const auto verified = verify_absence(root, item, proof);
        ASSERT_FALSE(verified.has_value());
        EXPECT_TRUE(verified.error().is(expected)) << verified.error().message();
    };
    refused({.leaf_count = 6, .below = good.below, .above = std::nullopt}, RootProofError::missing_neighbour);
    refused({.leaf_count = 6, .below = std::nullopt, .above = good.above}, RootProofError::missing_neighbour);
    refused({.leaf_count = 0, .below = good.below, .above = std::nullopt}, RootProofError::missing_neighbour);
    refused({.leaf_count = 6}, RootProofError::missing_neighbour);
    refused({.leaf_count = 0}, RootProofError::root_mismatch);
    refused({.leaf_count = 6, .below = good.below, .above = prove_inclusion(leaves, 3).entry},
            RootProofError::neighbours_apart);
    refused({.leaf_count = 6, .below = good.above, .above = good.below}, RootProofError::neighbours_apart);
    refused({.leaf_count = 6, .below = prove_inclusion(leaves, 2).entry, .above = prove_inclusion(leaves, 3).entry},
            RootProofError::not_below);
    refused({.leaf_count = 6, .below = prove_inclusion(leaves, 0).entry, .above = prove_inclusion(leaves, 1).entry},
            RootProofError::not_above);
    AbsenceProof recounted = good;
    recounted.leaf_count = 5;
    refused(recounted, RootProofError::root_mismatch);
    AbsenceProof shortened = good;
    shortened.below->siblings.pop_back();
    EXPECT_TRUE(verify_absence(root, item, shortened).error().is(crypto::MerkleError::wrong_proof_length));
}

/// Neither kind survives a flipped bit: what does not decode is refused, what decodes proves nothing about this root.
TEST(RootProof, EveryFlippedBitIsRefused) {
    const auto leaves = sample_leaves(5);
    const Hash32 root = root_of_leaves(leaves);
    const AbsentItem item{.name_space = word(4), .commitment = word(3)};
    for (const RootProof& proof : {RootProof{prove_inclusion(leaves, 2)}, RootProof{*prove_absence(leaves, item)}}) {
        const Bytes good = encode_root_proof(proof);
        for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
            Bytes bad = good;
            bad[bit / 8] ^= static_cast<Byte>(1U << (bit % 8));
            const auto decoded = decode_root_proof(bad);
            if (!decoded) continue;
            if (const auto* inclusion = std::get_if<InclusionProof>(&*decoded)) {
                EXPECT_FALSE(verify_inclusion(root, *inclusion).has_value()) << bit;
            } else {
                EXPECT_FALSE(verify_absence(root, item, *std::get_if<AbsenceProof>(&*decoded)).has_value()) << bit;
            }
        }
        for (std::size_t i = 0; i < Hash32::size_bytes; ++i) {
            Hash32 other = root;
            other[i] ^= 1;
            const bool accepted = std::holds_alternative<InclusionProof>(proof)
                                      ? verify_inclusion(other, std::get<InclusionProof>(proof)).has_value()
                                      : verify_absence(other, item, std::get<AbsenceProof>(proof)).has_value();
            EXPECT_FALSE(accepted) << i;
        }
    }
}

TEST(RootProof, EncodingIsCanonicalAndItsRefusalsAreNamed) {
    const auto leaves = sample_leaves(5);
    const RootProof inclusion = prove_inclusion(leaves, 4);
    const RootProof absence = *prove_absence(leaves, {.name_space = word(3), .commitment = std::nullopt});
    for (const RootProof& proof : {inclusion, absence, RootProof{AbsenceProof{}}}) {
        const auto decoded = decode_root_proof(encode_root_proof(proof));
        ASSERT_TRUE(decoded.has_value());
        EXPECT_EQ(*decoded, proof);
    }
    const auto refused = [](Bytes bytes, std::size_t at, Byte value, RootProofError expected) {
        bytes[at] = value;
        const auto decoded = decode_root_proof(bytes);
        ASSERT_FALSE(decoded.has_value());
        EXPECT_TRUE(decoded.error().is(expected)) << decoded.error().message();
    };
    constexpr std::size_t entries_at = 10;
    constexpr std::size_t place_at = 11;
    constexpr std::size_t scheme_at = place_at + 1 + 32;
    constexpr std::size_t siblings_at = scheme_at + 1 + 32 + 8 + 4 + 32 + 8;
    const Bytes one = encode_root_proof(inclusion);
    const Bytes two = encode_root_proof(absence);
    refused(one, 0, 2, RootProofError::bad_version);
    refused(one, 1, 2, RootProofError::bad_kind);
    refused(one, entries_at, 2, RootProofError::bad_places);
    refused(one, place_at, 1, RootProofError::bad_places);
    refused(two, place_at, 0, RootProofError::bad_places);
    refused(two, place_at, 2, RootProofError::bad_places);
    refused(two, entries_at, 3, RootProofError::bad_places);
    refused(one, scheme_at, 2, RootProofError::bad_scheme);
    refused(one, siblings_at, 41, RootProofError::too_many_siblings);
}

}  // namespace
}  // namespace enshrine::data_availability
