// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/data_availability/publications.hpp>
#include <enshrine/network/retrieve.hpp>
#include <enshrine/node/published_entries.hpp>

#include <list>
#include <mutex>

/// Published blobs of the native scheme, fetched from those who keep their rows.
namespace enshrine::node {

struct BlobReaderOptions {
    network::RetrieveOptions retrieval;
    std::size_t cache_bytes_max = std::size_t{64} << 20;  ///< data rows of the matrices that were asked for last
};

/// Thread-safe. The application outlives it.
class BlobReader {
public:
    BlobReader(const ChainApplication& application, BlobReaderOptions options)
        : application_{application}, options_{std::move(options)} {}

    /// The bytes of one blob of a publication; every row was verified.
    [[nodiscard]] rpc::RpcResult<Bytes> read(const Hash32& commitment,
                                             const data_availability::PublicationRecord& publication, std::size_t blob);

private:
    using Rows = std::shared_ptr<const Bytes>;
    struct Entry {
        Hash32 commitment;
        std::vector<std::uint64_t> sizes;
        Rows rows;
    };
    [[nodiscard]] rpc::RpcResult<Rows> rows_of(const Hash32& commitment, std::span<const std::uint64_t> sizes,
                                               std::uint64_t epoch);
    [[nodiscard]] Rows find(const Hash32& commitment, std::span<const std::uint64_t> sizes);
    void keep(Entry entry);

    const ChainApplication& application_;
    BlobReaderOptions options_;
    std::mutex mutex_;        ///< guards the cache
    std::list<Entry> cache_;  ///< the one used last in front
    std::size_t cached_bytes_ = 0;
};

}  // namespace enshrine::node
