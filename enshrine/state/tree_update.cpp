// SPDX-License-Identifier: Apache-2.0
#include <enshrine/state/tree.hpp>
#include <enshrine/state/tree_node.hpp>

#include <algorithm>
#include <cstring>

namespace enshrine::state {
namespace {

using Changes = std::span<const PathChange>;

/// What stands at a position of the new tree. `unread`: an untouched subtree whose node nobody has looked at.
struct Subtree {
    enum class Kind : std::uint8_t { empty, leaf, inner, unread };
    Kind kind = Kind::empty;
    Hash32 hash;
};

struct OldLeaf {
    Hash32 hash;
    Hash32 path;
    Hash32 value_hash;
};

/// Where the changes of one subtree divide: those of its left child come first, since they are sorted.
std::size_t left_count(Changes changes, std::size_t depth) noexcept {
    const auto middle = std::partition_point(changes.begin(), changes.end(),
                                             [&](const PathChange& c) { return !path_bit(c.path, depth); });
    return static_cast<std::size_t>(middle - changes.begin());
}

/// One pass down the old tree. Both recursions are bounded by path_bits. [TREE.8]
class Update {
public:
    Update(NodeReader& reader, std::size_t change_count) : reader_{reader} {
        out_.created.reserve(8 * change_count + 32);
        out_.stale.reserve(8 * change_count + 32);
    }

    [[nodiscard]] Result<TreeUpdate> run(const Hash32& root, Changes changes) && {
        ENSHRINE_TRY(const Subtree top, apply(root, changes, 0));
        out_.root = top.hash;
        return std::move(out_);
    }

private:
    /// Applies at least one change to the old subtree `old`; all changes agree with its position in `depth` bits.
    [[nodiscard]] Result<Subtree> apply(const Hash32& old, Changes changes, std::size_t depth) {
        if (old == empty_root) return insert(nullptr, changes, depth);
        ENSHRINE_TRY(const TreeNode node, read_node(reader_, old));
        if (node.is_leaf) {
            // A leaf off its position would not separate from the changes below it. [TREE.6]
            if (!shares_prefix(node.first, changes.front().path, depth)) return fail(TreeError::malformed_node);
            const OldLeaf leaf{old, node.first, node.second};
            return insert(&leaf, changes, depth);
        }
        if (depth == path_bits) return fail(TreeError::malformed_node);  // [TREE.6]

        const std::size_t split = left_count(changes, depth);
        ENSHRINE_TRY(const Subtree left, child(node.first, changes.first(split), depth + 1));
        ENSHRINE_TRY(const Subtree right, child(node.second, changes.subspan(split), depth + 1));
        if (left.hash == node.first && right.hash == node.second) return Subtree{Subtree::Kind::inner, old};
        out_.stale.push_back(old);
        return join(left, right);
    }

    [[nodiscard]] Result<Subtree> child(const Hash32& old, Changes changes, std::size_t depth) {
        if (!changes.empty()) return apply(old, changes, depth);
        return Subtree{old == empty_root ? Subtree::Kind::empty : Subtree::Kind::unread, old};
    }

    /// Applies changes where the old tree holds one leaf or, for a null `leaf`, nothing.
    [[nodiscard]] Result<Subtree> insert(const OldLeaf* leaf, Changes changes, std::size_t depth) {
        if (changes.empty()) return leaf == nullptr ? Subtree{} : Subtree{Subtree::Kind::leaf, leaf->hash};
        if (changes.size() == 1) {
            const PathChange& change = changes.front();
            if (leaf == nullptr || leaf->path == change.path) return replace(leaf, change);
            if (!change.value_hash.has_value()) return Subtree{Subtree::Kind::leaf, leaf->hash};
        }
        ENSHRINE_ASSERT(depth < path_bits);
        const std::size_t split = left_count(changes, depth);
        const bool leaf_goes_right = leaf != nullptr && path_bit(leaf->path, depth);
        ENSHRINE_TRY(const Subtree left, insert(leaf_goes_right ? nullptr : leaf, changes.first(split), depth + 1));
        ENSHRINE_TRY(const Subtree right, insert(leaf_goes_right ? leaf : nullptr, changes.subspan(split), depth + 1));
        return join(left, right);
    }

    /// One change on its own leaf or on nothing.
    [[nodiscard]] Subtree replace(const OldLeaf* leaf, const PathChange& change) {
        if (leaf != nullptr) {
            if (change.value_hash == leaf->value_hash) return {Subtree::Kind::leaf, leaf->hash};
            out_.stale.push_back(leaf->hash);
        }
        if (!change.value_hash.has_value()) return {};
        return {Subtree::Kind::leaf, create(leaf_prefix, change.path, *change.value_hash)};
    }

    /// The parent of two subtrees, or the only leaf below it. [TREE.4] [TREE.5]
    [[nodiscard]] Result<Subtree> join(Subtree left, Subtree right) {
        if (left.kind == Subtree::Kind::empty || right.kind == Subtree::Kind::empty) {
            Subtree& only = left.kind == Subtree::Kind::empty ? right : left;
            if (only.kind == Subtree::Kind::unread) {
                ENSHRINE_TRY(const TreeNode node, read_node(reader_, only.hash));
                only.kind = node.is_leaf ? Subtree::Kind::leaf : Subtree::Kind::inner;
            }
            if (only.kind != Subtree::Kind::inner) return only;
        }
        return Subtree{Subtree::Kind::inner, create(inner_prefix, left.hash, right.hash)};
    }

    Hash32 create(Byte prefix, const Hash32& first, const Hash32& second) {
        NewNode& node = out_.created.emplace_back();
        node.preimage[0] = prefix;
        std::memcpy(node.preimage.data() + 1, first.data(), first.size());
        std::memcpy(node.preimage.data() + 33, second.data(), second.size());
        node.hash = prefix == leaf_prefix ? leaf_hash(first, second) : inner_hash(first, second);
        return node.hash;
    }

    NodeReader& reader_;
    TreeUpdate out_;
};

}  // namespace

Result<TreeUpdate> update(NodeReader& reader, const Hash32& root, std::span<const PathChange> changes) {
    for (std::size_t i = 1; i < changes.size(); ++i) {
        if (!(changes[i - 1].path < changes[i].path)) return fail(TreeError::unsorted_changes);  // [TREE.7]
    }
    if (changes.empty()) return TreeUpdate{root, {}, {}};
    return Update{reader, changes.size()}.run(root, changes);
}

}  // namespace enshrine::state
