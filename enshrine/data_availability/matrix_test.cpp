// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/gf16_fft.hpp>
#include <enshrine/algebra/gf16_tables.hpp>
#include <enshrine/data_availability/commitment.hpp>
#include <enshrine/data_availability/matrix.hpp>
#include <enshrine/data_availability/matrix_for_test.hpp>
#include <enshrine/data_availability/stripe_code.hpp>
#include <enshrine/hash/sha256.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>

namespace enshrine::data_availability {
namespace {

Matrix last_byte_matrix(const Shape& shape) {
    Bytes data(shape.data_bytes());
    for (std::uint32_t i = 0; i < shape.data_rows; ++i) {
        data[(std::size_t{i} + 1) * shape.row_bytes - 1] = static_cast<Byte>(i + 1);
    }
    return Matrix::encode(shape, data).value();
}

Matrix pattern_matrix(const Shape& shape) {
    Bytes data(shape.data_bytes());
    for (std::size_t i = 0; i < shape.data_rows; ++i) {
        for (std::size_t j = 0; j < shape.row_bytes; ++j) {
            data[i * shape.row_bytes + j] = static_cast<Byte>(131 * i + 7 * j + (i * j >> 3));
        }
    }
    return Matrix::encode(shape, data).value();
}

/// Parity of one column by the definition: transforms of m points [DA-CODE.3].
std::vector<std::uint16_t> parity_by_definition(const Shape& shape, const Matrix& matrix, std::size_t symbol) {
    const std::size_t m = std::bit_ceil(shape.parity_rows);
    std::vector<std::uint16_t> column(m);
    for (std::uint32_t i = 0; i < shape.data_rows; ++i) column[i] = symbol_of(matrix.row(i), symbol);
    algebra::gf16_ifft(column, m);
    algebra::gf16_fft(column, 0);
    column.resize(shape.parity_rows);
    return column;
}

// The two commitments that the reference implementation publishes.
// [DA-CODE.1, DA-CODE.2]
TEST(MatrixVectors, PublishedCommitments) {
    const Matrix small = last_byte_matrix({4, 4, 64});
    EXPECT_EQ(hex(small.row_root().view()), "0fb5bde284cb402df8ec46003d590a8dc9fa6f3e997003a993371091870ff052");
    EXPECT_EQ(hex(small.combination_root().view()), "aa74ce699e083173ba3d96a8dbc2f4380ea37060df02c89ab91f11ed6020996e");
    EXPECT_EQ(hex(small.commitment().view()), "f57fdff87d54f71bc0c860808b046356c8d4850e67b923e08411208df08cb5ab");
    const std::array<std::uint16_t, 4> parity{0x08d4, 0x00eb, 0x0345, 0x0f7a};
    for (std::uint32_t i = 0; i < 4; ++i) EXPECT_EQ(symbol_of(small.row(4 + i), 31), parity[i]);

    const Matrix wide = last_byte_matrix({4, 12, 256});
    EXPECT_EQ(hex(wide.row_root().view()), "2001b882a2fc8e2951e3d0ba863cc7626005fa30bd84c1e5489b183101fb37fb");
    EXPECT_EQ(hex(wide.combination_root().view()), "bdf519ed30b28541c323f7e5d32d68729c366537a0dd22866a86723ec69b926b");
    EXPECT_EQ(hex(wide.commitment().view()), "8ac46440862f280346635eee5075f81ff04b659fb7a86c1e25a28f5f71c3f97e");
}

// Computed by an independent program from the rules.
TEST(MatrixVectors, PatternCommitments) {
    EXPECT_EQ(hex(pattern_matrix({8, 8, 128}).commitment().view()),
              "d4d2d94530f2a2600e872c7e03637513e0bcee0dd38213e39b0f651254f4b107");
    EXPECT_EQ(hex(pattern_matrix({64, 192, 128}).commitment().view()),
              "a9611f6f3a5736757aab0cb584f23cb4efab76a0b784b350410087359a965eb8");
    EXPECT_EQ(hex(pattern_matrix({4096, 12288, 64}).commitment().view()),
              "7840e8ff652be0432580796f9108872ef1d838b08bee2b1a2325440579f9a836");
}

// A Fibre blob of version 0 has 4,096 data rows whatever its size.
TEST(MatrixVectors, FibreBlob) {
    const MatrixLayout layout{{4096, 12288, 64}, 0, {0}};
    const std::array<BytesView, 1> blobs{as_bytes("hello fibre")};
    const Matrix matrix = Matrix::encode(layout.shape, frame_blobs(layout, blobs)).value();
    EXPECT_EQ(hex(matrix.commitment().view()), "f581fafea7438e7d89795410fc0bc5019c76f6beaf617e76bdf72841985ccd7d");
}

// [DA-CODE.3]
TEST(Matrix, Code3ParityIsThatOfTheDefinition) {
    for (const Shape& shape : {Shape{1, 1, 64},
                               {1, 7, 64},
                               {2, 6, 128},
                               {16, 16, 192},
                               {16, 112, 64},
                               {64, 192, 320},
                               {128, 384, 64},
                               {256, 768, 128},
                               {1024, 1024, 64},
                               {8192, 24576, 64}}) {
        const Matrix matrix = matrix_of(shape, shape.data_rows);
        for (const std::size_t symbol : {std::size_t{0}, std::size_t{31}, std::size_t{shape.row_bytes} / 2 - 1}) {
            const auto parity = parity_by_definition(shape, matrix, symbol);
            for (std::uint32_t i = 0; i < shape.parity_rows; ++i) {
                ASSERT_EQ(symbol_of(matrix.row(shape.data_rows + i), symbol), parity[i]) << shape.data_rows << ' ' << i;
            }
        }
    }
}

// [DA-CODE.4]
TEST(Matrix, Code4RowRootIsThatOfTheTree) {
    const Shape shape{4, 4, 128};
    const Matrix matrix = matrix_of(shape, 7);
    std::vector<Hash32> level;
    for (std::uint32_t i = 0; i < shape.total_rows(); ++i) level.push_back(leaf_of(matrix.row(i)));
    while (level.size() > 1) {
        for (std::size_t i = 0; i < level.size() / 2; ++i) {
            level[i] = hash::sha256_tagged_pair(0x01, level[2 * i], level[2 * i + 1]);
        }
        level.resize(level.size() / 2);
    }
    EXPECT_EQ(matrix.row_root(), level[0]);
}

// [DA-CODE.5]
TEST(Matrix, Code5CombinationsAreSumsOfProducts) {
    const Shape shape{4, 12, 192};
    const Matrix matrix = matrix_of(shape, 9);
    Bytes seed_input = to_bytes(matrix.row_root().view());
    for (const std::uint32_t number : {shape.data_rows, shape.parity_rows, shape.row_bytes}) {
        seed_input.resize(seed_input.size() + 4);
        store_le(seed_input.data() + seed_input.size() - 4, number);
    }
    const Hash32 seed = hash::sha256(seed_input);
    for (std::uint32_t row = 0; row < shape.data_rows; ++row) {
        std::array<std::uint16_t, 8> limbs{};
        for (std::uint32_t i = 0; i < shape.row_bytes / 2; ++i) {
            Bytes input = to_bytes(seed.view());
            input.resize(36);
            store_le(input.data() + 32, i);
            const Hash32 digest = hash::sha256(input);
            for (std::size_t limb = 0; limb < limbs.size(); ++limb) {
                const auto coefficient =
                    static_cast<std::uint16_t>(load_le<std::uint16_t>(digest.data() + 2 * limb) ^
                                               load_le<std::uint16_t>(digest.data() + 16 + 2 * limb));
                limbs[limb] ^= algebra::gf16_mul(symbol_of(matrix.row(row), i), coefficient);
            }
        }
        for (std::size_t limb = 0; limb < limbs.size(); ++limb) {
            EXPECT_EQ(load_le<std::uint16_t>(matrix.combinations().data() + 16 * row + 2 * limb), limbs[limb]);
        }
    }
}

// [DA-CODE.6]
TEST(Matrix, Code6CommitmentIsOverBothRoots) {
    const Matrix matrix = matrix_of({2, 2, 64}, 11);
    const Hash32 left = leaf_of(matrix.combinations().first(16));
    const Hash32 right = leaf_of(matrix.combinations().subspan(16));
    EXPECT_EQ(matrix.combination_root(), hash::sha256_tagged_pair(0x01, left, right));
    EXPECT_EQ(matrix.commitment(), hash::sha256(matrix.row_root().view(), matrix.combination_root().view()));
}

TEST(Matrix, RefusesWrongShapes) {
    EXPECT_TRUE(Matrix::encode({3, 5, 64}, {}).error().is(ShapeError::rows_not_power_of_two));
    EXPECT_TRUE(Matrix::encode({4, 12, 65}, {}).error().is(ShapeError::bad_row_bytes));
}

void run_backwards(std::size_t count, const std::function<void(std::size_t)>& task) {
    for (std::size_t i = count; i-- > 0;) task(i);
}

RC_GTEST_PROP(Matrix, TasksInAnyOrderGiveTheSameMatrix, ()) {
    const auto log_rows = *rc::gen::inRange<std::uint32_t>(0, 9);
    const auto ratio = *rc::gen::element<std::uint32_t>(1, 3, 7);
    const auto units = *rc::gen::inRange<std::uint32_t>(1, 50);
    const Shape shape{1U << log_rows, ratio << log_rows, 64 * units};
    const Bytes data = random_bytes(shape.data_bytes(), *rc::gen::arbitrary<std::uint64_t>());
    const Matrix in_order = Matrix::encode(shape, data).value();
    const Matrix in_tasks = Matrix::encode(shape, data, run_backwards).value();
    RC_ASSERT(in_order.commitment() == in_tasks.commitment());
    for (std::uint32_t i = 0; i < shape.total_rows(); ++i) RC_ASSERT(equal(in_order.row(i), in_tasks.row(i)));
    const Matrix reused = Matrix::encode(shape, data, {}, matrix_of(shape, 1)).value();
    RC_ASSERT(reused.commitment() == in_order.commitment());
}

}  // namespace
}  // namespace enshrine::data_availability
