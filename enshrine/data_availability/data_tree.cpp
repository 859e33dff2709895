// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/data_availability/data_tree.hpp>
#include <enshrine/hash/sha256.hpp>

#include <bit>

namespace enshrine::data_availability {
namespace {

constexpr Byte leaf_tag = 0x00;  // [DA-CODE.4]
constexpr Byte node_tag = 0x01;

Bytes leaf_preimage(BytesView row) {
    Bytes out{leaf_tag};
    append(out, row);
    return out;
}

Bytes node_preimage(const Hash32& left, const Hash32& right) {
    Bytes out{node_tag};
    append(out, left.view());
    append(out, right.view());
    return out;
}

std::size_t depth_of(std::uint32_t rows) noexcept {
    return static_cast<std::size_t>(std::bit_width(rows) - 1);
}

/// Root over the hashes, whose number is a power of two; `keep` is called with every node.
template <class Keep>
Hash32 fold(std::vector<Hash32> level, const Keep& keep) {
    while (level.size() > 1) {
        for (std::size_t i = 0; 2 * i < level.size(); ++i) {
            Bytes node = node_preimage(level[2 * i], level[2 * i + 1]);
            level[i] = hash::sha256(node);
            keep(std::move(node));
        }
        level.resize(level.size() / 2);
    }
    return level.front();
}

/// Hashes the subtree over the data rows; `keep` is called with every preimage.
template <class Keep>
Hash32 build(const Shape& shape, BytesView data_rows, const Keep& keep) {
    ENSHRINE_ASSERT(data_rows.size() == shape.data_bytes());
    std::vector<Hash32> level;
    level.reserve(shape.data_rows);
    for (std::size_t at = 0; at < data_rows.size(); at += shape.row_bytes) {
        Bytes leaf = leaf_preimage(data_rows.subspan(at, shape.row_bytes));
        level.push_back(hash::sha256(leaf));
        keep(std::move(leaf));
    }
    return fold(std::move(level), keep);
}

/// The node above the row at which the subtree over K rows ends.
Hash32 climb(const Shape& shape, const RowProof& proof) {
    const std::size_t depth = depth_of(shape.data_rows);
    ENSHRINE_ASSERT(proof.siblings.size() == depth_of(shape.total_rows()));
    Hash32 hash = hash::sha256(leaf_preimage(proof.row));
    for (std::size_t level = 0; level < depth; ++level) {
        const Hash32& sibling = proof.siblings[level];
        const bool is_right = (proof.index >> level & 1U) != 0;
        hash = is_right ? hash::sha256_tagged_pair(node_tag, sibling, hash)
                        : hash::sha256_tagged_pair(node_tag, hash, sibling);
    }
    return hash;
}

}  // namespace

Hash32 data_root(const Shape& shape, BytesView data_rows) {
    return build(shape, data_rows, [](const Bytes&) {});
}

std::optional<Hash32> shown_data_root(const Shape& shape, const RowProof& proof) {
    if (proof.index >= 2 * shape.data_rows) return std::nullopt;
    if (proof.index < shape.data_rows) return climb(shape, proof);
    return proof.siblings[depth_of(shape.data_rows)];
}

Hash32 combination_root(BytesView combinations) {
    std::vector<Hash32> level;
    for (BytesView rest = combinations; !rest.empty(); rest = rest.subspan(combination_bytes)) {
        level.push_back(hash::sha256(leaf_preimage(rest.first(combination_bytes))));
    }
    ENSHRINE_ASSERT(std::has_single_bit(level.size()));
    return fold(std::move(level), [](const Bytes&) {});
}

std::vector<Bytes> program_preimages(const Shape& shape, BytesView data_rows, const DataAnchor& anchor) {
    std::vector<Bytes> out;
    out.reserve(2 * std::size_t{shape.data_rows} + anchor.siblings.size());
    Hash32 root = build(shape, data_rows, [&out](Bytes bytes) { out.push_back(std::move(bytes)); });
    for (const Hash32& sibling : anchor.siblings) {
        out.push_back(node_preimage(root, sibling));
        root = hash::sha256(out.back());
    }
    Bytes roots = to_bytes(root.view());
    append(roots, anchor.combination_root.view());
    out.push_back(std::move(roots));
    return out;
}

std::vector<Hash32> anchor_siblings(const Shape& shape, const RowProof& proof) {
    ENSHRINE_ASSERT(proof.index < 2 * shape.data_rows);
    const auto depth = static_cast<std::ptrdiff_t>(depth_of(shape.data_rows));
    std::vector<Hash32> out{proof.siblings.begin() + depth, proof.siblings.end()};
    if (proof.index >= shape.data_rows) out.front() = climb(shape, proof);
    return out;
}

}  // namespace enshrine::data_availability
