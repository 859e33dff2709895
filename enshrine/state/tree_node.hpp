// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/state/tree.hpp>

/// How the files of the tree look at the 65 bytes of a node. Rules: docs/spec/state_tree.md.
namespace enshrine::state {

inline constexpr Byte leaf_prefix = 0;   // [TREE.2]
inline constexpr Byte inner_prefix = 1;  // [TREE.3]

/// Bit `depth` of a path, counted from the top bit of its first byte [TREE.1].
[[nodiscard]] constexpr bool path_bit(const Hash32& path, std::size_t depth) noexcept {
    return ((path[depth / 8] >> (7 - depth % 8)) & 1) != 0;
}

/// Whether two paths agree in their first `depth` bits.
[[nodiscard]] constexpr bool shares_prefix(const Hash32& a, const Hash32& b, std::size_t depth) noexcept {
    const std::size_t whole = depth / 8;
    for (std::size_t i = 0; i < whole; ++i) {
        if (a[i] != b[i]) return false;
    }
    return depth % 8 == 0 || ((a[whole] ^ b[whole]) >> (8 - depth % 8)) == 0;
}

/// A node as read: (path, value hash) of a leaf, or (left, right) of an inner node.
struct TreeNode {
    bool is_leaf = false;
    Hash32 first;
    Hash32 second;
};

[[nodiscard]] inline Result<TreeNode> read_node(NodeReader& reader, const Hash32& hash) {
    const std::optional<NodePreimage> preimage = reader.node(hash);
    if (!preimage.has_value()) return fail(TreeError::missing_node);
    const Byte* bytes = preimage->data();
    if (bytes[0] > inner_prefix) return fail(TreeError::malformed_node);
    TreeNode node;
    node.is_leaf = bytes[0] == leaf_prefix;
    std::copy(bytes + 1, bytes + 33, node.first.begin());
    std::copy(bytes + 33, bytes + 65, node.second.begin());
    return node;
}

}  // namespace enshrine::state
