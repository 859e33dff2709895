// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/integer.hpp>
#include <enshrine/data_availability/shape.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/sequencing/batch.hpp>

#include <sdk/guest/calls.hpp>
#include <sdk/guest/combination.hpp>
#include <sdk/guest/native_payload.hpp>

#include <cstring>
#include <optional>
#include <utility>
#include <vector>

namespace enshrine::guest {
namespace {

using data_availability::Shape;

constexpr Byte leaf_tag = 0x00;  // [DA-CODE.4]
constexpr Byte node_tag = 0x01;
constexpr std::size_t node_bytes = 1 + 2 * Hash32::size_bytes;
constexpr Byte frame_version = 1;  ///< of shapes with fewer than 4,096 data rows [DA-SHAPE.2]
static_assert(sequencing::batch_payload_bytes_max <= 1024 * (call_bytes_max - 64) - 5, "a row is one reveal");

struct Pair {
    Hash32 left;
    Hash32 right;
};

Pair split(BytesView pair) {
    return {Hash32::from(pair.first(Hash32::size_bytes)), Hash32::from(pair.subspan(Hash32::size_bytes))};
}

std::optional<Pair> reveal_node(const Hash32& node) {
    const BytesView bytes = reveal(node);
    if (bytes.size() != node_bytes || bytes[0] != node_tag) return std::nullopt;
    return split(bytes.subspan(1));
}

/// Leaf hashes of the data rows: the left spine down to their subtree, then the subtree level by level.
std::optional<std::vector<Hash32>> reveal_data_leaves(const Hash32& row_root, const Shape& shape) {
    std::vector<Hash32> level{row_root};
    for (std::uint32_t rows = shape.total_rows(); rows > shape.data_rows; rows /= 2) {
        const auto node = reveal_node(level[0]);
        if (!node) return std::nullopt;
        level[0] = node->left;
    }
    while (level.size() < shape.data_rows) {
        std::vector<Hash32> below;
        below.reserve(2 * level.size());
        for (const Hash32& hash : level) {
            const auto node = reveal_node(hash);
            if (!node) return std::nullopt;
            below.push_back(node->left);
            below.push_back(node->right);
        }
        level = std::move(below);
    }
    return level;
}

std::optional<Bytes> reveal_rows(const std::vector<Hash32>& leaves, std::size_t row_bytes) {
    Bytes out(leaves.size() * row_bytes);
    Byte* to = out.data();
    for (const Hash32& leaf : leaves) {
        const BytesView row = reveal(leaf);
        if (row.size() != 1 + row_bytes || row[0] != leaf_tag) return std::nullopt;
        std::memcpy(to, row.data() + 1, row_bytes);
        to += row_bytes;
    }
    return out;
}

Hash32 combination_seed(const Hash32& row_root, const Shape& shape) {
    std::array<Byte, 12> numbers{};
    store_le(numbers.data(), shape.data_rows);
    store_le(numbers.data() + 4, shape.parity_rows);
    store_le(numbers.data() + 8, shape.row_bytes);
    return hash::sha256(row_root.view(), numbers);
}

/// [DA-CODE.6]
Hash32 combination_root(const Hash32& seed, const Shape& shape, const Bytes& rows) {
    const Combiner combiner{seed, shape.row_bytes};
    std::vector<Hash32> level;
    level.reserve(shape.data_rows);
    for (std::size_t at = 0; at < rows.size(); at += shape.row_bytes) {
        std::array<Byte, 1 + combination_bytes> leaf{leaf_tag};
        const Combination combination = combiner.combine(rows.data() + at);
        std::memcpy(leaf.data() + 1, combination.data(), combination.size());
        level.push_back(hash::sha256(leaf));
    }
    while (level.size() > 1) {
        for (std::size_t i = 0; 2 * i < level.size(); ++i) {
            level[i] = hash::sha256_tagged_pair(node_tag, level[2 * i], level[2 * i + 1]);
        }
        level.resize(level.size() / 2);
    }
    return level[0];
}

/// The blob within the data rows, when its frame is the one of its shape [DA-SHAPE.2].
void unframe(Bytes& rows, std::size_t payload_bytes) {
    if (rows[0] != frame_version || load_be<std::uint32_t>(rows.data() + 1) != payload_bytes) return rows.clear();
    std::memmove(rows.data(), rows.data() + data_availability::frame_header_bytes, payload_bytes);
    rows.resize(payload_bytes);
}

}  // namespace

Bytes read_native_payload(const Hash32& commitment, std::size_t payload_bytes) {
    const auto shape = data_availability::shape_of(payload_bytes);
    const Bytes roots = to_bytes(reveal(commitment));
    if (!shape || roots.size() != 2 * Hash32::size_bytes) return {};
    const auto [row_root, combinations] = split(roots);
    const auto leaves = reveal_data_leaves(row_root, *shape);
    if (!leaves) return {};
    auto rows = reveal_rows(*leaves, shape->row_bytes);
    if (!rows) return {};
    if (combination_root(combination_seed(row_root, *shape), *shape, *rows) != combinations) return {};
    unframe(*rows, payload_bytes);
    return *std::move(rows);
}

}  // namespace enshrine::guest
