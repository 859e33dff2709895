// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/types/block.hpp>

#include <span>

namespace enshrine::chain {

/// SHA-256(0x00 ‖ versioned hash ‖ content root ‖ index u64): one leaf of the data-availability root [CHAIN-BLOCK.9].
[[nodiscard]] Hash32 data_availability_leaf(const types::BlobRecord& blob, std::uint64_t index) noexcept;
/// crypto::merkle_root over the leaves of a block's blobs, so that RFC 6962 proofs show that a block published a blob.
[[nodiscard]] Hash32 data_availability_root(std::span<const types::BlobRecord> blobs);

}  // namespace enshrine::chain
