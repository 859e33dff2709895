// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Shapes and layouts of any numbers: what is laid out is valid, small enough and comes back [DA-SHAPE.1, DA-SHAPE.3].
#include <enshrine/base/assert.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/data_availability/shape.hpp>

using namespace enshrine;
using namespace enshrine::data_availability;

namespace {

void check_shape(BytesView input) {
    const Shape shape{load_le<std::uint32_t>(input.data()), load_le<std::uint32_t>(input.data() + 4),
                      load_le<std::uint32_t>(input.data() + 8)};
    if (!validate_shape(shape).has_value()) return;
    ENSHRINE_ASSERT(shape.total_rows() <= matrix_rows_max);
    ENSHRINE_ASSERT(shape.data_bytes() <= matrix_bytes_max);
    ENSHRINE_ASSERT(shape.row_bytes % row_bytes_unit == 0 && shape.row_bytes <= row_bytes_max);
}

/// Frames are built when they are small: a target must stay quick.
void check_frame(const MatrixLayout& layout, std::span<const std::uint64_t> sizes) {
    if (layout.shape.data_bytes() > (std::size_t{1} << 20)) return;
    std::vector<Bytes> blobs;
    std::vector<BytesView> views;
    for (const std::uint64_t size : sizes) blobs.emplace_back(size, static_cast<Byte>(blobs.size() + 1));
    for (const Bytes& blob : blobs) views.emplace_back(blob);
    Bytes framed = frame_blobs(layout, views);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        ENSHRINE_ASSERT(equal(unframe_blob(layout, sizes, framed, i).value(), views[i]));
    }
    framed[sizes[0] % frame_header_bytes] ^= 0x10;
    ENSHRINE_ASSERT(unframe_blob(layout, sizes, framed, 0).error().is(ShapeError::bad_frame));
}

void check_layout(BytesView input) {
    std::vector<std::uint64_t> sizes;
    for (; input.size() >= 5; input = input.subspan(5)) {
        // Every fifth byte shortens, so that small blobs are as common as great ones.
        sizes.push_back(std::uint64_t{load_le<std::uint32_t>(input.data())} >> (input[4] % 33));
    }
    const auto layout = layout_of(sizes);
    if (!layout.has_value()) return;
    ENSHRINE_ASSERT(validate_shape(layout->shape).has_value());
    std::uint64_t row = sizes.size() == 1 ? 0 : 1;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        ENSHRINE_ASSERT(layout->first_rows[i] == row);
        row += (sizes[i] + layout->shape.row_bytes - 1) / layout->shape.row_bytes;
    }
    ENSHRINE_ASSERT(row <= layout->shape.data_rows);
    check_frame(*layout, sizes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView input{data, size};
    if (size >= 12) check_shape(input);
    check_layout(input);
    return 0;
}
