// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rollup_node/txn_queue_for_test.hpp>

#include <rapidcheck/gtest.h>

namespace enshrine::rollup_node::test {
namespace {

TEST(TxnQueue, ReloadingTheJournalRestoresOrderAndPositions) {
    Line line{{.txns_per_batch = 2}};
    line.fund(1);
    line.fund(2);
    std::vector<Hash32> hashes;
    const Hash32 gap = line.accept(1, 2);
    hashes.push_back(line.accept(0, 1));
    hashes.push_back(line.accept(0, 2));
    hashes.push_back(gap);
    hashes.push_back(line.accept(1, 1));
    const Hash32 waiting = line.accept(5, 1);
    std::vector<std::optional<Place>> before;
    for (const Hash32& hash : hashes) before.push_back(line.place(hash));
    line.open(1);
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        EXPECT_EQ(line.place(hashes[i]), before[i]);
        EXPECT_EQ(line.place(hashes[i]), (Place{1 + i / 2, i % 2}));
    }
    EXPECT_TRUE(line.queue->find_any(waiting).has_value());
    EXPECT_EQ(hashes_of(line.queue->close(1)), (std::vector{hashes[0], hashes[1]}));
}

TEST(TxnQueue, ReloadingSkipsWhatIsExecuted) {
    Line line{{.txns_per_batch = 1}};
    line.fund(1);
    const Hash32 first = line.accept(0, 1);
    const Hash32 second = line.accept(1, 1);
    line.executed.insert(first);  // stored, and the process ended before the journal learned of it
    line.accounts[address_of(1)].nonce = 1;
    line.open(2);
    EXPECT_EQ(line.place(second), (Place{2, 0}));
    EXPECT_EQ(line.queue->size(), 1U);
}

// A batch that was being built when the process ended is built again with the same transactions: the ones that came
// behind it were promised places in the next.
TEST(TxnQueue, ReloadingKeepsTheBatchThatWasClosed) {
    Line line;
    line.fund(1);
    const Hash32 first = line.accept(0, 1);
    (void)line.queue->close(1);
    const Hash32 second = line.accept(1, 1);
    ASSERT_EQ(line.place(second), (Place{2, 0}));
    line.open(1);
    EXPECT_EQ(line.place(first), (Place{1, 0}));
    EXPECT_EQ(line.place(second), (Place{2, 0}));
    line.run(1);
    line.open(2);
    EXPECT_EQ(line.place(second), (Place{2, 0}));
    EXPECT_EQ(hashes_of(line.queue->close(2)), std::vector{second});
}

TEST(TxnQueue, ReloadingKeepsABatchOfInboxMessagesThatWasClosed) {
    Line line;
    line.fund(1);
    EXPECT_TRUE(line.queue->close(1).empty());
    const Hash32 first = line.accept(0, 1);
    ASSERT_EQ(line.place(first), (Place{2, 0}));
    line.open(1);
    EXPECT_EQ(line.place(first), (Place{2, 0}));
    EXPECT_TRUE(line.queue->has_open());
    EXPECT_TRUE(line.queue->close(1).empty());
}

// A batch of somebody else took the promised number: the order is kept, and promised anew behind it.
TEST(TxnQueue, ReloadingBehindAForeignBatchPromisesAnew) {
    Line line{{.txns_per_batch = 2}};
    line.fund(1);
    line.fund(2);
    const Hash32 first = line.accept(0, 1);
    const Hash32 second = line.accept(0, 2);
    const Hash32 third = line.accept(1, 1);
    const Hash32 waiting = line.accept(3, 1);
    (void)line.queue->close(1);
    line.executed.insert(first);  // the foreign batch has it, and a forced transaction of signer 2 as well
    line.accounts[address_of(1)].nonce = 1;
    line.open(5);
    EXPECT_FALSE(line.queue->find_any(first).has_value());
    EXPECT_EQ(line.place(second), (Place{5, 0}));
    EXPECT_EQ(line.place(third), (Place{5, 1}));
    EXPECT_TRUE(line.queue->find_any(waiting).has_value());
    EXPECT_EQ(line.place(line.accept(2, 1)), (Place{6, 0}));
    EXPECT_EQ(line.place(waiting), (Place{6, 1}));
    line.open(5);
    EXPECT_EQ(line.place(second), (Place{5, 0}));
    EXPECT_EQ(line.place(waiting), (Place{6, 1}));
    EXPECT_EQ(hashes_of(line.queue->close(5)), (std::vector{second, third}));
}

// What was promised first stays first, although the foreign batch took the number of the first alone.
TEST(TxnQueue, AForeignBatchDoesNotTurnTheOrderAround) {
    Line line{{.txns_per_batch = 1}};
    line.fund(1);
    const Hash32 first = line.accept(0, 1);
    const Hash32 second = line.accept(1, 1);
    line.open(2);
    EXPECT_EQ(line.place(first), (Place{2, 0}));
    EXPECT_EQ(line.place(second), (Place{3, 0}));
}

TEST(TxnQueue, ReloadingKeepsPromisesToTheLetter) {
    Line line;
    line.fund(1);
    const Hash32 hash = line.accept(0, 1);
    const auto before = line.queue->find(hash);
    line.now_ms += 5'000;
    line.l1_height += 30;
    line.open(1);
    const auto after = line.queue->find(hash);
    ASSERT_TRUE(before && after);
    EXPECT_EQ(after->receipt.promise, before->receipt.promise);
    EXPECT_EQ(after->accepted_ms, before->accepted_ms);
}

// The promise is a place in the order. Whether the sender can still pay is found out there.
TEST(TxnQueue, WhatBecameUnpayableKeepsItsPlace) {
    Line line;
    line.fund(1);
    line.fund(2);
    const Hash32 poor = line.accept(0, 1);
    const Hash32 overtaken = line.accept(0, 2);
    const Hash32 last = line.accept(1, 2);
    line.fund(1, U256{});                    // a call of somebody else, say, took all there was
    line.accounts[address_of(2)].nonce = 1;  // and a forced transaction the nonce
    line.open(1);
    EXPECT_EQ(line.place(poor), (Place{1, 0}));
    EXPECT_EQ(line.place(overtaken), (Place{1, 1}));
    EXPECT_EQ(line.place(last), (Place{1, 2}));
    EXPECT_EQ(line.queue->pending_nonce(address_of(2)), 2U);
    expect_refused(line.submit(payment(1), 1), "E-TXN-INSUFFICIENT-FUNDS", "value");
    EXPECT_EQ(line.place(line.accept(2, 2)), (Place{1, 3}));
    line.run(1);
    EXPECT_EQ(line.queue->size(), 0U);
    EXPECT_EQ(line.queue->pending_nonce(address_of(1)), 0U);
    EXPECT_EQ(line.queue->pending_nonce(address_of(2)), 3U);
}

TEST(TxnQueue, APromiseWithoutItsTransactionIsNone) {
    Line line;
    line.fund(1);
    line.fund(2);
    line.queue.reset();
    {
        auto journal = mempool::Journal::open(line.folder.path() / "journal");
        ASSERT_TRUE(journal.has_value());
        PromiseRecord record;
        record.promise = {.transaction_hash = Hash32{{7}}, .rollup = rollup, .sequence = 1};
        ASSERT_TRUE(journal->append(encode_promise_record(record)).has_value());
        const Bytes txn = sign(payment(0), 1);
        record.promise = {.transaction_hash = types::transaction_hash(txn), .rollup = rollup, .sequence = ~0ULL};
        ASSERT_TRUE(journal->append(encode_promise_record(record)).has_value());  // a place that cannot be
        ASSERT_TRUE(journal->append(txn).has_value());
    }
    line.open(1);
    EXPECT_EQ(line.queue->size(), 1U);
    EXPECT_EQ(line.place(types::transaction_hash(sign(payment(0), 1))), (Place{1, 0}));
    EXPECT_EQ(line.place(line.accept(0, 2)), (Place{1, 1}));
}

/// Random histories. With `accounts_move`, forced transactions take nonces and calls of others take money.
void check_promises(bool accounts_move) {
    Line line{{.txns_per_batch = 3, .nonce_gap_max = 8}};
    std::map<Hash32, sequencing::OrderPromise> promised;
    std::map<Hash32, std::pair<Address, std::uint64_t>> sent;
    std::map<Address, std::uint64_t> executed_nonce;
    for (std::uint8_t signer = 1; signer <= 3; ++signer) line.fund(signer);
    std::uint64_t next = 1;
    Place last{0, 0};
    const std::size_t steps = 30;
    for (std::size_t step = 0; step < steps; ++step) {
        const auto action = *rc::gen::inRange(0, accounts_move ? 13 : 11);
        const auto signer = *rc::gen::inRange<std::uint8_t>(1, 4);
        if (action == 12) {
            line.accounts[address_of(signer)].nonce += 1;
        } else if (action == 11) {
            line.fund(signer, *rc::gen::element(U256{}, U256{plain_cost}, U256{rich}));
        } else if (action == 10) {
            (void)line.queue->close(
                next);  // and what comes now belongs to the next batch, even if this one is not done
        } else if (action < 8) {
            const auto base = line.accounts[address_of(signer)].nonce;
            types::Transaction txn = payment(base + *rc::gen::inRange<std::uint64_t>(0, 5));
            const auto hash = line.submit(txn, signer);
            if (hash) sent[*hash] = {address_of(signer), txn.nonce};
        } else if (action == 8) {
            const auto txns = line.queue->close(next);
            for (std::size_t i = 0; i < txns.size(); ++i) {
                const sequencing::OrderPromise& promise = promised.at(txns[i].pooled.hash);
                RC_ASSERT((Place{promise.sequence, promise.position}) == (Place{next, i}));
                const auto& [sender, nonce] = sent.at(txns[i].pooled.hash);
                if (!accounts_move) RC_ASSERT(nonce == executed_nonce[sender]++);
            }
            line.run(next++);
        } else {
            line.open(next);  // as after a crash, within a batch or between two
        }
        line.l1_height += 1;
        // What is promised stays promised to the letter, and new promises stand behind all earlier ones.
        std::set<Place> fresh;
        for (const auto& [hash, origin] : sent) {
            const auto queued = line.queue->find(hash);
            const auto known = promised.find(hash);
            if (known != promised.end()) {
                RC_ASSERT(queued.has_value() != line.executed.contains(hash));
                if (queued) RC_ASSERT(queued->receipt.promise == known->second);
            } else if (queued) {
                fresh.insert({queued->receipt.promise.sequence, queued->receipt.promise.position});
                promised.emplace(hash, queued->receipt.promise);
            }
        }
        for (const Place& place : fresh) {
            RC_ASSERT((place > last));
            last = place;
        }
    }
}

RC_GTEST_PROP(TxnQueueProperty, EveryPromiseIsKept, ()) {
    check_promises(false);
}
RC_GTEST_PROP(TxnQueueProperty, EveryPromiseIsKeptWhateverAccountsDo, ()) {
    check_promises(true);
}

}  // namespace
}  // namespace enshrine::rollup_node::test
