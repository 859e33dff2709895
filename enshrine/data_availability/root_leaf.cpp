// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/integer.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/data_availability/root_leaf.hpp>
#include <enshrine/hash/sha256.hpp>

#include <algorithm>
#include <array>
#include <tuple>

namespace enshrine::data_availability {
namespace {

constexpr Byte leaf_prefix = 0x00;
constexpr Byte root_prefix = 0x02;

auto order_of(const RootLeaf& leaf) noexcept {
    return std::tie(leaf.name_space, leaf.commitment, leaf.index, leaf.size);
}

}  // namespace

Hash32 leaf_hash(const RootLeaf& leaf) noexcept {
    std::array<Byte, sizeof leaf.size> size{};
    std::array<Byte, sizeof leaf.index> index{};
    store_be(size.data(), leaf.size);
    store_be(index.data(), leaf.index);
    const std::array<Byte, 1> prefix{leaf_prefix};
    const std::array<Byte, 1> scheme{static_cast<Byte>(leaf.scheme)};
    return hash::Sha256{}
        .update(prefix)
        .update(leaf.name_space.view())
        .update(scheme)
        .update(leaf.commitment.view())
        .update(size)
        .update(index)
        .update(leaf.content_root.view())
        .finish();
}

bool leaf_before(const RootLeaf& a, const RootLeaf& b) noexcept {
    return order_of(a) < order_of(b);
}

void sort_leaves(std::vector<RootLeaf>& leaves) {
    std::ranges::sort(leaves, leaf_before);
    const auto repeated = std::ranges::unique(leaves);
    leaves.erase(repeated.begin(), repeated.end());
}

Hash32 root_with_count(std::uint64_t leaf_count, const Hash32& list_root) noexcept {
    std::array<Byte, sizeof leaf_count> count{};
    store_be(count.data(), leaf_count);
    const std::array<Byte, 1> prefix{root_prefix};
    return hash::Sha256{}.update(prefix).update(count).update(list_root.view()).finish();
}

Hash32 root_of_leaves(std::span<const RootLeaf> leaves) {
    std::vector<Hash32> hashes;
    hashes.reserve(leaves.size());
    for (const RootLeaf& leaf : leaves) hashes.push_back(leaf_hash(leaf));
    return root_with_count(leaves.size(), crypto::merkle_root(hashes));
}

}  // namespace enshrine::data_availability
