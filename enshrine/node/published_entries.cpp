// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/abi.hpp>
#include <enshrine/data_availability/block_root.hpp>
#include <enshrine/data_availability/events.hpp>
#include <enshrine/node/published_entries.hpp>
#include <enshrine/system/addresses.hpp>

namespace enshrine::node {

namespace events = data_availability::events;

namespace {

constexpr Hash32 matrix_topic = codec::abi::signature_hash(events::matrix_published.declaration);
constexpr Hash32 blob_topic = codec::abi::signature_hash(events::blob_published.declaration);
constexpr auto matrix_data =
    codec::abi::parse_parameters("uint64 blobs, uint64 dataBytes, uint256 fee, uint64 epoch, uint64 expiresAt");
constexpr auto blob_data = codec::abi::parse_parameters("uint64 size, uint64 firstRow");

// Only the contract writes logs at its address, so that a log with an event's topic has its form.

PublishedMatrix matrix_of(const types::Log& log, std::uint64_t height) {
    const auto data = codec::abi::decode(*matrix_data, log.data);
    ENSHRINE_ASSERT(data.has_value() && log.topics.size() == 3);
    return {.commitment = log.topics[1],
            .record = {.height = height, .epoch = data->u64(3), .expires_at = data->u64(4), .blobs = {}},
            .first_rows = {}};
}

void add_blob(PublishedMatrix& matrix, const types::Log& log) {
    const auto data = codec::abi::decode(*blob_data, log.data);
    ENSHRINE_ASSERT(data.has_value() && log.topics.size() == 3);
    matrix.record.blobs.push_back({.name_space = log.topics[1], .size = data->u64(0)});
    matrix.first_rows.push_back(data->u64(1));
}

}  // namespace

std::vector<PublishedMatrix> published_matrices(const StoredBlock& stored) {
    std::vector<PublishedMatrix> out;
    for (const types::Receipt& receipt : stored.receipts) {
        for (const types::Log& log : receipt.logs) {
            if (log.address != system::data_availability_address || log.topics.empty()) continue;
            if (log.topics.front() == matrix_topic) out.push_back(matrix_of(log, stored.block.header.number));
            if (log.topics.front() == blob_topic) add_blob(out.back(), log);
        }
    }
    return out;
}

std::vector<client::DaEntry> published_entries(const StoredBlock& stored) {
    std::vector<client::DaEntry> out;
    for (const data_availability::RootLeaf& leaf :
         data_availability::block_leaves(stored.block.blobs, stored.receipts)) {
        const bool kzg = leaf.scheme == data_availability::Scheme::kzg;
        out.push_back({.height = stored.block.header.number,
                       .scheme = kzg ? client::DaScheme::kzg : client::DaScheme::native,
                       .name_space = leaf.name_space,
                       .commitment = leaf.commitment,
                       .index = leaf.index,
                       .size = leaf.size});
    }
    return out;
}

}  // namespace enshrine::node
