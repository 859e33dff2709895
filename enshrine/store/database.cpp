// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/assert.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/store/database.hpp>

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <cstdio>
#include <cstdlib>

namespace enshrine::store {
namespace {

rocksdb::Slice slice(BytesView bytes) noexcept {
    if (bytes.empty()) return {};  // rocksdb hands the pointer to memcmp, which takes no null
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
BytesView view(const rocksdb::Slice& bytes) noexcept {
    return {reinterpret_cast<const Byte*>(bytes.data()), bytes.size()};
}

StoreFault fault_of(const std::string& path, const rocksdb::Status& status) {
    const std::string words = status.ToString();
    if (status.IsCorruption()) {
        return {StoreError::corrupt, path,
                words + "; restore a copy of the folder, or remove it and synchronise again"};
    }
    // RocksDB has no code of its own for a held lock.
    if (status.IsIOError() && words.find("lock") != std::string::npos) {
        return {StoreError::locked, path, "another process has the database open (" + words + ")"};
    }
    return {StoreError::io, path, words};
}

rocksdb::ColumnFamilyOptions column_options(ColumnUse use, const std::shared_ptr<rocksdb::Cache>& cache) {
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = cache;
    table.cache_index_and_filter_blocks = true;
    table.pin_l0_filter_and_index_blocks_in_cache = true;
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    table.format_version = 5;
    rocksdb::ColumnFamilyOptions options;
    options.write_buffer_size = std::size_t{16} << 20;
    options.compression = rocksdb::kLZ4Compression;
    switch (use) {
        case ColumnUse::records:
            break;
        case ColumnUse::hashes:
            options.compression = rocksdb::kNoCompression;  // hashes do not compress
            break;
        case ColumnUse::big_blobs:
            options.compression = rocksdb::kNoCompression;
            options.enable_blob_files = true;
            options.min_blob_size = 4096;
            options.enable_blob_garbage_collection = true;
            break;
    }
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return options;
}

/// Two cores, little memory, quick opening. The log keeps its torn tail rule strict: a broken record before the last
/// one is corruption and is reported, since every commit was synced.
rocksdb::DBOptions database_options() {
    rocksdb::DBOptions options;
    options.create_if_missing = true;
    options.create_missing_column_families = true;
    options.max_background_jobs = 2;
    options.max_open_files = 512;
    options.db_write_buffer_size = std::size_t{64} << 20;
    options.max_total_wal_size = std::uint64_t{64} << 20;
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
    options.avoid_flush_during_recovery = true;
    options.skip_stats_update_on_db_open = true;
    options.skip_checking_sst_file_sizes_on_db_open = true;
    options.stats_dump_period_sec = 0;
    options.stats_persist_period_sec = 0;
    options.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
    options.keep_log_file_num = 2;
    options.max_log_file_size = std::size_t{4} << 20;
    return options;
}

}  // namespace

struct Database::Rocks {
    std::string path;
    std::vector<rocksdb::ColumnFamilyHandle*> columns;
    std::unique_ptr<rocksdb::DB> db;

    ~Rocks() {
        if (db == nullptr) return;
        for (auto* column : columns) static_cast<void>(db->DestroyColumnFamilyHandle(column));
        static_cast<void>(db->Close());
    }
    [[nodiscard]] rocksdb::ColumnFamilyHandle* column(Column column) const noexcept {
        const auto index = static_cast<std::size_t>(column);
        ENSHRINE_ASSERT(index < columns.size());
        return columns[index];
    }
    [[nodiscard]] StoreResult<std::optional<Bytes>> get(Column from, BytesView key,
                                                        const rocksdb::Snapshot* snapshot) const {
        rocksdb::ReadOptions options;
        options.snapshot = snapshot;
        rocksdb::PinnableSlice value;
        const rocksdb::Status status = db->Get(options, column(from), slice(key), &value);
        if (status.IsNotFound()) return std::optional<Bytes>{};
        if (!status.ok()) return std::unexpected{fault_of(path, status)};
        return std::optional{to_bytes(view(value))};
    }
    [[nodiscard]] StoreResult<void> scan(Column from, const Range& range, const Visitor& visitor,
                                         const rocksdb::Snapshot* snapshot) const {
        rocksdb::ReadOptions options;
        options.snapshot = snapshot;
        const std::unique_ptr<rocksdb::Iterator> at{db->NewIterator(options, column(from))};
        if (range.backward) {
            seek_last(*at, range.prefix);
        } else {
            at->Seek(slice(range.from.empty() ? range.prefix : range.from));
        }
        while (at->Valid() && at->key().starts_with(slice(range.prefix)) &&
               visitor(view(at->key()), view(at->value()))) {
            range.backward ? at->Prev() : at->Next();
        }
        if (!at->status().ok()) return std::unexpected{fault_of(path, at->status())};
        return {};
    }

private:
    static void seek_last(rocksdb::Iterator& at, BytesView prefix) {
        Bytes behind = to_bytes(prefix);  // the smallest key above every key with the prefix
        while (!behind.empty() && behind.back() == 0xff) behind.pop_back();
        if (behind.empty()) {
            at.SeekToLast();
            return;
        }
        ++behind.back();
        at.SeekForPrev(slice(behind));
        if (at.Valid() && equal(view(at.key()), behind)) at.Prev();
    }
};

struct WriteBatch::Content {
    std::shared_ptr<Database::Rocks> rocks;
    rocksdb::WriteBatch writes;
};

WriteBatch::WriteBatch(const Database& database) : content_{std::make_unique<Content>(database.rocks_)} {}
WriteBatch::WriteBatch(WriteBatch&&) noexcept = default;
WriteBatch& WriteBatch::operator=(WriteBatch&&) noexcept = default;
WriteBatch::~WriteBatch() = default;

// A status other than ok would mean that the batch is over 4 GiB or that the column is null.
void WriteBatch::put(Column column, BytesView key, BytesView value) {
    ENSHRINE_ASSERT(content_->writes.Put(content_->rocks->column(column), slice(key), slice(value)).ok());
}
void WriteBatch::erase(Column column, BytesView key) {
    ENSHRINE_ASSERT(content_->writes.Delete(content_->rocks->column(column), slice(key)).ok());
}

struct Snapshot::Handle {
    std::shared_ptr<Database::Rocks> rocks;
    const rocksdb::Snapshot* snapshot;

