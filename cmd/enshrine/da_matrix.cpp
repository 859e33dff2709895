// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/base/integer.hpp>

#include <cmd/enshrine/da_matrix.hpp>
#include <cmd/enshrine/parallel.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace enshrine::cli {

namespace da = data_availability;

namespace {

constexpr std::uint32_t fibre_data_rows = 4096;  ///< frames of matrices with as many data rows have version 0

CliResult<std::vector<Bytes>> read_files(const std::vector<std::string>& paths) {
    std::vector<Bytes> out;
    for (const std::string& path : paths) {
        ENSHRINE_TRY(auto content, read_file(path, da::matrix_bytes_max));
        out.push_back(std::move(content));
    }
    return out;
}

std::uint8_t version_of(const da::Shape& shape) noexcept {
    return shape.data_rows == fibre_data_rows ? 0 : 1;
}

CliResult<FramedFiles> frame_raw(const da::Shape& shape, std::vector<Bytes> contents) {
    if (contents.size() != 1) return bad_usage("--raw takes one file, which holds the data rows");
    Bytes& rows = contents.front();
    if (rows.size() != shape.data_bytes()) {
        return bad_usage(fmt::format("--raw: expected {} bytes, {} rows of {}, got {}", shape.data_bytes(),
                                     shape.data_rows, shape.row_bytes, rows.size()));
    }
    return FramedFiles{
        .shape = shape, .version = {}, .sizes = {rows.size()}, .first_rows = {0}, .data_rows = std::move(rows)};
}

/// [DA-SHAPE.2] in a shape of the caller's.
CliResult<FramedFiles> frame_into(const da::Shape& shape, const std::vector<Bytes>& contents) {
    if (contents.size() != 1) return bad_usage("--data-rows, --parity-rows and --row-bytes are for a single file");
    const Bytes& blob = contents.front();
    if (blob.empty()) return bad_usage("the file is empty: expected at least 1 byte");
    if (da::frame_header_bytes + blob.size() > shape.data_bytes()) {
        return bad_usage(fmt::format("the file does not fit: {} hold {} bytes less a header of {}, got {}",
                                     to_text(shape), shape.data_bytes(), da::frame_header_bytes, blob.size()));
    }
    FramedFiles out{
        .shape = shape, .version = version_of(shape), .sizes = {blob.size()}, .first_rows = {0}, .data_rows = {}};
    out.data_rows.reserve(shape.data_bytes());
    out.data_rows.resize(da::frame_header_bytes);
    out.data_rows[0] = *out.version;
    store_be(&out.data_rows[1], static_cast<std::uint32_t>(blob.size()));
    append(out.data_rows, blob);
    out.data_rows.resize(shape.data_bytes());
    return out;
}

CliResult<FramedFiles> frame_by_the_rules(const std::vector<Bytes>& contents) {
    std::vector<std::uint64_t> sizes;
    std::vector<BytesView> views;
    for (const Bytes& content : contents) {
        sizes.push_back(content.size());
        views.emplace_back(content);
    }
    auto layout = da::layout_of(sizes);
    if (!layout) {
        return bad_usage(fmt::format("{}: expected 1 to {} files of 1 to {} bytes, got {} of {} bytes",
                                     layout.error().message(), da::matrix_blobs_max, da::native_blob_bytes_max,
                                     sizes.size(), fmt::join(sizes, ", ")));
    }
    return FramedFiles{.shape = layout->shape,
                       .version = layout->version,
                       .sizes = std::move(sizes),
                       .first_rows = layout->first_rows,
                       .data_rows = da::frame_blobs(*layout, views)};
}

}  // namespace

void add_matrix_options(CLI::App& command, MatrixOptions& options) {
    command.add_option("--data-rows", options.data_rows, "K, instead of the shape that the size gives")
        ->check(CLI::Range(1, 65'536));
    command.add_option("--parity-rows", options.parity_rows, "N, with --data-rows")->check(CLI::Range(1, 65'536));
    command.add_option("--row-bytes", options.row_bytes, "bytes of a row, a multiple of 64, with --data-rows");
    command.add_flag(
        "--raw", options.raw,
        "the file is the data rows: no frame around it (rsema1d, needs --data-rows …), or blobs of 131,072 "
        "bytes (kzg)");
    command.add_option("--threads", options.threads, "threads that encode; 0: one per core");
    add_progress_option(command, options.progress);
}

CliResult<std::optional<da::Shape>> told_shape(const MatrixOptions& options) {
    const da::Shape shape{
        .data_rows = options.data_rows, .parity_rows = options.parity_rows, .row_bytes = options.row_bytes};
    if (shape == da::Shape{}) return std::nullopt;
    if (const auto valid = da::validate_shape(shape); !valid) {
        return bad_usage(fmt::format("--data-rows, --parity-rows, --row-bytes: {}; got {}, {} and {}",
                                     valid.error().message(), shape.data_rows, shape.parity_rows, shape.row_bytes));
    }
    return shape;
}

CliResult<FramedFiles> frame_files(const MatrixOptions& options) {
    ENSHRINE_TRY(const auto shape, told_shape(options));
    if (options.raw && !shape) return bad_usage("--raw needs --data-rows, --parity-rows and --row-bytes");
    ENSHRINE_TRY(auto contents, read_files(options.files));
    if (!shape) return frame_by_the_rules(contents);
    return options.raw ? frame_raw(*shape, std::move(contents)) : frame_into(*shape, contents);
}

CliResult<da::Matrix> encode(const FramedFiles& framed, const MatrixOptions& options) {
    Progress progress{options.progress};
    auto matrix = da::Matrix::encode(framed.shape, framed.data_rows,
                                     parallel_with_progress(options.threads, progress, "encoding"));
    if (!matrix) return bad_usage(fmt::format("{}: {}", to_text(framed.shape), matrix.error().message()));
    return *std::move(matrix);
}

CliResult<BytesView> unframe_single(const da::Shape& shape, BytesView data_rows) {
    const std::uint8_t version = data_rows[0];
    if (version == 2) {
        return bad_usage(fmt::format("the matrix carries {} blobs: their sizes are needed (--sizes), or --raw",
                                     load_be<std::uint32_t>(&data_rows[1])));
    }
    const std::uint64_t size = load_be<std::uint32_t>(&data_rows[1]);
    if (version != version_of(shape) || size == 0 || size > shape.data_bytes() - da::frame_header_bytes) {
        return refused(
            fmt::format("the rows hold no framed blob: expected version {} and a size up to {}, got {} and {}",
                        version_of(shape), shape.data_bytes() - da::frame_header_bytes, version, size),
            "--raw gives the data rows as they are");
    }
    return data_rows.subspan(da::frame_header_bytes, size);
}

Json to_json(const da::Shape& shape) {
    return {{"dataRows", shape.data_rows}, {"parityRows", shape.parity_rows}, {"rowBytes", shape.row_bytes}};
}

std::string to_text(const da::Shape& shape) {
    return fmt::format("{} + {} rows of {} bytes", shape.data_rows, shape.parity_rows, shape.row_bytes);
}

}  // namespace enshrine::cli
