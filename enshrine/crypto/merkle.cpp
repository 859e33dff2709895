// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/assert.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/hash/sha256.hpp>

namespace enshrine::crypto {
namespace {

constexpr std::uint64_t leaf_count_max = (std::uint64_t{1} << merkle_depth_max) - 1;

Hash32 node(const Hash32& left, const Hash32& right) noexcept {
    return hash::sha256_tagged_pair(0x01, left, right);
}

}  // namespace

const ErrorDomain& error_domain(MerkleError) noexcept {
    static constexpr ErrorDomain domain{"merkle", [](std::uint16_t code) noexcept -> std::string_view {
                                            switch (MerkleError{code}) {
                                                case MerkleError::index_out_of_range:
                                                    return "leaf index is not below the leaf count";
                                                case MerkleError::wrong_proof_length:
                                                    return "number of siblings does not fit index and leaf count";
                                                case MerkleError::root_mismatch:
                                                    return "leaf and siblings do not lead to the root";
                                                case MerkleError::list_full:
                                                    return "Merkle list holds more leaves than its depth allows";
                                            }
                                            return "unknown Merkle error";
                                        }};
    return domain;
}

Hash32 merkle_root(std::span<const Hash32> leaves) noexcept {
    MerkleFrontier frontier;
    for (const Hash32& leaf : leaves) ENSHRINE_ASSERT(frontier.append(leaf).has_value());
    return frontier.root();
}

// Splitting at the largest power of two is the same tree as pairing neighbours level by level and moving an unpaired
// last node up unchanged. Proofs are made and checked in the second form, which needs no recursion.
std::vector<Hash32> merkle_proof(std::span<const Hash32> leaves, std::uint64_t index) {
    ENSHRINE_ASSERT(index < leaves.size());
    std::vector<Hash32> siblings;
    std::vector<Hash32> level(leaves.begin(), leaves.end());
    for (auto at = static_cast<std::size_t>(index); level.size() > 1; at /= 2) {
        if ((at ^ 1) < level.size()) siblings.push_back(level[at ^ 1]);
        const std::size_t pairs = level.size() / 2;
        for (std::size_t i = 0; i < pairs; ++i) level[i] = node(level[2 * i], level[2 * i + 1]);
        if (level.size() % 2 == 1) level[pairs] = level.back();
        level.resize((level.size() + 1) / 2);
    }
    return siblings;
}

Result<Hash32> merkle_root_of_proof(const Hash32& leaf, std::uint64_t index, std::uint64_t leaf_count,
                                    std::span<const Hash32> siblings) noexcept {
    if (leaf_count > leaf_count_max) return fail(MerkleError::list_full);
    if (index >= leaf_count) return fail(MerkleError::index_out_of_range);
    Hash32 reached = leaf;
    std::size_t used = 0;
    std::uint64_t at = index;
    for (std::uint64_t width = leaf_count; width > 1; width = (width + 1) / 2, at /= 2) {
        if ((at ^ 1) >= width) continue;  // an unpaired last node
        if (used == siblings.size()) return fail(MerkleError::wrong_proof_length);
        const Hash32& sibling = siblings[used++];
        reached = at % 2 == 0 ? node(reached, sibling) : node(sibling, reached);
    }
    if (used != siblings.size()) return fail(MerkleError::wrong_proof_length);
    return reached;
}

Result<void> verify_merkle_proof(const MerkleStatement& statement, std::span<const Hash32> siblings) noexcept {
    ENSHRINE_TRY(const auto reached,
                 merkle_root_of_proof(statement.leaf, statement.index, statement.leaf_count, siblings));
    if (reached != statement.root) return fail(MerkleError::root_mismatch);
    return {};
}

Result<void> MerkleFrontier::append(const Hash32& leaf) noexcept {
    if (count >= leaf_count_max) return fail(MerkleError::list_full);
    Hash32 carried = leaf;
    std::size_t height = 0;
    for (; ((count >> height) & 1) != 0; ++height) {
        carried = node(peaks[height], carried);
        peaks[height] = {};
    }
    peaks[height] = carried;
    ++count;
    return {};
}

Hash32 MerkleFrontier::root() const noexcept {
    Hash32 out;
    bool found = false;
    for (std::size_t height = 0; height < merkle_depth_max; ++height) {
        if (((count >> height) & 1) == 0) continue;
        out = found ? node(peaks[height], out) : peaks[height];
        found = true;
    }
    return out;
}

}  // namespace enshrine::crypto
