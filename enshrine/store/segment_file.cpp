// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/assert.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/store/crc32c.hpp>
#include <enshrine/store/segment_file.hpp>

#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <random>
#include <vector>

namespace enshrine::store {
namespace {

constexpr std::string_view file_magic = "ENSHSEG1";
constexpr std::uint32_t record_magic = 0x43455245;  // "EREC"
constexpr std::size_t header_crc_offset = 32;
constexpr std::size_t vectors_per_write = 512;
constexpr std::size_t scan_window_bytes = std::size_t{1} << 20;

using RecordHeadBytes = std::array<Byte, record_head_bytes>;

std::string cause(int error) {
    switch (error) {
        case ENOSPC:
        case EDQUOT:
            return "the disk is full";
        case EFBIG:
            return "the file size limit of the process or file system is reached";
        default:
            return std::strerror(error);
    }
}

RecordHeadBytes encode(const RecordHead& head, std::uint32_t salt) noexcept {
    RecordHeadBytes out{};
    store_le(out.data(), record_magic);
    store_le(out.data() + 4, head.kind);
    store_le(out.data() + 8, head.session);
    store_le(out.data() + 16, head.meta_bytes);
    store_le(out.data() + 20, head.meta_crc);
    store_le(out.data() + 24, head.payload_bytes);
    store_le(out.data() + header_crc_offset, crc32c(BytesView{out}.first(header_crc_offset), salt));
    return out;
}

std::optional<RecordHead> decode(BytesView bytes, std::uint32_t salt) noexcept {
    if (load_le<std::uint32_t>(bytes.data()) != record_magic) return std::nullopt;
    const auto crc = load_le<std::uint32_t>(bytes.data() + header_crc_offset);
    if (crc != crc32c(bytes.first(header_crc_offset), salt)) return std::nullopt;
    const RecordHead head{.kind = load_le<std::uint32_t>(bytes.data() + 4),
                          .session = load_le<std::uint64_t>(bytes.data() + 8),
                          .meta_bytes = load_le<std::uint32_t>(bytes.data() + 16),
                          .meta_crc = load_le<std::uint32_t>(bytes.data() + 20),
                          .payload_bytes = load_le<std::uint64_t>(bytes.data() + 24)};
    if (head.meta_bytes > record_meta_bytes_max || head.payload_bytes > (std::uint64_t{1} << 40)) return std::nullopt;
    return head;
}

/// Writes everything or says why not; a signal or a short write is no reason.
int write_all(int file, std::vector<iovec>& vectors, std::uint64_t offset) noexcept {
    std::size_t first = 0;
    while (first < vectors.size()) {
        const auto count = static_cast<int>(std::min(vectors.size() - first, vectors_per_write));
        const ssize_t written = ::pwritev(file, vectors.data() + first, count, static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        if (written == 0) return ENOSPC;
        offset += static_cast<std::uint64_t>(written);
        auto left = static_cast<std::size_t>(written);
        while (first < vectors.size() && left >= vectors[first].iov_len) left -= vectors[first++].iov_len;
        if (first < vectors.size()) {
            vectors[first].iov_base = static_cast<Byte*>(vectors[first].iov_base) + left;
            vectors[first].iov_len -= left;
        }
    }
    return 0;
}

iovec vector_of(BytesView bytes) noexcept {
    return {.iov_base = const_cast<Byte*>(bytes.data()), .iov_len = bytes.size()};  // pwritev only reads
}

}  // namespace

StoreFault SegmentFile::fault(std::string_view what) const {
    return {StoreError::io, path_.string(), std::string{what} + ": " + cause(errno)};
}

StoreResult<std::shared_ptr<SegmentFile>> SegmentFile::create(const std::filesystem::path& path, std::uint64_t chain_id,
                                                              std::uint64_t number) {
    const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0644);
    if (file < 0) return std::unexpected{StoreFault{StoreError::io, path.string(), "cannot make: " + cause(errno)}};
    std::shared_ptr<SegmentFile> segment{
        new SegmentFile{path, file, {number, std::random_device{}()}, segment_head_bytes}};
    std::array<Byte, segment_head_bytes> head{};
    std::memcpy(head.data(), file_magic.data(), file_magic.size());
    store_le(head.data() + 8, chain_id);
    store_le(head.data() + 16, number);
    store_le(head.data() + 24, segment->identity_.salt);
    store_le(head.data() + 28, crc32c(BytesView{head}.first(28)));
    std::vector<iovec> vectors{vector_of(head)};
    if (const int error = write_all(file, vectors, 0); error != 0) {
        errno = error;
        const StoreFault failed = segment->fault("cannot begin the segment");
        ::unlink(path.c_str());
        return std::unexpected{failed};
    }
    return segment;
}

StoreResult<std::shared_ptr<SegmentFile>> SegmentFile::open(const std::filesystem::path& path, std::uint64_t chain_id) {
    const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) return std::unexpected{StoreFault{StoreError::io, path.string(), "cannot open: " + cause(errno)}};
    const off_t size = ::lseek(file, 0, SEEK_END);
    std::shared_ptr<SegmentFile> segment{new SegmentFile{path, file, {}, static_cast<std::uint64_t>(size)}};
    std::array<Byte, segment_head_bytes> head{};
    const bool intact = size >= static_cast<off_t>(segment_head_bytes) && segment->read(0, head) &&
                        as_text(BytesView{head}.first(8)) == file_magic &&
                        load_le<std::uint32_t>(head.data() + 28) == crc32c(BytesView{head}.first(28));
    if (!intact) return std::unexpected{StoreFault{StoreError::corrupt, path.string(), "not the head of a segment"}};
    const auto chain_found = load_le<std::uint64_t>(head.data() + 8);
    if (chain_found != chain_id) {
        return std::unexpected{
            StoreFault{StoreError::wrong_chain, path.string(),
                       "segment of chain " + std::to_string(chain_found) + ", expected " + std::to_string(chain_id)}};
    }
    segment->identity_ = {load_le<std::uint64_t>(head.data() + 16), load_le<std::uint32_t>(head.data() + 24)};
    return segment;
}

