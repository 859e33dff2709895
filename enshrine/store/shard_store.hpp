// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/data_availability/committee.hpp>
#include <enshrine/data_availability/shape.hpp>
#include <enshrine/store/segment_file.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <span>
#include <vector>

/// Rows of native matrices that a storage node keeps, in append-only segment files.
namespace enshrine::store {

struct ShardStoreOptions {
    std::filesystem::path path;  ///< made when missing
    std::uint64_t chain_id = 0;
    std::uint64_t segment_bytes_max = std::uint64_t{256} << 20;  ///< a new segment begins above this
};

/// What a matrix is, without its rows.
struct ShardHeader {
    data_availability::Publication publication;  ///< as first uploaded
    data_availability::Shape shape;
    Hash32 row_root;
    Bytes combinations;
    [[nodiscard]] friend bool operator==(const ShardHeader&, const ShardHeader&) noexcept = default;
};

/// A row to store: verified before, not by the store.
struct ShardRow {
    std::uint32_t index = 0;
    BytesView row;
    std::span<const Hash32> siblings;  ///< from the leaf up, all
};

/// Rows as they were stored, and intact.
struct StoredRows {
    std::vector<std::uint32_t> indices;  ///< ascending
    Bytes rows;                          ///< one after the other
    std::vector<Hash32> siblings;        ///< depth() of them per row
    std::vector<std::uint32_t> damaged;  ///< asked for, stored here, and no longer what they were
};

struct ShardSummary {
    Hash32 commitment;
    data_availability::Publication publication;
    data_availability::Shape shape;
    std::uint32_t rows = 0;
    std::uint64_t expires_at = 0;
    bool confirmed = false;  ///< its publication stands on the chain
    bool pinned = false;
};

struct DamagedRows {
    Hash32 commitment;
    std::vector<std::uint32_t> indices;  ///< none: a record that says what the matrix or which the rows are
};

/// Thread-safe. An upload is a session: its header, groups of rows, then `commit`, which returns once everything is on
/// disk. A session that was not committed before a crash has never been there. Expired matrices vanish with `prune`;
/// their disk space follows by whole segments, and readers that are under way finish undisturbed.
class ShardStore {
public:
    [[nodiscard]] static StoreResult<std::unique_ptr<ShardStore>> open(const ShardStoreOptions& options);
    ~ShardStore();
    ShardStore(const ShardStore&) = delete;
    ShardStore& operator=(const ShardStore&) = delete;

    using Session = std::uint64_t;
    [[nodiscard]] StoreResult<Session> begin(const ShardHeader& header);
    [[nodiscard]] StoreResult<void> append(Session session, std::span<const ShardRow> rows);
    /// The matrix is kept until `expires_at`. When it is kept already, the session's rows are let go.
    [[nodiscard]] StoreResult<void> commit(Session session, std::uint64_t expires_at);
    void abandon(Session session);

    /// The publication stands on the chain: sets or extends the expiry. False when the matrix is not kept.
    [[nodiscard]] StoreResult<bool> confirm(const Hash32& commitment, std::uint64_t expires_at);
    /// Extends the expiry of what is not confirmed yet, as by another upload.
    [[nodiscard]] StoreResult<bool> extend(const Hash32& commitment, std::uint64_t expires_at);
    /// A pinned matrix does not expire. False when it is not kept.
    [[nodiscard]] StoreResult<bool> pin(const Hash32& commitment, bool pinned);
    /// Lets go of matrices whose expiry is at or below `height`; returns how many. Segments without a living matrix are
    /// unlinked; those that are mostly dead are rewritten.
    [[nodiscard]] StoreResult<std::size_t> prune(std::uint64_t height);

    [[nodiscard]] bool has(const Hash32& commitment) const;
    [[nodiscard]] StoreResult<std::optional<ShardHeader>> header(const Hash32& commitment) const;
    [[nodiscard]] std::optional<ShardSummary> summary(const Hash32& commitment) const;
    [[nodiscard]] std::vector<ShardSummary> list() const;  ///< by commitment
    /// Indices of the rows that are kept, ascending, damaged ones included.
    [[nodiscard]] StoreResult<std::vector<std::uint32_t>> indices(const Hash32& commitment) const;
    /// Those of the rows that are kept and intact. A damaged one is remembered for `damaged`. nullopt when the matrix
    /// is not kept.
    [[nodiscard]] StoreResult<std::optional<StoredRows>> get_rows(const Hash32& commitment,
                                                                  std::span<const std::uint32_t> indices) const;

