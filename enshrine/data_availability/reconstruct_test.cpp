// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/matrix_for_test.hpp>
#include <enshrine/data_availability/reconstruct.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

namespace enshrine::data_availability {
namespace {

std::vector<IndexedRow> rows_of(const Matrix& matrix, std::span<const std::uint32_t> indices) {
    std::vector<IndexedRow> out;
    for (const std::uint32_t index : indices) out.push_back({index, matrix.row(index)});
    return out;
}

std::vector<std::uint32_t> range(std::uint32_t first, std::uint32_t count) {
    std::vector<std::uint32_t> out(count);
    std::iota(out.begin(), out.end(), first);
    return out;
}

/// All indices in an order that follows from the seed.
std::vector<std::uint32_t> shuffled(std::uint32_t count, std::uint64_t seed) {
    auto out = range(0, count);
    const Bytes random = random_bytes(8 * std::size_t{count}, seed);
    for (std::size_t i = count; i > 1; --i) {
        std::swap(out[i - 1], out[load_le<std::uint64_t>(random.data() + 8 * (i - 1)) % i]);
    }
    return out;
}

bool rebuilds(const Shape& shape, const Bytes& data, const Matrix& matrix, std::span<const std::uint32_t> indices) {
    const auto rebuilt = reconstruct(shape, rows_of(matrix, indices));
    return rebuilt.has_value() && *rebuilt == data;
}

// [DA-CODE.9]
TEST(Reconstruct, Code9FromEveryKOfAFewRows) {
    for (const Shape& shape :
         {Shape{1, 1, 64}, {1, 3, 64}, {2, 2, 64}, {2, 6, 64}, {4, 4, 64}, {4, 12, 64}, {2, 14, 64}}) {
        const Bytes data = random_bytes(shape.data_bytes(), shape.total_rows());
        const Matrix matrix = Matrix::encode(shape, data).value();
        for (std::uint32_t set = 0; set < 1U << shape.total_rows(); ++set) {
            std::vector<std::uint32_t> indices;
            for (std::uint32_t i = 0; i < shape.total_rows(); ++i) {
                if ((set >> i & 1) != 0) indices.push_back(i);
            }
            if (indices.size() != shape.data_rows) continue;
            ASSERT_TRUE(rebuilds(shape, data, matrix, indices)) << shape.data_rows << ' ' << set;
        }
    }
}

TEST(Reconstruct, Code9FromDataParityAndQuarters) {
    const Shape shape{256, 768, 192};
    const Bytes data = random_bytes(shape.data_bytes(), 3);
    const Matrix matrix = Matrix::encode(shape, data).value();
    EXPECT_TRUE(rebuilds(shape, data, matrix, range(0, 256)));
    for (const std::uint32_t first : {256U, 512U, 768U, 300U, 700U}) {
        EXPECT_TRUE(rebuilds(shape, data, matrix, range(first, 256))) << first;
    }
    std::vector<std::uint32_t> quarter = range(100, 64);
    for (const std::uint32_t index : range(500, 192)) quarter.push_back(index);
    EXPECT_TRUE(rebuilds(shape, data, matrix, quarter));
    EXPECT_TRUE(rebuilds(shape, data, matrix, range(0, 1024)));
    EXPECT_TRUE(rebuilds(shape, data, matrix, range(10, 700)));
}

TEST(Reconstruct, Code9InTheShapeOfGreatBlobs) {
    const Shape shape{4096, 12288, 64};
    const Bytes data = random_bytes(shape.data_bytes(), 4);
    const Matrix matrix = Matrix::encode(shape, data).value();
    auto indices = shuffled(shape.total_rows(), 5);
    indices.resize(shape.data_rows);
    EXPECT_TRUE(rebuilds(shape, data, matrix, indices));
}

// [DA-CODE.9]
TEST(Reconstruct, Code9WantsKDistinctRows) {
    const Shape shape{8, 24, 64};
    const Matrix matrix = matrix_of(shape, 6);
    auto rows = rows_of(matrix, range(0, 7));
    EXPECT_TRUE(reconstruct(shape, rows).error().is(ReconstructError::too_few_rows));
    EXPECT_TRUE(reconstruct(shape, {}).error().is(ReconstructError::too_few_rows));
    rows.push_back(rows[3]);
    EXPECT_TRUE(reconstruct(shape, rows).error().is(ReconstructError::duplicate_row));
    rows.back() = {32, matrix.row(31)};
    EXPECT_TRUE(reconstruct(shape, rows).error().is(ReconstructError::index_out_of_range));
    rows.back() = {31, matrix.row(31).first(63)};
    EXPECT_TRUE(reconstruct(shape, rows).error().is(ReconstructError::wrong_row_bytes));
    EXPECT_TRUE(reconstruct({8, 25, 64}, rows).error().is(ShapeError::rows_not_power_of_two));
    rows.back() = {31, matrix.row(31)};
    EXPECT_TRUE(reconstruct(shape, rows).has_value());
}

RC_GTEST_PROP(Reconstruct, AnyRowsGiveTheData, ()) {
    const auto log_rows = *rc::gen::inRange<std::uint32_t>(0, 9);
    const auto ratio = *rc::gen::element<std::uint32_t>(1, 3, 7);
    const auto units = *rc::gen::inRange<std::uint32_t>(1, 8);
    const Shape shape{1U << log_rows, ratio << log_rows, 64 * units};
    const Bytes data = random_bytes(shape.data_bytes(), *rc::gen::arbitrary<std::uint64_t>());
    const Matrix matrix = Matrix::encode(shape, data).value();
    auto indices = shuffled(shape.total_rows(), *rc::gen::arbitrary<std::uint64_t>());
    indices.resize(*rc::gen::inRange<std::size_t>(shape.data_rows, shape.total_rows() + 1));
    RC_ASSERT(rebuilds(shape, data, matrix, indices));
}

}  // namespace
}  // namespace enshrine::data_availability
