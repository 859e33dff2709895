// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine da prove`: proofs about files that are at hand.
#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/kzg_challenge.hpp>

#include <cmd/enshrine/da_blobs.hpp>
#include <cmd/enshrine/da_matrix.hpp>
#include <cmd/enshrine/da_proof.hpp>
#include <cmd/enshrine/index_list.hpp>
#include <fmt/format.h>

namespace enshrine::cli {

namespace da = data_availability;
namespace kzg = crypto::kzg;

namespace {

struct ProveOptions {
    MatrixOptions matrix;
    std::string row;
    std::string rows;
    std::string cells;
    std::string point;
    std::size_t blob = 0;
    std::string out;
};

CliResult<DaProof> prove_rows(const ProveOptions& options) {
    ENSHRINE_TRY(const auto framed, frame_files(options.matrix));
    ENSHRINE_TRY(auto indices, parse_indices("--rows", options.rows, framed.shape.total_rows()));
    ENSHRINE_TRY(const auto matrix, encode(framed, options.matrix));
    RowsProof out{.commitment = matrix.commitment(),
                  .shape = framed.shape,
                  .row_root = matrix.row_root(),
                  .combinations = to_bytes(matrix.combinations()),
                  .indices = std::move(indices),
                  .rows = {},
                  .siblings = {}};
    for (const std::uint32_t index : out.indices) out.rows.push_back(to_bytes(matrix.row(index)));
    out.siblings = matrix.prove_rows(out.indices);
    return out;
}

CliResult<DaProof> prove_data_row(const ProveOptions& options) {
    ENSHRINE_TRY(const auto framed, frame_files(options.matrix));
    const auto indices = parse_indices("--row", options.row, framed.shape.data_rows);
    if (!indices) {
        return bad_usage(indices.error().message,
                         fmt::format("data rows, 0 to {}, are proved by themselves; parity rows: --rows",
                                     framed.shape.data_rows - 1));
    }
    if (indices->size() != 1) return bad_usage("--row takes one number", "several rows: --rows");
    ENSHRINE_TRY(const auto matrix, encode(framed, options.matrix));
    return DataRowProof{
        .commitment = matrix.commitment(), .shape = framed.shape, .proof = matrix.prove_standalone(indices->front())};
}

CliResult<Bytes> chosen_blob(const ProveOptions& options) {
    if (options.matrix.files.size() != 1) return bad_usage("--cell, --cells and --point take one file");
    ENSHRINE_TRY(auto blobs, pack_file(options.matrix.files.front(), options.matrix.raw));
    if (options.blob >= blobs.size()) {
        return bad_usage(fmt::format("--blob: expected a number below {}, got {}", blobs.size(), options.blob));
    }
    return std::move(blobs[options.blob]);
}

CliResult<DaProof> prove_cells(const ProveOptions& options) {
    ENSHRINE_TRY(const auto indices, parse_indices("--cells", options.cells, kzg::cells_per_ext_blob));
    ENSHRINE_TRY(const auto blob, chosen_blob(options));
    ENSHRINE_TRY(const auto commitment, commit_blob(blob));
    Progress progress{options.matrix.progress};
    progress.stage("proving cells", 1);
    const auto all = kzg::compute_cells_and_proofs(blob);
    if (!all) return bad_usage(fmt::format("the blob: {}", all.error().message()));
    CellsProof out;
    for (const std::uint32_t index : indices) {
        out.cells.push_back({commitment, index, all->cells[index], all->proofs[index]});
    }
    return out;
}

CliResult<DaProof> prove_point(const ProveOptions& options) {
    ENSHRINE_TRY(const auto blob, chosen_blob(options));
    ENSHRINE_TRY(const auto commitment, commit_blob(blob));
    Hash32 z;
    if (options.point == "challenge") {
        z = kzg::blob_challenge(blob, commitment).value();
    } else {
        ENSHRINE_TRY(z, parse_hash("--point", options.point));
    }
    const auto opening = kzg::compute_proof(blob, z);
    if (!opening) return bad_usage(fmt::format("--point: {}", opening.error().message()));
    return PointProof{.claim = {.commitment = commitment, .z = z, .y = opening->y}, .proof = opening->proof};
}

CliResult<DaProof> prove(const ProveOptions& options) {
    const int asked = (options.row.empty() ? 0 : 1) + (options.rows.empty() ? 0 : 1) + (options.cells.empty() ? 0 : 1) +
                      (options.point.empty() ? 0 : 1);
    if (asked != 1) return bad_usage("expected one of --row, --rows, --cell, --cells and --point");
    if (!options.row.empty()) return prove_data_row(options);
    if (!options.rows.empty()) return prove_rows(options);
    if (!options.cells.empty()) return prove_cells(options);
    return prove_point(options);
}

CliResult<Report> run(const ProveOptions& options) {
    ENSHRINE_TRY(const auto proof, prove(options));
    Json json = to_json(proof);
    if (options.out.empty()) return Report{.json = json, .text = json.dump(2)};
    ENSHRINE_CHECK(write_file(options.out, as_bytes(json.dump())));
    std::string text = fmt::format("{} of {}\nwritten to {}\n", describe(proof),
                                   json["commitment"].get_ref<const std::string&>(), options.out);
    return Report{.json = {{"commitment", json["commitment"]}, {"proves", describe(proof)}, {"file", options.out}},
                  .text = std::move(text)};
}

}  // namespace

void add_da_prove(CLI::App& group, Session& session) {
    auto options = std::make_shared<ProveOptions>();
    CLI::App& command =
        add_command(group, session, "prove", "prove rows or cells of a file", [options] { return run(*options); });
    command.add_option("files", options->matrix.files, "the file or files of the commitment")->required();
    command.add_option("--row", options->row, "rsema1d: one data row, with a proof that needs nothing else");
    command.add_option("--rows", options->rows,
                       "rsema1d: rows like 0,5,9-12, with one proof and the combinations that verify any row");
    command.add_option("--cell,--cells", options->cells, "kzg: cells like 0,5,9-12 of the 128");
    command.add_option("--point", options->point,
                       "kzg: the value at a point (32 bytes), or at the challenge of the blob proof: \"challenge\"; "
                       "gives the input of the precompile 0x0a");
    command.add_option("--blob", options->blob, "kzg: which blob of the file")->capture_default_str();
    command.add_option("--out", options->out, "file for the proof, instead of the output");
    add_matrix_options(command, options->matrix);
    command.footer(kzg_packing);
}

}  // namespace enshrine::cli
