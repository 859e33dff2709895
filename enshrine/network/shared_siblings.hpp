// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <cstdint>
#include <span>
#include <vector>

/// Between the two forms of Merkle proofs: siblings that rows share on the wire [DA-CODE.10], and all siblings of each
/// row as the store keeps them, so that any choice of rows can be proven again.
namespace enshrine::network {

/// `depth` siblings per leaf, from the leaf up. Indices strictly ascending and below 2^depth; the shared siblings are
/// those of these indices: verified before (asserted).
[[nodiscard]] std::vector<Hash32> spread_siblings(std::uint32_t depth, std::span<const std::uint32_t> indices,
                                                  std::span<const Hash32> leaves, std::span<const Hash32> shared);

/// The reverse: siblings that these rows need together, from `depth` siblings per row.
[[nodiscard]] std::vector<Hash32> share_siblings(std::uint32_t depth, std::span<const std::uint32_t> indices,
                                                 std::span<const Hash32> siblings);

}  // namespace enshrine::network
