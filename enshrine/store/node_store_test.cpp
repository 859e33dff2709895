// SPDX-License-Identifier: Apache-2.0
#include <enshrine/hash/sha256.hpp>
#include <enshrine/store/killed_child_for_test.hpp>
#include <enshrine/store/node_columns.hpp>
#include <enshrine/store/node_store.hpp>
#include <enshrine/store/node_views.hpp>
#include <enshrine/store/temp_folder_for_test.hpp>

#include <gtest/gtest.h>

#include <deque>
#include <random>
#include <set>

namespace enshrine::store {
namespace {

using state::Key;
using state::Module;
using state::WriteSet;

Key key_of(std::uint64_t id) {
    return Key{Module::rollup_account}.u64(id);
}

std::unique_ptr<NodeStore> open_store(const std::filesystem::path& path, std::uint64_t versions_kept = 64,
                                      std::size_t cache_bytes = 0) {
    auto store =
        NodeStore::open({.path = path, .rollup_id = 901, .versions_kept = versions_kept, .cache_bytes = cache_bytes});
    EXPECT_TRUE(store.has_value()) << (store.has_value() ? "" : store.error().text());
    return store.has_value() ? *std::move(store) : nullptr;
}

/// A transition from the head, as a program offers it.
struct Next {
    std::uint64_t sequence = 0;
    Hash32 old_root;
    Hash32 new_root;
    std::vector<Bytes> offered;
    std::vector<ExtraWrite> extra;

    Next(const NodeStore& store, const WriteSet& changes) {
        const auto head = store.head();
        if (head.has_value()) {
            sequence = head->sequence + 1;
            old_root = head->root;
        }
        VersionNodes nodes{store};
        const auto change = state::update(nodes, old_root, state::path_changes(changes)).value();
        new_root = change.root;
        for (const auto& node : change.created) offered.emplace_back(node.preimage.begin(), node.preimage.end());
        for (const auto& [key, value] : changes) {
            if (value.has_value()) offered.push_back(*value);
        }
    }
    [[nodiscard]] VersionUpdate update() const { return {sequence, old_root, new_root, offered, extra}; }
};

void advance(NodeStore& store, const WriteSet& changes) {
    const auto done = store.apply_version(Next{store, changes}.update());
    ASSERT_TRUE(done.has_value()) << done.error().text();
}

bool has(const NodeStore& store, const Hash32& hash) {
    PreimageBuffer buffer;
    return store.preimage(hash, buffer) && hash::sha256(buffer.view()) == hash;
}

/// Few keys and few values, so that nodes come back and values are shared. Some values look like tree nodes.
WriteSet random_changes(std::mt19937_64& random, std::uint64_t universe) {
    WriteSet changes;
    for (std::uint64_t i = random() % 8; i > 0; --i) {
        Bytes value(random() % 3 == 0 ? state::node_bytes : 3, static_cast<Byte>(random() % 3));
        changes[key_of(random() % universe)] = random() % 3 == 0 ? std::nullopt : std::optional{value};
    }
    return changes;
}

/// Nodes and values below a root, read from the store.
struct Reachable {
    std::set<Hash32> nodes;
    std::set<Hash32> values;

