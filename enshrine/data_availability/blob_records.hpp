// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/state/view.hpp>
#include <enshrine/types/block.hpp>

#include <cstdint>
#include <optional>
#include <span>

/// The L1's memory of published blobs. Rules: docs/spec/rollup.md [BLOB.*].
namespace enshrine::data_availability {

struct BlobInfo {
    std::uint64_t height = 0;  ///< of the last block that published it
    std::uint64_t index = 0;   ///< among the blobs of that block
    Hash32 content_root;
    [[nodiscard]] friend bool operator==(const BlobInfo&, const BlobInfo&) noexcept = default;
};

/// Called once per block with the blobs of that block, in order. A blob that was published before is known by its last
/// publication from then on, because stores keep blobs by the time of their publication [BLOB.4].
void record_blobs(state::Overlay& state, std::uint64_t height, std::span<const types::BlobRecord> records);
[[nodiscard]] std::optional<BlobInfo> load_blob_info(const state::StateView& state, const Hash32& versioned_hash);

}  // namespace enshrine::data_availability
