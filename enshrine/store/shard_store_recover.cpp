// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/binary.hpp>
#include <enshrine/store/shard_entry.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

/// Opening a store: what its files say, and what a crash left behind.
namespace enshrine::store {
namespace {

namespace fs = std::filesystem;

/// Files of segments by number.
std::map<std::uint64_t, fs::path> segment_files(const fs::path& folder) {
    std::map<std::uint64_t, fs::path> out;
    for (const auto& file : fs::directory_iterator{folder}) {
        if (file.path().extension() != ".segment") continue;
        const std::string stem = file.path().stem().string();
        const bool digits = !stem.empty() && stem.size() < 19 && stem.find_first_not_of("0123456789") == stem.npos;
        if (digits) out.emplace(std::stoull(stem), file.path());
    }
    return out;
}

/// Enough of [DA-SHAPE.1] for offsets in row groups to mean something.
bool has_tree(const data_availability::Shape& shape) noexcept {
    const std::uint64_t rows = std::uint64_t{shape.data_rows} + shape.parity_rows;
    return std::has_single_bit(rows) && rows <= data_availability::matrix_rows_max &&
           shape.row_bytes <= data_availability::matrix_bytes_max;
}

}  // namespace

StoreResult<std::unique_ptr<ShardStore>> ShardStore::open(const ShardStoreOptions& options) {
    std::error_code error;
    fs::create_directories(options.path, error);
    if (error) {
        return std::unexpected{
            StoreFault{StoreError::io, options.path.string(), "cannot make the folder: " + error.message()}};
    }
    std::unique_ptr<ShardStore> store{new ShardStore{options}};
    ENSHRINE_CHECK(store->lock_folder());
    ENSHRINE_CHECK(store->recover());
    return store;
}

StoreResult<void> ShardStore::lock_folder() {
    lock_file_ = ::open((options_.path / "LOCK").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644);
    if (lock_file_ < 0) return std::unexpected{fault(StoreError::io, "cannot write to the folder")};
    if (::flock(lock_file_, LOCK_EX | LOCK_NB) != 0) {
        return std::unexpected{fault(StoreError::locked, "another process has the row store open")};
    }
    return {};
}

StoreResult<void> ShardStore::recover() {
    const auto files = segment_files(options_.path);
    for (const auto& [number, path] : files) {
        auto opened = SegmentFile::open(path, options_.chain_id);
        if (!opened && opened.error().code == StoreError::corrupt) {
            // Whatever it held can be had from others. A crash while the file was made leaves the last one so.
            std::error_code error;
            recovered_damage_bytes_ += fs::file_size(path, error);
            fs::rename(path, path.string() + ".damaged", error);
            continue;
        }
        if (!opened) return std::unexpected{opened.error()};
        const SegmentPointer segment = *opened;
        const auto scanned = segment->scan([&](const SegmentRecord& record) { recover_record(segment, record); });
        recovered_damage_bytes_ += scanned.damaged_bytes + (segment->size() - scanned.end);
        if (number == files.rbegin()->first && scanned.end < segment->size()) {
            ENSHRINE_CHECK(segment->truncate(scanned.end));
        }
        segments_.emplace(number, segment);
    }
    // What was not committed has never been there.
    sessions_.clear();
    return {};
}

void ShardStore::recover_record(const SegmentPointer& segment, const SegmentRecord& record) {
    next_session_ = std::max(next_session_, record.head.session + 1);
    const Group group{.segment = segment, .offset = record.offset, .bytes = record.head.total_bytes()};
    if (record.head.kind == std::to_underlying(ShardRecord::header)) {
        auto header = decode_shard_header(record.meta);
        if (!header || !has_tree(header->shape)) return;
        sessions_[record.head.session] = std::make_shared<Entry>(Entry{.session = record.head.session,
                                                                       .publication = std::move(header->publication),
                                                                       .shape = header->shape,
                                                                       .row_root = header->row_root,
                                                                       .header = group});
        return;
    }
    // Sessions that were committed stay in sessions_ during recovery: repairs and changes of state follow them.
    const auto it = sessions_.find(record.head.session);
    if (it == sessions_.end()) return;
    Entry& entry = *it->second;
    if (record.head.kind == std::to_underlying(ShardRecord::rows)) {
        const auto table = decode_row_table(record.meta);
        if (!table) return;
        const std::uint64_t row_bytes = entry.shape.row_bytes + std::uint64_t{entry.depth()} * 32;
        if (record.head.payload_bytes != table->size() * row_bytes) return;
        entry.groups.push_back(group);
        entry.groups.back().rows = static_cast<std::uint32_t>(table->size());
        if (!entry.state.segment) return;
    } else if (record.head.kind == std::to_underlying(ShardRecord::state)) {
        codec::BinaryReader in{record.meta};
        const auto expires_at = in.u64();
        const auto confirmed = in.boolean();
        const auto pinned = in.boolean();
        if (!expires_at || !confirmed || !pinned || !in.finish()) return;
        entry.expires_at = *expires_at;
        entry.confirmed = *confirmed;
        entry.pinned = *pinned;
        entry.state = group;
    }
    put_entry(entry);
}

}  // namespace enshrine::store
