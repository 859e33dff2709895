// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/data_availability/matrix.hpp>

#include <cmd/enshrine/da.hpp>

#include <optional>

/// Files as matrices of the native scheme, on the command line.
namespace enshrine::cli {

/// How files become a matrix: by the rules, or as told.
struct MatrixOptions {
    std::vector<std::string> files;
    bool raw = false;
    std::uint32_t data_rows = 0;  ///< with parity_rows and row_bytes; all zero: by [DA-SHAPE.2], [DA-SHAPE.3]
    std::uint32_t parity_rows = 0;
    std::uint32_t row_bytes = 0;
    unsigned threads = 0;  ///< 0: one per core
    Progress::Options progress;
};
void add_matrix_options(CLI::App& command, MatrixOptions& options);

/// The shape that was told; nothing when none was.
[[nodiscard]] CliResult<std::optional<data_availability::Shape>> told_shape(const MatrixOptions& options);

struct FramedFiles {
    data_availability::Shape shape;
    std::optional<std::uint8_t> version;  ///< none when raw
    std::vector<std::uint64_t> sizes;
    std::vector<std::uint32_t> first_rows;
    Bytes data_rows;
};
[[nodiscard]] CliResult<FramedFiles> frame_files(const MatrixOptions& options);
[[nodiscard]] CliResult<data_availability::Matrix> encode(const FramedFiles& framed, const MatrixOptions& options);

/// A single blob's bytes out of data rows of any shape: what [DA-SHAPE.2] frames, or `--data-rows …` framed.
[[nodiscard]] CliResult<BytesView> unframe_single(const data_availability::Shape& shape, BytesView data_rows);

[[nodiscard]] Json to_json(const data_availability::Shape& shape);
/// "64 + 192 rows of 64 bytes"
[[nodiscard]] std::string to_text(const data_availability::Shape& shape);

}  // namespace enshrine::cli
