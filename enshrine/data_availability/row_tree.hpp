// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>

#include <span>
#include <vector>

/// The complete tree over the leaf hashes of a power of two of rows [DA-CODE.4], all of its nodes kept. Host only.
namespace enshrine::data_availability {

class RowTree {
public:
    explicit RowTree(std::size_t leaf_count) : nodes_(2 * leaf_count) {}
    /// To be written, then build().
    [[nodiscard]] std::span<Hash32> leaves() noexcept { return std::span{nodes_}.subspan(leaf_count()); }
    void build() noexcept;

    [[nodiscard]] std::size_t leaf_count() const noexcept { return nodes_.size() / 2; }
    [[nodiscard]] const Hash32& root() const noexcept { return nodes_[1]; }
    [[nodiscard]] std::vector<Hash32> siblings(std::uint32_t index) const;
    /// For strictly ascending indices [DA-CODE.10].
    [[nodiscard]] std::vector<Hash32> shared_siblings(std::span<const std::uint32_t> indices) const;

private:
    std::vector<Hash32> nodes_;  // node i has the children 2 i and 2 i + 1; the root is node 1
};

/// A tree over leaves of 16 bytes: the combinations of K rows [DA-CODE.6].
[[nodiscard]] RowTree combination_tree(BytesView combinations);

struct IndexedHash {
    std::uint32_t index = 0;
    Hash32 hash;
};
/// The root that leaves of strictly ascending indices and their shared siblings lead to [DA-CODE.10]. Error:
/// RowError::wrong_proof_length when a sibling is missing or left over.
[[nodiscard]] Result<Hash32> root_of_rows(std::vector<IndexedHash> leaves, std::size_t leaf_count,
                                          std::span<const Hash32> siblings) noexcept;

}  // namespace enshrine::data_availability
