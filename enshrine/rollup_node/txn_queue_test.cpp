// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rollup_node/txn_queue.hpp>
#include <enshrine/sequencing/runtime.hpp>
#include <enshrine/store/temp_folder_for_test.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace enshrine::rollup_node {
namespace {

constexpr std::uint64_t rollup = 901;
constexpr std::uint64_t gas = 21'000;
constexpr std::uint64_t fee_cap = 100'000'000;
constexpr std::uint64_t plain_cost = gas * fee_cap;  ///< of a payment of nothing, in wei
constexpr std::uint64_t rich = 1'000'000'000'000'000'000;

crypto::SecretKey key_of(std::uint8_t number) {
    crypto::SecretKey out;
    out[31] = number;
    return out;
}
Address address_of(std::uint8_t number) {
    return crypto::address_of(key_of(number)).value();
}

types::Transaction payment(std::uint64_t nonce) {
    types::Transaction out;
    out.type = types::TxnType::dynamic_fee;
    out.chain_id = rollup;
    out.nonce = nonce;
    out.max_priority_fee_per_gas = U256{1'000'000};
    out.max_fee_per_gas = U256{fee_cap};
    out.gas_limit = gas;
    out.to = Address{{0xaa}};
    return out;
}
Bytes sign(types::Transaction txn, std::uint8_t signer) {
    txn.signature = crypto::sign(types::signing_hash(txn), key_of(signer)).value();
    return types::encode_transaction(txn);
}

/// Batch and position.
using Place = std::pair<std::uint64_t, std::uint64_t>;

/// A queue with an account table and a journal that outlives it.
class Line {
public:
    explicit Line(const TxnQueue::Limits& queue_limits = {}) : limits{queue_limits} { open(1); }

    void open(std::uint64_t next_sequence) {
        queue.reset();
        auto journal = mempool::Journal::open(folder.path() / "journal");
        if (!journal) throw std::runtime_error{journal.error()};
        queue = std::make_unique<TxnQueue>(
            TxnQueue::Options{.rollup = rollup,
                              .limits = limits,
                              .key = key_of(99),
                              .account = [this](const Address& address) { return accounts[address]; },
                              .executed = [this](const Hash32& hash) { return executed.contains(hash); },
                              .now_ms = [this] { return now_ms; },
                              .l1_height = [this] { return l1_height; }},
            *std::move(journal), next_sequence);
    }
    void fund(std::uint8_t signer, const U256& wei = U256{rich}) { accounts[address_of(signer)].balance = Amount{wei}; }
    rpc::RpcResult<Hash32> submit(const types::Transaction& txn, std::uint8_t signer) {
        return queue->submit(sign(txn, signer));
    }
    Hash32 accept(const types::Transaction& txn, std::uint8_t signer) {
        const auto hash = submit(txn, signer);
        EXPECT_TRUE(hash.has_value()) << (hash ? "" : hash.error().message);
        return hash.value_or(Hash32{});
    }
    Hash32 accept(std::uint64_t nonce, std::uint8_t signer) { return accept(payment(nonce), signer); }
    std::optional<Place> place(const Hash32& hash) const {
        const auto found = queue->find(hash);
        if (!found) return std::nullopt;
        return Place{found->receipt.promise.sequence, found->receipt.promise.position};
    }
    /// Executes the batch as a rollup would: the nonces of valid transactions move, nothing is spent.
    void run(std::uint64_t sequence) {
        const auto txns = queue->close(sequence);
        const auto done = queue->executed(sequence, [&]() -> std::expected<void, std::string> {
            for (const QueuedTxn& txn : txns) {
                executed.insert(txn.pooled.hash);
                mempool::SenderState& account = accounts[txn.pooled.sender];
                const bool payable = U256{plain_cost} <= account.balance.wei();
                if (payable && txn.pooled.txn.nonce == account.nonce) account.nonce += 1;
            }
            return {};
        });
        EXPECT_TRUE(done.has_value());
    }

    store::TempFolder folder;
    TxnQueue::Limits limits;
    std::map<Address, mempool::SenderState> accounts;
    std::set<Hash32> executed;
    std::uint64_t now_ms = 1'000;
    std::uint64_t l1_height = 10;
    std::unique_ptr<TxnQueue> queue;
};

std::vector<Hash32> hashes_of(const std::vector<QueuedTxn>& txns) {
    std::vector<Hash32> out;
    for (const QueuedTxn& txn : txns) out.push_back(txn.pooled.hash);
    return out;
}

void expect_refused(const rpc::RpcResult<Hash32>& result, std::string_view code, std::string_view field,
                    int rpc_code = rpc::transaction_rejected) {
    ASSERT_FALSE(result.has_value()) << code;
    EXPECT_EQ(result.error().code, rpc_code) << code;
    EXPECT_EQ(result.error().stable_code, code);
    EXPECT_EQ(result.error().field, field) << code;
    EXPECT_FALSE(result.error().message.empty()) << code;
}

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

TEST(PromiseRecord, RoundTripAndNothingElse) {
    const PromiseRecord record{
        .promise = {.transaction_hash = Hash32{{1, 2}}, .rollup = rollup, .sequence = 3, .position = 4, .deadline = 5},
        .accepted_ms = 6};
    const Bytes encoded = encode_promise_record(record);
    EXPECT_EQ(decode_promise_record(encoded, rollup), record);
    for (std::size_t size = 0; size < encoded.size(); ++size) {
        EXPECT_EQ(decode_promise_record(BytesView{encoded}.first(size), rollup), std::nullopt);
    }
    Bytes longer = encoded;
    longer.push_back(0);
    EXPECT_EQ(decode_promise_record(longer, rollup), std::nullopt);
    EXPECT_EQ(decode_promise_record(sign(payment(0), 1), rollup), std::nullopt);
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
}  // namespace enshrine::rollup_node
