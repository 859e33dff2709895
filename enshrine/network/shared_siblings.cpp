// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/network/shared_siblings.hpp>

namespace enshrine::network {
namespace {

constexpr Byte node_prefix = 0x01;

/// A node of one level, and which leaves lie below it.
struct Node {
    std::uint32_t index = 0;
    Hash32 hash;
    std::size_t first = 0;
    std::size_t count = 0;
};

}  // namespace

std::vector<Hash32> spread_siblings(std::uint32_t depth, std::span<const std::uint32_t> indices,
                                    std::span<const Hash32> leaves, std::span<const Hash32> shared) {
    ENSHRINE_ASSERT(leaves.size() == indices.size());
    std::vector<Hash32> out(indices.size() * depth);
    std::vector<Node> level;
    level.reserve(indices.size());
    for (std::size_t i = 0; i < indices.size(); ++i) level.push_back({indices[i], leaves[i], i, 1});
    std::size_t used = 0;
    for (std::uint32_t height = 0; height < depth; ++height) {
        const auto tell = [&](const Node& node, const Hash32& sibling) {
            for (std::size_t i = node.first; i < node.first + node.count; ++i) out[i * depth + height] = sibling;
        };
        std::size_t written = 0;
        for (std::size_t i = 0; i < level.size(); ++written) {
            const Node& node = level[i];
            const bool left = node.index % 2 == 0;
            const bool has_partner = left && i + 1 < level.size() && level[i + 1].index == node.index + 1;
            Node parent{.index = node.index / 2, .hash = {}, .first = node.first, .count = node.count};
            if (has_partner) {
                tell(node, level[i + 1].hash);
                tell(level[i + 1], node.hash);
                parent.hash = hash::sha256_tagged_pair(node_prefix, node.hash, level[i + 1].hash);
                parent.count += level[i + 1].count;
                i += 2;
            } else {
                ENSHRINE_ASSERT(used < shared.size());
                const Hash32& sibling = shared[used++];
                tell(node, sibling);
                parent.hash = left ? hash::sha256_tagged_pair(node_prefix, node.hash, sibling)
                                   : hash::sha256_tagged_pair(node_prefix, sibling, node.hash);
                i += 1;
            }
            level[written] = parent;
        }
        level.resize(written);
    }
    ENSHRINE_ASSERT(used == shared.size());
    return out;
}

std::vector<Hash32> share_siblings(std::uint32_t depth, std::span<const std::uint32_t> indices,
                                   std::span<const Hash32> siblings) {
    ENSHRINE_ASSERT(siblings.size() == indices.size() * depth);
    struct Place {
        std::uint32_t index = 0;
        std::size_t row = 0;  ///< whose siblings tell what is needed from here on
    };
    std::vector<Place> level;
    level.reserve(indices.size());
    for (std::size_t i = 0; i < indices.size(); ++i) level.push_back({indices[i], i});
    std::vector<Hash32> out;
    for (std::uint32_t height = 0; height < depth; ++height) {
        std::size_t written = 0;
        for (std::size_t i = 0; i < level.size(); ++written) {
            const Place place = level[i];
            const bool has_partner =
                place.index % 2 == 0 && i + 1 < level.size() && level[i + 1].index == place.index + 1;
            if (!has_partner) out.push_back(siblings[place.row * depth + height]);
            i += has_partner ? 2 : 1;
            level[written] = {place.index / 2, place.row};
        }
        level.resize(written);
    }
    return out;
}

}  // namespace enshrine::network
