// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/chain/validate_transaction.hpp>
#include <enshrine/node/head.hpp>
#include <enshrine/proofs/key_cache.hpp>
#include <enshrine/proofs/verdict_cache.hpp>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

namespace enshrine::node {

/// Proofs of transactions that have just been admitted, verified on a thread of its own before a block needs them: one
/// by one while they come slowly, in batches of what has come meanwhile when they come fast [PROOF-BATCH.8]. What is
/// found decides nothing here; it saves the block the work. Thread-safe.
class ProofAdmission {
public:
    ProofAdmission();
    ~ProofAdmission();
    ProofAdmission(const ProofAdmission&) = delete;
    ProofAdmission& operator=(const ProofAdmission&) = delete;

    /// Beyond so many transactions that wait, or bytes of theirs, others are left to their block.
    static constexpr std::size_t waiting_max = 1'024;
    static constexpr std::size_t waiting_bytes_max = 16U << 20U;
    static constexpr std::size_t batch_max = 256;
    static constexpr std::size_t taken_max = 65'536;  ///< above what a pool holds
    static_assert(batch_max <= proofs::KeyCache::keys_max, "all keys of a batch are in the cache at once");

    /// Whether it asks for a verification.
    [[nodiscard]] static bool takes(const chain::ValidTransaction& txn) noexcept;
    /// Takes note of such a transaction, the first of its sender and nonce since move_verdicts(): one that replaces it
    /// costs its sender nothing more. `head` is what it was admitted on.
    void offer(const chain::ValidTransaction& txn, std::shared_ptr<const Head> head);
    /// Hands over what has been found since the last time. For whoever makes the next block.
    void move_verdicts(proofs::VerdictCache& into);

    /// Proofs that have been verified, and in how many batches.
    [[nodiscard]] std::uint64_t verified() const noexcept { return verified_; }
    [[nodiscard]] std::uint64_t batches() const noexcept { return batches_; }

private:
    struct Waiting {
        chain::ValidTransaction txn;
        std::shared_ptr<const Head> head;
    };
    void run();
    void verify(const std::vector<Waiting>& batch);
    /// False for a key whose proofs the L1 does not take any more.
    [[nodiscard]] bool prepare(const Head& head, const Hash32& key_id);

    std::mutex mutex_;  ///< guards what follows
    std::condition_variable wake_;
    std::vector<Waiting> waiting_;
    std::size_t waiting_bytes_ = 0;
    std::set<std::pair<Address, std::uint64_t>> taken_;  ///< senders and nonces
    std::vector<std::pair<Hash32, Result<void>>> found_;
    bool stopping_ = false;

    proofs::KeyCache keys_;  ///< of the thread
    std::atomic<std::uint64_t> verified_{0};
    std::atomic<std::uint64_t> batches_{0};
    std::thread thread_;
};

}  // namespace enshrine::node
