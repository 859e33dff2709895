// SPDX-License-Identifier: Apache-2.0
#include <enshrine/hash/sha256.hpp>
#include <enshrine/state/tree.hpp>
#include <enshrine/state/tree_node.hpp>

#include <algorithm>

namespace enshrine::state {
namespace {

std::string_view message(std::uint16_t code) noexcept {
    switch (static_cast<TreeError>(code)) {
        case TreeError::missing_node:
            return "a node of the state tree is not known";
        case TreeError::malformed_node:
            return "a node of the state tree is malformed";
        case TreeError::unsorted_changes:
            return "changes are not sorted by path without duplicates";
        case TreeError::proof_too_long:
            return "a state proof has more siblings than a path has bits";
        case TreeError::proof_mismatch:
            return "a state proof does not lead to the root";
    }
    return "unknown state tree error";
}

struct HashedLeaf {
    Hash32 path;
    Hash32 hash;
};

/// Recursion is bounded by path_bits: distinct paths differ in one of their bits.
Hash32 root_of_leaves(std::span<const HashedLeaf> leaves, std::size_t depth) noexcept {
    if (leaves.empty()) return empty_root;
    if (leaves.size() == 1) return leaves.front().hash;
    ENSHRINE_ASSERT(depth < path_bits);
    const auto middle = std::partition_point(leaves.begin(), leaves.end(),
                                             [&](const auto& leaf) { return !path_bit(leaf.path, depth); });
    const auto left_count = static_cast<std::size_t>(middle - leaves.begin());
    const Hash32 left = root_of_leaves(leaves.first(left_count), depth + 1);
    const Hash32 right = root_of_leaves(leaves.subspan(left_count), depth + 1);
    return inner_hash(left, right);
}

}  // namespace

const ErrorDomain& error_domain(TreeError) noexcept {
    static constexpr ErrorDomain domain{"state_tree", message};
    return domain;
}

Hash32 path_of(const Key& key) noexcept {
    return hash::sha256(key.bytes());
}

Hash32 value_hash_of(BytesView value) noexcept {
    return hash::sha256(value);
}

Hash32 leaf_hash(const Hash32& path, const Hash32& value_hash) noexcept {
    return hash::sha256_tagged_pair(leaf_prefix, path, value_hash);
}

Hash32 inner_hash(const Hash32& left, const Hash32& right) noexcept {
    return hash::sha256_tagged_pair(inner_prefix, left, right);
}

Result<std::optional<Hash32>> lookup(NodeReader& reader, const Hash32& root, const Hash32& path) {
    Hash32 at = root;
    for (std::size_t depth = 0; depth <= path_bits; ++depth) {
        if (at == empty_root) return std::optional<Hash32>{};
        ENSHRINE_TRY(const TreeNode node, read_node(reader, at));
        if (node.is_leaf) return node.first == path ? std::optional{node.second} : std::nullopt;
        if (depth == path_bits) break;
        at = path_bit(path, depth) ? node.second : node.first;
    }
    return fail(TreeError::malformed_node);  // [TREE.6] no inner node lies below the last bit
}

std::vector<PathChange> path_changes(const WriteSet& changes) {
    std::vector<PathChange> out;
    out.reserve(changes.size());
    for (const auto& [key, value] : changes) {
        PathChange change{path_of(key), std::nullopt};
        if (value.has_value()) change.value_hash = value_hash_of(*value);
        out.push_back(change);
    }
    std::ranges::sort(out, {}, &PathChange::path);
    return out;
}

Hash32 root_of(const std::map<Key, Bytes>& entries) {
    std::vector<HashedLeaf> leaves;
    leaves.reserve(entries.size());
    for (const auto& [key, value] : entries) {
        const Hash32 path = path_of(key);
        leaves.push_back({path, leaf_hash(path, value_hash_of(value))});
    }
    std::ranges::sort(leaves, {}, &HashedLeaf::path);
    return root_of_leaves(leaves, 0);
}

}  // namespace enshrine::state
