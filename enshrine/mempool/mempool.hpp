// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/amount.hpp>
#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/base/u256.hpp>
#include <enshrine/types/transaction.hpp>

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

/// Transactions that wait for a block: admission, replacement, expiry. Used by the L1 node and, with other limits, by sequencers.
/// Thread-safe.
namespace enshrine::mempool {

enum class MempoolError : std::uint16_t {
    already_known = 1,
    nonce_too_low,
    nonce_gap_too_large,       ///< further ahead than `nonce_gap_max`
    replacement_underpriced,   ///< same nonce, fees below +10 % (blob transactions: +100 %)
    sender_limit,
    pool_full,
    insufficient_funds,        ///< over all pending transactions of the sender
    fee_below_minimum,
    nonce_ordered,             ///< a sequencer has promised a place to another transaction with this nonce
    batch_overfull,            ///< a sequencer could never put it into a batch
};
const ErrorDomain& error_domain(MempoolError) noexcept;

struct PooledTxn {
    types::Transaction txn;
    Hash32 hash;
    Address sender;
    Bytes encoded;  ///< canonical form (no sidecar)
};
struct MempoolConfig {
    std::size_t txns_max = 50'000;
    std::size_t bytes_max = 256 * 1024 * 1024;
    std::size_t txns_per_sender_max = 4'096;
    std::uint64_t nonce_gap_max = 1'024;
    std::uint64_t ttl_seconds = 3 * 3600;
};
/// What the pool needs to know of the sender at the current head.
struct SenderState {
    std::uint64_t nonce = 0;
    Amount balance;
};
struct Rejection {
    Error error;
    U256 expected;  ///< what would have been accepted (next nonce, fee, balance)
    U256 got;
};

class Mempool {
public:
    explicit Mempool(const MempoolConfig& config) : config_{config} {}

    /// `txn` has passed stateless validation (signature, chain id, intrinsic gas).
    [[nodiscard]] std::expected<void, Rejection> add(PooledTxn txn, const SenderState& sender, const U256& base_fee,
                                                     std::uint64_t now_seconds);
    /// Executable transactions, best tip first, nonces of one sender in order, within the given totals.
    struct SelectionLimits {
        std::uint64_t gas_max = 0;
        std::size_t bytes_max = 0;
        std::size_t txns_max = 0;
        std::size_t blobs_max = 0;
    };
    [[nodiscard]] std::vector<PooledTxn> select(const SelectionLimits& limits, const U256& base_fee,
                                                const std::function<SenderState(const Address&)>& sender_state) const;
    /// After a block: drops what is included, stale (nonce below the new account nonce) or expired.
    void on_block(const std::vector<Hash32>& included, const std::function<SenderState(const Address&)>& sender_state,
                  std::uint64_t now_seconds);
    /// Drops one transaction, e.g. because building a block found it unexecutable.
    void remove(const Hash32& hash);
    [[nodiscard]] std::optional<PooledTxn> find(const Hash32& hash) const;
    [[nodiscard]] bool contains(const Hash32& hash) const;
    /// Next nonce of the sender counting consecutive pending transactions from `account_nonce`.
    [[nodiscard]] std::uint64_t pending_nonce(const Address& sender, std::uint64_t account_nonce) const;
    [[nodiscard]] std::size_t size() const;

private:
    struct Entry {
        PooledTxn pooled;
        std::uint64_t added_seconds = 0;
    };
    using Queue = std::map<std::uint64_t, Entry>;  // by nonce

    [[nodiscard]] std::expected<void, Rejection> admit(const PooledTxn& txn, const SenderState& sender,
                                                       const Queue* queue, const U256& base_fee) const;
    void erase(const Address& sender, std::uint64_t nonce);

    MempoolConfig config_;
    mutable std::mutex mutex_;
    std::map<Address, Queue> by_sender_;
    std::map<Hash32, std::pair<Address, std::uint64_t>> by_hash_;
    std::size_t bytes_ = 0;
};

}  // namespace enshrine::mempool
