// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/data_availability/shape.hpp>

#include <algorithm>
#include <bit>

namespace enshrine::data_availability {
namespace {

constexpr std::uint32_t parity_per_data_row = 3;
constexpr std::uint32_t rows_per_blob_min = 4;  ///< [DA-SHAPE.3]
constexpr std::uint8_t version_fibre = 0;
constexpr std::uint8_t version_small = 1;
constexpr std::uint8_t version_several = 2;

/// Data rows of frames of at most `frame_bytes_max` bytes [DA-SHAPE.2].
struct SizeClass {
    std::uint64_t frame_bytes_max;
    std::uint32_t data_rows;
};
constexpr std::array<SizeClass, 4> size_classes{
    {{64U << 10, 64}, {512U << 10, 256}, {4'128'768, 1024}, {matrix_bytes_max, 4096}}};

constexpr std::uint64_t ceil_div(std::uint64_t a, std::uint64_t b) noexcept {
    return (a + b - 1) / b;
}

/// `frame_bytes` at most matrix_bytes_max.
std::uint32_t data_rows_of(std::uint64_t frame_bytes, std::uint32_t rows_min) noexcept {
    const auto fits = [&](const SizeClass& c) { return frame_bytes <= c.frame_bytes_max && rows_min <= c.data_rows; };
    return std::ranges::find_if(size_classes, fits)->data_rows;
}

Shape shape_with(std::uint32_t data_rows, std::uint64_t row_units) noexcept {
    return Shape{.data_rows = data_rows,
                 .parity_rows = parity_per_data_row * data_rows,
                 .row_bytes = narrow<std::uint32_t>(row_units * row_bytes_unit)};
}

std::uint8_t version_of_single(const Shape& shape) noexcept {
    return shape.data_rows == size_classes.back().data_rows ? version_fibre : version_small;
}

Result<void> check_size(std::uint64_t size) noexcept {
    if (size == 0) return fail(ShapeError::blob_empty);
    if (size > native_blob_bytes_max) return fail(ShapeError::blob_too_large);
    return {};
}

/// Rows that the header and these blobs take.
std::uint64_t rows_of(std::span<const std::uint64_t> sizes, std::uint64_t row_bytes) noexcept {
    std::uint64_t rows = 1;
    for (const std::uint64_t size : sizes) rows += ceil_div(size, row_bytes);
    return rows;
}

/// [DA-SHAPE.3] More bytes in a row never take more rows, hence the search by halves.
Result<Shape> shape_of_several(std::span<const std::uint64_t> sizes) noexcept {
    std::uint64_t frame_bytes = frame_header_bytes;
    for (const std::uint64_t size : sizes) {
        ENSHRINE_CHECK(check_size(size));
        frame_bytes += size;
    }
    if (frame_bytes > matrix_bytes_max) return fail(ShapeError::blob_too_large);
    const std::uint32_t data_rows =
        data_rows_of(frame_bytes, rows_per_blob_min * static_cast<std::uint32_t>(sizes.size()));
    std::uint64_t low = 1;
    std::uint64_t high = matrix_bytes_max / data_rows / row_bytes_unit;
    if (rows_of(sizes, high * row_bytes_unit) > data_rows) return fail(ShapeError::blob_too_large);
    while (low < high) {
        const std::uint64_t middle = (low + high) / 2;
        if (rows_of(sizes, middle * row_bytes_unit) <= data_rows) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return shape_with(data_rows, low);
}

/// version ‖ the size of a single blob, or how many there are.
std::array<Byte, frame_header_bytes> header_of(std::uint8_t version, std::uint64_t number) noexcept {
    std::array<Byte, frame_header_bytes> out{version};
    store_be(out.data() + 1, narrow<std::uint32_t>(number));
    return out;
}

std::size_t first_byte(const MatrixLayout& layout, std::size_t index) noexcept {
    if (layout.version != version_several) return frame_header_bytes;
    return std::size_t{layout.first_rows[index]} * layout.shape.row_bytes;
}

}  // namespace

const ErrorDomain& error_domain(ShapeError) noexcept {
    static constexpr ErrorDomain domain{
        "shape", [](std::uint16_t code) noexcept -> std::string_view {
            switch (ShapeError{code}) {
                case ShapeError::rows_not_power_of_two:
                    return "data rows and all rows of a matrix are each a power of two, with at least one parity row";
                case ShapeError::too_many_rows:
                    return "data rows and the power of two above the parity rows are together at most 65536";
                case ShapeError::bad_row_bytes:
                    return "bytes of a row are a multiple of 64, from 64 to 1 MiB";
                case ShapeError::blob_empty:
                    return "blob has no bytes";
                case ShapeError::blob_too_large:
                    return "data rows of a matrix hold at most 128 MiB, frame and padding included";
                case ShapeError::no_blobs:
                    return "a matrix carries at least one blob";
                case ShapeError::too_many_blobs:
                    return "a matrix carries at most 64 blobs";
                case ShapeError::bad_frame:
                    return "frame has another version or number than its layout";
            }
            return "unknown shape error";
        }};
    return domain;
}

Result<void> validate_shape(const Shape& shape) noexcept {
    const std::uint64_t total = std::uint64_t{shape.data_rows} + shape.parity_rows;
    if (!std::has_single_bit(shape.data_rows) || !std::has_single_bit(total) || shape.parity_rows == 0) {
        return fail(ShapeError::rows_not_power_of_two);
    }
    if (total > matrix_rows_max) return fail(ShapeError::too_many_rows);
    if (std::bit_ceil(shape.parity_rows) + shape.data_rows > matrix_rows_max) return fail(ShapeError::too_many_rows);
    if (shape.row_bytes == 0 || shape.row_bytes % row_bytes_unit != 0 || shape.row_bytes > row_bytes_max) {
        return fail(ShapeError::bad_row_bytes);
    }
    if (shape.data_bytes() > matrix_bytes_max) return fail(ShapeError::blob_too_large);
    return {};
}

Result<Shape> shape_of(std::uint64_t size) noexcept {
    ENSHRINE_CHECK(check_size(size));
    const std::uint64_t frame_bytes = frame_header_bytes + size;
    const std::uint32_t data_rows = data_rows_of(frame_bytes, 1);
    return shape_with(data_rows, ceil_div(frame_bytes, data_rows * row_bytes_unit));
}

Result<MatrixLayout> layout_of(std::span<const std::uint64_t> sizes) noexcept {
    if (sizes.empty()) return fail(ShapeError::no_blobs);
    if (sizes.size() > matrix_blobs_max) return fail(ShapeError::too_many_blobs);
    if (sizes.size() == 1) {
        ENSHRINE_TRY(const Shape shape, shape_of(sizes[0]));
        return MatrixLayout{shape, version_of_single(shape), {0}};
    }
    ENSHRINE_TRY(const Shape shape, shape_of_several(sizes));
    MatrixLayout layout{shape, version_several, {}};
    layout.first_rows.reserve(sizes.size());
    std::uint64_t row = 1;
    for (const std::uint64_t size : sizes) {
        layout.first_rows.push_back(narrow<std::uint32_t>(row));
        row += ceil_div(size, shape.row_bytes);
    }
    return layout;
}

void frame_row(const MatrixLayout& layout, std::span<const BytesView> blobs, std::size_t row,
               MutableBytesView out) noexcept {
    ENSHRINE_ASSERT(blobs.size() == layout.first_rows.size() && row < layout.shape.data_rows);
    ENSHRINE_ASSERT(out.size() == layout.shape.row_bytes);
    const bool several = layout.version == version_several;
    std::size_t used = 0;  // bytes of `out`
    if (row == 0) {
        const auto header = header_of(layout.version, several ? blobs.size() : blobs[0].size());
        std::ranges::copy(header, out.begin());
        used = header.size();
    }
    const auto next = std::ranges::upper_bound(layout.first_rows, row);
    if (next != layout.first_rows.begin()) {
        const auto index = static_cast<std::size_t>(next - layout.first_rows.begin()) - 1;
        const std::size_t skipped = row * out.size() + used - first_byte(layout, index);
        if (skipped < blobs[index].size()) {
            const BytesView rest = blobs[index].subspan(skipped);
            const std::size_t count = std::min(rest.size(), out.size() - used);
            std::memcpy(out.data() + used, rest.data(), count);
            used += count;
        }
    }
    std::ranges::fill(out.subspan(used), Byte{0});
}

Bytes frame_blobs(const MatrixLayout& layout, std::span<const BytesView> blobs) {
    Bytes out(layout.shape.data_bytes());
    for (std::size_t row = 0; row < layout.shape.data_rows; ++row) {
        frame_row(layout, blobs, row,
                  MutableBytesView{out}.subspan(row * layout.shape.row_bytes, layout.shape.row_bytes));
    }
    return out;
}

Result<BytesView> unframe_blob(const MatrixLayout& layout, std::span<const std::uint64_t> sizes, BytesView data_rows,
                               std::size_t index) noexcept {
    ENSHRINE_ASSERT(sizes.size() == layout.first_rows.size() && index < sizes.size());
    ENSHRINE_ASSERT(data_rows.size() == layout.shape.data_bytes());
    const auto header = header_of(layout.version, layout.version == version_several ? sizes.size() : sizes[0]);
    if (!equal(data_rows.first(frame_header_bytes), header)) return fail(ShapeError::bad_frame);
    const std::size_t at = first_byte(layout, index);
    ENSHRINE_ASSERT(at <= data_rows.size() && sizes[index] <= data_rows.size() - at);
    return data_rows.subspan(at, static_cast<std::size_t>(sizes[index]));
}

}  // namespace enshrine::data_availability
