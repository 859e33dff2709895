// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace enshrine::mempool {

/// Transactions that were acknowledged and wait for a block, in one file that only grows until it is rewritten. A record
/// has reached the kernel before append() returns, so it outlives the process however that ends. It is not synced: what a
/// power failure loses is a promise to try, never a block. Not thread-safe.
class Journal {
public:
    /// Opens or makes the file. A torn record at its end, left by a killed process, is cut off.
    [[nodiscard]] static std::expected<Journal, std::string> open(const std::filesystem::path& path);
    Journal(Journal&& other) noexcept;
    Journal& operator=(Journal&& other) noexcept;
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;
    ~Journal();

    /// Encodings that were appended and not dropped when the file was opened, oldest first. Yields them once.
    [[nodiscard]] std::vector<Bytes> take_loaded() noexcept { return std::move(loaded_); }

    [[nodiscard]] std::expected<void, std::string> append(BytesView encoding);
    /// By transaction hash. In one write.
    [[nodiscard]] std::expected<void, std::string> drop(std::span<const Hash32> hashes);
    /// Replaces the content, atomically; for whoever sees that the file is mostly records of dropped transactions.
    [[nodiscard]] std::expected<void, std::string> rewrite(std::span<const BytesView> encodings);
    [[nodiscard]] std::uint64_t size_bytes() const noexcept { return size_; }

private:
    Journal(std::filesystem::path path, int file) noexcept : path_{std::move(path)}, file_{file} {}
    [[nodiscard]] std::expected<void, std::string> load();
    [[nodiscard]] std::expected<void, std::string> write(BytesView bytes);

    std::filesystem::path path_;
    int file_ = -1;
    std::uint64_t size_ = 0;
    std::vector<Bytes> loaded_;
};

}  // namespace enshrine::mempool
