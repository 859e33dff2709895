// SPDX-License-Identifier: Apache-2.0
#include <enshrine/mempool/mempool.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace enshrine::mempool {
namespace {

constexpr std::uint64_t now = 1'000;

Address sender_of(std::uint8_t id) {
    Address out;
    out[19] = id;
    return out;
}

struct TxnSpec {
    std::uint8_t sender = 1;
    std::uint64_t nonce = 0;
    std::uint64_t max_fee = 100;
    std::uint64_t tip = 10;
    std::uint64_t value = 0;
    std::uint8_t salt = 0;
    std::size_t blobs = 0;
};

PooledTxn make(const TxnSpec& spec) {
    PooledTxn out;
    out.txn.type = spec.blobs > 0 ? types::TxnType::blob : types::TxnType::dynamic_fee;
    out.txn.nonce = spec.nonce;
    out.txn.max_fee_per_gas = U256{spec.max_fee};
    out.txn.max_priority_fee_per_gas = U256{spec.tip};
    out.txn.gas_limit = 21'000;
    out.txn.value = Amount{spec.value};
    out.txn.blob_versioned_hashes.resize(spec.blobs);
    out.sender = sender_of(spec.sender);
    out.encoded.resize(100);
    out.hash[0] = spec.sender;
    out.hash[1] = static_cast<Byte>(spec.nonce);
    out.hash[2] = static_cast<Byte>(spec.max_fee);
    out.hash[3] = spec.salt;
    return out;
}

const SenderState rich{0, Amount{U256{1'000'000'000'000ULL}}};
const Mempool::SelectionLimits wide{1ULL << 40, 1 << 30, 1'000, 100};

SenderState rich_sender(const Address&) { return rich; }

std::vector<std::uint64_t> nonces(const std::vector<PooledTxn>& txns) {
    std::vector<std::uint64_t> out;
    for (const auto& txn : txns) out.push_back(txn.txn.nonce);
    return out;
}

TEST(Mempool, SelectsConsecutiveNoncesOnly) {
    Mempool pool{{}};
    for (const std::uint64_t nonce : {2U, 0U, 1U, 4U}) ASSERT_TRUE(pool.add(make({.nonce = nonce}), rich, U256{1}, now));
    EXPECT_EQ(nonces(pool.select(wide, U256{1}, rich_sender)), (std::vector<std::uint64_t>{0, 1, 2}));
    EXPECT_EQ(pool.pending_nonce(sender_of(1), 0), 3U);
}

TEST(Mempool, RefusesWhatCannotBeExecuted) {
    Mempool pool{{.nonce_gap_max = 5}};
    const SenderState at_three{3, Amount{U256{1'000'000'000ULL}}};
    const auto too_low = pool.add(make({.nonce = 2}), at_three, U256{1}, now);
    ASSERT_FALSE(too_low);
    EXPECT_TRUE(too_low.error().error.is(MempoolError::nonce_too_low));
    EXPECT_EQ(too_low.error().expected, U256{3});
    const auto too_high = pool.add(make({.nonce = 9}), at_three, U256{1}, now);
    ASSERT_FALSE(too_high);
    EXPECT_TRUE(too_high.error().error.is(MempoolError::nonce_gap_too_large));
    EXPECT_EQ(too_high.error().expected, U256{3});  // the next nonce, not the last that would wait
    EXPECT_TRUE(pool.add(make({.nonce = 3, .max_fee = 5}), at_three, U256{6}, now)
                    .error()
                    .error.is(MempoolError::fee_below_minimum));
    const SenderState poor{3, Amount{21'000 * 100 - 1}};
    EXPECT_TRUE(pool.add(make({.nonce = 3}), poor, U256{1}, now).error().error.is(MempoolError::insufficient_funds));
    EXPECT_EQ(pool.size(), 0U);
}

TEST(Mempool, InsufficientFundsCountsAllPendingOfTheSender) {
    Mempool pool{{}};
    const SenderState for_one{0, Amount{21'000 * 100}};
    ASSERT_TRUE(pool.add(make({.nonce = 0}), for_one, U256{1}, now));
    EXPECT_TRUE(pool.add(make({.nonce = 1}), for_one, U256{1}, now).error().error.is(MempoolError::insufficient_funds));
}

TEST(Mempool, ReplacementNeedsTenPercentMoreInBothFees) {
    Mempool pool{{}};
    ASSERT_TRUE(pool.add(make({}), rich, U256{1}, now));
    EXPECT_TRUE(pool.add(make({}), rich, U256{1}, now).error().error.is(MempoolError::already_known));
    EXPECT_TRUE(pool.add(make({.max_fee = 109, .tip = 11}), rich, U256{1}, now)
                    .error()
                    .error.is(MempoolError::replacement_underpriced));
    EXPECT_TRUE(pool.add(make({.max_fee = 110, .tip = 10}), rich, U256{1}, now)
                    .error()
                    .error.is(MempoolError::replacement_underpriced));
    EXPECT_TRUE(pool.add(make({.max_fee = 110, .tip = 11}), rich, U256{1}, now));
    EXPECT_EQ(pool.size(), 1U);
    ASSERT_TRUE(pool.add(make({.nonce = 1, .max_fee = 50, .blobs = 1}), rich, U256{1}, now));
    EXPECT_FALSE(pool.add(make({.nonce = 1, .max_fee = 99, .tip = 20, .blobs = 1}), rich, U256{1}, now));
    EXPECT_TRUE(pool.add(make({.nonce = 1, .max_fee = 101, .tip = 20, .blobs = 1}), rich, U256{1}, now));
}

TEST(Mempool, BestTipFirstAcrossSenders) {
    Mempool pool{{}};
    ASSERT_TRUE(pool.add(make({.sender = 1, .tip = 1}), rich, U256{1}, now));
    ASSERT_TRUE(pool.add(make({.sender = 2, .tip = 9}), rich, U256{1}, now));
    ASSERT_TRUE(pool.add(make({.sender = 3, .tip = 5}), rich, U256{1}, now));
    const auto chosen = pool.select(wide, U256{1}, rich_sender);
    ASSERT_EQ(chosen.size(), 3U);
    EXPECT_EQ(chosen[0].sender, sender_of(2));
    EXPECT_EQ(chosen[1].sender, sender_of(3));
    EXPECT_EQ(chosen[2].sender, sender_of(1));
}

TEST(Mempool, SelectionRespectsEveryLimit) {
    Mempool pool{{}};
    for (std::uint8_t id = 1; id <= 5; ++id) {
        ASSERT_TRUE(pool.add(make({.sender = id, .blobs = 2}), rich, U256{1}, now));
    }
    EXPECT_EQ(pool.select({42'000, 1 << 20, 100, 100}, U256{1}, rich_sender).size(), 2U);
    EXPECT_EQ(pool.select({1 << 30, 299, 100, 100}, U256{1}, rich_sender).size(), 2U);
    EXPECT_EQ(pool.select({1 << 30, 1 << 20, 3, 100}, U256{1}, rich_sender).size(), 3U);
    EXPECT_EQ(pool.select({1 << 30, 1 << 20, 100, 5}, U256{1}, rich_sender).size(), 2U);
}

TEST(Mempool, DropsIncludedStaleAndExpired) {
    Mempool pool{{.ttl_seconds = 10}};
    const auto first = make({.sender = 1});
    ASSERT_TRUE(pool.add(first, rich, U256{1}, now));
    ASSERT_TRUE(pool.add(make({.sender = 2}), rich, U256{1}, now));
    ASSERT_TRUE(pool.add(make({.sender = 3}), rich, U256{1}, now + 9));
    pool.on_block({first.hash}, rich_sender, now + 11);
    EXPECT_EQ(pool.size(), 1U);
    pool.on_block({}, [](const Address&) { return SenderState{1, Amount{}}; }, now + 11);
    EXPECT_EQ(pool.size(), 0U);
}

TEST(Mempool, FullPoolAndSenderLimit) {
    Mempool pool{{.txns_max = 3, .txns_per_sender_max = 2}};
    ASSERT_TRUE(pool.add(make({.nonce = 0}), rich, U256{1}, now));
    ASSERT_TRUE(pool.add(make({.nonce = 1}), rich, U256{1}, now));
    EXPECT_TRUE(pool.add(make({.nonce = 2}), rich, U256{1}, now).error().error.is(MempoolError::sender_limit));
    ASSERT_TRUE(pool.add(make({.sender = 2}), rich, U256{1}, now));
    EXPECT_TRUE(pool.add(make({.sender = 3}), rich, U256{1}, now).error().error.is(MempoolError::pool_full));
}

RC_GTEST_PROP(Mempool, SelectionKeepsNonceOrderAndNeverRepeats, ()) {
    Mempool pool{{}};
    const auto specs = *rc::gen::container<std::vector<std::tuple<std::uint8_t, std::uint8_t, std::uint8_t>>>(
        rc::gen::tuple(rc::gen::inRange<std::uint8_t>(1, 5), rc::gen::inRange<std::uint8_t>(0, 8),
                       rc::gen::inRange<std::uint8_t>(1, 50)));
    for (const auto& [sender, nonce, tip] : specs) {
        const auto added = pool.add(make({.sender = sender, .nonce = nonce, .tip = tip}), rich, U256{1}, now);
        (void)added.has_value();
    }
    std::map<Address, std::uint64_t> next;
    std::set<Hash32> seen;
    for (const auto& txn : pool.select(wide, U256{1}, rich_sender)) {
        RC_ASSERT(txn.txn.nonce == next[txn.sender]++);
        RC_ASSERT(seen.insert(txn.hash).second);
        RC_ASSERT(pool.find(txn.hash).has_value());
    }
}

}  // namespace
}  // namespace enshrine::mempool
