// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/data_availability/root_proof.hpp>

#include <algorithm>

namespace enshrine::data_availability {
namespace {

std::string_view message(std::uint16_t code) noexcept {
    switch (RootProofError{code}) {
        case RootProofError::root_mismatch:
            return "leaf, siblings and leaf count lead to another root";
        case RootProofError::missing_neighbour:
            return "a neighbour is missing and the other one is not at that end of the list";
        case RootProofError::neighbours_apart:
            return "the neighbours are not at consecutive positions";
        case RootProofError::not_below:
            return "the lower neighbour is not below what is to be absent";
        case RootProofError::not_above:
            return "the upper neighbour is not above what is to be absent";
        case RootProofError::bad_version:
            return "the proof has another version than 1";
        case RootProofError::bad_kind:
            return "the proof is neither one of inclusion nor one of absence";
        case RootProofError::bad_places:
            return "a proof of this kind has other entries, or in another order";
        case RootProofError::bad_scheme:
            return "the scheme of a leaf is neither native nor KZG";
        case RootProofError::too_many_siblings:
            return "a leaf has more siblings than the deepest list";
    }
    return "unknown root proof error";
}

/// Where a leaf stands to all leaves of the item: below, among, or above them.
std::strong_ordering compare(const RootLeaf& leaf, const AbsentItem& item) noexcept {
    const auto by_name = leaf.name_space <=> item.name_space;
    if (by_name != 0 || !item.commitment) return by_name;
    return leaf.commitment <=> *item.commitment;
}

Result<void> verify_leaf(const Hash32& root, std::uint64_t leaf_count, const LeafProof& entry) noexcept {
    ENSHRINE_TRY(const auto list_root,
                 crypto::merkle_root_of_proof(leaf_hash(entry.leaf), entry.position, leaf_count, entry.siblings));
    if (root_with_count(leaf_count, list_root) != root) return fail(RootProofError::root_mismatch);
    return {};
}

/// [DA-ROOT.5] Whether no leaf has room between the neighbours, or between one of them and an end of the list.
Result<void> check_neighbours(const AbsenceProof& proof) noexcept {
    if (proof.below && proof.above) {
        const bool consecutive = proof.above->position != 0 && proof.below->position == proof.above->position - 1;
        if (!consecutive) return fail(RootProofError::neighbours_apart);
        return {};
    }
    const bool at_end = proof.below ? proof.below->position == proof.leaf_count - 1
                                    : (proof.above ? proof.above->position == 0 : proof.leaf_count == 0);
    if (!at_end) return fail(RootProofError::missing_neighbour);
    return {};
}

LeafProof prove_leaf(std::span<const RootLeaf> leaves, std::size_t position) {
    std::vector<Hash32> hashes;
    hashes.reserve(leaves.size());
    for (const RootLeaf& leaf : leaves) hashes.push_back(leaf_hash(leaf));
    return LeafProof{
        .leaf = leaves[position], .position = position, .siblings = crypto::merkle_proof(hashes, position)};
}

/// Position of the first leaf that is not below the item.
std::size_t lower_bound(std::span<const RootLeaf> leaves, const AbsentItem& item) noexcept {
    const auto below = [&](const RootLeaf& leaf) { return compare(leaf, item) < 0; };
    return static_cast<std::size_t>(std::ranges::partition_point(leaves, below) - leaves.begin());
}

}  // namespace

const ErrorDomain& error_domain(RootProofError) noexcept {
    static constexpr ErrorDomain domain{"data_availability.root_proof", message};
    return domain;
}

Result<void> verify_inclusion(const Hash32& root, const InclusionProof& proof) noexcept {
    return verify_leaf(root, proof.leaf_count, proof.entry);
}

Result<void> verify_absence(const Hash32& root, const AbsentItem& item, const AbsenceProof& proof) noexcept {
    ENSHRINE_CHECK(check_neighbours(proof));
    if (proof.below) {
        if (compare(proof.below->leaf, item) >= 0) return fail(RootProofError::not_below);
        ENSHRINE_CHECK(verify_leaf(root, proof.leaf_count, *proof.below));
    }
    if (proof.above) {
        if (compare(proof.above->leaf, item) <= 0) return fail(RootProofError::not_above);
        ENSHRINE_CHECK(verify_leaf(root, proof.leaf_count, *proof.above));
    }
    if (proof.leaf_count == 0 && root_with_count(0, Hash32{}) != root) return fail(RootProofError::root_mismatch);
    return {};
}

std::optional<std::size_t> find_item(std::span<const RootLeaf> leaves, const AbsentItem& item) noexcept {
    const std::size_t at = lower_bound(leaves, item);
    if (at == leaves.size() || compare(leaves[at], item) != 0) return std::nullopt;
    return at;
}

InclusionProof prove_inclusion(std::span<const RootLeaf> leaves, std::size_t position) {
    ENSHRINE_ASSERT(position < leaves.size());
    return InclusionProof{.leaf_count = leaves.size(), .entry = prove_leaf(leaves, position)};
}

std::optional<AbsenceProof> prove_absence(std::span<const RootLeaf> leaves, const AbsentItem& item) {
    if (find_item(leaves, item)) return std::nullopt;
    const std::size_t at = lower_bound(leaves, item);
    AbsenceProof out;
    out.leaf_count = leaves.size();
    if (at > 0) out.below = prove_leaf(leaves, at - 1);
    if (at < leaves.size()) out.above = prove_leaf(leaves, at);
    return out;
}

}  // namespace enshrine::data_availability
