// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

/// Append-only Merkle list of 32-byte leaf hashes, shaped like RFC 6962: node = SHA-256(0x01 ‖ left ‖ right), a list of
/// n leaves splits at the largest power of two below n, the empty list has the zero root. Leaf hashes are made by the
/// caller (domain-separated, 0x00-prefixed).
namespace enshrine::crypto {

enum class MerkleError : std::uint16_t { index_out_of_range = 1, wrong_proof_length, root_mismatch, list_full };
const ErrorDomain& error_domain(MerkleError) noexcept;

inline constexpr std::size_t merkle_depth_max = 40;

[[nodiscard]] Hash32 merkle_root(std::span<const Hash32> leaves) noexcept;
/// Siblings from the leaf up. `index` below leaves.size() (asserted).
[[nodiscard]] std::vector<Hash32> merkle_proof(std::span<const Hash32> leaves, std::uint64_t index);

/// `root` and `leaf_count` must come from the same trusted source: the root does not commit to the count, and under a
/// count of the prover's choice the index proves nothing.
struct MerkleStatement {
    Hash32 root;
    std::uint64_t leaf_count = 0;  ///< below 2^merkle_depth_max
    std::uint64_t index = 0;
    Hash32 leaf;
};
/// The root to which leaf and siblings lead, for roots that are themselves committed to with their count.
[[nodiscard]] Result<Hash32> merkle_root_of_proof(const Hash32& leaf, std::uint64_t index, std::uint64_t leaf_count,
                                                  std::span<const Hash32> siblings) noexcept;
[[nodiscard]] Result<void> verify_merkle_proof(const MerkleStatement& statement,
                                               std::span<const Hash32> siblings) noexcept;

/// The O(log n) state from which leaves can be appended and the root read: one peak per set bit of `count`.
struct MerkleFrontier {
    std::uint64_t count = 0;
    std::array<Hash32, merkle_depth_max> peaks{};  ///< peaks[k] is meaningful when bit k of count is set; else zero

    [[nodiscard]] Result<void> append(const Hash32& leaf) noexcept;
    [[nodiscard]] Hash32 root() const noexcept;
};

}  // namespace enshrine::crypto
