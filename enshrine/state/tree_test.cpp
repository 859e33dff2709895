// SPDX-License-Identifier: Apache-2.0
#include <enshrine/hash/sha256.hpp>
#include <enshrine/state/memory_nodes_for_test.hpp>
#include <enshrine/state/tree.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <ranges>

namespace enshrine::state {
namespace {

using PathMap = std::map<Hash32, Hash32>;

Key key_of(std::uint64_t id) {
    return Key{Module::account}.u64(id);
}
Hash32 value_hash(std::uint64_t id) {
    Hash32 out;
    store_be(out.data(), id);
    return out;
}

/// The definition of the root, bit by bit [TREE.4] [TREE.5].
Hash32 root_by_definition(const std::vector<std::pair<Hash32, Hash32>>& leaves, std::size_t depth) {
    if (leaves.empty()) return empty_root;
    if (leaves.size() == 1) return leaf_hash(leaves[0].first, leaves[0].second);
    std::vector<std::pair<Hash32, Hash32>> side[2];
    for (const auto& leaf : leaves) side[(leaf.first[depth / 8] >> (7 - depth % 8)) & 1].push_back(leaf);
    const Hash32 left = root_by_definition(side[0], depth + 1);
    const Hash32 right = root_by_definition(side[1], depth + 1);
    Bytes preimage{1};
    append(preimage, left.view());
    append(preimage, right.view());
    return hash::sha256(preimage);
}
Hash32 root_by_definition(const PathMap& content) {
    return root_by_definition({content.begin(), content.end()}, 0);
}

/// Paths that differ only in a few chosen bits, so that common prefixes are long: one path per subset of them.
Hash32 crafted_path(unsigned subset) {
    constexpr std::size_t bits[] = {0, 1, 7, 8, 100, 253, 254, 255};
    Hash32 path;
    path.data_.fill(0x5a);
    for (std::size_t i = 0; i < std::size(bits); ++i) {
        if (((subset >> i) & 1U) != 0) path[bits[i] / 8] ^= static_cast<Byte>(0x80 >> (bits[i] % 8));
    }
    return path;
}
Hash32 spread_path(unsigned id) {
    return path_of(key_of(id));
}

std::vector<PathChange> arbitrary_changes(Hash32 (*path)(unsigned), unsigned universe) {
    // Picks may name a path twice, since a generator of distinct ones gives up when it is asked for more than there
    // are.
    const auto picks = *rc::gen::container<std::vector<std::pair<unsigned, unsigned>>>(
        rc::gen::pair(rc::gen::inRange(0U, universe), rc::gen::inRange(0U, 5U)));
    std::vector<PathChange> changes;
    for (const auto& [id, value] : std::map<unsigned, unsigned>(picks.begin(), picks.end())) {
        PathChange change{path(id), std::nullopt};
        if (value != 0) change.value_hash = value_hash(value);
        changes.push_back(change);
    }
    std::ranges::sort(changes, {}, &PathChange::path);
    return changes;
}

void apply_to(PathMap& content, const std::vector<PathChange>& changes) {
    for (const PathChange& change : changes) {
        if (change.value_hash.has_value()) {
            content[change.path] = *change.value_hash;
        } else {
            content.erase(change.path);
        }
    }
}

/// [TREE.8] [TREE.9] along a random history.
void check_history(Hash32 (*path)(unsigned), unsigned universe) {
    MemoryNodes nodes;
    PathMap content;
    for (int step = *rc::gen::inRange(1, 12); step > 0; --step) {
        const auto changes = arbitrary_changes(path, universe);
        nodes.reads = 0;
        const auto reachable_before = nodes.reachable(nodes.root).size();
        const auto change = update(nodes, nodes.root, changes);
        RC_ASSERT(change.has_value());
        RC_ASSERT(nodes.reads <= reachable_before);
        RC_ASSERT(nodes.apply(*change));
        apply_to(content, changes);
        RC_ASSERT(nodes.root == root_by_definition(content));
        const auto stored = std::views::keys(nodes.nodes);
        RC_ASSERT(nodes.reachable(nodes.root) == std::set<Hash32>(stored.begin(), stored.end()));
    }
    for (unsigned id = 0; id < universe; ++id) {
        const auto expected = content.contains(path(id)) ? std::optional{content.at(path(id))} : std::nullopt;
        RC_ASSERT(lookup(nodes, nodes.root, path(id)).value() == expected);
    }
}

RC_GTEST_PROP(TreeUpdate, Rule8And9HistoryOfSpreadPaths, ()) {
    check_history(spread_path, 40);
}
RC_GTEST_PROP(TreeUpdate, Rule8And9HistoryOfPathsWithLongPrefixes, ()) {
    check_history(crafted_path, 256);
}

RC_GTEST_PROP(TreeUpdate, Rule9OrderOfChangesDoesNotMatter, ()) {
    const auto changes = arbitrary_changes(spread_path, 60);
    MemoryNodes at_once;
    RC_ASSERT(at_once.apply(update(at_once, at_once.root, changes).value()));
    std::vector<std::size_t> order(changes.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[*rc::gen::inRange<std::size_t>(0, i)]);
    MemoryNodes singly;
    for (const std::size_t i : order) RC_ASSERT(singly.apply(update(singly, singly.root, {&changes[i], 1}).value()));
    RC_ASSERT(at_once.root == singly.root);
    RC_ASSERT(at_once.nodes == singly.nodes);
}

RC_GTEST_PROP(TreeUpdate, RootOfContentsEqualsUpdateOfWriteSet, ()) {
    MemoryView view;
    MemoryNodes nodes;
    for (int step = 0; step < 4; ++step) {
        WriteSet changes;
        for (const auto& [id, value] : *rc::gen::arbitrary<std::map<std::uint8_t, Bytes>>()) {
            changes[key_of(id % 32U)] = value.size() % 4 == 3 ? std::nullopt : std::optional{value};
        }
        view.apply(changes);
        RC_ASSERT(nodes.apply(update(nodes, nodes.root, path_changes(changes)).value()));
        RC_ASSERT(nodes.root == root_of(view.entries()));
    }
}

// [TREE.1] [TREE.2] [TREE.3] [TREE.4]
TEST(Tree, Rule1To4HashesByHand) {
    const Key key = key_of(7);
    EXPECT_EQ(path_of(key), hash::sha256(key.bytes()));
    const Bytes value{1, 2, 3};
    Bytes leaf{0};
    append(leaf, path_of(key).view());
    append(leaf, hash::sha256(value).view());
    EXPECT_EQ(leaf_hash(path_of(key), value_hash_of(value)), hash::sha256(leaf));
    EXPECT_EQ(root_of({{key, value}}), hash::sha256(leaf));  // [TREE.5]
    EXPECT_EQ(root_of({}), Hash32{});
    Bytes inner{1};
    append(inner, value_hash(1).view());
    append(inner, value_hash(2).view());
    EXPECT_EQ(inner_hash(value_hash(1), value_hash(2)), hash::sha256(inner));
}

// [TREE.1]: every bit of a path chooses a side, the top bit of the first byte at the root, 0 the left one.
TEST(Tree, Rule1BitsAreCountedFromTheTop) {
    for (std::size_t bit = 0; bit < path_bits; ++bit) {
        Hash32 right;
        right[bit / 8] = static_cast<Byte>(0x80 >> (bit % 8));
        MemoryNodes nodes;
        const std::vector<PathChange> both{{Hash32{}, value_hash(1)}, {right, value_hash(2)}};
        const auto change = update(nodes, empty_root, both);
        ASSERT_TRUE(change.has_value());
        Hash32 expected = inner_hash(leaf_hash(Hash32{}, value_hash(1)), leaf_hash(right, value_hash(2)));
        for (std::size_t above = 0; above < bit; ++above) expected = inner_hash(expected, empty_root);
        EXPECT_EQ(change->root, expected) << bit;
    }
}

// [TREE.2]: an empty value has a leaf, an erased key has none.
TEST(Tree, Rule2AnEmptyValueIsNoAbsence) {
    MemoryNodes nodes;
    const Key key = key_of(3);
    ASSERT_TRUE(nodes.apply(update(nodes, nodes.root, path_changes({{key, Bytes{}}})).value()));
    EXPECT_EQ(nodes.root, leaf_hash(path_of(key), hash::sha256(BytesView{})));
    EXPECT_EQ(nodes.root, root_of({{key, Bytes{}}}));
    EXPECT_EQ(lookup(nodes, nodes.root, path_of(key)).value(), hash::sha256(BytesView{}));
    ASSERT_TRUE(nodes.apply(update(nodes, nodes.root, path_changes({{key, std::nullopt}})).value()));
    EXPECT_EQ(nodes.root, empty_root);
    EXPECT_EQ(lookup(nodes, nodes.root, path_of(key)).value(), std::nullopt);
}

TEST(Tree, EmptyTree) {
    MemoryNodes nodes;
    EXPECT_EQ(lookup(nodes, empty_root, spread_path(1)).value(), std::nullopt);
    const std::vector<PathChange> erase{{spread_path(1), std::nullopt}};
    const auto change = update(nodes, empty_root, erase).value();
    EXPECT_EQ(change.root, empty_root);
    EXPECT_TRUE(change.created.empty());
    EXPECT_TRUE(change.stale.empty());
    EXPECT_EQ(update(nodes, value_hash(3), {}).value().root, value_hash(3));  // nothing to do, nothing read
}

TEST(TreeUpdate, Rule5DeepPairCollapsesToItsLastLeaf) {
    MemoryNodes nodes;
    const std::vector<PathChange> both{{crafted_path(0), value_hash(1)}, {crafted_path(128), value_hash(2)}};
    ASSERT_TRUE(nodes.apply(update(nodes, nodes.root, both).value()));
    EXPECT_EQ(nodes.nodes.size(), 256U + 2U);  // one inner node per bit, two leaves
    const std::vector<PathChange> erase{{crafted_path(128), std::nullopt}};
    ASSERT_TRUE(nodes.apply(update(nodes, nodes.root, erase).value()));
    EXPECT_EQ(nodes.root, leaf_hash(crafted_path(0), value_hash(1)));
    EXPECT_EQ(nodes.nodes.size(), 1U);
}

// [TREE.7]
TEST(TreeUpdate, Rule7ChangesThatChangeNothing) {
    MemoryNodes nodes;
    std::vector<PathChange> content;
    for (unsigned id = 0; id < 40; id += 2) content.push_back({spread_path(id), value_hash(id)});
    std::ranges::sort(content, {}, &PathChange::path);
    ASSERT_TRUE(nodes.apply(update(nodes, nodes.root, content).value()));
    std::vector<PathChange> idle = content;  // the values that are there, and erasures of what is not
    for (unsigned id = 1; id < 40; id += 2) idle.push_back({spread_path(id), std::nullopt});
    std::ranges::sort(idle, {}, &PathChange::path);
    const auto change = update(nodes, nodes.root, idle).value();
    EXPECT_EQ(change.root, nodes.root);
    EXPECT_TRUE(change.created.empty());
    EXPECT_TRUE(change.stale.empty());
}

// [TREE.7]
TEST(TreeUpdate, Rule7RefusesUnsortedAndDuplicateChanges) {
    MemoryNodes nodes;
    const PathChange low{value_hash(1), value_hash(1)};
    const PathChange high{value_hash(2), value_hash(1)};
    EXPECT_TRUE(update(nodes, empty_root, std::vector{low, high}).has_value());
    EXPECT_TRUE(update(nodes, empty_root, std::vector{high, low}).error().is(TreeError::unsorted_changes));
    EXPECT_TRUE(update(nodes, empty_root, std::vector{low, low}).error().is(TreeError::unsorted_changes));
}

// [TREE.6]
TEST(Tree, Rule6MissingNodesAreErrors) {
    MemoryNodes nodes;
    std::vector<PathChange> changes;
    for (unsigned id = 0; id < 8; ++id) changes.push_back({spread_path(id), value_hash(id)});
    std::ranges::sort(changes, {}, &PathChange::path);
    ASSERT_TRUE(nodes.apply(update(nodes, nodes.root, changes).value()));
    for (const auto& [hash, preimage] : std::map{nodes.nodes}) {
        nodes.nodes.erase(hash);
        for (auto& change : changes) change.value_hash = value_hash(99);
        EXPECT_TRUE(update(nodes, nodes.root, changes).error().is(TreeError::missing_node));
        std::size_t lost = 0;
        for (const auto& change : changes) {
            const auto found = lookup(nodes, nodes.root, change.path);
            lost += found.has_value() ? 0U : 1U;
            EXPECT_EQ(found.has_value(), prove(nodes, nodes.root, change.path).has_value());
        }
        EXPECT_GE(lost, 1U);
        nodes.nodes.emplace(hash, preimage);
    }
}

// [TREE.6]
TEST(Tree, Rule6MalformedNodesAreErrors) {
    MemoryNodes nodes;
    const Hash32 root = value_hash(1);
    const std::vector<PathChange> changes{{crafted_path(0), value_hash(2)}};
    nodes.nodes[root] = NodePreimage{2};
    EXPECT_TRUE(lookup(nodes, root, crafted_path(0)).error().is(TreeError::malformed_node));
    EXPECT_TRUE(update(nodes, root, changes).error().is(TreeError::malformed_node));
    EXPECT_TRUE(prove(nodes, root, crafted_path(0)).error().is(TreeError::malformed_node));
    // An inner node that is its own child: only a reader that does not check hashes can give one.
    NodePreimage loop{1};
    std::ranges::copy(root, loop.begin() + 1);
    std::ranges::copy(root, loop.begin() + 33);
    nodes.nodes[root] = loop;
    EXPECT_TRUE(lookup(nodes, root, crafted_path(0)).error().is(TreeError::malformed_node));
    EXPECT_TRUE(update(nodes, root, changes).error().is(TreeError::malformed_node));
    EXPECT_TRUE(prove(nodes, root, crafted_path(0)).error().is(TreeError::malformed_node));
}

// [TREE.6]
TEST(TreeUpdate, Rule6LeafOffItsPositionIsMalformed) {
    MemoryNodes nodes;
    const Hash32 stray = crafted_path(1);  // its first bit differs from that of crafted_path(0)
    NodePreimage leaf{0};
    std::ranges::copy(stray, leaf.begin() + 1);
    const Hash32 hash = leaf_hash(stray, Hash32{});
    nodes.nodes[hash] = leaf;
    NodePreimage inner{1};
    std::ranges::copy(hash, inner.begin() + 1);
    std::ranges::copy(hash, inner.begin() + 33);
    const Hash32 root = inner_hash(hash, hash);
    nodes.nodes[root] = inner;
    const std::vector<PathChange> changes{{crafted_path(0), value_hash(2)}};
    EXPECT_TRUE(update(nodes, root, changes).error().is(TreeError::malformed_node));
}

}  // namespace
}  // namespace enshrine::state
