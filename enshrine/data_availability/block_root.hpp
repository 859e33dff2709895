// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/data_availability/root_leaf.hpp>
#include <enshrine/types/block.hpp>
#include <enshrine/types/receipt.hpp>

/// The data-availability root of a block, from what a block and its receipts hold. Rules:
/// docs/spec/data_availability.md [DA-ROOT.*], [DA-PUB.6].
namespace enshrine::data_availability {

/// Both schemes, in order. The receipts are those of executed transactions: a log of this contract is well formed
/// (asserted).
[[nodiscard]] std::vector<RootLeaf> block_leaves(std::span<const types::BlobRecord> blobs,
                                                 std::span<const types::Receipt> receipts);
[[nodiscard]] Hash32 block_root(std::span<const types::BlobRecord> blobs, std::span<const types::Receipt> receipts);

}  // namespace enshrine::data_availability
