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
constexpr std::uint8_t fibre_version = 0;
constexpr std::uint8_t single_version = 1;
constexpr std::uint8_t several_version = 2;
constexpr std::uint32_t fibre_data_rows = 4096;

std::string_view message(std::uint16_t code) noexcept {
    switch (ShapeError{code}) {
        case ShapeError::rows_not_power_of_two:
            return "the number of data rows or of all rows is no power of two";
        case ShapeError::too_many_rows:
            return "a matrix has at most 65,536 rows";
        case ShapeError::bad_row_bytes:
            return "the size of a row is no positive multiple of 64 bytes";
        case ShapeError::blob_empty:
            return "a blob has no bytes";
        case ShapeError::blob_too_large:
            return "the blobs do not fit a matrix of 128 MiB";
        case ShapeError::no_blobs:
            return "a matrix carries at least one blob";
        case ShapeError::too_many_blobs:
            return "a matrix carries at most 64 blobs";
        case ShapeError::bad_frame:
            return "the frame names another version or size than its shape has";
    }
    return "unknown shape error";
}

/// [DA-SHAPE.2] by the bytes of the frame.
std::uint32_t data_rows_of(std::uint64_t framed) noexcept {
    if (framed <= 64U << 10U) return 64;
    if (framed <= 512U << 10U) return 256;
    if (framed <= 4'128'768) return 1024;
    return fibre_data_rows;
}

std::uint64_t divide_up(std::uint64_t value, std::uint64_t by) noexcept {
    return (value + by - 1) / by;
}

Shape shape_with(std::uint32_t data_rows, std::uint64_t row_bytes) noexcept {
    return Shape{.data_rows = data_rows,
                 .parity_rows = parity_per_data_row * data_rows,
                 .row_bytes = static_cast<std::uint32_t>(row_bytes)};
}

/// Rows that the blobs take with the row that names their number.
std::uint64_t rows_needed(std::span<const std::uint64_t> sizes, std::uint64_t row_bytes) noexcept {
    std::uint64_t rows = 1;
    for (const std::uint64_t size : sizes) rows += divide_up(size, row_bytes);
    return rows;
}

Result<MatrixLayout> layout_of_several(std::span<const std::uint64_t> sizes, std::uint64_t sum) noexcept {
    const std::uint32_t count = static_cast<std::uint32_t>(sizes.size());
    const std::uint32_t data_rows = std::max(data_rows_of(frame_header_bytes + sum), std::bit_ceil(4 * count));
    std::uint64_t low = 1;  // in units; the number of rows falls as the unit count grows
    std::uint64_t high = matrix_bytes_max / data_rows / row_bytes_unit;
    if (rows_needed(sizes, high * row_bytes_unit) > data_rows) return fail(ShapeError::blob_too_large);
    while (low < high) {
        const std::uint64_t middle = (low + high) / 2;
        if (rows_needed(sizes, middle * row_bytes_unit) <= data_rows) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    MatrixLayout out{
        .shape = shape_with(data_rows, low * row_bytes_unit), .version = several_version, .first_rows = {}};
    std::uint64_t row = 1;
    for (const std::uint64_t size : sizes) {
        out.first_rows.push_back(static_cast<std::uint32_t>(row));
        row += divide_up(size, out.shape.row_bytes);
    }
    return out;
}

}  // namespace

const ErrorDomain& error_domain(ShapeError) noexcept {
    static constexpr ErrorDomain domain{"data_availability.shape", message};
    return domain;
}

Result<void> validate_shape(const Shape& shape) noexcept {
    if (!std::has_single_bit(shape.data_rows)) return fail(ShapeError::rows_not_power_of_two);
    if (shape.data_rows > matrix_rows_max || shape.parity_rows > matrix_rows_max - shape.data_rows) {
        return fail(ShapeError::too_many_rows);
    }
    if (!std::has_single_bit(shape.total_rows())) return fail(ShapeError::rows_not_power_of_two);
    if (shape.row_bytes == 0 || shape.row_bytes % row_bytes_unit != 0) return fail(ShapeError::bad_row_bytes);
    return {};
}

Result<Shape> shape_of(std::uint64_t size) noexcept {
    if (size == 0) return fail(ShapeError::blob_empty);
    if (size > native_blob_bytes_max) return fail(ShapeError::blob_too_large);
    const std::uint64_t framed = frame_header_bytes + size;
    const std::uint32_t data_rows = data_rows_of(framed);
    return shape_with(data_rows, divide_up(divide_up(framed, data_rows), row_bytes_unit) * row_bytes_unit);
}

Result<MatrixLayout> layout_of(std::span<const std::uint64_t> sizes) noexcept {
    if (sizes.empty()) return fail(ShapeError::no_blobs);
    if (sizes.size() > matrix_blobs_max) return fail(ShapeError::too_many_blobs);
    std::uint64_t sum = 0;
    for (const std::uint64_t size : sizes) {
        if (size == 0) return fail(ShapeError::blob_empty);
        if (size > native_blob_bytes_max) return fail(ShapeError::blob_too_large);
        sum += size;
    }
    if (sizes.size() > 1) return layout_of_several(sizes, sum);
    ENSHRINE_TRY(const auto shape, shape_of(sizes[0]));
    return MatrixLayout{.shape = shape,
                        .version = shape.data_rows == fibre_data_rows ? fibre_version : single_version,
                        .first_rows = {0}};
}

Bytes frame_blobs(const MatrixLayout& layout, std::span<const BytesView> blobs) {
    ENSHRINE_ASSERT(blobs.size() == layout.first_rows.size());
    Bytes out(layout.shape.data_bytes());
    const bool single = blobs.size() == 1;
    out[0] = layout.version;
    store_be(out.data() + 1, static_cast<std::uint32_t>(single ? blobs[0].size() : blobs.size()));
    for (std::size_t i = 0; i < blobs.size(); ++i) {
        const std::size_t at = single ? frame_header_bytes : std::size_t{layout.first_rows[i]} * layout.shape.row_bytes;
        ENSHRINE_ASSERT(at <= out.size() && blobs[i].size() <= out.size() - at);
        std::ranges::copy(blobs[i], out.begin() + static_cast<std::ptrdiff_t>(at));
    }
    return out;
}

Result<BytesView> unframe_blob(const MatrixLayout& layout, std::span<const std::uint64_t> sizes, BytesView data_rows,
                               std::size_t index) noexcept {
    ENSHRINE_ASSERT(index < sizes.size() && sizes.size() == layout.first_rows.size());
    ENSHRINE_ASSERT(data_rows.size() == layout.shape.data_bytes());
    const bool single = sizes.size() == 1;
    if (data_rows[0] != layout.version) return fail(ShapeError::bad_frame);
    const std::uint64_t named = load_be<std::uint32_t>(data_rows.data() + 1);
    if (named != (single ? sizes[0] : sizes.size())) return fail(ShapeError::bad_frame);
    const std::size_t at = single ? frame_header_bytes : std::size_t{layout.first_rows[index]} * layout.shape.row_bytes;
    return data_rows.subspan(at, static_cast<std::size_t>(sizes[index]));
}

}  // namespace enshrine::data_availability
