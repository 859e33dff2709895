// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/committee_state.hpp>
#include <enshrine/node/blob_reader.hpp>

#include <algorithm>

namespace enshrine::node {

namespace da = data_availability;
using rpc::RpcError;
using rpc::RpcResult;

namespace {

RpcError unavailable(std::string message) {
    return {.code = rpc::resource_not_found,
            .message = std::move(message),
            .stable_code = "E-DA-UNAVAILABLE",
            .field = "commitment"};
}

}  // namespace

RpcResult<Bytes> BlobReader::read(const Hash32& commitment, const da::PublicationRecord& publication,
                                  std::size_t blob) {
    const auto sizes = da::sizes_of(publication.blobs);
    const auto layout = da::layout_of(sizes);
    ENSHRINE_ASSERT(layout.has_value() && blob < sizes.size());  // the L1 publishes nothing else [DA-PUB.2]
    ENSHRINE_TRY(const auto rows, rows_of(commitment, sizes, publication.epoch));
    const auto bytes = da::unframe_blob(*layout, sizes, *rows, blob);
    if (!bytes)
        return std::unexpected{unavailable("the rows hold no such blob: " + std::string{bytes.error().message()})};
    return to_bytes(*bytes);
}

RpcResult<BlobReader::Rows> BlobReader::rows_of(const Hash32& commitment, std::span<const std::uint64_t> sizes,
                                                std::uint64_t epoch) {
    if (auto cached = find(commitment, sizes)) return cached;
    const auto committee = da::load_committee(*application_.head()->view, epoch);
    ENSHRINE_ASSERT(committee.has_value());
    auto retrieval = network::retrieve(commitment, sizes, *committee, options_.retrieval);
    if (!retrieval) return std::unexpected{unavailable(retrieval.error().text)};
    auto rows = std::make_shared<const Bytes>(std::move(retrieval->data_rows));
    keep({.commitment = commitment, .sizes = {sizes.begin(), sizes.end()}, .rows = rows});
    return rows;
}

BlobReader::Rows BlobReader::find(const Hash32& commitment, std::span<const std::uint64_t> sizes) {
    const std::scoped_lock lock{mutex_};
    const auto found = std::ranges::find_if(cache_, [&](const Entry& entry) {
        return entry.commitment == commitment && std::ranges::equal(entry.sizes, sizes);
    });
    if (found == cache_.end()) return nullptr;
    cache_.splice(cache_.begin(), cache_, found);
    return found->rows;
}

void BlobReader::keep(Entry entry) {
    const std::scoped_lock lock{mutex_};
    cached_bytes_ += entry.rows->size();
    cache_.push_front(std::move(entry));
    while (cached_bytes_ > options_.cache_bytes_max) {
        cached_bytes_ -= cache_.back().rows->size();
        cache_.pop_back();
    }
}

}  // namespace enshrine::node
