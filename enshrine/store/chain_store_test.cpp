// SPDX-License-Identifier: Apache-2.0
#include <enshrine/hash/keccak.hpp>
#include <enshrine/store/chain_columns.hpp>
#include <enshrine/store/chain_store.hpp>
#include <enshrine/store/killed_child_for_test.hpp>
#include <enshrine/store/temp_folder_for_test.hpp>

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace enshrine::store {
namespace {

using state::Key;
using state::Module;
using state::WriteSet;

Key key_of(std::uint64_t id) {
    return Key{Module::account}.u64(id);
}

std::unique_ptr<ChainStore> open_store(const std::filesystem::path& path, std::uint64_t chain_id = 900) {
    auto store = ChainStore::open({.path = path, .chain_id = chain_id});
    EXPECT_TRUE(store.has_value()) << (store.has_value() ? "" : store.error().text());
    return store.has_value() ? *std::move(store) : nullptr;
}

/// A block on top of the head that writes `changes`, with `txn_count` transactions.
struct NextBlock {
    types::Block block;
    std::vector<types::Receipt> receipts;
    WriteSet changes;
    state::TreeUpdate tree;

    NextBlock(const ChainStore& store, WriteSet of, unsigned txn_count = 2) : changes{std::move(of)} {
        const auto view = store.view_latest();
        const auto head = store.head();
        ChainNodes nodes{*view};
        tree = state::update(nodes, view->state_root(), state::path_changes(changes)).value();
        block.header.number = head.has_value() ? head->height + 1 : 0;
        if (head.has_value()) block.header.parent_hash = head->block_hash;
        block.header.state_root = tree.root;
        for (unsigned i = 0; i < txn_count; ++i) {
            Bytes txn{static_cast<Byte>(i)};
            append(txn, number_key(block.header.number));
            block.transactions.push_back(txn);
            receipts.emplace_back().gas_used = block.header.number + i;
        }
    }
    [[nodiscard]] CommitBatch batch() const { return {block, receipts, changes, tree}; }
};

void commit(ChainStore& store, const WriteSet& changes) {
    const NextBlock next{store, changes};
    const auto done = store.commit(next.batch());
    ASSERT_TRUE(done.has_value()) << done.error().text();
}

WriteSet random_changes(std::mt19937_64& random, std::uint64_t universe) {
    WriteSet changes;
    for (std::uint64_t i = random() % 12; i > 0; --i) {
        const Key key = key_of(random() % universe);
        changes[key] = random() % 3 == 0 ? std::nullopt : std::optional{Bytes{static_cast<Byte>(random() % 4), 7}};
    }
    return changes;
}

std::set<Hash32> reachable(const ChainView& view, const Hash32& root) {
    std::set<Hash32> seen;
    std::vector<Hash32> open{root};
    while (!open.empty()) {
        const Hash32 at = open.back();
        open.pop_back();
        if (at == state::empty_root || !seen.insert(at).second) continue;
        const auto node = view.tree_node(at).value();
        EXPECT_TRUE(node.has_value()) << "a reachable node is missing";
        if (!node.has_value() || (*node)[0] == 0) continue;
        open.push_back(Hash32::from(BytesView{*node}.subspan(1, 32)));
        open.push_back(Hash32::from(BytesView{*node}.subspan(33, 32)));
    }
    return seen;
}

std::set<Hash32> stored_nodes(const ChainView& view) {
    std::set<Hash32> out;
    EXPECT_TRUE(view.snapshot()
                    .scan(chain_column::tree, {},
                          [&](BytesView key, BytesView) { return out.insert(Hash32::from(key)).second; })
                    .has_value());
    return out;
}

TEST(ChainStore, EmptyStoreHasNoHead) {
    const TempFolder folder;
    const auto store = open_store(folder.path());
    EXPECT_EQ(store->head(), std::nullopt);
    EXPECT_EQ(store->view_latest()->get(key_of(1)), std::nullopt);
    EXPECT_EQ(store->view_latest()->state_root(), state::empty_root);
    EXPECT_EQ(store->block(0).value(), std::nullopt);
}

TEST(ChainStore, CommittedBlockIsFoundByEveryIndexAndAfterReopening) {
    const TempFolder folder;
    auto store = open_store(folder.path());
    commit(*store, {{key_of(1), Bytes{1}}, {key_of(2), Bytes{}}});
    const NextBlock next{*store, {{key_of(1), std::nullopt}, {key_of(3), Bytes{3}}}};
    ASSERT_TRUE(store->commit(next.batch()).has_value());
    for (int round = 0; round < 2; ++round) {
        const Hash32 hash = types::block_hash(next.block.header);
        EXPECT_EQ(store->head(), (ChainHead{1, hash, next.tree.root}));
        EXPECT_EQ(store->block(1).value(), next.block);
        EXPECT_EQ(store->height_of(hash).value(), 1U);
        EXPECT_EQ(store->height_of(Hash32{}).value(), std::nullopt);
        EXPECT_EQ(store->receipts(1).value(), next.receipts);
        EXPECT_EQ(store->receipts(2).value(), std::nullopt);
        EXPECT_EQ(store->txn_location(hash::keccak256(next.block.transactions[1])).value(), (TxnLocation{1, 1}));
        EXPECT_EQ(store->txn_location(Hash32{}).value(), std::nullopt);
        EXPECT_EQ(store->view_latest()->get(key_of(1)), std::nullopt);
        EXPECT_EQ(store->view_latest()->get(key_of(2)), Bytes{});
        EXPECT_EQ(store->view_latest()->recompute_root().value(), next.tree.root);
        store.reset();
        store = open_store(folder.path());
    }
}

TEST(ChainStore, ViewDoesNotChange) {
    const TempFolder folder;
    const auto store = open_store(folder.path());
    commit(*store, {{key_of(1), Bytes{1}}});
    const auto before = store->view_latest();
    commit(*store, {{key_of(1), Bytes{2}}});
    EXPECT_EQ(before->get(key_of(1)), Bytes{1});
    EXPECT_EQ(before->height(), 0U);
    EXPECT_EQ(store->view_latest()->get(key_of(1)), Bytes{2});
}

TEST(ChainStore, RefusesWhatDoesNotFollow) {
    const TempFolder folder;
    const auto store = open_store(folder.path());
    commit(*store, {{key_of(1), Bytes{1}}});
    const WriteSet changes{{key_of(2), Bytes{2}}};
    NextBlock gap{*store, changes};
    ++gap.block.header.number;
    EXPECT_EQ(store->commit(gap.batch()).error().code, StoreError::wrong_parent);
    NextBlock orphan{*store, changes};
    orphan.block.header.parent_hash = Hash32{};
    EXPECT_EQ(store->commit(orphan.batch()).error().code, StoreError::wrong_parent);
    NextBlock wrong_root{*store, changes};
    wrong_root.block.header.state_root = Hash32{};
    EXPECT_EQ(store->commit(wrong_root.batch()).error().code, StoreError::bad_batch);
    NextBlock fewer_receipts{*store, changes};
    fewer_receipts.receipts.pop_back();
    EXPECT_EQ(store->commit(fewer_receipts.batch()).error().code, StoreError::bad_batch);
    EXPECT_EQ(store->head()->height, 0U);
    EXPECT_TRUE(store->commit(NextBlock{*store, changes}.batch()).has_value());
}

TEST(ChainStore, RefusesTheDatabaseOfAnotherChain) {
    const TempFolder folder;
    open_store(folder.path(), 900);
    const auto other = ChainStore::open({.path = folder.path(), .chain_id = 901});
    ASSERT_FALSE(other.has_value());
    EXPECT_EQ(other.error().code, StoreError::wrong_chain);
    EXPECT_NE(other.error().text().find(folder.path().string()), std::string::npos);
    EXPECT_NE(other.error().text().find("expected 901, found 900"), std::string::npos);
}

TEST(ChainStore, ListsByPrefixInPages) {
    const TempFolder folder;
    const auto store = open_store(folder.path());
    WriteSet changes;
    for (std::uint64_t id = 0; id < 10; ++id) changes[key_of(id)] = Bytes{static_cast<Byte>(id)};
    changes[Key{Module::chain}.u8(1)] = Bytes{1};
    changes[Key{Module::messaging}.u8(1)] = Bytes{1};
    commit(*store, changes);
    commit(*store, {{key_of(3), std::nullopt}, {key_of(4), Bytes{44}}, {key_of(77), Bytes{77}}});
    const auto ids = [](const std::vector<KeyValue>& page) {
        std::vector<std::uint64_t> out;
        for (const auto& entry : page) out.push_back(load_be<std::uint64_t>(entry.key.bytes().data() + 1));
        return out;
    };
    const auto latest = store->view_latest();
    const Key accounts{Module::account};
    const auto first = latest->list(accounts, 4).value();
    EXPECT_EQ(ids(first), (std::vector<std::uint64_t>{0, 1, 2, 4}));
    EXPECT_EQ(first[3].value, Bytes{44});
    EXPECT_EQ(ids(latest->list(accounts, 100, first[3].key).value()), (std::vector<std::uint64_t>{5, 6, 7, 8, 9, 77}));
    const auto older = store->view_at(0).value();
    EXPECT_EQ(ids(older->list(accounts, 4).value()), (std::vector<std::uint64_t>{0, 1, 2, 3}));
    const auto rest = older->list(accounts, 100, key_of(2)).value();
    EXPECT_EQ(ids(rest), (std::vector<std::uint64_t>{3, 4, 5, 6, 7, 8, 9}));
    EXPECT_EQ(rest[1].value, Bytes{4});
}

TEST(ChainStore, HistoryIsKeptFor256BlocksAndThenPrunedExactly) {
    const TempFolder folder;
    const auto store = open_store(folder.path());
    std::mt19937_64 random{1};
    std::vector<std::map<Key, Bytes>> contents;
    std::vector<Hash32> roots;
    state::MemoryView model;
    for (std::uint64_t height = 0; height < 330; ++height) {
        const WriteSet changes = random_changes(random, 30);
        model.apply(changes);
        commit(*store, changes);
        contents.push_back(model.entries());
        roots.push_back(store->head()->state_root);
        ASSERT_EQ(roots.back(), state::root_of(contents.back()));
        if (height % 30 != 0 && height < 320) continue;
        const std::uint64_t oldest = height < history_heights ? 0 : height - history_heights;
        const auto view = store->view_latest();
        std::set<Hash32> expected;
        for (std::uint64_t at = oldest; at <= height; ++at) expected.merge(reachable(*view, roots[at]));
        ASSERT_EQ(stored_nodes(*view), expected);
        for (const std::uint64_t at : {oldest, (oldest + height) / 2, height}) {
            const auto older = store->view_at(at).value();
            EXPECT_EQ(older->state_root(), roots[at]);
            EXPECT_EQ(older->recompute_root().value(), roots[at]);
            for (std::uint64_t id = 0; id < 30; ++id) {
                const auto found = contents[at].find(key_of(id));
                const auto value = found == contents[at].end() ? std::nullopt : std::optional{found->second};
                EXPECT_EQ(older->get(key_of(id)), value);
                const auto shown =
                    state::verify_proof(roots[at], state::path_of(key_of(id)), older->prove(key_of(id)).value());
                EXPECT_EQ(shown.value().has_value(), value.has_value());
            }
        }
        if (oldest > 0) {
            EXPECT_EQ(store->view_at(oldest - 1).error().code, StoreError::pruned);
        }
        EXPECT_EQ(store->view_at(height + 1).error().code, StoreError::pruned);
    }
}

TEST(ChainStore, RevertGoesBackExactly) {
    const TempFolder folder;
    auto store = open_store(folder.path());
    std::mt19937_64 random{2};
    std::vector<Hash32> roots;
    commit(*store, random_changes(random, 12));
    roots.push_back(store->head()->state_root);
    for (int round = 0; round < 60; ++round) {
        for (std::uint64_t i = random() % 6 + 1; i > 0; --i) {
            commit(*store, random_changes(random, 12));
            roots.push_back(store->head()->state_root);
        }
        const std::uint64_t target = store->head()->height - random() % std::min<std::uint64_t>(6, roots.size());
        const auto dropped = store->block(store->head()->height).value().value();
        ASSERT_TRUE(store->revert_to(target).has_value());
        roots.resize(target + 1);
        ASSERT_EQ(store->head()->height, target);
        ASSERT_EQ(store->view_latest()->recompute_root().value(), roots.back());
        if (dropped.header.number > target) {
            EXPECT_EQ(store->height_of(types::block_hash(dropped.header)).value(), std::nullopt);
            EXPECT_EQ(store->block(dropped.header.number).value(), std::nullopt);
        }
        for (std::uint64_t at = target < 20 ? 0 : target - 20; at <= target; ++at) {
            EXPECT_EQ(store->view_at(at).value()->recompute_root().value(), roots[at]);
            reachable(*store->view_latest(), roots[at]);
        }
    }
    // After history_heights more blocks nothing of the dropped branches is left.
    while (roots.size() < 600) {
        commit(*store, random_changes(random, 12));
        roots.push_back(store->head()->state_root);
    }
    std::set<Hash32> expected;
    const auto view = store->view_latest();
    for (std::size_t at = roots.size() - 1 - history_heights; at < roots.size(); ++at) {
        expected.merge(reachable(*view, roots[at]));
    }
    EXPECT_EQ(stored_nodes(*view), expected);
    EXPECT_EQ(store->revert_to(10).error().code, StoreError::pruned);
    EXPECT_EQ(store->revert_to(600).error().code, StoreError::pruned);
}

TEST(ChainStoreChild, DISABLED_CommitsUntilKilled) {
    const char* folder = std::getenv(child_folder_variable);
    ASSERT_NE(folder, nullptr);
    const auto store = open_store(std::filesystem::path{folder} / "db");
    tell_started(folder);
    std::mt19937_64 random{std::random_device{}()};
    while (true) commit(*store, random_changes(random, 200));
}

TEST(ChainStore, SurvivesKillAtAnyMoment) {
    const TempFolder folder;
    std::mt19937_64 random{3};
    std::uint64_t height_before = 0;
    std::uint64_t rounds_with_progress = 0;
    // Where a machine is slow, later children live longer, until enough of them have got somewhere.
    for (std::uint64_t round = 0; round < 24 || rounds_with_progress < 10; ++round) {
        const auto delay = std::chrono::microseconds{random() % (60'000 * (1 + round / 24))};
        ASSERT_TRUE(run_and_kill("ChainStoreChild.DISABLED_CommitsUntilKilled", folder.path(), delay));
        const auto store = open_store(folder.path() / "db");
        ASSERT_NE(store, nullptr);
        const auto head = store->head();
        if (!head.has_value()) continue;
        ASSERT_GE(head->height, height_before);
        rounds_with_progress += head->height > height_before ? 1U : 0U;
        height_before = head->height;
        const auto view = store->view_latest();
        ASSERT_EQ(view->recompute_root().value(), head->state_root);
        ASSERT_EQ(store->block(head->height).value()->header.state_root, head->state_root);
        reachable(*view, head->state_root);
    }
}

}  // namespace
}  // namespace enshrine::store
