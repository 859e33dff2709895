// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/crypto/kzg.hpp>
#include <enshrine/store/blob_store.hpp>

#include <list>
#include <memory>
#include <mutex>

namespace enshrine::node {

/// Cells and their proofs of the blobs that were sampled last: computing them costs a good part of a second, and
/// samples of one blob come in bursts. Thread-safe.
class CellCache {
public:
    static constexpr std::size_t blobs_max = 32;  ///< 268 kB each

    /// Errors: crypto::kzg::KzgError.
    [[nodiscard]] Result<std::shared_ptr<const crypto::kzg::CellsAndProofs>> of(const store::StoredBlob& stored);

private:
    struct Entry {
        Hash32 versioned_hash;
        std::shared_ptr<const crypto::kzg::CellsAndProofs> cells;
    };
    std::mutex mutex_;
    std::list<Entry> entries_;  ///< the one used last in front
};

}  // namespace enshrine::node
