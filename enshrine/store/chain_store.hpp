// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/state/tree.hpp>
#include <enshrine/store/chain_records.hpp>
#include <enshrine/store/chain_view.hpp>
#include <enshrine/store/database.hpp>
#include <enshrine/types/block.hpp>

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>

namespace enshrine::store {

inline constexpr std::uint64_t chain_schema_version = 1;
/// How many blocks below the head can still be viewed, proved against and reverted to.
inline constexpr std::uint64_t history_heights = 256;

struct ChainStoreOptions {
    std::filesystem::path path;
    std::uint64_t chain_id = 0;
    std::size_t cache_bytes = std::size_t{64} << 20;
};

/// One block with everything that its execution yielded. Borrowed for the call.
struct CommitBatch {
    const types::Block& block;
    std::span<const types::Receipt> receipts;  ///< one per transaction
    const state::WriteSet& changes;
    const state::TreeUpdate& tree;  ///< of `changes` on the head's root; its root is the header's state root
};

/// Blocks and state of the L1. One atomic, synced write per block: a crash at any instruction leaves the last committed
/// block. One thread commits; every method may be called from any thread.
class ChainStore {
public:
    [[nodiscard]] static StoreResult<std::unique_ptr<ChainStore>> open(const ChainStoreOptions& options);

    /// Nullopt before the first commit.
    [[nodiscard]] std::optional<ChainHead> head() const;
    /// The state after the head; before the first commit an empty state at height 0.
    [[nodiscard]] std::shared_ptr<const ChainView> view_latest() const;
    /// The state after an older block, at most history_heights below the head; StoreError::pruned otherwise.
    [[nodiscard]] StoreResult<std::shared_ptr<const ChainView>> view_at(std::uint64_t height) const;

    /// Appends a block: any number when the store is empty (genesis), else head + 1 on top of the head.
    [[nodiscard]] StoreResult<void> commit(const CommitBatch& batch);
    /// Drops the blocks above `height`, in one atomic write (development chains; repair). At most history_heights of
    /// them.
    [[nodiscard]] StoreResult<void> revert_to(std::uint64_t height);

    [[nodiscard]] StoreResult<std::optional<types::Block>> block(std::uint64_t height) const;
    [[nodiscard]] StoreResult<std::optional<std::uint64_t>> height_of(const Hash32& block_hash) const;
    /// In the order of the block's transactions.
    [[nodiscard]] StoreResult<std::optional<std::vector<types::Receipt>>> receipts(std::uint64_t height) const;
    [[nodiscard]] StoreResult<std::optional<TxnLocation>> txn_location(const Hash32& txn_hash) const;

private:
    explicit ChainStore(Database database) noexcept : database_{std::move(database)} {}
    [[nodiscard]] StoreResult<void> load_head();
    [[nodiscard]] StoreResult<void> check_follows(const CommitBatch& batch, const std::optional<ChainHead>& head) const;
    [[nodiscard]] StoreResult<void> prune(WriteBatch& writes, std::uint64_t height) const;
    [[nodiscard]] StoreResult<UndoRecord> undo_of(std::uint64_t height) const;
    [[nodiscard]] StoreResult<std::vector<Hash32>> hashes_of(BytesView key) const;
    [[nodiscard]] StoreResult<ChainHead> head_at(const Snapshot& snapshot, std::uint64_t height) const;
    void publish(const std::optional<ChainHead>& head);
    [[nodiscard]] std::unexpected<StoreFault> refuse(StoreError code, std::string message) const {
        return std::unexpected{database_.fault(code, std::move(message))};
    }

    Database database_;
    std::mutex commit_mutex_;        ///< one commit or revert at a time
    mutable std::mutex head_mutex_;  ///< guards head_ and latest_, which change together
    std::optional<ChainHead> head_;
    std::shared_ptr<const ChainView> latest_;
};

}  // namespace enshrine::store
