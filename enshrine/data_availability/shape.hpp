// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>

#include <cstdint>
#include <span>
#include <vector>

/// How bytes are laid out as rows of a matrix. Rules: docs/spec/data_availability.md [DA-SHAPE.*]. Shared with rollup
/// programs.
namespace enshrine::data_availability {

inline constexpr std::size_t row_bytes_unit = 64;
inline constexpr std::size_t row_bytes_max = std::size_t{1} << 20;
inline constexpr std::size_t matrix_rows_max = 65'536;
inline constexpr std::size_t matrix_bytes_max = std::size_t{128} << 20;  ///< of the data rows
inline constexpr std::size_t frame_header_bytes = 5;                     ///< version u8 ‖ size u32
inline constexpr std::uint64_t native_blob_bytes_max = matrix_bytes_max - frame_header_bytes;
inline constexpr std::size_t matrix_blobs_max = 64;

enum class ShapeError : std::uint16_t {
    rows_not_power_of_two = 1,  ///< K or K + N is no power of two
    too_many_rows,              ///< more points than the field has
    bad_row_bytes,              ///< no positive multiple of row_bytes_unit, or above row_bytes_max
    blob_empty,
    blob_too_large,  ///< above native_blob_bytes_max, or data rows above matrix_bytes_max
    no_blobs,
    too_many_blobs,  ///< above matrix_blobs_max
    bad_frame        ///< version or size of a frame are not those of its shape
};
const ErrorDomain& error_domain(ShapeError) noexcept;

struct Shape {
    std::uint32_t data_rows = 0;    ///< K
    std::uint32_t parity_rows = 0;  ///< N
    std::uint32_t row_bytes = 0;
    [[nodiscard]] std::uint32_t total_rows() const noexcept { return data_rows + parity_rows; }
    [[nodiscard]] std::size_t data_bytes() const noexcept { return std::size_t{data_rows} * row_bytes; }
    [[nodiscard]] friend bool operator==(const Shape&, const Shape&) noexcept = default;
};
[[nodiscard]] Result<void> validate_shape(const Shape& shape) noexcept;  ///< [DA-SHAPE.1]

/// Shape and layout of the matrix that carries blobs of these sizes, in this order [DA-SHAPE.2, DA-SHAPE.3].
struct MatrixLayout {
    Shape shape;
    std::uint8_t version = 0;
    std::vector<std::uint32_t>
        first_rows;  ///< one per blob; {0} for a single blob, whose bytes start behind the frame header
};
[[nodiscard]] Result<MatrixLayout> layout_of(std::span<const std::uint64_t> sizes) noexcept;
/// The same for a single blob, without allocation.
[[nodiscard]] Result<Shape> shape_of(std::uint64_t size) noexcept;

/// The data rows, shape.data_bytes() long, of blobs whose sizes gave the layout.
[[nodiscard]] Bytes frame_blobs(const MatrixLayout& layout, std::span<const BytesView> blobs);
/// Row `row` of them, below shape.data_rows, alone: `out` has shape.row_bytes bytes.
void frame_row(const MatrixLayout& layout, std::span<const BytesView> blobs, std::size_t row,
               MutableBytesView out) noexcept;
/// The bytes of blob `index` within data rows. Errors: bad_frame.
[[nodiscard]] Result<BytesView> unframe_blob(const MatrixLayout& layout, std::span<const std::uint64_t> sizes,
                                             BytesView data_rows, std::size_t index) noexcept;

}  // namespace enshrine::data_availability
