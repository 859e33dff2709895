// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/codec/abi.hpp>
#include <enshrine/data_availability/block_root.hpp>
#include <enshrine/data_availability/content.hpp>
#include <enshrine/data_availability/events.hpp>
#include <enshrine/system/addresses.hpp>

namespace enshrine::data_availability {
namespace {

constexpr Hash32 blob_published_topic = codec::abi::signature_hash(events::blob_published.declaration);

/// BlobPublished(bytes32 indexed namespace, bytes32 indexed commitment, uint64 size, uint64 firstRow)
RootLeaf leaf_of(const types::Log& log) noexcept {
    constexpr std::size_t word_bytes = Hash32::size_bytes;
    ENSHRINE_ASSERT(log.topics.size() == 3 && log.data.size() == 2 * word_bytes);
    const BytesView data{log.data};
    const U256 size = U256::from_be(data.first(word_bytes));
    const U256 first_row = U256::from_be(data.last(word_bytes));
    return RootLeaf{.name_space = log.topics[1],
                    .scheme = Scheme::native,
                    .commitment = log.topics[2],
                    .size = size.low_u64(),
                    .index = narrow<std::uint32_t>(first_row.low_u64()),
                    .content_root = {}};
}

bool is_publication(const types::Log& log) noexcept {
    return log.address == system::data_availability_address && !log.topics.empty() &&
           log.topics[0] == blob_published_topic;
}

}  // namespace

std::vector<RootLeaf> block_leaves(std::span<const types::BlobRecord> blobs, std::span<const types::Receipt> receipts) {
    std::vector<RootLeaf> out;
    for (std::size_t i = 0; i < blobs.size(); ++i) {
        out.push_back(RootLeaf{.name_space = {},
                               .scheme = Scheme::kzg,
                               .commitment = blobs[i].versioned_hash,
                               .size = blob_bytes,
                               .index = narrow<std::uint32_t>(i),
                               .content_root = blobs[i].content_root});
    }
    for (const types::Receipt& receipt : receipts) {
        for (const types::Log& log : receipt.logs) {
            if (is_publication(log)) out.push_back(leaf_of(log));
        }
    }
    sort_leaves(out);
    return out;
}

Hash32 block_root(std::span<const types::BlobRecord> blobs, std::span<const types::Receipt> receipts) {
    return root_of_leaves(block_leaves(blobs, receipts));
}

}  // namespace enshrine::data_availability
