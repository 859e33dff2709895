// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/binary.hpp>
#include <enshrine/state/memory_nodes_for_test.hpp>
#include <enshrine/state/tree.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::state {
namespace {

Key key_of(std::uint64_t id) {
    return Key{Module::account}.u64(id);
}

struct Fixture {
    MemoryView view;
    MemoryNodes nodes;

    explicit Fixture(std::uint64_t count) {
        WriteSet content;
        for (std::uint64_t id = 0; id < count; ++id) content[key_of(id)] = Bytes{static_cast<Byte>(id), 1};
        view.apply(content);
        EXPECT_TRUE(nodes.apply(update(nodes, nodes.root, path_changes(content)).value()));
    }
    [[nodiscard]] std::optional<Hash32> expected(const Key& key) const {
        const auto value = view.get(key);
        return value.has_value() ? std::optional{value_hash_of(*value)} : std::nullopt;
    }
};

void expect_refused(const Hash32& root, const Hash32& path, const Proof& proof) {
    const auto shown = verify_proof(root, path, proof);
    ASSERT_FALSE(shown.has_value());
    EXPECT_TRUE(shown.error().is(TreeError::proof_mismatch));
}

// [TREE.13]
TEST(TreeProof, Rule13InclusionAndExclusion) {
    for (const std::uint64_t count : {0U, 1U, 2U, 3U, 20U, 200U}) {
        Fixture fixture{count};
        for (std::uint64_t id = 0; id < count + 40; ++id) {
            const Hash32 path = path_of(key_of(id));
            const Proof proof = prove(fixture.nodes, fixture.nodes.root, path).value();
            EXPECT_EQ(verify_proof(fixture.nodes.root, path, proof).value(), fixture.expected(key_of(id)));
            EXPECT_EQ(fixture.expected(key_of(id)).has_value(), id < count);
        }
    }
}

// [TREE.13]
TEST(TreeProof, Rule13EveryFlippedByteIsRefused) {
    Fixture fixture{40};
    for (std::uint64_t id = 30; id < 60; ++id) {
        const Hash32 path = path_of(key_of(id));
        const Proof proof = prove(fixture.nodes, fixture.nodes.root, path).value();
        for (std::size_t i = 0; i < proof.siblings.size(); ++i) {
            for (std::size_t byte = 0; byte < 32; ++byte) {
                Proof wrong = proof;
                wrong.siblings[i][byte] ^= 1;
                expect_refused(fixture.nodes.root, path, wrong);
            }
        }
        for (std::size_t byte = 0; proof.leaf.has_value() && byte < 32; ++byte) {
            Proof wrong = proof;
            wrong.leaf->first[byte] ^= 1;
            expect_refused(fixture.nodes.root, path, wrong);
            wrong = proof;
            wrong.leaf->second[byte] ^= 1;
            expect_refused(fixture.nodes.root, path, wrong);
        }
        Hash32 other_root = fixture.nodes.root;
        other_root[31] ^= 0x80;
        expect_refused(other_root, path, proof);
    }
}

// [TREE.13]
TEST(TreeProof, Rule13WrongLeafIsRefused) {
    Fixture fixture{40};
    const Hash32 path = path_of(key_of(1));
    const Proof proof = prove(fixture.nodes, fixture.nodes.root, path).value();
    Proof absent = proof;
    absent.leaf.reset();
    expect_refused(fixture.nodes.root, path, absent);
    for (std::uint64_t id = 2; id < 40; ++id) {
        Proof other = proof;
        other.leaf = std::pair{path_of(key_of(id)), *fixture.expected(key_of(id))};
        expect_refused(fixture.nodes.root, path, other);
        expect_refused(fixture.nodes.root, path, prove(fixture.nodes, fixture.nodes.root, path_of(key_of(id))).value());
    }
    for (std::size_t drop = 0; drop < proof.siblings.size(); ++drop) {
        Proof shorter = proof;
        shorter.siblings.erase(shorter.siblings.begin() + static_cast<std::ptrdiff_t>(drop));
        expect_refused(fixture.nodes.root, path, shorter);
    }
}

// [TREE.12]
TEST(TreeProof, Rule12OtherLeafMustLieOnThePath) {
    // A tree that no update makes: the leaf of a path whose first bit is 1 stands on the left.
    Hash32 on_the_right;
    on_the_right[0] = 0x80;
    const Hash32 stray = leaf_hash(on_the_right, Hash32{});
    const Hash32 sibling = value_hash_of(Bytes{1});
    const Proof proof{{sibling}, std::pair{on_the_right, Hash32{}}};
    expect_refused(inner_hash(stray, sibling), Hash32{}, proof);
    Hash32 on_the_left;
    on_the_left[31] = 1;
    const Proof twin{{sibling}, std::pair{on_the_left, Hash32{}}};
    EXPECT_EQ(verify_proof(inner_hash(leaf_hash(on_the_left, Hash32{}), sibling), Hash32{}, twin).value(),
              std::nullopt);
}

// [TREE.11]
TEST(TreeProof, Rule11AtMost256Siblings) {
    const Hash32 path;
    Proof proof{std::vector<Hash32>(path_bits), std::pair{path, Hash32{}}};
    Hash32 root = leaf_hash(path, Hash32{});
    for (std::size_t i = 0; i < path_bits; ++i) root = inner_hash(root, Hash32{});
    EXPECT_EQ(verify_proof(root, path, proof).value(), Hash32{});
    EXPECT_EQ(verify_proof(root, path, decode_proof(encode_proof(proof)).value()).value(), Hash32{});
    proof.siblings.emplace_back();
    EXPECT_TRUE(verify_proof(inner_hash(root, Hash32{}), path, proof).error().is(TreeError::proof_too_long));
    EXPECT_TRUE(decode_proof(encode_proof(proof)).error().is(TreeError::proof_too_long));
}

// [TREE.10]
TEST(TreeProof, Rule10WireFormIsExact) {
    Fixture fixture{20};
    for (std::uint64_t id = 0; id < 40; ++id) {
        const Proof proof = prove(fixture.nodes, fixture.nodes.root, path_of(key_of(id))).value();
        const Bytes encoded = encode_proof(proof);
        EXPECT_EQ(encoded.size(), 2 + 32 * proof.siblings.size() + 1 + (proof.leaf.has_value() ? 64U : 0U));
        const Proof decoded = decode_proof(encoded).value();
        EXPECT_EQ(decoded.siblings, proof.siblings);
        EXPECT_EQ(decoded.leaf, proof.leaf);
        for (std::size_t size = 0; size < encoded.size(); ++size) {
            EXPECT_FALSE(decode_proof(BytesView{encoded}.first(size)).has_value());
        }
        Bytes longer = encoded;
        longer.push_back(0);
        EXPECT_TRUE(decode_proof(longer).error().is(codec::BinaryError::trailing_bytes));
    }
    EXPECT_TRUE(decode_proof(Bytes{0, 0, 2}).error().is(codec::BinaryError::bad_boolean));
}

// [TREE.10]
RC_GTEST_PROP(TreeProof, Rule10DecodingIsCanonical, (const Bytes& bytes)) {
    const auto proof = decode_proof(bytes);
    if (proof.has_value()) RC_ASSERT(encode_proof(*proof) == bytes);
}

}  // namespace
}  // namespace enshrine::state
