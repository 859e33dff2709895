// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine da commit`: the commitment of files, without a chain.
#include <enshrine/codec/hex.hpp>

#include <cmd/enshrine/da_blobs.hpp>
#include <cmd/enshrine/da_matrix.hpp>
#include <fmt/format.h>

namespace enshrine::cli {

using codec::format_hex;

namespace {

struct CommitOptions {
    MatrixOptions matrix;
    std::string scheme = "rsema1d";
};

CliResult<Report> commit_rsema1d(const MatrixOptions& options) {
    ENSHRINE_TRY(const auto framed, frame_files(options));
    ENSHRINE_TRY(const auto matrix, encode(framed, options));
    Json json{{"scheme", "rsema1d"},
              {"commitment", format_hex(matrix.commitment().view())},
              {"rowRoot", format_hex(matrix.row_root().view())},
              {"combinationRoot", format_hex(matrix.combination_root().view())},
              {"shape", to_json(framed.shape)},
              {"version", framed.version ? Json(*framed.version) : Json()},
              {"sizes", framed.sizes},
              {"firstRows", framed.first_rows}};
    return Report{
        .json = std::move(json),
        .text = fmt::format("commitment        {}\nrow root          {}\ncombination root  {}\nshape             {}\n",
                            format_hex(matrix.commitment().view()), format_hex(matrix.row_root().view()),
                            format_hex(matrix.combination_root().view()), to_text(framed.shape))};
}

CliResult<Report> commit_kzg(const MatrixOptions& options) {
    if (options.files.size() != 1) return bad_usage("--scheme kzg takes one file");
    ENSHRINE_TRY(const auto blobs, pack_file(options.files.front(), options.raw));
    Progress progress{options.progress};
    progress.stage("committing", blobs.size());
    Json list = Json::array();
    std::string text;
    for (const Bytes& blob : blobs) {
        ENSHRINE_TRY(const auto commitment, commit_blob(blob));
        const std::string hash = format_hex(crypto::kzg::versioned_hash(commitment).view());
        list.push_back({{"commitment", format_hex(commitment.view())}, {"versionedHash", hash}});
        text += fmt::format("commitment      {}\nversioned hash  {}\n", format_hex(commitment.view()), hash);
        progress.step();
    }
    return Report{.json = {{"scheme", "kzg"}, {"blobs", std::move(list)}}, .text = std::move(text)};
}

}  // namespace

void add_da_commit(CLI::App& group, Session& session) {
    auto options = std::make_shared<CommitOptions>();
    CLI::App& command = add_command(
        group, session, "commit", "the commitment that a file will have when it is published",
        [options] { return options->scheme == "kzg" ? commit_kzg(options->matrix) : commit_rsema1d(options->matrix); });
    command
        .add_option("files", options->matrix.files,
                    "file, up to 134,217,723 bytes; several for a matrix of several blobs")
        ->required();
    command.add_option("--scheme", options->scheme, "rsema1d or kzg")
        ->check(CLI::IsMember({"rsema1d", "kzg"}))
        ->capture_default_str();
    add_matrix_options(command, options->matrix);
    command.footer(std::string{"rsema1d: the file gets a frame (version, size as 4 bytes) and fills K rows; "
                               "docs/spec/data_availability.md [DA-SHAPE.*].\n"} +
                   kzg_packing +
                   "\nThe second published vector of rsema1d, from data rows in a file of 4 · 256 bytes:\n"
                   "  enshrine da commit rows.bin --raw --data-rows 4 --parity-rows 12 --row-bytes 256");
}

}  // namespace enshrine::cli