    /// Reads one matrix after the other and checks its header, its tables of rows and its rows, about `bytes_max` per
    /// call; true when it has come round.
    [[nodiscard]] bool scrub(std::uint64_t bytes_max);
    [[nodiscard]] std::vector<DamagedRows> damaged() const;
    /// Rows that take the place of damaged or missing ones, synced.
    [[nodiscard]] StoreResult<void> repair(const Hash32& commitment, std::span<const ShardRow> rows);
    /// Lets go of a matrix whose header cannot be read, for a session that takes its place.
    void forget(const Hash32& commitment);
    /// What is damaged of the matrix has been looked at, and all rows that should be there are.
    void settle_damage(const Hash32& commitment);

    struct Usage {
        std::uint64_t matrices = 0;
        std::uint64_t unconfirmed_bytes = 0;  ///< of rows of matrices without publication, and of open sessions
        std::uint64_t disk_bytes = 0;
        std::uint64_t segments = 0;
        std::uint64_t damaged_rows = 0;
        std::uint64_t recovered_damage_bytes = 0;  ///< that `open` had to skip or cut off
    };
    [[nodiscard]] Usage usage() const;

private:
    using SegmentPointer = std::shared_ptr<SegmentFile>;
    struct Entry;  // shard_entry.hpp
    struct Group;
    struct Uses;
    using EntryPointer = std::shared_ptr<const Entry>;

    explicit ShardStore(const ShardStoreOptions& options) : options_{options} {}
    [[nodiscard]] StoreResult<void> lock_folder();
    [[nodiscard]] StoreResult<void> recover();
    void recover_record(const SegmentPointer& segment, const SegmentRecord& record);

    // With append_mutex_ held.
    [[nodiscard]] StoreResult<Group> append_record(std::uint32_t kind, Session session, BytesView meta,
                                                   std::span<const BytesView> payload);
    [[nodiscard]] StoreResult<void> roll_segment();
    [[nodiscard]] StoreResult<void> append_header(Entry& entry, const ShardHeader& header);
    [[nodiscard]] StoreResult<void> append_rows(Entry& entry, std::span<const ShardRow> rows);
    [[nodiscard]] StoreResult<void> append_state(Entry& entry);
    [[nodiscard]] StoreResult<Entry> rewrite(const Entry& entry);
    [[nodiscard]] StoreResult<void> compact();
    [[nodiscard]] Uses uses() const;
    void put_entry(Entry entry);

    struct StateChange {
        std::optional<std::uint64_t> expires_at;
        bool confirms = false;
        std::optional<bool> pins;
    };
    [[nodiscard]] StoreResult<bool> change_state(const Hash32& commitment, const StateChange& change);
    /// Returns once everything appended so far is on disk; calls that wait together share one sync.
    [[nodiscard]] StoreResult<void> sync_through(const Group& record);

    [[nodiscard]] EntryPointer find(const Hash32& commitment) const;
    void remember_damage(const Hash32& commitment, std::span<const std::uint32_t> indices) const;
    void check_records(const Entry& entry);
    [[nodiscard]] StoredRows read_rows(const Entry& entry, std::span<const std::uint32_t> indices) const;
    [[nodiscard]] StoreFault fault(StoreError code, std::string message) const;

    ShardStoreOptions options_;
    int lock_file_ = -1;

    mutable std::mutex append_mutex_;                     // before index_mutex_
    std::map<std::uint64_t, SegmentPointer> segments_;    // the last one grows
    std::map<Session, std::shared_ptr<Entry>> sessions_;  // not committed yet
    Session next_session_ = 1;

    std::mutex sync_mutex_;
    std::uint64_t synced_segment_ = 0;
    std::uint64_t synced_bytes_ = 0;
    std::optional<StoreFault> sync_failure_;  // a disk that failed a sync once is trusted no more

    mutable std::shared_mutex index_mutex_;
    std::map<Hash32, EntryPointer> entries_;
    mutable std::map<Hash32, std::set<std::uint32_t>> damaged_;
    Hash32 scrub_after_;
    std::set<std::pair<std::uint64_t, std::uint64_t>> broken_tables_;  ///< segment and offset, each reported once
    std::uint64_t recovered_damage_bytes_ = 0;
};

}  // namespace enshrine::store
