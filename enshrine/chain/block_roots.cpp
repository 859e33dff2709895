// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/block_roots.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/hash/sha256.hpp>

namespace enshrine::chain {

Hash32 data_availability_leaf(const types::BlobRecord& blob, std::uint64_t index) noexcept {
    constexpr std::array<Byte, 1> prefix{0x00};
    std::array<Byte, 8> index_bytes{};
    store_be(index_bytes.data(), index);
    hash::Sha256 hasher;
    hasher.update(prefix);
    hasher.update(blob.versioned_hash.view());
    hasher.update(blob.content_root.view());
    hasher.update(index_bytes);
    return hasher.finish();
}

Hash32 data_availability_root(std::span<const types::BlobRecord> blobs) {
    std::vector<Hash32> leaves;
    leaves.reserve(blobs.size());
    for (std::size_t i = 0; i < blobs.size(); ++i) leaves.push_back(data_availability_leaf(blobs[i], i));
    return crypto::merkle_root(leaves);
}

}  // namespace enshrine::chain
