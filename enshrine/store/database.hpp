// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/store/store_error.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// RocksDB behind our own types: columns of sorted byte strings, atomic synced batches, snapshots.
namespace enshrine::store {

/// Position of a column in DatabaseOptions::columns, counted from 1; 0 is the column that the database keeps for
/// itself.
enum class Column : std::size_t { meta = 0 };

/// How a column is used decides how it is laid out.
enum class ColumnUse : std::uint8_t {
    records,    ///< sorted records: compressed
    hashes,     ///< keyed by hash: nothing to compress
    big_blobs,  ///< values of 100 kB and more: kept in files of their own, so that compaction does not copy them
};

struct ColumnOptions {
    std::string name;
    ColumnUse use = ColumnUse::records;
};

struct DatabaseOptions {
    std::filesystem::path path;  ///< made when missing
    std::string kind;            ///< what sort of database this is; another one at the path is refused
    std::uint64_t schema_version = 0;
    std::uint64_t chain_id = 0;
    std::vector<ColumnOptions> columns;
    std::size_t cache_bytes = std::size_t{64} << 20;
};

/// Writes that happen together or not at all.
class WriteBatch {
public:
    explicit WriteBatch(const class Database& database);
    WriteBatch(WriteBatch&&) noexcept;
    WriteBatch& operator=(WriteBatch&&) noexcept;
    ~WriteBatch();

    void put(Column column, BytesView key, BytesView value);
    void erase(Column column, BytesView key);

private:
    friend class Database;
    struct Content;
    std::unique_ptr<Content> content_;
};

/// Called with each key and value of a scan; views are valid during the call. False ends the scan.
using Visitor = std::function<bool(BytesView key, BytesView value)>;

struct Range {
    BytesView prefix;       ///< only keys that begin so
    BytesView from;         ///< first key at or above; empty: the first one
    bool backward = false;  ///< from the last key of the prefix down; `from` is then ignored
};

/// The database as it stood at one moment. Immutable and thread-safe; keeps the database open.
class Snapshot {
public:
    [[nodiscard]] StoreResult<std::optional<Bytes>> get(Column column, BytesView key) const;
    [[nodiscard]] StoreResult<void> scan(Column column, const Range& range, const Visitor& visitor) const;

private:
    friend class Database;
    struct Handle;
    explicit Snapshot(std::shared_ptr<const Handle> handle) noexcept : handle_{std::move(handle)} {}
    std::shared_ptr<const Handle> handle_;
};

/// One RocksDB in one folder, owned by one process. Thread-safe; batches are ordered by the caller.
class Database {
public:
    /// Opens or makes the database. Refuses a folder of another kind, schema version or chain, naming both.
    [[nodiscard]] static StoreResult<Database> open(const DatabaseOptions& options);

    [[nodiscard]] StoreResult<std::optional<Bytes>> get(Column column, BytesView key) const;
    [[nodiscard]] StoreResult<void> scan(Column column, const Range& range, const Visitor& visitor) const;
    [[nodiscard]] Snapshot snapshot() const;
    /// Returns once the batch is on disk.
    [[nodiscard]] StoreResult<void> write(WriteBatch batch);
    [[nodiscard]] const std::string& path() const noexcept;
    [[nodiscard]] StoreFault fault(StoreError code, std::string message) const {
        return {code, path(), std::move(message)};
    }

    struct Rocks;

private:
    friend class WriteBatch;
    explicit Database(std::shared_ptr<Rocks> rocks) noexcept : rocks_{std::move(rocks)} {}
    std::shared_ptr<Rocks> rocks_;
};

/// For reads whose callers have no way to go on (StateView::get): a node with a failing disk stops; it never computes
/// on a state that it could not read.
[[noreturn]] void stop_on(const StoreFault& fault) noexcept;

}  // namespace enshrine::store
