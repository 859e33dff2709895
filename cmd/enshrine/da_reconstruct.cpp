// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine da reconstruct`: a file from enough of its rows or cells, each of which is verified before it is used.
#include <enshrine/codec/hex.hpp>
#include <enshrine/data_availability/reconstruct.hpp>

#include <cmd/enshrine/da_blobs.hpp>
#include <cmd/enshrine/da_matrix.hpp>
#include <cmd/enshrine/da_proof.hpp>
#include <cmd/enshrine/parallel.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace enshrine::cli {

namespace da = data_availability;
namespace kzg = crypto::kzg;
namespace fs = std::filesystem;

namespace {

struct ReconstructOptions {
    std::vector<std::string> inputs;
    std::vector<std::string> commitments;
    std::vector<std::uint64_t> sizes;
    std::size_t blob = 0;
    bool raw = false;
    std::string out;
    unsigned threads = 0;
    Progress::Options progress;
};

/// What is needed, by commitment.
struct Target {
    CommitmentText commitment;
    std::optional<da::Shape> shape;
    std::map<std::uint32_t, Bytes> rows;
    std::map<std::uint64_t, kzg::Cell> cells;
};

struct Collection {
    std::vector<Target> targets;
    std::vector<std::string> problems;  ///< pieces that were not used, and why

