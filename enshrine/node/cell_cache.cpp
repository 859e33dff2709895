// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/node/cell_cache.hpp>

#include <algorithm>

namespace enshrine::node {
namespace {

/// Proofs that came with the blob (EIP-7594) were verified at its admission; only older sidecars lack them.
Result<crypto::kzg::CellsAndProofs> compute(const store::StoredBlob& stored) {
    if (stored.proofs.size() != crypto::kzg::cells_per_ext_blob)
        return crypto::kzg::compute_cells_and_proofs(stored.blob);
    ENSHRINE_TRY(auto cells, crypto::kzg::compute_cells(stored.blob));
    return crypto::kzg::CellsAndProofs{.cells = std::move(cells), .proofs = stored.proofs};
}

}  // namespace

Result<std::shared_ptr<const crypto::kzg::CellsAndProofs>> CellCache::of(const store::StoredBlob& stored) {
    {
        const std::scoped_lock lock{mutex_};
        const auto found = std::ranges::find(entries_, stored.versioned_hash, &Entry::versioned_hash);
        if (found != entries_.end()) {
            entries_.splice(entries_.begin(), entries_, found);
            return found->cells;
        }
    }
    ENSHRINE_TRY(auto computed, compute(stored));
    auto cells = std::make_shared<const crypto::kzg::CellsAndProofs>(std::move(computed));
    const std::scoped_lock lock{mutex_};
    entries_.push_front({.versioned_hash = stored.versioned_hash, .cells = cells});
    if (entries_.size() > blobs_max) entries_.pop_back();
    return cells;
}

}  // namespace enshrine::node
