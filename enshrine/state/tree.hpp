// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/state/key.hpp>
#include <enshrine/state/view.hpp>

#include <array>
#include <map>
#include <optional>
#include <span>
#include <vector>

/// The authenticated tree of L1 and rollup state: a binary Merkle trie whose root depends on contents only.
/// path = SHA-256(module ‖ key); leaf = SHA-256(0x00 ‖ path ‖ SHA-256(value)); node = SHA-256(0x01 ‖ left ‖ right);
/// empty = 32 zero bytes; a subtree with one leaf is that leaf. Bits of a path are taken from its first byte's top bit.
/// Rules: docs/spec/state_tree.md.
namespace enshrine::state {

enum class TreeError : std::uint16_t {
    missing_node = 1,  ///< the reader does not know a hash that the tree names
    malformed_node,    ///< a prefix other than 0 and 1, a leaf off its position, or an inner node below the last bit
    unsorted_changes,
    proof_too_long,
    proof_mismatch,
};
const ErrorDomain& error_domain(TreeError) noexcept;

inline constexpr Hash32 empty_root{};
inline constexpr std::size_t node_bytes = 65;  ///< prefix ‖ 32 ‖ 32: what hashes to a node or leaf
inline constexpr std::size_t path_bits = 256;
using NodePreimage = std::array<Byte, node_bytes>;

[[nodiscard]] Hash32 path_of(const Key& key) noexcept;
[[nodiscard]] Hash32 value_hash_of(BytesView value) noexcept;
[[nodiscard]] Hash32 leaf_hash(const Hash32& path, const Hash32& value_hash) noexcept;
[[nodiscard]] Hash32 inner_hash(const Hash32& left, const Hash32& right) noexcept;

/// Gives the 65 bytes that hash to `hash`. The implementation vouches for that (or, in a replay, the witness check
/// does).
class NodeReader {
public:
    virtual ~NodeReader() = default;
    [[nodiscard]] virtual std::optional<NodePreimage> node(const Hash32& hash) = 0;
};

/// Hash of the value at `path`, or nullopt when absent.
[[nodiscard]] Result<std::optional<Hash32>> lookup(NodeReader& reader, const Hash32& root, const Hash32& path);

struct PathChange {
    Hash32 path;
    std::optional<Hash32> value_hash;  ///< nullopt erases
};
struct NewNode {
    Hash32 hash;
    NodePreimage preimage;
};
struct TreeUpdate {
    Hash32 root;
    std::vector<NewNode> created;  ///< nodes and leaves of the new tree that the old one lacks
    std::vector<Hash32> stale;     ///< nodes and leaves of the old tree that the new one lacks
};
/// Applies changes that are sorted by path without duplicates. Reads each old node on their paths once, and the sibling
/// of a subtree that becomes empty. `created` and `stale` are exact: they share no hash.
[[nodiscard]] Result<TreeUpdate> update(NodeReader& reader, const Hash32& root, std::span<const PathChange> changes);
/// Sorted changes for a write set.
[[nodiscard]] std::vector<PathChange> path_changes(const WriteSet& changes);
/// Root of a complete content, without a reader: tests and genesis.
[[nodiscard]] Hash32 root_of(const std::map<Key, Bytes>& entries);

/// Inclusion or exclusion of one path.
struct Proof {
    std::vector<Hash32> siblings;                   ///< from the root down
    std::optional<std::pair<Hash32, Hash32>> leaf;  ///< (path, value hash) found at the end; nullopt: an empty subtree
};
[[nodiscard]] Result<Proof> prove(NodeReader& reader, const Hash32& root, const Hash32& path);
/// What the proof shows about `path`: its value hash, or nullopt for absence.
[[nodiscard]] Result<std::optional<Hash32>> verify_proof(const Hash32& root, const Hash32& path, const Proof& proof);
/// Wire form [TREE.10].
[[nodiscard]] Bytes encode_proof(const Proof& proof);
[[nodiscard]] Result<Proof> decode_proof(BytesView encoded);

}  // namespace enshrine::state
