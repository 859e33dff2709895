// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/store/store_error.hpp>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>

/// One append-only file of records, each with checksums of its own. What a record means is its writer's business.
///
///     file   = head | record*                          little-endian
///     head   = "ENSHSEG1" | chain id u64 | number u64 | salt u32 | crc32c u32 of the former fields
///     record = magic u32 | kind u32 | session u64 | meta size u32 | crc32c of meta u32 | payload size u64
///              | crc32c of the former fields, continued from the salt, u32 | u32 0 | meta | payload
///              | zeros up to a multiple of 8
///
/// The payload has no checksum here: its meta part describes it. The salt is random, so that a payload that somebody
/// else chose cannot pass for a record when a damaged stretch is skipped.
namespace enshrine::store {

inline constexpr std::size_t segment_head_bytes = 32;
inline constexpr std::size_t record_head_bytes = 40;
inline constexpr std::uint32_t record_meta_bytes_max = std::uint32_t{4} << 20;

struct RecordHead {
    std::uint32_t kind = 0;
    std::uint64_t session = 0;
    std::uint32_t meta_bytes = 0;
    std::uint32_t meta_crc = 0;
    std::uint64_t payload_bytes = 0;
    [[nodiscard]] std::uint64_t total_bytes() const noexcept {
        return record_head_bytes + ((meta_bytes + payload_bytes + 7) & ~std::uint64_t{7});
    }
};

struct SegmentRecord {
    std::uint64_t offset = 0;  ///< of its head
    RecordHead head;
    Bytes meta;
    [[nodiscard]] std::uint64_t payload_offset() const noexcept { return offset + record_head_bytes + meta.size(); }
};

/// Reading is thread-safe; appending and truncating is for one thread at a time. The file stays readable for whoever
/// holds the object, also after it was unlinked.
class SegmentFile {
public:
    [[nodiscard]] static StoreResult<std::shared_ptr<SegmentFile>> create(const std::filesystem::path& path,
                                                                          std::uint64_t chain_id, std::uint64_t number);
    /// Refuses a file of another chain (wrong_chain). A file whose head is torn or foreign: corrupt.
    [[nodiscard]] static StoreResult<std::shared_ptr<SegmentFile>> open(const std::filesystem::path& path,
                                                                        std::uint64_t chain_id);
    ~SegmentFile();
    SegmentFile(const SegmentFile&) = delete;
    SegmentFile& operator=(const SegmentFile&) = delete;

    /// Appends one record and returns its offset. On failure the file is as before.
    [[nodiscard]] StoreResult<std::uint64_t> append(std::uint32_t kind, std::uint64_t session, BytesView meta,
                                                    std::span<const BytesView> payload);
    /// Asks the disk to begin writing what was appended, without waiting for it.
    void start_writeback() noexcept;
    [[nodiscard]] StoreResult<void> sync();
    [[nodiscard]] StoreResult<void> truncate(std::uint64_t size);

    /// False when the bytes are not there or cannot be read.
    [[nodiscard]] bool read(std::uint64_t offset, MutableBytesView to) const noexcept;
    /// The record at this offset; nullopt when head or meta are damaged or cut off.
    [[nodiscard]] std::optional<SegmentRecord> record_at(std::uint64_t offset) const;

    struct Scan {
        std::uint64_t end = 0;            ///< behind the last record
        std::uint64_t damaged_bytes = 0;  ///< that lie between records and belong to none
    };
    /// Visits every record in order. Damaged stretches are skipped: the scan goes on at the next record whose head is
    /// intact.
    [[nodiscard]] Scan scan(const std::function<void(const SegmentRecord&)>& visit) const;

    [[nodiscard]] std::uint64_t number() const noexcept { return identity_.number; }
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
    struct Identity {
        std::uint64_t number = 0;
        std::uint32_t salt = 0;
    };
    SegmentFile(std::filesystem::path path, int file, Identity identity, std::uint64_t size) noexcept
        : path_{std::move(path)}, file_{file}, identity_{identity}, size_{size}, writeback_from_{size} {}
    [[nodiscard]] StoreFault fault(std::string_view what) const;
    [[nodiscard]] std::optional<std::uint64_t> next_record(std::uint64_t from) const;

    std::filesystem::path path_;
    int file_;
    Identity identity_;
    std::atomic<std::uint64_t> size_;
    std::uint64_t writeback_from_;
};

}  // namespace enshrine::store