    void add(const NodeStore& store, const Hash32& root) {
        if (root == state::empty_root || !nodes.insert(root).second) return;
        VersionNodes reader{store};
        const auto node = reader.node(root);
        ASSERT_TRUE(node.has_value()) << "a reachable node is missing";
        const Hash32 first = Hash32::from(BytesView{*node}.subspan(1, 32));
        const Hash32 second = Hash32::from(BytesView{*node}.subspan(33, 32));
        if ((*node)[0] == 0) {
            ASSERT_TRUE(has(store, second)) << "a reachable value is missing";
            values.insert(second);
        } else {
            add(store, first);
            add(store, second);
        }
    }
};

class NodeStoreHistory : public testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(VersionsKept, NodeStoreHistory, testing::Values(2U, 3U, 4U, 8U));

TEST_P(NodeStoreHistory, HoldsExactlyWhatTheLastVersionsReach) {
    for (unsigned seed = 0; seed < 3; ++seed) {
        SCOPED_TRACE(seed);
        const TempFolder folder;
        std::mt19937_64 random{seed};
        auto store = open_store(folder.path(), GetParam());
        state::MemoryView model;
        std::deque<Hash32> roots;
        for (std::uint64_t version = 0; version < 80; ++version) {
            const WriteSet changes = random_changes(random, 12);
            model.apply(changes);
            Next next{*store, changes};
            next.offered.push_back(Bytes{static_cast<Byte>(random()), 42, 42, 42});  // junk
            ASSERT_TRUE(store->apply_version(next.update()).has_value());
            ASSERT_EQ(next.new_root, state::root_of(model.entries()));
            roots.push_back(next.new_root);
            if (roots.size() > GetParam()) roots.pop_front();
            if (random() % 10 == 0) {
                store.reset();
                store = open_store(folder.path(), GetParam());
            }
            Reachable expected;
            for (const Hash32& root : roots) expected.add(*store, root);
            ASSERT_EQ(store->count().value(), (NodeStore::Counts{expected.nodes.size(), expected.values.size()}));
            for (std::uint64_t id = 0; id < 12; ++id) {
                ASSERT_EQ((VersionView{*store, next.new_root}.get(key_of(id))), model.get(key_of(id)));
            }
            for (std::size_t i = 0; i < roots.size(); ++i) {
                ASSERT_EQ(store->root_at(version + 1 - roots.size() + i).value(), roots[i]);
            }
            if (version >= roots.size()) {
                ASSERT_EQ(store->root_at(version - roots.size()).value(), std::nullopt);
            }
        }
    }
}

TEST(NodeStore, LoweringVersionsKeptPrunesTheRest) {
    const TempFolder folder;
    std::mt19937_64 random{9};
    auto store = open_store(folder.path(), 30);
    for (int version = 0; version < 40; ++version) advance(*store, random_changes(random, 12));
    store.reset();
    store = open_store(folder.path(), 2);
    const Hash32 before = store->head()->root;
    advance(*store, random_changes(random, 12));
    Reachable expected;
    expected.add(*store, before);
    expected.add(*store, store->head()->root);
    EXPECT_EQ(store->count().value(), (NodeStore::Counts{expected.nodes.size(), expected.values.size()}));
}

TEST(NodeStore, HeadExtraAndSourcesSurviveReopening) {
    const TempFolder folder;
    auto store = open_store(folder.path(), 64, std::size_t{1} << 20);
    EXPECT_EQ(store->head(), std::nullopt);
    Next genesis{*store, {{key_of(1), Bytes(4096, 7)}, {key_of(2), Bytes{}}}};
    genesis.extra = {{Bytes{'a'}, Bytes{1}}, {Bytes{'b'}, Bytes{2}}};
    ASSERT_TRUE(store->apply_version(genesis.update()).has_value());
    Next second{*store, {{key_of(1), Bytes{9}}}};
    second.extra = {{Bytes{'a'}, std::nullopt}};
    ASSERT_TRUE(store->apply_version(second.update()).has_value());
    ASSERT_TRUE(store->write_extra(std::vector<ExtraWrite>{{Bytes{'c'}, Bytes{3}}}).has_value());
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(store->head(), (StateVersion{1, second.new_root}));
        EXPECT_EQ(store->extra(Bytes{'a'}).value(), std::nullopt);
        EXPECT_EQ(store->extra(Bytes{'b'}).value(), Bytes{2});
        std::size_t count = 0;
        ASSERT_TRUE(store->scan_extra({}, [&](BytesView, BytesView) { return ++count > 0; }).has_value());
        EXPECT_EQ(count, 2U);
        EXPECT_EQ((VersionView{*store, genesis.new_root}.get(key_of(1))), Bytes(4096, 7));
        EXPECT_EQ((VersionView{*store, second.new_root}.get(key_of(1))), Bytes{9});
        EXPECT_EQ((VersionView{*store, second.new_root}.get(key_of(2))), Bytes{});
        NodePreimages source{*store};
        EXPECT_EQ(hash::sha256(source.preimage(second.new_root).value()), second.new_root);
        EXPECT_EQ(source.preimage(hash::sha256(Bytes{})).value().size(), 0U);
        EXPECT_FALSE(source.preimage(Hash32{}).has_value());
        store.reset();
        store = open_store(folder.path());
    }
}

TEST(NodeStore, RefusesWhatDoesNotFollowOrIsIncomplete) {
    const TempFolder folder;
    const auto store = open_store(folder.path());
    advance(*store, {{key_of(1), Bytes{1}}, {key_of(2), Bytes{2}}});
    const StateVersion head = *store->head();
    const WriteSet changes{{key_of(3), Bytes{3}}};
    Next gap{*store, changes};
    ++gap.sequence;
    EXPECT_EQ(store->apply_version(gap.update()).error().code, StoreError::wrong_parent);
    Next orphan{*store, changes};
    orphan.old_root = Hash32{};
    EXPECT_EQ(store->apply_version(orphan.update()).error().code, StoreError::wrong_parent);
    const Next whole{*store, changes};
    for (std::size_t i = 0; i < whole.offered.size(); ++i) {  // each node, and the value
        Next lacking{*store, changes};
        const Hash32 missing = hash::sha256(lacking.offered[i]);
        lacking.offered.erase(lacking.offered.begin() + static_cast<std::ptrdiff_t>(i));
        const auto refused = store->apply_version(lacking.update());
        ASSERT_FALSE(refused.has_value()) << i;
        EXPECT_EQ(refused.error().code, StoreError::missing_preimage);
        EXPECT_FALSE(has(*store, missing));
    }
    Next large{*store, changes};
    large.offered.emplace_back(4097);
    EXPECT_EQ(store->apply_version(large.update()).error().code, StoreError::bad_batch);
    EXPECT_EQ(store->head(), head);
    EXPECT_TRUE(store->apply_version(whole.update()).has_value());
}

TEST(NodeStore, RefusesATreeThatRepeatsANode) {
    const TempFolder folder;
    const auto store = open_store(folder.path());
    advance(*store, {{key_of(1), Bytes{1}}});
    Next next{*store, {{key_of(2), Bytes{2}}}};
    Bytes twice{1};
    append(twice, next.new_root.view());
    append(twice, next.new_root.view());
    next.offered.push_back(twice);
    next.new_root = hash::sha256(twice);
    EXPECT_EQ(store->apply_version(next.update()).error().code, StoreError::bad_batch);
}

TEST(NodeStore, RefusesAnotherRollup) {
    const TempFolder folder;
    open_store(folder.path());
    EXPECT_EQ(NodeStore::open({.path = folder.path(), .rollup_id = 902}).error().code, StoreError::wrong_chain);
}

TEST(NodeCache, KeepsRecentAndForgetsOverflow) {
    NodeCache cache{4096};  // 8 sets of 4
    PreimageBuffer buffer;
    std::size_t kept = 0;
    for (std::uint64_t id = 0; id < 200; ++id) {
        const Bytes bytes(id % 95, static_cast<Byte>(id));
        const Hash32 hash = hash::sha256(bytes, key_of(id).bytes());
        cache.insert(hash, bytes);
        ASSERT_TRUE(cache.find(hash, buffer));
        ASSERT_TRUE(equal(buffer.view(), bytes));
    }
    for (std::uint64_t id = 0; id < 200; ++id) {
        const Bytes bytes(id % 95, static_cast<Byte>(id));
        if (!cache.find(hash::sha256(bytes, key_of(id).bytes()), buffer)) continue;
        ++kept;
        EXPECT_TRUE(equal(buffer.view(), bytes));
    }
    EXPECT_EQ(kept, 32U);
    cache.insert(Hash32{}, Bytes(95));
    EXPECT_FALSE(cache.find(Hash32{}, buffer));
    NodeCache none{0};
    none.insert(Hash32{}, Bytes{1});
    EXPECT_FALSE(none.find(Hash32{}, buffer));
}

TEST(NodeStoreChild, DISABLED_AppliesUntilKilled) {
    const char* folder = std::getenv(child_folder_variable);
    ASSERT_NE(folder, nullptr);
    const auto store = open_store(std::filesystem::path{folder} / "db", 16, std::size_t{1} << 20);
    tell_started(folder);
    std::mt19937_64 random{std::random_device{}()};
    while (true) {
        Next next{*store, random_changes(random, 300)};
        next.extra = {{Bytes{'n'}, to_bytes(next.new_root.view())}};
        ASSERT_TRUE(store->apply_version(next.update()).has_value());
    }
}

TEST(NodeStore, SurvivesKillAtAnyMoment) {
    const TempFolder folder;
    std::mt19937_64 random{4};
    std::uint64_t sequence_before = 0;
    std::uint64_t rounds_with_progress = 0;
    // Where a machine is slow, later children live longer, until enough of them have got somewhere.
    for (std::uint64_t round = 0; round < 24 || rounds_with_progress < 10; ++round) {
        const auto delay = std::chrono::microseconds{random() % (60'000 * (1 + round / 24))};
        ASSERT_TRUE(run_and_kill("NodeStoreChild.DISABLED_AppliesUntilKilled", folder.path(), delay));
        const auto store = open_store(folder.path() / "db", 16);
        ASSERT_NE(store, nullptr);
        const auto head = store->head();
        if (!head.has_value()) continue;
        ASSERT_GE(head->sequence, sequence_before);
        rounds_with_progress += head->sequence > sequence_before ? 1U : 0U;
        sequence_before = head->sequence;
        ASSERT_EQ(store->extra(Bytes{'n'}).value(), to_bytes(head->root.view()));
        Reachable expected;
        for (std::uint64_t at = head->sequence < 15 ? 0 : head->sequence - 15; at <= head->sequence; ++at) {
            expected.add(*store, store->root_at(at).value().value());
        }
        ASSERT_EQ(store->count().value(), (NodeStore::Counts{expected.nodes.size(), expected.values.size()}));
    }
}

}  // namespace
}  // namespace enshrine::store