    [[nodiscard]] std::string text_of_problems() const {
        std::string out;
        for (const std::string& problem : problems) out += fmt::format("\n  not used: {}", problem);
        return out;
    }
};

CliResult<std::vector<std::string>> files_of(const std::vector<std::string>& inputs) {
    std::vector<std::string> out;
    for (const std::string& input : inputs) {
        std::error_code error;
        if (!fs::is_directory(input, error)) {
            out.push_back(input);
            continue;
        }
        std::vector<std::string> found;
        for (const auto& entry : fs::directory_iterator{input, error}) {
            if (entry.path().extension() == ".json") found.push_back(entry.path().string());
        }
        if (error) return bad_usage(fmt::format("cannot read {}: {}", input, error.message()));
        if (found.empty()) return bad_usage(fmt::format("{} holds no .json file", input));
        std::ranges::sort(found);
        out.insert(out.end(), found.begin(), found.end());
    }
    return out;
}

void keep(Target& target, RowsProof&& proof) {
    target.shape = proof.shape;
    for (std::size_t i = 0; i < proof.rows.size(); ++i) target.rows[proof.indices[i]] = std::move(proof.rows[i]);
}
void keep(Target& target, DataRowProof&& proof) {
    target.shape = proof.shape;
    target.rows[proof.proof.row.index] = std::move(proof.proof.row.row);
}
void keep(Target& target, CellsProof&& proof) {
    for (const kzg::CellStatement& cell : proof.cells) target.cells[cell.index] = cell.cell;
}
void keep(Target&, PointProof&&) {}

/// Empty when the proof holds for one of the targets; its data are kept then.
std::string add(Collection& collection, DaProof&& proof) {
    std::string problem = "no commitment";
    for (Target& target : collection.targets) {
        const auto verified = verify_da_proof(proof, target.commitment);
        if (!verified) {
            problem = verified.error().message;
            continue;
        }
        if (std::holds_alternative<PointProof>(proof)) return "it proves a value and carries no data";
        std::visit([&](auto& alternative) { keep(target, std::move(alternative)); }, proof);
        return {};
    }
    return problem;
}

CliResult<Collection> collect(const ReconstructOptions& options, Progress& progress) {
    Collection out;
    for (const std::string& text : options.commitments) {
        ENSHRINE_TRY(auto commitment, parse_commitment("--commitment", text));
        out.targets.push_back({.commitment = std::move(commitment), .shape = {}, .rows = {}, .cells = {}});
    }
    ENSHRINE_TRY(const auto files, files_of(options.inputs));
    progress.stage("verifying", files.size());
    for (const std::string& file : files) {
        auto proof = read_da_proof(file);
        if (!proof) {
            out.problems.push_back(proof.error().message);
        } else if (const std::string problem = add(out, *std::move(proof)); !problem.empty()) {
            out.problems.push_back(fmt::format("{}: {}", file, problem));
        }
        progress.step();
    }
    return out;
}

CliResult<Bytes> chosen_bytes(const ReconstructOptions& options, const da::Shape& shape, Bytes data_rows) {
    if (options.raw) return data_rows;
    if (options.sizes.empty()) {
        ENSHRINE_TRY(const auto blob, unframe_single(shape, data_rows));
        return to_bytes(blob);
    }
    const auto layout = da::layout_of(options.sizes);
    if (!layout) return bad_usage(fmt::format("--sizes: {}", layout.error().message()));
    if (layout->shape != shape) {
        return bad_usage(fmt::format("--sizes: expected sizes that give {}, got sizes that give {}", to_text(shape),
                                     to_text(layout->shape)));
    }
    if (options.blob >= options.sizes.size()) {
        return bad_usage(fmt::format("--blob: expected a number below {}, got {}", options.sizes.size(), options.blob));
    }
    const auto blob = da::unframe_blob(*layout, options.sizes, data_rows, options.blob);
    if (!blob) return refused(fmt::format("the rows: {}", blob.error().message()));
    return to_bytes(*blob);
}

CliResult<Bytes> rebuild_rows(const ReconstructOptions& options, const Collection& collection, Progress& progress) {
    if (collection.targets.size() != 1) return bad_usage("rows have one commitment: expected --commitment once");
    const Target& target = collection.targets.front();
    const da::Shape& shape = *target.shape;
    if (target.rows.size() < shape.data_rows) {
        return refused(fmt::format("{} distinct rows are needed, got {} that verify{}", shape.data_rows,
                                   target.rows.size(), collection.text_of_problems()));
    }
    std::vector<da::IndexedRow> rows;
    for (const auto& [index, row] : target.rows) rows.push_back({index, row});
    auto data = da::reconstruct(shape, rows, parallel_with_progress(options.threads, progress, "rebuilding"));
    if (!data) return refused(fmt::format("rebuilding: {}", data.error().message()));
    return chosen_bytes(options, shape, *std::move(data));
}

CliResult<Bytes> rebuild_blob(const Target& target, const Collection& collection) {
    std::vector<std::uint64_t> indices;
    std::vector<kzg::Cell> cells;
    for (const auto& [index, cell] : target.cells) {
        indices.push_back(index);
        cells.push_back(cell);
    }
    const auto all = kzg::recover_cells_and_proofs(indices, cells);
    if (!all) {
        return refused(fmt::format("{}: {} of 128 cells are needed, got {} that verify{}", all.error().message(),
                                   kzg::cells_per_ext_blob / 2, cells.size(), collection.text_of_problems()));
    }
    Bytes blob;
    for (std::size_t i = 0; i < kzg::cells_per_ext_blob / 2; ++i) append(blob, all->cells[i].view());
    return blob;
}

CliResult<Bytes> rebuild_blobs(const ReconstructOptions& options, const Collection& collection, Progress& progress) {
    progress.stage("rebuilding", collection.targets.size());
    std::vector<Bytes> blobs;
    for (const Target& target : collection.targets) {
        ENSHRINE_TRY(auto blob, rebuild_blob(target, collection));
        blobs.push_back(std::move(blob));
        progress.step();
    }
    if (!options.raw) return unpack_file(blobs);
    Bytes joined;
    for (const Bytes& blob : blobs) append(joined, blob);
    return joined;
}

CliResult<Report> run(const ReconstructOptions& options) {
    Progress progress{options.progress};
    ENSHRINE_TRY(const auto collection, collect(options, progress));
    const bool has_rows = std::ranges::any_of(collection.targets, [](const Target& t) { return t.shape.has_value(); });
    const bool has_cells = std::ranges::any_of(collection.targets, [](const Target& t) { return !t.cells.empty(); });
    if (!has_rows && !has_cells) {
        return refused(fmt::format("no row or cell verifies{}", collection.text_of_problems()));
    }
    ENSHRINE_TRY(const auto bytes,
                 has_rows ? rebuild_rows(options, collection, progress) : rebuild_blobs(options, collection, progress));
    Json json{{"bytes", bytes.size()}, {"notUsed", collection.problems}};
    std::string text = fmt::format("{} bytes rebuilt{}\n", bytes.size(), collection.text_of_problems());
    if (options.out.empty()) {
        json["data"] = codec::format_hex(bytes);
        text += codec::format_hex(bytes) + "\n";
    } else {
        ENSHRINE_CHECK(write_file(options.out, bytes));
        json["file"] = options.out;
        text += fmt::format("written to {}\n", options.out);
    }
    return Report{.json = std::move(json), .text = std::move(text)};
}

}  // namespace

void add_da_reconstruct(CLI::App& group, Session& session) {
    auto options = std::make_shared<ReconstructOptions>();
    CLI::App& command =
        add_command(group, session, "reconstruct", "a file from enough verified rows or cells of `da prove`",
                    [options] { return run(*options); });
    command.add_option("inputs", options->inputs, "files of proofs, or folders of them (*.json)")->required();
    command
        .add_option("--commitment", options->commitments,
                    "what the rows or cells have to belong to; for a file of several kzg blobs once per blob, in order")
        ->required();
    command.add_option("--sizes", options->sizes, "sizes of the blobs of a matrix of several, in order")
        ->delimiter(',');
    command.add_option("--blob", options->blob, "which blob of such a matrix")->capture_default_str();
    command.add_flag("--raw", options->raw, "the data rows, or the blobs of 131,072 bytes, as they are");
    command.add_option("--out", options->out, "file for the result, instead of 0x-hex on the output");
    command.add_option("--threads", options->threads, "threads that rebuild; 0: one per core");
    add_progress_option(command, options->progress);
    command.footer(
        "Any K distinct rows or 64 of 128 cells suffice. A piece that does not verify is named and left out.");
}

}  // namespace enshrine::cli
