// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/integer.hpp>
#include <enshrine/data_availability/commitment.hpp>
#include <enshrine/hash/sha256.hpp>

namespace enshrine::data_availability {

Hash32 combination_seed(const Shape& shape, const Hash32& row_root) noexcept {
    std::array<Byte, 12> numbers;
    store_le(numbers.data(), shape.data_rows);
    store_le(numbers.data() + 4, shape.parity_rows);
    store_le(numbers.data() + 8, shape.row_bytes);
    return hash::sha256(row_root.view(), numbers);
}

Hash32 commitment_of(const Hash32& row_root, const Hash32& combination_root) noexcept {
    return hash::sha256(row_root.view(), combination_root.view());
}

Hash32 root_of_path(const Hash32& leaf, std::uint32_t index, std::span<const Hash32> siblings) noexcept {
    Hash32 reached = leaf;
    for (const Hash32& sibling : siblings) {
        reached = index % 2 == 0 ? hash::sha256_tagged_pair(node_prefix, reached, sibling)
                                 : hash::sha256_tagged_pair(node_prefix, sibling, reached);
        index /= 2;
    }
    return reached;
}

Hash32 leaf_of(BytesView bytes) noexcept {
    return hash::sha256({&leaf_prefix, 1}, bytes);
}

}  // namespace enshrine::data_availability
