// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/store/shard_store.hpp>

#include <gtest/gtest.h>

#include <random>

namespace enshrine::store {

/// A matrix whose rows are noise that its number determines: the store does not look at them.
struct NoiseMatrix {
    ShardHeader header;
    std::vector<Bytes> rows;
    std::vector<std::vector<Hash32>> siblings;

    explicit NoiseMatrix(std::uint64_t number, std::uint32_t row_bytes = 64, std::uint32_t data_rows = 8) {
        std::mt19937_64 random{number};
        const auto fill = [&](MutableBytesView bytes) {
            for (Byte& byte : bytes) byte = static_cast<Byte>(random());
        };
        header.shape = {.data_rows = data_rows, .parity_rows = 3 * data_rows, .row_bytes = row_bytes};
        fill({header.publication.commitment.data(), 32});
        header.publication.epoch = number % 4;
        header.publication.blobs.resize(1 + number % 3);
        for (auto& blob : header.publication.blobs) blob.size = random() % 1000;
        fill({header.row_root.data(), 32});
        header.combinations.resize(16 * data_rows);
        fill(header.combinations);
        const std::uint32_t total = header.shape.total_rows();
        const auto depth = static_cast<std::size_t>(std::bit_width(total) - 1);
        rows.assign(total, Bytes(row_bytes));
        siblings.assign(total, std::vector<Hash32>(depth));
        for (std::uint32_t i = 0; i < total; ++i) {
            fill(rows[i]);
            for (Hash32& sibling : siblings[i]) fill({sibling.data(), 32});
        }
    }
    [[nodiscard]] const Hash32& commitment() const noexcept { return header.publication.commitment; }
    [[nodiscard]] std::vector<ShardRow> take(std::uint32_t first, std::uint32_t count) const {
        std::vector<ShardRow> out;
        for (std::uint32_t i = first; i < first + count; ++i) out.push_back({i, rows[i], siblings[i]});
        return out;
    }
    [[nodiscard]] std::uint32_t total() const noexcept { return header.shape.total_rows(); }
};

/// Stores all rows of the matrix, in two groups.
[[nodiscard]] inline StoreResult<void> store_matrix(ShardStore& store, const NoiseMatrix& matrix,
                                                    std::uint64_t expires_at) {
    ENSHRINE_TRY(const auto session, store.begin(matrix.header));
    const std::uint32_t half = matrix.total() / 2;
    for (const std::uint32_t first : {0U, half}) {
        if (auto appended = store.append(session, matrix.take(first, half)); !appended) {
            store.abandon(session);
            return appended;
        }
    }
    return store.commit(session, expires_at);
}

/// Every row is there and as it was; damaged ones may be missing when they are reported.
inline void expect_intact(const ShardStore& store, const NoiseMatrix& matrix) {
    ASSERT_TRUE(store.has(matrix.commitment()));
    const auto header = store.header(matrix.commitment());
    ASSERT_TRUE(header && *header);
    EXPECT_EQ(**header, matrix.header);
    std::vector<std::uint32_t> all(matrix.total());
    for (std::uint32_t i = 0; i < matrix.total(); ++i) all[i] = i;
    const auto found = store.get_rows(matrix.commitment(), all);
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->indices, all);
    const std::size_t row_bytes = matrix.header.shape.row_bytes;
    const std::size_t depth = matrix.siblings.front().size();
    for (std::uint32_t i = 0; i < matrix.total(); ++i) {
        EXPECT_TRUE(equal(BytesView{(*found)->rows}.subspan(i * row_bytes, row_bytes), matrix.rows[i])) << i;
        EXPECT_TRUE(std::ranges::equal(std::span{(*found)->siblings}.subspan(i * depth, depth), matrix.siblings[i]));
    }
}

}  // namespace enshrine::store
