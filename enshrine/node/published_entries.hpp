// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/client/da_client.hpp>
#include <enshrine/data_availability/publications.hpp>
#include <enshrine/node/chain_reader.hpp>

/// What a block has published, read from its logs and its blob records.
namespace enshrine::node {

struct PublishedMatrix {
    Hash32 commitment;
    data_availability::PublicationRecord record;
    std::vector<std::uint64_t> first_rows;  ///< of each blob
};
/// Matrices of the native scheme, in the order of the block.
[[nodiscard]] std::vector<PublishedMatrix> published_matrices(const StoredBlock& stored);

/// Every blob of both schemes, in the order of the block's data-availability root.
[[nodiscard]] std::vector<client::DaEntry> published_entries(const StoredBlock& stored);

}  // namespace enshrine::node