    explicit Handle(std::shared_ptr<Database::Rocks> of) : rocks{std::move(of)}, snapshot{rocks->db->GetSnapshot()} {}
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { rocks->db->ReleaseSnapshot(snapshot); }
};

StoreResult<std::optional<Bytes>> Snapshot::get(Column column, BytesView key) const {
    return handle_->rocks->get(column, key, handle_->snapshot);
}
StoreResult<void> Snapshot::scan(Column column, const Range& range, const Visitor& visitor) const {
    return handle_->rocks->scan(column, range, visitor, handle_->snapshot);
}

StoreResult<std::optional<Bytes>> Database::get(Column column, BytesView key) const {
    return rocks_->get(column, key, nullptr);
}
StoreResult<void> Database::scan(Column column, const Range& range, const Visitor& visitor) const {
    return rocks_->scan(column, range, visitor, nullptr);
}
Snapshot Database::snapshot() const {
    return Snapshot{std::make_shared<const Snapshot::Handle>(rocks_)};
}
const std::string& Database::path() const noexcept {
    return rocks_->path;
}

StoreResult<void> Database::write(WriteBatch batch) {
    rocksdb::WriteOptions options;
    options.sync = true;
    const rocksdb::Status status = rocks_->db->Write(options, &batch.content_->writes);
    if (!status.ok()) return std::unexpected{fault_of(path(), status)};
    return {};
}

namespace {

/// A property of the whole database that must be equal at every opening.
struct Property {
    std::string_view key;
    std::string value;
    StoreError mismatch;
    std::string_view remedy;
};

std::vector<Property> properties_of(const DatabaseOptions& options) {
    return {
        {"kind", options.kind, StoreError::wrong_kind, "give another folder"},
        {"schema_version", std::to_string(options.schema_version), StoreError::wrong_schema,
         "use the program version that wrote it, or remove the folder and synchronise again"},
        {"chain_id", std::to_string(options.chain_id), StoreError::wrong_chain,
         "give the folder of this chain, or another empty one"},
    };
}

StoreResult<void> check_properties(Database& database, const DatabaseOptions& options, bool fresh) {
    const auto properties = properties_of(options);
    if (fresh) {
        WriteBatch batch{database};
        for (const Property& property : properties) {
            batch.put(Column::meta, as_bytes(property.key), as_bytes(std::string_view{property.value}));
        }
        return database.write(std::move(batch));
    }
    for (const Property& property : properties) {
        ENSHRINE_TRY(const auto found, database.get(Column::meta, as_bytes(property.key)));
        const std::string text = found.has_value() ? std::string{as_text(*found)} : "none";
        if (text == property.value) continue;
        return std::unexpected{database.fault(property.mismatch, std::string{property.key} + ": expected " +
                                                                     property.value + ", found " + text + "; " +
                                                                     std::string{property.remedy})};
    }
    return {};
}

/// Whether nothing was ever committed: the properties are the first thing written, in one batch.
StoreResult<bool> is_fresh(const Database& database) {
    bool fresh = true;
    ENSHRINE_CHECK(database.scan(Column::meta, {}, [&](BytesView, BytesView) { return fresh = false; }));
    return fresh;
}

}  // namespace

StoreResult<Database> Database::open(const DatabaseOptions& options) {
    const std::string path = options.path.string();
    try {
        std::error_code code;
        std::filesystem::create_directories(options.path, code);
        if (code) return std::unexpected{StoreFault{StoreError::io, path, "cannot make the folder: " + code.message()}};

        const auto cache = rocksdb::NewLRUCache(options.cache_bytes);
        std::vector<rocksdb::ColumnFamilyDescriptor> columns;
        columns.emplace_back(rocksdb::kDefaultColumnFamilyName, column_options(ColumnUse::records, cache));
        for (const auto& [name, use] : options.columns) columns.emplace_back(name, column_options(use, cache));

        auto rocks = std::make_shared<Rocks>();
        rocks->path = path;
        rocksdb::DB* db = nullptr;
        const rocksdb::Status status = rocksdb::DB::Open(database_options(), path, columns, &rocks->columns, &db);
        if (status.IsInvalidArgument()) {  // its columns are not ours
            return std::unexpected{
                StoreFault{StoreError::wrong_kind, path,
                           "expected a database of kind " + options.kind + ": " + status.ToString()}};
        }
        if (!status.ok()) return std::unexpected{fault_of(path, status)};
        rocks->db.reset(db);

        Database database{std::move(rocks)};
        ENSHRINE_TRY(const bool fresh, is_fresh(database));
        ENSHRINE_CHECK(check_properties(database, options, fresh));
        return database;
    } catch (const std::exception& error) {
        return std::unexpected{StoreFault{StoreError::io, path, error.what()}};
    }
}

void stop_on(const StoreFault& fault) noexcept {
    std::fprintf(stderr, "enshrine: stopping, since state cannot be read: %s: %s\n", fault.path.c_str(),
                 fault.message.c_str());
    std::abort();
}

}  // namespace enshrine::store
