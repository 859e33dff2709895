// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/rollup_node/batch_record.hpp>
#include <enshrine/sequencing/order_receipt.hpp>
#include <enshrine/store/node_store.hpp>

#include <deque>
#include <expected>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace enshrine::rollup_node {

/// The state behind the last executed batch; sequence 0 is genesis.
struct RollupHead {
    std::uint64_t sequence = 0;
    Hash32 batch_hash;  ///< zero at genesis
    Hash32 state_root;
    Hash32 block_hash;
    std::uint64_t inbox_end = 0;  ///< index of the next inbox message
    Hash32 inbox_rolling;         ///< rolling hash before it
    std::uint64_t l1_height = 0;  ///< of the anchor
    std::uint64_t l1_timestamp = 0;
};

/// Where a receipt record lies.
struct RecordLocation {
    std::uint64_t sequence = 0;
    std::uint64_t index = 0;
};

/// What the sequencer promised to a transaction, kept with the batch that has it.
struct Acceptance {
    Hash32 hash;
    std::uint64_t accepted_ms = 0;
    sequencing::OrderReceipt receipt;
};

/// Everything one rollup node keeps on disk: batches, receipts, state versions. A batch and its new state are one
/// atomic synced write. Thread-safe; one thread appends.
class RollupStore {
public:
    struct Options {
        std::filesystem::path path;
        std::uint64_t rollup = 0;
        Bytes genesis;              ///< state::encode_entries
        Hash32 genesis_state_root;  ///< as the L1 has it; opening fails when the entries do not give it
    };
    [[nodiscard]] static std::expected<std::unique_ptr<RollupStore>, std::string> open(const Options& options);

    [[nodiscard]] RollupHead head() const;

    struct Append {
        const BatchRecord& record;
        std::span<const Bytes> offered;
        BytesView witness;
        std::span<const Acceptance> acceptances;  ///< empty for a batch that was read from the L1
    };
    /// Batch head + 1.
    [[nodiscard]] std::expected<void, std::string> append(const Append& batch);

    [[nodiscard]] std::shared_ptr<const BatchRecord> record(std::uint64_t sequence) const;  ///< null when unknown
    [[nodiscard]] BatchProgress progress(std::uint64_t sequence) const;
    [[nodiscard]] std::expected<void, std::string> set_progress(std::uint64_t sequence, const BatchProgress& progress);
    /// Kept for the last witnesses_kept batches.
    [[nodiscard]] std::optional<Bytes> witness(std::uint64_t sequence) const;
    [[nodiscard]] std::optional<RecordLocation> find(const Hash32& hash) const;
    /// Where a message lies in the outbox of a batch.
    [[nodiscard]] std::optional<RecordLocation> find_message(const Hash32& message_hash) const;
    [[nodiscard]] std::optional<std::uint64_t> sequence_of_block(const Hash32& block_hash) const;
    [[nodiscard]] std::optional<Acceptance> acceptance(const Hash32& txn_hash) const;

    /// Preimages of every state version that is kept: wrap in store::NodePreimages, one per thread.
    [[nodiscard]] const store::NodeStore& nodes() const noexcept { return *nodes_; }

private:
    explicit RollupStore(std::unique_ptr<store::NodeStore> nodes) noexcept : nodes_{std::move(nodes)} {}
    [[nodiscard]] std::expected<void, std::string> apply_genesis(const Options& options);
    [[nodiscard]] std::expected<void, std::string> load_head();
    void publish(std::shared_ptr<const BatchRecord> record);

    std::unique_ptr<store::NodeStore> nodes_;
    mutable std::mutex mutex_;
    RollupHead head_;
    std::deque<std::shared_ptr<const BatchRecord>> recent_;  ///< newest last
};

inline constexpr std::uint64_t witnesses_kept = 1'024;

}  // namespace enshrine::rollup_node
