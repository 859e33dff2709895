// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/matrix_for_test.hpp>
#include <enshrine/data_availability/shape.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::data_availability {
namespace {

// [DA-SHAPE.1] Powers of two, points within the field, whole chunks.
TEST(Shape, Shape1Rows) {
    for (const Shape& shape : {Shape{1, 1, 64},
                               {1, 3, 64},
                               {4, 12, 256},
                               {4096, 12288, 32768},
                               {32768, 32768, 64},
                               {8192, 24576, 64},
                               {1, 32767, 64}}) {
        EXPECT_TRUE(validate_shape(shape).has_value()) << shape.data_rows << ' ' << shape.parity_rows;
    }
    const auto refused = [](const Shape& shape, ShapeError error) {
        const auto verdict = validate_shape(shape);
        return !verdict.has_value() && verdict.error().is(error);
    };
    EXPECT_TRUE(refused({0, 1, 64}, ShapeError::rows_not_power_of_two));
    EXPECT_TRUE(refused({4, 0, 64}, ShapeError::rows_not_power_of_two));
    EXPECT_TRUE(refused({3, 5, 64}, ShapeError::rows_not_power_of_two));
    EXPECT_TRUE(refused({4, 8, 64}, ShapeError::rows_not_power_of_two));
    EXPECT_TRUE(refused({0x8000'0000, 0x8000'0000, 64}, ShapeError::too_many_rows));
    EXPECT_TRUE(refused({65536, 65536, 64}, ShapeError::too_many_rows));
    EXPECT_TRUE(refused({16384, 49152, 64}, ShapeError::too_many_rows));
    EXPECT_TRUE(refused({1, 65535, 64}, ShapeError::too_many_rows));
    EXPECT_TRUE(refused({4, 12, 0}, ShapeError::bad_row_bytes));
    EXPECT_TRUE(refused({4, 12, 32}, ShapeError::bad_row_bytes));
    EXPECT_TRUE(refused({4, 12, 96}, ShapeError::bad_row_bytes));
    EXPECT_TRUE(refused({4, 12, row_bytes_max + 64}, ShapeError::bad_row_bytes));
    EXPECT_TRUE(refused({4096, 12288, 32768 + 64}, ShapeError::blob_too_large));
}

// [DA-SHAPE.2] The borders of the four classes of size.
TEST(Shape, Shape2Sizes) {
    const auto expect = [](std::uint64_t size, std::uint32_t data_rows, std::uint32_t row_bytes) {
        EXPECT_EQ(shape_of(size).value(), (Shape{data_rows, 3 * data_rows, row_bytes})) << size;
    };
    expect(1, 64, 64);
    expect(4096 - 5, 64, 64);
    expect(4096 - 4, 64, 128);
    expect(65'536 - 5, 64, 1024);
    expect(65'536 - 4, 256, 320);
    expect(524'288 - 5, 256, 2048);
    expect(524'288 - 4, 1024, 576);
    expect(4'128'768 - 5, 1024, 4032);
    expect(4'128'768 - 4, 4096, 1024);
    expect(native_blob_bytes_max, 4096, 32'768);
    EXPECT_TRUE(shape_of(0).error().is(ShapeError::blob_empty));
    EXPECT_TRUE(shape_of(native_blob_bytes_max + 1).error().is(ShapeError::blob_too_large));
    EXPECT_TRUE(shape_of(~std::uint64_t{0}).error().is(ShapeError::blob_too_large));
}

// [DA-SHAPE.2]
TEST(Shape, Shape2Frame) {
    for (const std::uint64_t size : {std::uint64_t{1}, std::uint64_t{70'000}, std::uint64_t{5'000'000}}) {
        const Bytes blob = random_bytes(size, size);
        const MatrixLayout layout = layout_of(std::span{&size, 1}).value();
        EXPECT_EQ(layout.version, size == 5'000'000 ? 0 : 1);
        EXPECT_EQ(layout.first_rows, std::vector<std::uint32_t>{0});
        EXPECT_EQ(layout.shape, shape_of(size).value());
        const BytesView view{blob};
        Bytes framed = frame_blobs(layout, std::span{&view, 1});
        EXPECT_EQ(Matrix::encode_blobs(layout, std::span{&view, 1})->commitment(),
                  Matrix::encode(layout.shape, framed)->commitment());
        ASSERT_EQ(framed.size(), layout.shape.data_bytes());
        EXPECT_EQ(framed[0], layout.version);
        EXPECT_EQ(load_be<std::uint32_t>(framed.data() + 1), size);
        EXPECT_TRUE(equal(BytesView{framed}.subspan(5, size), blob));
        for (std::size_t i = 5 + size; i < framed.size(); ++i) ASSERT_EQ(framed[i], 0);
        EXPECT_TRUE(equal(unframe_blob(layout, std::span{&size, 1}, framed, 0).value(), blob));
        for (std::size_t i = 0; i < frame_header_bytes; ++i) {
            framed[i] ^= 1;
            EXPECT_TRUE(unframe_blob(layout, std::span{&size, 1}, framed, 0).error().is(ShapeError::bad_frame));
            framed[i] ^= 1;
        }
    }
}

// [DA-SHAPE.3]
TEST(Shape, Shape3Several) {
    const std::vector<std::uint64_t> sizes{100, 64, 1};
    const MatrixLayout layout = layout_of(sizes).value();
    EXPECT_EQ(layout.shape, (Shape{64, 192, 64}));
    EXPECT_EQ(layout.version, 2);
    EXPECT_EQ(layout.first_rows, (std::vector<std::uint32_t>{1, 3, 4}));

    EXPECT_EQ(layout_of(std::vector<std::uint64_t>(17, 1))->shape.data_rows, 256U);
    EXPECT_EQ(layout_of(std::vector<std::uint64_t>(16, 1))->shape.data_rows, 64U);
    // 63 rows behind the header: one byte more than they hold takes the next size of row.
    EXPECT_EQ(layout_of(std::vector<std::uint64_t>{64 * 62, 64})->shape.row_bytes, 64U);
    EXPECT_EQ(layout_of(std::vector<std::uint64_t>{64 * 62, 65})->shape.row_bytes, 128U);

    const auto error = [](const std::vector<std::uint64_t>& of) { return layout_of(of).error(); };
    EXPECT_TRUE(error({}).is(ShapeError::no_blobs));
    EXPECT_TRUE(error(std::vector<std::uint64_t>(65, 1)).is(ShapeError::too_many_blobs));
    EXPECT_TRUE(error({1, 0}).is(ShapeError::blob_empty));
    EXPECT_TRUE(error({1, native_blob_bytes_max + 1}).is(ShapeError::blob_too_large));
    EXPECT_TRUE(error({native_blob_bytes_max, 1}).is(ShapeError::blob_too_large));
    EXPECT_TRUE(error({native_blob_bytes_max - 1, 1}).is(ShapeError::blob_too_large));  // no row left for the header
    EXPECT_TRUE(layout_of(std::vector<std::uint64_t>{4094 * 32'768, 32'768}).has_value());
    EXPECT_TRUE(error({4094 * 32'768, 32'769}).is(ShapeError::blob_too_large));
}

// [DA-SHAPE.3]
RC_GTEST_PROP(Shape, Shape3LayoutIsTheSmallest, ()) {
    const auto sizes =
        *rc::gen::resize(64, rc::gen::container<std::vector<std::uint64_t>>(
                                 *rc::gen::inRange<std::size_t>(2, 65), rc::gen::inRange<std::uint64_t>(1, 100'000)));
    const MatrixLayout layout = layout_of(sizes).value();
    RC_ASSERT(validate_shape(layout.shape).has_value());
    const auto rows_with = [&](std::uint64_t row_bytes) {
        std::uint64_t rows = 1;
        for (const std::uint64_t size : sizes) rows += (size + row_bytes - 1) / row_bytes;
        return rows;
    };
    RC_ASSERT(rows_with(layout.shape.row_bytes) <= layout.shape.data_rows);
    if (layout.shape.row_bytes > 64) RC_ASSERT(rows_with(layout.shape.row_bytes - 64) > layout.shape.data_rows);

    std::vector<Bytes> blobs;
    std::vector<BytesView> views;
    for (const std::uint64_t size : sizes) blobs.push_back(random_bytes(size, size));
    for (const Bytes& blob : blobs) views.emplace_back(blob);
    Bytes framed = frame_blobs(layout, views);
    RC_ASSERT(framed[0] == 2);
    RC_ASSERT(load_be<std::uint32_t>(framed.data() + 1) == sizes.size());
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        RC_ASSERT(equal(unframe_blob(layout, sizes, framed, i).value(), views[i]));
        RC_ASSERT(equal(BytesView{framed}.subspan(std::size_t{layout.first_rows[i]} * layout.shape.row_bytes, sizes[i]),
                        views[i]));
    }
    RC_ASSERT(Matrix::encode_blobs(layout, views)->commitment() == Matrix::encode(layout.shape, framed)->commitment());
    framed[4] ^= 1;
    RC_ASSERT(unframe_blob(layout, sizes, framed, 0).error().is(ShapeError::bad_frame));
}

}  // namespace
}  // namespace enshrine::data_availability
