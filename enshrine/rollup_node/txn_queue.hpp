// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/mempool/journal.hpp>
#include <enshrine/mempool/mempool.hpp>
#include <enshrine/rollup_node/promise_record.hpp>
#include <enshrine/rpc/rpc_error.hpp>
#include <enshrine/sequencing/order_receipt.hpp>
#include <enshrine/sequencing/runtime.hpp>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

namespace enshrine::rollup_node {

/// A transaction with its place in the order.
struct QueuedTxn {
    mempool::PooledTxn pooled;
    sequencing::OrderReceipt receipt;  ///< P0
    std::uint64_t accepted_ms = 0;
};

/// What the sequencer has accepted and not executed yet, first come, first served. A transaction whose nonce is the
/// sender's next gets its batch and position, and the signed receipt for both, at once; one with a later nonce waits
/// for the gap to fill. Both are in the journal before submit() returns, promises to the letter: what is promised keeps
/// its place through crashes and through whatever becomes of its sender, and fails in execution if it must. Only a
/// batch of somebody else that takes the promised number moves it; then the order is kept and promised anew.
/// Thread-safe.
class TxnQueue {
public:
    struct Limits {
        std::size_t txns_per_batch = 2'000;
        std::uint64_t gas_per_batch = sequencing::rollup_batch_gas_max;
        std::size_t bytes_per_batch = 0;   ///< of the encoded payload
        std::size_t waiting_max = 10'000;  ///< transactions behind a nonce gap
        std::size_t queued_max = 100'000;
        std::uint64_t nonce_gap_max = 64;
        std::uint64_t deadline_blocks = 64;  ///< L1 blocks from acceptance to the promised registration
    };
    struct Options {
        std::uint64_t rollup = 0;
        Limits limits;
        crypto::SecretKey key;
        std::function<mempool::SenderState(const Address&)> account;  ///< at the head
        std::function<bool(const Hash32&)> executed;                  ///< in a batch already
        std::function<std::uint64_t()> now_ms;
        std::function<std::uint64_t()> l1_height;
    };
    TxnQueue(Options options, mempool::Journal journal, std::uint64_t next_sequence);

    [[nodiscard]] rpc::RpcResult<Hash32> submit(BytesView raw);

    /// The transactions promised for batch `sequence`, which is the next one. They stay known until executed().
    [[nodiscard]] std::vector<QueuedTxn> close(std::uint64_t sequence);
    /// Runs `persist`, which puts batch `sequence` on disk and moves the head; then its transactions leave the queue
    /// and the journal. Nobody sees the new head with the old queue. The error is that of `persist`; then nothing
    /// changes.
    [[nodiscard]] std::expected<void, std::string> executed(
        std::uint64_t sequence, const std::function<std::expected<void, std::string>()>& persist);

    /// The sender's next nonce, with everything that is queued.
    [[nodiscard]] std::uint64_t pending_nonce(const Address& sender) const;
    [[nodiscard]] std::optional<QueuedTxn> find(const Hash32& hash) const;  ///< promised ones
    [[nodiscard]] std::optional<mempool::PooledTxn> find_any(const Hash32& hash) const;
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool has_open() const;

private:
    struct Sender {
        std::uint64_t queued = 0;                             ///< promised and not executed
        U256 reserved;                                        ///< their largest cost
        std::uint64_t next_nonce = 0;                         ///< behind them
        std::map<std::uint64_t, mempool::PooledTxn> waiting;  ///< by nonce, behind a gap

        [[nodiscard]] std::uint64_t expected_nonce(std::uint64_t at_head) const noexcept {
            return queued == 0 ? at_head : std::max(at_head, next_nonce);
        }
    };
    struct Slot {
        std::vector<QueuedTxn> txns;
        std::uint64_t gas = 0;
        std::size_t bytes = 0;
    };

    struct PromisedTxn {
        mempool::PooledTxn txn;
        PromiseRecord record;
    };
    struct Loaded {
        std::multimap<std::pair<std::uint64_t, std::uint64_t>, PromisedTxn> promised;  ///< by batch and position
        std::vector<mempool::PooledTxn> others;                                        ///< oldest first
    };

    [[nodiscard]] rpc::RpcResult<void> admit(mempool::PooledTxn txn);
    [[nodiscard]] rpc::RpcResult<void> promise(mempool::PooledTxn txn);
    [[nodiscard]] rpc::RpcResult<void> keep_waiting(mempool::PooledTxn txn, Sender& sender);
    void promote(const Address& address);
    void reload();
    [[nodiscard]] Loaded read_journal();
    [[nodiscard]] std::expected<void, std::string> rewrite_journal();
    /// False when the place is not the next free one of its batch.
    [[nodiscard]] bool seat(mempool::PooledTxn txn, const PromiseRecord& record);
    [[nodiscard]] Slot& slot_for(const mempool::PooledTxn& txn);
    void release(const QueuedTxn& queued);

    Options options_;
    mutable std::mutex mutex_;
    mempool::Journal journal_;
    std::uint64_t next_sequence_;  ///< of slots_.front()
    std::deque<Slot> slots_;       ///< batches to come; never empty
    std::vector<QueuedTxn> in_flight_;
    std::uint64_t in_flight_sequence_ = 0;
    std::map<Address, Sender> senders_;
    std::map<Hash32, QueuedTxn> promised_;
    std::map<Hash32, mempool::PooledTxn> waiting_;
};

}  // namespace enshrine::rollup_node
