// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/rollup_node/txn_queue.hpp>
#include <enshrine/store/temp_folder_for_test.hpp>

#include <gtest/gtest.h>

#include <set>

/// A queue of transactions with accounts that tests move and a journal that outlives it.
namespace enshrine::rollup_node::test {

inline constexpr std::uint64_t rollup = 901;
inline constexpr std::uint64_t gas = 21'000;
inline constexpr std::uint64_t fee_cap = 100'000'000;
inline constexpr std::uint64_t plain_cost = gas * fee_cap;  ///< of a payment of nothing, in wei
inline constexpr std::uint64_t rich = 1'000'000'000'000'000'000;

[[nodiscard]] inline crypto::SecretKey key_of(std::uint8_t number) {
    crypto::SecretKey out;
    out[31] = number;
    return out;
}
[[nodiscard]] inline Address address_of(std::uint8_t number) {
    return crypto::address_of(key_of(number)).value();
}

[[nodiscard]] inline types::Transaction payment(std::uint64_t nonce) {
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
[[nodiscard]] inline Bytes sign(types::Transaction txn, std::uint8_t signer) {
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

[[nodiscard]] inline std::vector<Hash32> hashes_of(const std::vector<QueuedTxn>& txns) {
    std::vector<Hash32> out;
    for (const QueuedTxn& txn : txns) out.push_back(txn.pooled.hash);
    return out;
}

inline void expect_refused(const rpc::RpcResult<Hash32>& result, std::string_view code, std::string_view field,
                           int rpc_code = rpc::transaction_rejected) {
    ASSERT_FALSE(result.has_value()) << code;
    EXPECT_EQ(result.error().code, rpc_code) << code;
    EXPECT_EQ(result.error().stable_code, code);
    EXPECT_EQ(result.error().field, field) << code;
    EXPECT_FALSE(result.error().message.empty()) << code;
}

}  // namespace enshrine::rollup_node::test
