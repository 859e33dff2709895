// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rollup_node/catch_up.hpp>
#include <enshrine/rollup_node/chain_for_test.hpp>
#include <enshrine/rollup_registry/params.hpp>

#include <gtest/gtest.h>

namespace enshrine::rollup_node {
namespace {

using namespace test;

/// Three batches; their anchors are L1 blocks 101, 102 and 103.
class FindConflict : public testing::Test {
protected:
    FindConflict() {
        for (int i = 0; i < 3; ++i) {
            const Chain::Batch batch = chain.next(store->head());
            EXPECT_TRUE(store->append(batch.append()).has_value());
        }
    }
    [[nodiscard]] std::string conflict(std::uint64_t last, const Hash32& last_hash, std::uint64_t height) const {
        L1Position l1;
        l1.registered.last_sequence = last;
        l1.registered.last_batch_hash = last_hash;
        l1.height = height;
        return find_conflict(*store, 3, l1);
    }
    [[nodiscard]] Hash32 hash_of(std::uint64_t sequence) const { return store->record(sequence)->hash; }

    Chain chain;
    std::unique_ptr<RollupStore> store = RollupStore::open(chain.options()).value();
};

TEST_F(FindConflict, NoneWhileTheL1HasWhatWasBuiltHere) {
    EXPECT_EQ(conflict(0, {}, 103), "");
    EXPECT_EQ(conflict(2, hash_of(2), 103), "");
    EXPECT_EQ(conflict(3, hash_of(3), 10'000), "");  // nothing waits that could become too old
    EXPECT_EQ(conflict(7, numbered(7), 120), "");    // the store is only behind
}

TEST_F(FindConflict, AnotherBatchIsRegistered) {
    for (std::uint64_t last = 1; last <= 3; ++last) {
        EXPECT_EQ(conflict(last, numbered(5), 110), "the L1 has registered another batch " + std::to_string(last));
    }
}

TEST_F(FindConflict, AnAnchorIsTooOldOrNotThere) {
    const std::uint64_t age_max = rollup_registry::anchor_age_blocks_max;
    EXPECT_NE(conflict(1, hash_of(1), 102 + age_max).find("not registered in time"), std::string::npos);
    EXPECT_EQ(conflict(1, hash_of(1), 102 + age_max - 16), "");
    EXPECT_EQ(conflict(1, hash_of(1), 50), "batch 2 names L1 block 102, the L1 is at 50");
}

}  // namespace
}  // namespace enshrine::rollup_node
