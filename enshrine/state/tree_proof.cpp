// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/binary.hpp>
#include <enshrine/state/tree.hpp>
#include <enshrine/state/tree_node.hpp>

namespace enshrine::state {

Result<Proof> prove(NodeReader& reader, const Hash32& root, const Hash32& path) {
    Proof proof;
    Hash32 at = root;
    while (at != empty_root) {
        ENSHRINE_TRY(const TreeNode node, read_node(reader, at));
        if (node.is_leaf) {
            proof.leaf = std::pair{node.first, node.second};
            break;
        }
        const std::size_t depth = proof.siblings.size();
        if (depth == path_bits) return fail(TreeError::malformed_node);  // [TREE.6]
        const bool right = path_bit(path, depth);
        proof.siblings.push_back(right ? node.first : node.second);
        at = right ? node.second : node.first;
    }
    return proof;
}

Result<std::optional<Hash32>> verify_proof(const Hash32& root, const Hash32& path, const Proof& proof) {
    const std::size_t depth = proof.siblings.size();
    if (depth > path_bits) return fail(TreeError::proof_too_long);  // [TREE.11]
    Hash32 at = empty_root;
    std::optional<Hash32> shown;
    if (proof.leaf.has_value()) {
        const auto& [leaf_path, value_hash] = *proof.leaf;
        if (!shares_prefix(leaf_path, path, depth)) return fail(TreeError::proof_mismatch);  // [TREE.12]
        at = leaf_hash(leaf_path, value_hash);
        if (leaf_path == path) shown = value_hash;
    }
    for (std::size_t i = depth; i-- > 0;) {
        const Hash32& sibling = proof.siblings[i];
        at = path_bit(path, i) ? inner_hash(sibling, at) : inner_hash(at, sibling);
    }
    if (at != root) return fail(TreeError::proof_mismatch);  // [TREE.13]
    return shown;
}

Bytes encode_proof(const Proof& proof) {
    codec::BinaryWriter writer;
    writer.u16(narrow<std::uint16_t>(proof.siblings.size()));
    for (const Hash32& sibling : proof.siblings) writer.fixed(sibling.view());
    writer.boolean(proof.leaf.has_value());
    if (proof.leaf.has_value()) writer.fixed(proof.leaf->first.view()).fixed(proof.leaf->second.view());
    return writer.take();
}

Result<Proof> decode_proof(BytesView encoded) {
    codec::BinaryReader reader{encoded};
    ENSHRINE_TRY(const std::uint16_t count, reader.u16());
    if (count > path_bits) return fail(TreeError::proof_too_long);  // [TREE.11]
    Proof proof;
    proof.siblings.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        ENSHRINE_TRY(const Hash32 sibling, reader.fixed<32>());
        proof.siblings.push_back(sibling);
    }
    ENSHRINE_TRY(const bool has_leaf, reader.boolean());
    if (has_leaf) {
        ENSHRINE_TRY(const Hash32 path, reader.fixed<32>());
        ENSHRINE_TRY(const Hash32 value_hash, reader.fixed<32>());
        proof.leaf = std::pair{path, value_hash};
    }
    ENSHRINE_CHECK(reader.finish());
    return proof;
}

}  // namespace enshrine::state
