// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/integer.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/mempool/journal.hpp>
#include <enshrine/types/transaction.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <map>
#include <optional>
#include <utility>

namespace enshrine::mempool {
namespace {

// kind (1) ‖ size of the body (4, big-endian) ‖ first 8 bytes of SHA-256(body) ‖ body
constexpr std::size_t head_bytes = 13;
constexpr Byte kind_append = 1;  ///< body: canonical encoding
constexpr Byte kind_drop = 2;    ///< body: transaction hash

void put_record(Bytes& out, Byte kind, BytesView body) {
    std::array<Byte, 4> size{};
    store_be(size.data(), narrow<std::uint32_t>(body.size()));
    out.push_back(kind);
    enshrine::append(out, size);
    enshrine::append(out, hash::sha256(body).view().first(8));
    enshrine::append(out, body);
}

struct Record {
    Byte kind = 0;
    BytesView body;
};
/// Nullopt: the bytes at the front are no whole record.
std::optional<Record> take_record(BytesView& rest) noexcept {
    if (rest.size() < head_bytes) return std::nullopt;
    const Byte kind = rest[0];
    const std::size_t size = load_be<std::uint32_t>(rest.data() + 1);
    if ((kind != kind_append && kind != kind_drop) || size > types::txn_bytes_max) return std::nullopt;
    if (rest.size() - head_bytes < size) return std::nullopt;
    const BytesView body = rest.subspan(head_bytes, size);
    if (!equal(rest.subspan(5, 8), hash::sha256(body).view().first(8))) return std::nullopt;
    rest = rest.subspan(head_bytes + size);
    return Record{.kind = kind, .body = body};
}

std::string system_text(const std::filesystem::path& path, std::string_view what) {
    return path.string() + ": cannot " + std::string{what} + ": " + std::strerror(errno);
}

}  // namespace

std::expected<Journal, std::string> Journal::open(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return std::unexpected{system_text(path, "open")};
    Journal journal{path, file};
    if (auto loaded = journal.load(); !loaded) return std::unexpected{loaded.error()};
    return journal;
}

Journal::Journal(Journal&& other) noexcept
    : path_{std::move(other.path_)},
      file_{std::exchange(other.file_, -1)},
      size_{other.size_},
      loaded_{std::move(other.loaded_)} {}

Journal& Journal::operator=(Journal&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(file_, other.file_);
    std::swap(size_, other.size_);
    std::swap(loaded_, other.loaded_);
    return *this;
}

Journal::~Journal() {
    if (file_ >= 0) ::close(file_);
}

std::expected<void, std::string> Journal::load() {
    Bytes content;
    std::array<Byte, 65536> piece{};
    while (true) {
        const ssize_t got = ::read(file_, piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return std::unexpected{system_text(path_, "read")};
        if (got == 0) break;
        enshrine::append(content, BytesView{piece}.first(static_cast<std::size_t>(got)));
    }
    // Dropped transactions may be appended again later: position in the file decides.
    std::map<Hash32, std::size_t> position;
    std::vector<std::optional<Bytes>> found;
    BytesView rest{content};
    while (const auto record = take_record(rest)) {
        if (record->kind == kind_append) {
            position[types::transaction_hash(record->body)] = found.size();
            found.emplace_back(to_bytes(record->body));
        } else if (const auto at = position.find(Hash32::from(record->body)); at != position.end()) {
            found[at->second].reset();
            position.erase(at);
        }
    }
    for (auto& encoding : found) {
        if (encoding) loaded_.push_back(*std::move(encoding));
    }
    size_ = content.size() - rest.size();
    if (!rest.empty() && ::ftruncate(file_, static_cast<off_t>(size_)) != 0) {
        return std::unexpected{system_text(path_, "cut off a torn record")};
    }
    if (::lseek(file_, static_cast<off_t>(size_), SEEK_SET) < 0) return std::unexpected{system_text(path_, "seek")};
    return {};
}

std::expected<void, std::string> Journal::write(BytesView bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t put = ::write(file_, bytes.data() + done, bytes.size() - done);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) {
            auto text = system_text(path_, "write");
            // Half a record in the middle would hide everything behind it from the next load.
            if (::ftruncate(file_, static_cast<off_t>(size_)) == 0) ::lseek(file_, static_cast<off_t>(size_), SEEK_SET);
            return std::unexpected{std::move(text)};
        }
        done += static_cast<std::size_t>(put);
    }
    size_ += bytes.size();
    return {};
}

std::expected<void, std::string> Journal::append(BytesView encoding) {
    Bytes record;
    record.reserve(head_bytes + encoding.size());
    put_record(record, kind_append, encoding);
    return write(record);
}

std::expected<void, std::string> Journal::drop(std::span<const Hash32> hashes) {
    Bytes records;
    for (const Hash32& hash : hashes) put_record(records, kind_drop, hash.view());
    return write(records);
}

std::expected<void, std::string> Journal::rewrite(std::span<const BytesView> encodings) {
    std::filesystem::path fresh_path = path_;
    fresh_path += ".new";
    const int file = ::open(fresh_path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return std::unexpected{system_text(fresh_path, "open")};
    Journal fresh{fresh_path, file};
    for (const BytesView encoding : encodings) {
        if (auto written = fresh.append(encoding); !written) return written;
    }
    if (::rename(fresh_path.c_str(), path_.c_str()) != 0) return std::unexpected{system_text(fresh_path, "rename")};
    std::swap(file_, fresh.file_);
    size_ = fresh.size_;
    return {};
}

}  // namespace enshrine::mempool
