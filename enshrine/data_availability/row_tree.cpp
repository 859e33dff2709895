// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/gf16_combination.hpp>
#include <enshrine/base/assert.hpp>
#include <enshrine/data_availability/commitment.hpp>
#include <enshrine/data_availability/row_proof.hpp>
#include <enshrine/data_availability/row_tree.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/hash/sha256_lanes.hpp>

#include <bit>

namespace enshrine::data_availability {

void RowTree::build() noexcept {
    for (std::size_t count = leaf_count() / 2; count != 0; count /= 2) {
        hash::sha256_pairs(node_prefix, nodes_.data() + 2 * count, count, nodes_.data() + count);
    }
}

std::vector<Hash32> RowTree::siblings(std::uint32_t index) const {
    ENSHRINE_ASSERT(index < leaf_count());
    std::vector<Hash32> out;
    for (std::size_t node = leaf_count() + index; node > 1; node /= 2) out.push_back(nodes_[node ^ 1]);
    return out;
}

std::vector<Hash32> RowTree::shared_siblings(std::span<const std::uint32_t> indices) const {
    std::vector<std::size_t> known;
    for (const std::uint32_t index : indices) {
        ENSHRINE_ASSERT(index < leaf_count());
        ENSHRINE_ASSERT(known.empty() || known.back() < leaf_count() + index);
        known.push_back(leaf_count() + index);
    }
    std::vector<Hash32> out;
    while (!known.empty() && known.front() > 1) {
        std::size_t parents = 0;
        for (std::size_t i = 0; i < known.size(); ++i) {
            const std::size_t node = known[i];
            if (i + 1 < known.size() && known[i + 1] == (node ^ 1)) {
                ++i;
            } else {
                out.push_back(nodes_[node ^ 1]);
            }
            known[parents++] = node / 2;
        }
        known.resize(parents);
    }
    return out;
}

RowTree combination_tree(BytesView combinations) {
    RowTree tree{combinations.size() / algebra::combination_bytes};
    std::vector<const Byte*> leaves(tree.leaf_count());
    for (std::size_t i = 0; i < leaves.size(); ++i) leaves[i] = combinations.data() + algebra::combination_bytes * i;
    hash::sha256_rows(leaf_prefix, leaves, algebra::combination_bytes, tree.leaves().data());
    tree.build();
    return tree;
}

Result<Hash32> root_of_rows(std::vector<IndexedHash> leaves, std::size_t leaf_count,
                            std::span<const Hash32> siblings) noexcept {
    if (leaves.empty()) return fail(RowError::wrong_proof_length);
    std::vector<Hash32> pairs;
    for (std::size_t count = leaf_count; count > 1; count /= 2) {
        pairs.clear();
        std::size_t parents = 0;
        for (std::size_t i = 0; i < leaves.size(); ++i) {
            const std::uint32_t index = leaves[i].index;
            if (index % 2 == 0 && i + 1 < leaves.size() && leaves[i + 1].index == index + 1) {
                pairs.push_back(leaves[i].hash);
                pairs.push_back(leaves[++i].hash);
            } else {
                if (siblings.empty()) return fail(RowError::wrong_proof_length);
                pairs.push_back(index % 2 == 0 ? leaves[i].hash : siblings.front());
                pairs.push_back(index % 2 == 0 ? siblings.front() : leaves[i].hash);
                siblings = siblings.subspan(1);
            }
            leaves[parents++].index = index / 2;
        }
        hash::sha256_pairs(node_prefix, pairs.data(), parents, pairs.data());
        leaves.resize(parents);
        for (std::size_t i = 0; i < parents; ++i) leaves[i].hash = pairs[i];
    }
    if (!siblings.empty()) return fail(RowError::wrong_proof_length);
    return leaves.front().hash;
}

}  // namespace enshrine::data_availability
