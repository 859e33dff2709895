// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rollup_node/txn_queue_for_test.hpp>
#include <enshrine/sequencing/runtime.hpp>

namespace enshrine::rollup_node::test {
namespace {

TEST(TxnQueue, PromisesPositionsInOrderOfAcceptance) {
    Line line;
    line.fund(1);
    line.fund(2);
    const Hash32 first = line.accept(0, 2);
    const Hash32 second = line.accept(0, 1);
    const Hash32 third = line.accept(1, 2);
    EXPECT_EQ(line.place(first), (Place{1, 0}));
    EXPECT_EQ(line.place(second), (Place{1, 1}));
    EXPECT_EQ(line.place(third), (Place{1, 2}));
    EXPECT_EQ(hashes_of(line.queue->close(1)), (std::vector{first, second, third}));
}

// [ORDER.1], [ORDER.2]
TEST(TxnQueue, ReceiptsAreSignedByTheSequencerAndNameTheDeadline) {
    Line line{{.deadline_blocks = 7}};
    line.fund(1);
    line.l1_height = 30;
    const Hash32 hash = line.accept(0, 1);
    const auto queued = line.queue->find(hash);
    ASSERT_TRUE(queued.has_value());
    const sequencing::OrderPromise expected{
        .transaction_hash = hash, .rollup = rollup, .sequence = 1, .position = 0, .deadline = 37};
    EXPECT_EQ(queued->receipt.promise, expected);
    EXPECT_EQ(queued->accepted_ms, 1'000U);
    EXPECT_TRUE(sequencing::verify_order_receipt(queued->receipt, address_of(99)).has_value());
    EXPECT_FALSE(sequencing::verify_order_receipt(queued->receipt, address_of(1)).has_value());
    sequencing::OrderReceipt other = queued->receipt;
    other.promise.position = 1;
    EXPECT_FALSE(sequencing::verify_order_receipt(other, address_of(99)).has_value());
}

TEST(TxnQueue, AGapFillsAndPromotesInNonceOrder) {
    Line line;
    line.fund(1);
    const Hash32 third = line.accept(2, 1);
    const Hash32 second = line.accept(1, 1);
    EXPECT_FALSE(line.place(second).has_value());
    EXPECT_TRUE(line.queue->find_any(third).has_value());
    EXPECT_EQ(line.queue->pending_nonce(address_of(1)), 0U);
    EXPECT_FALSE(line.queue->has_open());
    const Hash32 first = line.accept(0, 1);
    EXPECT_EQ(line.place(first), (Place{1, 0}));
    EXPECT_EQ(line.place(second), (Place{1, 1}));
    EXPECT_EQ(line.place(third), (Place{1, 2}));
    EXPECT_EQ(line.queue->pending_nonce(address_of(1)), 3U);
    EXPECT_EQ(line.queue->size(), 3U);
    EXPECT_TRUE(line.queue->has_open());
}

TEST(TxnQueue, AWaitingTransactionIsReplacedByItsNonce) {
    Line line;
    line.fund(1);
    const Hash32 old = line.accept(1, 1);
    types::Transaction other = payment(1);
    other.value = Amount{std::uint64_t{5}};
    const Hash32 newer = line.accept(other, 1);
    EXPECT_FALSE(line.queue->find_any(old).has_value());
    line.accept(0, 1);
    EXPECT_EQ(line.place(newer), (Place{1, 1}));
    EXPECT_EQ(line.queue->size(), 2U);
}

TEST(TxnQueue, RefusesWhatTheFormRules) {
    Line line;
    line.fund(1);
    const auto changed = [&](auto change) {
        types::Transaction txn = payment(0);
        change(txn);
        return line.submit(txn, 1);
    };
    using types::Transaction;
    using types::TxnType;
    expect_refused(line.queue->submit(Bytes{0x00, 0x01}), "E-TXN-UNKNOWN-TYPE", "type", rpc::invalid_params);
    expect_refused(line.queue->submit({}), "E-TXN-EMPTY", "transaction", rpc::invalid_params);
    expect_refused(changed([](Transaction& txn) { txn.chain_id = 902; }), "E-TXN-WRONG-CHAIN-ID", "chainId");
    expect_refused(changed([](Transaction& txn) {
                       txn.type = TxnType::legacy;
                       txn.max_priority_fee_per_gas = txn.max_fee_per_gas;
                       txn.chain_id = std::nullopt;
                   }),
                   "E-TXN-UNPROTECTED-TRANSACTION", "chainId");
    expect_refused(changed([](Transaction& txn) {
                       txn.type = TxnType::blob;
                       txn.max_fee_per_blob_gas = U256{1};
                       Hash32 hash;
                       hash[0] = types::blob_hash_version_kzg;
                       txn.blob_versioned_hashes = {hash};
                   }),
                   "E-TXN-BLOB-TRANSACTION", "type");
    expect_refused(changed([](Transaction& txn) { txn.to = std::nullopt; }), "E-TXN-CONTRACT-CREATION", "to");
    expect_refused(changed([](Transaction& txn) { txn.gas_limit = gas - 1; }), "E-TXN-INTRINSIC-GAS-TOO-LOW", "gas");
    expect_refused(changed([](Transaction& txn) { txn.data = Bytes(1); }), "E-TXN-INTRINSIC-GAS-TOO-LOW", "gas");
    expect_refused(changed([](Transaction& txn) { txn.gas_limit = sequencing::rollup_txn_gas_max + 1; }),
                   "E-TXN-GAS-LIMIT-ABOVE-TRANSACTION", "gas");
    expect_refused(changed([](Transaction& txn) { txn.max_priority_fee_per_gas = U256{fee_cap + 1}; }),
                   "E-TXN-PRIORITY-FEE-ABOVE-MAX-FEE", "maxPriorityFeePerGas");
    expect_refused(changed([](Transaction& txn) { txn.max_fee_per_gas = U256{sequencing::rollup_base_fee_wei - 1}; }),
                   "E-TXN-MAX-FEE-BELOW-BASE-FEE", "maxFeePerGas");
    EXPECT_EQ(line.queue->size(), 0U);
    line.accept(0, 1);
}

TEST(TxnQueue, RefusesWhatTheAccountRules) {
    Line line{{.nonce_gap_max = 4}};
    line.fund(1);
    line.accounts[address_of(1)].nonce = 3;
    expect_refused(line.submit(payment(2), 1), "E-TXN-NONCE-TOO-LOW", "nonce");
    line.accept(3, 1);
    expect_refused(line.submit(payment(3), 1), "E-TXN-ALREADY-KNOWN", "");
    types::Transaction other = payment(3);
    other.value = Amount{std::uint64_t{1}};
    expect_refused(line.submit(other, 1), "E-TXN-NONCE-ORDERED", "nonce");  // a promise is never replaced
    const auto too_high = line.submit(payment(9), 1);
    expect_refused(too_high, "E-TXN-NONCE-GAP-TOO-LARGE", "nonce");
    EXPECT_EQ(too_high.error().expected, "4");  // the next nonce, not the last that would wait
    line.accept(8, 1);
    expect_refused(line.submit(payment(8), 1), "E-TXN-ALREADY-KNOWN", "");
    expect_refused(line.submit(payment(0), 2), "E-TXN-INSUFFICIENT-FUNDS", "value");
}

TEST(TxnQueue, FundsHaveToCoverEverythingThatIsQueued) {
    Line line;
    line.fund(1, U256{2 * plain_cost + 5});
    types::Transaction first = payment(0);
    first.value = Amount{std::uint64_t{5}};
    line.accept(first, 1);
    types::Transaction second = payment(1);
    second.value = Amount{std::uint64_t{1}};
    const auto refused = line.submit(second, 1);
    expect_refused(refused, "E-TXN-INSUFFICIENT-FUNDS", "value");
    EXPECT_EQ(refused.error().expected, std::to_string(2 * plain_cost + 6));
    EXPECT_EQ(refused.error().got, std::to_string(2 * plain_cost + 5));
    line.accept(1, 1);
    expect_refused(line.submit(payment(2), 1), "E-TXN-INSUFFICIENT-FUNDS", "value");
}

TEST(TxnQueue, ACostBeyond256BitsIsUnpayable) {
    Line line;
    line.fund(1, U256{~0ULL, ~0ULL, ~0ULL, ~0ULL - 1});
    types::Transaction txn = payment(0);
    txn.max_fee_per_gas = U256{1} << 255;
    expect_refused(line.submit(txn, 1), "E-TXN-INSUFFICIENT-FUNDS", "value");
}

TEST(TxnQueue, AFullSlotOpensTheNextBatch) {
    const std::size_t size = sign(payment(0), 1).size();
    const TxnQueue::Limits limits[] = {
        {.txns_per_batch = 2}, {.gas_per_batch = 2 * gas}, {.bytes_per_batch = 2 * (size + 5)}};
    for (const TxnQueue::Limits& limit : limits) {
        Line line{limit};
        line.fund(1);
        std::vector<Hash32> hashes;
        for (std::uint64_t nonce = 0; nonce < 5; ++nonce) hashes.push_back(line.accept(nonce, 1));
        for (std::size_t i = 0; i < hashes.size(); ++i) EXPECT_EQ(line.place(hashes[i]), (Place{1 + i / 2, i % 2}));
        EXPECT_EQ(hashes_of(line.queue->close(1)), (std::vector{hashes[0], hashes[1]}));
    }
}

TEST(TxnQueue, ALaterSmallTransactionDoesNotOvertake) {
    Line line{{.gas_per_batch = 3 * gas}};
    line.fund(1);
    line.fund(2);
    line.accept(0, 1);
    types::Transaction large = payment(0);
    large.gas_limit = 3 * gas;
    EXPECT_EQ(line.place(line.accept(large, 2)), (Place{2, 0}));
    EXPECT_EQ(line.place(line.accept(1, 1)), (Place{3, 0}));
}

TEST(TxnQueue, RefusesWhatFitsNoBatch) {
    Line line{{.gas_per_batch = gas, .bytes_per_batch = 200}};
    line.fund(1);
    types::Transaction wide = payment(0);
    wide.gas_limit = gas + 1;
    expect_refused(line.submit(wide, 1), "E-TXN-GAS-LIMIT-ABOVE-BATCH", "gas");
    Line bytes{{.bytes_per_batch = 200}};
    bytes.fund(1);
    types::Transaction large = payment(0);
    large.data = Bytes(200, 1);
    large.gas_limit = 1'000'000;
    expect_refused(bytes.submit(large, 1), "E-TXN-BATCH-OVERFULL", "transaction");
    EXPECT_EQ(bytes.queue->size(), 0U);
    bytes.accept(0, 1);
}

TEST(TxnQueue, FullQueuesRefuse) {
    Line line{{.waiting_max = 1, .queued_max = 1}};
    line.fund(1);
    line.fund(2);
    line.accept(2, 2);
    expect_refused(line.submit(payment(3), 2), "E-TXN-POOL-FULL", "", rpc::limit_exceeded);
    line.accept(0, 1);
    expect_refused(line.submit(payment(1), 1), "E-TXN-POOL-FULL", "", rpc::limit_exceeded);
}

TEST(TxnQueue, ClosingTwiceGivesTheSameBatch) {
    Line line;
    line.fund(1);
    const Hash32 first = line.accept(0, 1);
    EXPECT_EQ(hashes_of(line.queue->close(1)), std::vector{first});
    const Hash32 second = line.accept(1, 1);
    EXPECT_EQ(line.place(second), (Place{2, 0}));
    EXPECT_EQ(hashes_of(line.queue->close(1)), std::vector{first});
    EXPECT_TRUE(line.queue->find(first).has_value());
    EXPECT_TRUE(line.queue->has_open());
}

TEST(TxnQueue, ExecutedTransactionsLeave) {
    Line line;
    line.fund(1, U256{plain_cost});
    const Hash32 first = line.accept(0, 1);
    line.run(1);
    EXPECT_FALSE(line.queue->find(first).has_value());
    EXPECT_EQ(line.queue->size(), 0U);
    EXPECT_FALSE(line.queue->has_open());
    expect_refused(line.submit(payment(0), 1), "E-TXN-ALREADY-KNOWN", "");
    EXPECT_EQ(line.place(line.accept(1, 1)), (Place{2, 0}));  // the reservation is gone
    line.open(2);
    EXPECT_EQ(line.queue->size(), 1U);
}

TEST(TxnQueue, AFailedWriteChangesNothing) {
    Line line;
    line.fund(1);
    const Hash32 first = line.accept(0, 1);
    const Hash32 second = line.accept(1, 1);
    const auto closed = hashes_of(line.queue->close(1));
    const auto failed = line.queue->executed(
        1, []() -> std::expected<void, std::string> { return std::unexpected{std::string{"no space left"}}; });
    ASSERT_FALSE(failed.has_value());
    EXPECT_EQ(failed.error(), "no space left");
    EXPECT_EQ(line.place(first), (Place{1, 0}));
    EXPECT_EQ(line.place(second), (Place{1, 1}));
    EXPECT_EQ(line.queue->pending_nonce(address_of(1)), 2U);
    EXPECT_EQ(hashes_of(line.queue->close(1)), closed);
    line.run(1);
    EXPECT_EQ(line.queue->size(), 0U);
}

TEST(TxnQueue, AForeignNonceMoveFreesWaitingTransactions) {
    Line line;
    line.fund(1);
    const Hash32 waiting = line.accept(1, 1);
    (void)line.queue->close(1);
    const auto done = line.queue->executed(1, [&]() -> std::expected<void, std::string> {
        line.accounts[address_of(1)].nonce = 1;  // a forced transaction took nonce 0
        return {};
    });
    ASSERT_TRUE(done.has_value());
    EXPECT_EQ(line.place(waiting), (Place{2, 0}));
}

}  // namespace
}  // namespace enshrine::rollup_node::test