SegmentFile::~SegmentFile() {
    ::close(file_);
}

StoreResult<std::uint64_t> SegmentFile::append(std::uint32_t kind, std::uint64_t session, BytesView meta,
                                               std::span<const BytesView> payload) {
    ENSHRINE_ASSERT(meta.size() <= record_meta_bytes_max);
    RecordHead head{.kind = kind,
                    .session = session,
                    .meta_bytes = static_cast<std::uint32_t>(meta.size()),
                    .meta_crc = crc32c(meta)};
    for (const BytesView part : payload) head.payload_bytes += part.size();
    const RecordHeadBytes encoded = encode(head, identity_.salt);
    static constexpr std::array<Byte, 8> zeros{};
    const std::uint64_t padding = head.total_bytes() - record_head_bytes - meta.size() - head.payload_bytes;

    std::vector<iovec> vectors{vector_of(encoded)};
    vectors.reserve(payload.size() + 3);
    if (!meta.empty()) vectors.push_back(vector_of(meta));
    for (const BytesView part : payload) {
        if (!part.empty()) vectors.push_back(vector_of(part));
    }
    if (padding != 0) vectors.push_back(vector_of(BytesView{zeros}.first(padding)));

    const std::uint64_t offset = size_;
    if (const int error = write_all(file_, vectors, offset); error != 0) {
        // What lies behind the last record would be skipped as damaged anyway; the next append overwrites it.
        (void)::ftruncate(file_, static_cast<off_t>(offset));
        errno = error;
        return std::unexpected{fault("cannot append")};
    }
    size_ = offset + head.total_bytes();
    return offset;
}

void SegmentFile::start_writeback() noexcept {
    const std::uint64_t end = size_;
    if (end == writeback_from_) return;
    (void)::sync_file_range(file_, static_cast<off_t>(writeback_from_), static_cast<off_t>(end - writeback_from_),
                            SYNC_FILE_RANGE_WRITE);
    writeback_from_ = end;
}

StoreResult<void> SegmentFile::sync() {
    if (::fdatasync(file_) != 0) return std::unexpected{fault("cannot sync")};
    return {};
}

StoreResult<void> SegmentFile::truncate(std::uint64_t size) {
    if (::ftruncate(file_, static_cast<off_t>(size)) != 0) return std::unexpected{fault("cannot truncate")};
    size_ = size;
    writeback_from_ = std::min(writeback_from_, size);
    return {};
}

bool SegmentFile::read(std::uint64_t offset, MutableBytesView to) const noexcept {
    std::size_t done = 0;
    while (done < to.size()) {
        const ssize_t got = ::pread(file_, to.data() + done, to.size() - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        done += static_cast<std::size_t>(got);
    }
    return true;
}

std::optional<SegmentRecord> SegmentFile::record_at(std::uint64_t offset) const {
    RecordHeadBytes bytes;
    if (!read(offset, bytes)) return std::nullopt;
    const auto head = decode(bytes, identity_.salt);
    if (!head || head->total_bytes() > size_ - offset) return std::nullopt;
    SegmentRecord record{.offset = offset, .head = *head, .meta = Bytes(head->meta_bytes)};
    if (!read(offset + record_head_bytes, record.meta)) return std::nullopt;
    if (crc32c(record.meta) != head->meta_crc) return std::nullopt;
    return record;
}

std::optional<std::uint64_t> SegmentFile::next_record(std::uint64_t from) const {
    Bytes window;
    for (std::uint64_t at = from; at + record_head_bytes <= size_;) {
        window.resize(std::min<std::uint64_t>(scan_window_bytes, size_ - at));
        if (!read(at, window)) return std::nullopt;
        for (std::size_t i = 0; i + record_head_bytes <= window.size(); i += 8) {
            if (decode(BytesView{window}.subspan(i, record_head_bytes), identity_.salt) && record_at(at + i))
                return at + i;
        }
        // The last head of the window may be cut off: the next window begins in front of it.
        if (window.size() < scan_window_bytes) return std::nullopt;
        at += scan_window_bytes - record_head_bytes;
    }
    return std::nullopt;
}

SegmentFile::Scan SegmentFile::scan(const std::function<void(const SegmentRecord&)>& visit) const {
    Scan out{.end = segment_head_bytes};
    std::uint64_t at = segment_head_bytes;
    while (at < size_) {
        auto record = record_at(at);
        if (!record) {
            const auto next = next_record(at + 8);
            if (!next) break;
            out.damaged_bytes += *next - at;
            at = *next;
            continue;
        }
        visit(*record);
        at += record->head.total_bytes();
        out.end = at;
    }
    return out;
}

}  // namespace enshrine::store
