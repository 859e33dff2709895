// SPDX-License-Identifier: Apache-2.0
#include <enshrine/store/shard_entry.hpp>

#include <algorithm>

/// Letting go of matrices and of the segments that held them.
namespace enshrine::store {
namespace {

/// A closed segment of which less than this part is needed is rewritten, so that uploads that nobody published do not
/// hold disk space as long as their neighbours live.
constexpr std::uint64_t live_part_min = 4;
constexpr std::size_t rows_per_rewrite = 128;

}  // namespace

ShardStore::Uses ShardStore::uses() const {
    Uses out;
    for (const auto& [session, entry] : sessions_) out.add(*entry);
    const std::shared_lock lock{index_mutex_};
    for (const auto& [commitment, entry] : entries_) out.add(*entry);
    return out;
}

StoreResult<std::size_t> ShardStore::prune(std::uint64_t height) {
    const std::scoped_lock lock{append_mutex_};
    std::size_t expired = 0;
    {
        const std::unique_lock index_lock{index_mutex_};
        for (auto it = entries_.begin(); it != entries_.end();) {
            const bool expires = !it->second->pinned && it->second->expires_at <= height;
            if (expires) damaged_.erase(it->first);
            expired += expires ? 1 : 0;
            it = expires ? entries_.erase(it) : std::next(it);
        }
    }
    ENSHRINE_CHECK(compact());
    const Uses needed = uses();
    for (auto it = segments_.begin(); it != segments_.end();) {
        const bool grows = std::next(it) == segments_.end();
        if (grows || needed.bytes.contains(it->first)) {
            ++it;
            continue;
        }
        // Readers that hold the segment keep its file open.
        std::error_code error;
        std::filesystem::remove(it->second->path(), error);
        if (error) return std::unexpected{fault(StoreError::io, "cannot remove a segment: " + error.message())};
        it = segments_.erase(it);
    }
    return expired;
}

StoreResult<void> ShardStore::compact() {
    const Uses needed = uses();
    std::set<std::uint64_t> sparse;
    for (const auto& [number, segment] : segments_) {
        if (number == segments_.rbegin()->first) continue;
        const auto used = needed.bytes.find(number);
        if (used != needed.bytes.end() && used->second < segment->size() / live_part_min) sparse.insert(number);
    }
    if (sparse.empty()) return {};
    std::vector<EntryPointer> moving;
    {
        const std::shared_lock lock{index_mutex_};
        for (const auto& [commitment, entry] : entries_) {
            Uses own;
            own.add(*entry);
            const bool moves =
                std::ranges::any_of(own.bytes, [&](const auto& use) { return sparse.contains(use.first); });
            if (moves) moving.push_back(entry);
        }
    }
    std::vector<Entry> moved;
    for (const EntryPointer& entry : moving) {
        auto fresh = rewrite(*entry);
        if (!fresh) return std::unexpected{fresh.error()};
        moved.push_back(*std::move(fresh));
    }
    if (moved.empty()) return {};
    // The old segments go only when the copies are on disk.
    ENSHRINE_CHECK(sync_through(moved.back().state));
    for (Entry& entry : moved) put_entry(std::move(entry));
    return {};
}

StoreResult<ShardStore::Entry> ShardStore::rewrite(const Entry& entry) {
    const auto record = entry.header.segment->record_at(entry.header.offset);
    if (!record) return entry;  // damaged: stays where it is until it expires
    const auto header = decode_shard_header(record->meta);
    if (!header) return entry;
    Entry fresh = entry;
    fresh.groups.clear();
    ENSHRINE_CHECK(append_header(fresh, *header));
    ENSHRINE_TRY(const auto kept, indices(entry.publication.commitment));
    for (std::size_t i = 0; i < kept.size(); i += rows_per_rewrite) {
        const StoredRows rows =
            read_rows(entry, std::span{kept}.subspan(i, std::min(rows_per_rewrite, kept.size() - i)));
        std::vector<ShardRow> copies;
        for (std::size_t j = 0; j < rows.indices.size(); ++j) {
            copies.push_back({.index = rows.indices[j],
                              .row = BytesView{rows.rows}.subspan(j * entry.shape.row_bytes, entry.shape.row_bytes),
                              .siblings = std::span{rows.siblings}.subspan(j * entry.depth(), entry.depth())});
        }
        if (!copies.empty()) ENSHRINE_CHECK(append_rows(fresh, copies));
    }
    ENSHRINE_CHECK(append_state(fresh));
    return fresh;
}

}  // namespace enshrine::store
