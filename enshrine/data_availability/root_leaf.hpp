// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <cstdint>
#include <span>
#include <vector>

/// What the data-availability root of a block commits to. Rules: docs/spec/data_availability.md [DA-ROOT.1 …
/// DA-ROOT.3].
namespace enshrine::data_availability {

/// Numbers are part of leaves: never reuse one.
enum class Scheme : std::uint8_t { native = 0, kzg = 1 };

/// One blob that a block has published [DA-ROOT.1].
struct RootLeaf {
    Hash32 name_space;  ///< zero for an EIP-4844 blob
    Scheme scheme = Scheme::native;
    Hash32 commitment;        ///< of an EIP-4844 blob its versioned hash
    std::uint64_t size = 0;   ///< bytes of the blob
    std::uint32_t index = 0;  ///< first row in its matrix; among the EIP-4844 blobs of its block
    Hash32 content_root;      ///< of an EIP-4844 blob; else zero
    [[nodiscard]] friend bool operator==(const RootLeaf&, const RootLeaf&) noexcept = default;
};
[[nodiscard]] Hash32 leaf_hash(const RootLeaf& leaf) noexcept;
/// The order of [DA-ROOT.2].
[[nodiscard]] bool leaf_before(const RootLeaf& a, const RootLeaf& b) noexcept;
/// Into that order, each leaf once.
void sort_leaves(std::vector<RootLeaf>& leaves);

/// [DA-ROOT.3] from the root of the Merkle list.
[[nodiscard]] Hash32 root_with_count(std::uint64_t leaf_count, const Hash32& list_root) noexcept;
/// Of leaves in order.
[[nodiscard]] Hash32 root_of_leaves(std::span<const RootLeaf> leaves);

}  // namespace enshrine::data_availability
