// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/store/crc32c.hpp>
#include <enshrine/store/shard_entry.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

namespace enshrine::store {
namespace {

namespace fs = std::filesystem;

void sync_folder(const fs::path& path) noexcept {
    const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return;
    (void)::fsync(folder);
    ::close(folder);
}

std::uint32_t row_crc(BytesView row, BytesView siblings) noexcept {
    return crc32c(siblings, crc32c(row));
}

BytesView siblings_view(std::span<const Hash32> siblings) noexcept {
    static_assert(sizeof(Hash32) == 32);
    return {reinterpret_cast<const Byte*>(siblings.data()), siblings.size() * 32};
}

}  // namespace

StoreFault ShardStore::fault(StoreError code, std::string message) const {
    return {code, options_.path.string(), std::move(message)};
}

ShardStore::~ShardStore() {
    if (lock_file_ >= 0) ::close(lock_file_);
}

// Appending

StoreResult<void> ShardStore::roll_segment() {
    std::uint64_t number = 1;
    if (!segments_.empty()) {
        const SegmentPointer& last = segments_.rbegin()->second;
        ENSHRINE_CHECK(sync_through({.segment = last, .offset = last->size()}));
        number = segments_.rbegin()->first + 1;
    }
    ENSHRINE_TRY(auto segment,
                 SegmentFile::create(options_.path / fmt::format("{:08}.segment", number), options_.chain_id, number));
    sync_folder(options_.path);
    segments_.emplace(number, std::move(segment));
    return {};
}

StoreResult<ShardStore::Group> ShardStore::append_record(std::uint32_t kind, Session session, BytesView meta,
                                                         std::span<const BytesView> payload) {
    if (segments_.empty() || segments_.rbegin()->second->size() >= options_.segment_bytes_max) {
        ENSHRINE_CHECK(roll_segment());
    }
    const SegmentPointer segment = segments_.rbegin()->second;
    ENSHRINE_TRY(const auto offset, segment->append(kind, session, meta, payload));
    return Group{.segment = segment, .offset = offset, .bytes = segment->size() - offset};
}

StoreResult<void> ShardStore::append_header(Entry& entry, const ShardHeader& header) {
    entry.session = next_session_++;
    ENSHRINE_TRY(entry.header, append_record(std::to_underlying(ShardRecord::header), entry.session,
                                             encode_shard_header(header), {}));
    return {};
}

StoreResult<void> ShardStore::append_rows(Entry& entry, std::span<const ShardRow> rows) {
    std::vector<RowTableEntry> table;
    std::vector<BytesView> payload;
    table.reserve(rows.size());
    payload.reserve(2 * rows.size());
    for (const ShardRow& row : rows) {
        ENSHRINE_ASSERT(row.row.size() == entry.shape.row_bytes && row.siblings.size() == entry.depth());
        table.push_back({row.index, row_crc(row.row, siblings_view(row.siblings))});
        payload.push_back(row.row);
    }
    for (const ShardRow& row : rows) payload.push_back(siblings_view(row.siblings));
    ENSHRINE_TRY(auto group,
                 append_record(std::to_underlying(ShardRecord::rows), entry.session, encode_row_table(table), payload));
    group.rows = static_cast<std::uint32_t>(rows.size());
    group.segment->start_writeback();
    entry.groups.push_back(std::move(group));
    return {};
}

StoreResult<void> ShardStore::append_state(Entry& entry) {
    const Bytes meta =
        codec::BinaryWriter{}.u64(entry.expires_at).boolean(entry.confirmed).boolean(entry.pinned).take();
    ENSHRINE_TRY(entry.state, append_record(std::to_underlying(ShardRecord::state), entry.session, meta, {}));
    return {};
}

StoreResult<void> ShardStore::sync_through(const Group& record) {
    const std::scoped_lock lock{sync_mutex_};
    if (sync_failure_) return std::unexpected{*sync_failure_};
    const std::uint64_t number = record.segment->number();
    if (synced_segment_ > number || (synced_segment_ == number && synced_bytes_ >= record.end())) return {};
    const std::uint64_t size = record.segment->size();
    if (auto synced = record.segment->sync(); !synced) {
        sync_failure_ = synced.error();
        return synced;
    }
    synced_segment_ = number;
    synced_bytes_ = size;
    return {};
}

// Uploads

StoreResult<ShardStore::Session> ShardStore::begin(const ShardHeader& header) {
    const std::scoped_lock lock{append_mutex_};
    Entry entry{.publication = header.publication, .shape = header.shape, .row_root = header.row_root};
    ENSHRINE_CHECK(append_header(entry, header));
    const Session session = entry.session;
    sessions_.emplace(session, std::make_shared<Entry>(std::move(entry)));
    return session;
}

StoreResult<void> ShardStore::append(Session session, std::span<const ShardRow> rows) {
    const std::scoped_lock lock{append_mutex_};
    const auto it = sessions_.find(session);
    ENSHRINE_ASSERT(it != sessions_.end());
    return append_rows(*it->second, rows);
}

StoreResult<void> ShardStore::commit(Session session, std::uint64_t expires_at) {
    Group record;
    {
        const std::scoped_lock lock{append_mutex_};
        auto node = sessions_.extract(session);
        ENSHRINE_ASSERT(!node.empty());
        Entry& entry = *node.mapped();
        if (const EntryPointer kept = find(entry.publication.commitment)) {
            entry = *kept;
            expires_at = std::max(expires_at, kept->expires_at);
        }
        entry.expires_at = expires_at;
        ENSHRINE_CHECK(append_state(entry));
        record = entry.state;
        put_entry(std::move(entry));
    }
    // Readers may see the matrix a moment before it is on disk; whoever is told that it is kept waits for the sync.
    return sync_through(record);
}

void ShardStore::abandon(Session session) {
    const std::scoped_lock lock{append_mutex_};
    sessions_.erase(session);
}

// State

void ShardStore::put_entry(Entry entry) {
    const Hash32 commitment = entry.publication.commitment;
    auto shared = std::make_shared<const Entry>(std::move(entry));
    const std::unique_lock lock{index_mutex_};
    entries_[commitment] = std::move(shared);
}

ShardStore::EntryPointer ShardStore::find(const Hash32& commitment) const {
    const std::shared_lock lock{index_mutex_};
    const auto it = entries_.find(commitment);
    return it == entries_.end() ? nullptr : it->second;
}

StoreResult<bool> ShardStore::change_state(const Hash32& commitment, const StateChange& change) {
    Group record;
    {
        const std::scoped_lock lock{append_mutex_};
        const EntryPointer kept = find(commitment);
        if (!kept) return false;
        Entry entry = *kept;
        entry.confirmed |= change.confirms;
        // The first confirmation replaces what was promised for an upload; later ones never shorten.
        if (change.expires_at) {
            const bool replaces = change.confirms && !kept->confirmed;
            entry.expires_at = replaces ? *change.expires_at : std::max(entry.expires_at, *change.expires_at);
        }
        if (change.pins) entry.pinned = *change.pins;
        const bool same =
            entry.confirmed == kept->confirmed && entry.expires_at == kept->expires_at && entry.pinned == kept->pinned;
        if (same) return true;
        ENSHRINE_CHECK(append_state(entry));
        record = entry.state;
        put_entry(std::move(entry));
    }
    ENSHRINE_CHECK(sync_through(record));
    return true;
}

StoreResult<bool> ShardStore::confirm(const Hash32& commitment, std::uint64_t expires_at) {
    return change_state(commitment, {.expires_at = expires_at, .confirms = true});
}

StoreResult<bool> ShardStore::extend(const Hash32& commitment, std::uint64_t expires_at) {
    return change_state(commitment, {.expires_at = expires_at});
}

StoreResult<bool> ShardStore::pin(const Hash32& commitment, bool pinned) {
    return change_state(commitment, {.pins = pinned});
}

// Reading

bool ShardStore::has(const Hash32& commitment) const {
    return find(commitment) != nullptr;
}

StoreResult<std::optional<ShardHeader>> ShardStore::header(const Hash32& commitment) const {
    const EntryPointer entry = find(commitment);
    if (!entry) return std::nullopt;
    const auto record = entry->header.segment->record_at(entry->header.offset);
    if (!record) return std::unexpected{fault(StoreError::corrupt, "the header of a matrix is damaged")};
    auto decoded = decode_shard_header(record->meta);
    if (!decoded) return std::unexpected{fault(StoreError::corrupt, std::string{decoded.error().message()})};
    return *std::move(decoded);
}

std::optional<ShardSummary> ShardStore::summary(const Hash32& commitment) const {
    const EntryPointer entry = find(commitment);
    if (!entry) return std::nullopt;
    ShardSummary out{.commitment = commitment,
                     .publication = entry->publication,
                     .shape = entry->shape,
                     .expires_at = entry->expires_at,
                     .confirmed = entry->confirmed,
                     .pinned = entry->pinned};
    for (const Group& group : entry->groups) out.rows += group.rows;
    return out;
}

std::vector<ShardSummary> ShardStore::list() const {
    std::vector<Hash32> commitments;
    {
        const std::shared_lock lock{index_mutex_};
        for (const auto& [commitment, entry] : entries_) commitments.push_back(commitment);
    }
    std::vector<ShardSummary> out;
    for (const Hash32& commitment : commitments) {
        if (auto found = summary(commitment)) out.push_back(*std::move(found));
    }
    return out;
}

StoreResult<std::vector<std::uint32_t>> ShardStore::indices(const Hash32& commitment) const {
    std::vector<std::uint32_t> out;
    const EntryPointer entry = find(commitment);
    if (!entry) return out;
    for (const Group& group : entry->groups) {
        const auto record = group.segment->record_at(group.offset);
        const auto table = record ? decode_row_table(record->meta) : std::vector<RowTableEntry>{};
        if (!table) continue;
        for (const RowTableEntry& row : *table) out.push_back(row.index);
    }
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

StoredRows ShardStore::read_rows(const Entry& entry, std::span<const std::uint32_t> indices) const {
    struct Location {
        const Group* group = nullptr;
        std::uint64_t row_offset = 0;
        std::uint64_t siblings_offset = 0;
        std::uint32_t crc = 0;
    };
    std::map<std::uint32_t, Location> wanted;
    for (const std::uint32_t index : indices) wanted[index];
    const std::uint64_t row_bytes = entry.shape.row_bytes;
    const std::uint64_t siblings_bytes = std::uint64_t{entry.depth()} * 32;
    std::size_t open = wanted.size();
    for (auto group = entry.groups.rbegin(); group != entry.groups.rend() && open > 0; ++group) {
        const auto record = group->segment->record_at(group->offset);
        if (!record) continue;  // its rows are missing, which the owner of the store sees
        const auto table = decode_row_table(record->meta);
        if (!table) continue;
        for (std::size_t i = 0; i < table->size(); ++i) {
            const auto it = wanted.find((*table)[i].index);
            if (it == wanted.end() || it->second.group != nullptr) continue;
            const std::uint64_t rows_offset = record->payload_offset();
            it->second = {.group = &*group,
                          .row_offset = rows_offset + i * row_bytes,
                          .siblings_offset = rows_offset + table->size() * row_bytes + i * siblings_bytes,
                          .crc = (*table)[i].crc};
            --open;
        }
    }

    StoredRows out;
    out.rows.reserve(wanted.size() * row_bytes);
    for (const auto& [index, location] : wanted) {
        if (location.group == nullptr) continue;
        const std::size_t row_at = out.rows.size();
        const std::size_t siblings_at = out.siblings.size();
        out.rows.resize(row_at + row_bytes);
        out.siblings.resize(siblings_at + entry.depth());
        const MutableBytesView row{out.rows.data() + row_at, row_bytes};
        const MutableBytesView siblings{reinterpret_cast<Byte*>(out.siblings.data() + siblings_at), siblings_bytes};
        const SegmentFile& file = *location.group->segment;
        const bool read = file.read(location.row_offset, row) && file.read(location.siblings_offset, siblings);
        if (read && row_crc(row, siblings) == location.crc) {
            out.indices.push_back(index);
        } else {
            out.rows.resize(row_at);
            out.siblings.resize(siblings_at);
            out.damaged.push_back(index);
        }
    }
    return out;
}

StoreResult<std::optional<StoredRows>> ShardStore::get_rows(const Hash32& commitment,
                                                            std::span<const std::uint32_t> indices) const {
    const EntryPointer entry = find(commitment);
    if (!entry) return std::nullopt;
    StoredRows rows = read_rows(*entry, indices);
    if (!rows.damaged.empty()) remember_damage(commitment, rows.damaged);
    return rows;
}

// Damage

void ShardStore::remember_damage(const Hash32& commitment, std::span<const std::uint32_t> indices) const {
    const std::unique_lock lock{index_mutex_};
    if (!entries_.contains(commitment)) return;
    damaged_[commitment].insert(indices.begin(), indices.end());
}

std::vector<DamagedRows> ShardStore::damaged() const {
    const std::shared_lock lock{index_mutex_};
    std::vector<DamagedRows> out;
    for (const auto& [commitment, rows] : damaged_) out.push_back({commitment, {rows.begin(), rows.end()}});
    return out;
}

/// A table that cannot be read stays where it is when its rows have been put back elsewhere: it is reported once.
void ShardStore::check_records(const Entry& entry) {
    bool broken = !header(entry.publication.commitment).has_value();
    for (const Group& group : entry.groups) {
        const auto record = group.segment->record_at(group.offset);
        if (record && decode_row_table(record->meta)) continue;
        broken |= broken_tables_.emplace(group.segment->number(), group.offset).second;
    }
    if (broken) remember_damage(entry.publication.commitment, {});
}

void ShardStore::forget(const Hash32& commitment) {
    const std::unique_lock lock{index_mutex_};
    entries_.erase(commitment);
    damaged_.erase(commitment);
}

void ShardStore::settle_damage(const Hash32& commitment) {
    const std::unique_lock lock{index_mutex_};
    const auto it = damaged_.find(commitment);
    if (it != damaged_.end() && it->second.empty()) damaged_.erase(it);
}

bool ShardStore::scrub(std::uint64_t bytes_max) {
    std::uint64_t bytes = 0;
    while (bytes < bytes_max) {
        EntryPointer entry;
        {
            const std::shared_lock lock{index_mutex_};
            const auto it = entries_.upper_bound(scrub_after_);
            if (it != entries_.end()) entry = it->second;
        }
        if (!entry) {
            scrub_after_ = {};
            return true;
        }
        const Hash32& commitment = entry->publication.commitment;
        scrub_after_ = commitment;
        check_records(*entry);
        const auto kept = indices(commitment);
        if (!kept) continue;
        constexpr std::size_t rows_at_once = 128;
        for (std::size_t i = 0; i < kept->size(); i += rows_at_once) {
            const std::size_t count = std::min(rows_at_once, kept->size() - i);
            (void)get_rows(commitment, std::span{*kept}.subspan(i, count));
        }
        bytes += entry->row_bytes_total();
    }
    return false;
}

StoreResult<void> ShardStore::repair(const Hash32& commitment, std::span<const ShardRow> rows) {
    Group record;
    {
        const std::scoped_lock lock{append_mutex_};
        const EntryPointer kept = find(commitment);
        if (!kept || rows.empty()) return {};
        Entry entry = *kept;
        ENSHRINE_CHECK(append_rows(entry, rows));
        record = entry.groups.back();
        put_entry(std::move(entry));
    }
    ENSHRINE_CHECK(sync_through(record));
    const std::unique_lock lock{index_mutex_};
    const auto it = damaged_.find(commitment);
    if (it == damaged_.end()) return {};
    for (const ShardRow& row : rows) it->second.erase(row.index);
    if (it->second.empty()) damaged_.erase(it);
    return {};
}

ShardStore::Usage ShardStore::usage() const {
    Usage out;
    const std::scoped_lock append_lock{append_mutex_};
    for (const auto& [number, segment] : segments_) out.disk_bytes += segment->size();
    out.segments = segments_.size();
    for (const auto& [session, entry] : sessions_) out.unconfirmed_bytes += entry->row_bytes_total();
    const std::shared_lock lock{index_mutex_};
    out.matrices = entries_.size();
    for (const auto& [commitment, entry] : entries_) {
        if (!entry->confirmed && !entry->pinned) out.unconfirmed_bytes += entry->row_bytes_total();
    }
    for (const auto& [commitment, rows] : damaged_) out.damaged_rows += rows.size();
    out.recovered_damage_bytes = recovered_damage_bytes_;
    return out;
}

}  // namespace enshrine::store
