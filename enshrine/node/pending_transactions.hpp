// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/chain/validate_transaction.hpp>
#include <enshrine/mempool/journal.hpp>
#include <enshrine/mempool/mempool.hpp>
#include <enshrine/node/head.hpp>
#include <enshrine/rpc/rpc_error.hpp>
#include <enshrine/store/blob_store.hpp>
#include <enshrine/types/blob_sidecar.hpp>

#include <map>
#include <memory>
#include <mutex>

namespace enshrine::node {

/// A transaction with all that executing it takes: nothing of it has to be checked or recovered again.
struct PendingTransaction {
    chain::ValidTransaction txn;
    std::vector<types::BlobRecord> blobs;  ///< verified; their sidecar is in the blob store
};

/// From what a wallet sends to what a block takes: admission, the mempool, and the journal that lets an acknowledged
/// transaction survive the process. Thread-safe.
class PendingTransactions {
public:
    struct Options {
        std::filesystem::path journal;
        std::uint64_t chain_id = 0;
        mempool::MempoolConfig mempool;
    };
    /// `blobs` outlives the object.
    [[nodiscard]] static std::expected<std::unique_ptr<PendingTransactions>, std::string> open(const Options& options,
                                                                                               store::BlobStore& blobs);

    /// Admits again what the journal holds; returns how many. Call once, after the first set_head().
    std::size_t reload(std::uint64_t now_seconds);
    /// Network form of EIP-2718 (a blob transaction with its sidecar). When the hash is returned, transaction and
    /// sidecar survive the process. Refusals name the field; none of them changes anything but the blob store.
    [[nodiscard]] rpc::RpcResult<Hash32> submit(BytesView raw, std::uint64_t now_seconds);

    /// For the block behind the head, best tip first, within its limits. Leaves out, without dropping, what the next
    /// blob price shuts out for now.
    [[nodiscard]] std::vector<std::shared_ptr<const PendingTransaction>> select() const;
    /// Drops a transaction that could not be executed.
    void drop(const Hash32& hash);
    /// The block that is now the head has `included`; drops them and what became stale or too old.
    void set_head(std::shared_ptr<const Head> head, const std::vector<Hash32>& included, std::uint64_t now_seconds);

    [[nodiscard]] std::shared_ptr<const PendingTransaction> find(const Hash32& hash) const;
    [[nodiscard]] std::uint64_t pending_nonce(const Address& sender, std::uint64_t account_nonce) const {
        return pool_.pending_nonce(sender, account_nonce);
    }
    [[nodiscard]] std::size_t size() const { return pool_.size(); }

private:
    PendingTransactions(const Options& options, mempool::Journal journal, store::BlobStore& blobs)
        : options_{options}, pool_{options.mempool}, blobs_{blobs}, journal_{std::move(journal)} {}
    [[nodiscard]] rpc::RpcResult<chain::ValidTransaction> validate(const types::Transaction& txn,
                                                                   BytesView encoding) const;
    [[nodiscard]] rpc::RpcResult<void> check_state(const chain::ValidTransaction& txn) const;
    [[nodiscard]] rpc::RpcResult<std::vector<types::BlobRecord>> accept_sidecar(
        const chain::ValidTransaction& txn, const std::optional<types::BlobSidecar>& sidecar);
    enum class Journaling { append, already_there };
    [[nodiscard]] rpc::RpcResult<void> admit(std::shared_ptr<const PendingTransaction> pending,
                                             std::uint64_t now_seconds, Journaling journaling);
    [[nodiscard]] std::shared_ptr<const Head> head() const;
    [[nodiscard]] bool readmit(const Bytes& encoding, std::uint64_t now_seconds);
    void compact_journal();

    Options options_;
    mempool::Mempool pool_;
    store::BlobStore& blobs_;
    mutable std::mutex mutex_;  ///< guards what follows, and keeps pool and journal in step
    std::shared_ptr<const Head> head_;
    mempool::Journal journal_;
    std::map<Hash32, std::shared_ptr<const PendingTransaction>> known_;  ///< those in the pool
    std::uint64_t live_bytes_ = 0;                                       ///< of known_, encoded
};

}  // namespace enshrine::node
