// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine da`: published blobs, fetched or sampled, and checked here instead of believed.
#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/kzg.hpp>

#include <cmd/enshrine/l1.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace enshrine::cli {
namespace {

namespace kzg = crypto::kzg;

struct BlobOptions {
    std::string l1;
    std::string versioned_hash;
    std::uint64_t cells = 8;
    std::string out;
};

std::vector<std::uint64_t> random_cells(std::uint64_t count) {
    std::vector<std::uint64_t> all(kzg::cells_per_ext_blob);
    std::iota(all.begin(), all.end(), 0U);
    std::random_device device;
    std::shuffle(all.begin(), all.end(), device);
    all.resize(std::min<std::size_t>(count, all.size()));
    std::ranges::sort(all);
    return all;
}

CliResult<kzg::Commitment> checked_commitment(const FixedBytes<48>& bytes, const Hash32& versioned_hash) {
    const auto commitment = kzg::Commitment::from(bytes.view());
    const Hash32 got = kzg::versioned_hash(commitment);
    if (got == versioned_hash) return commitment;
    return refused(fmt::format("the node's commitment belongs to another blob: expected versioned hash {}, got {}",
                               codec::format_hex(versioned_hash.view()), codec::format_hex(got.view())));
}

/// Empty when the proof of the cell holds.
std::string problem_of(const client::SampledCell& cell, std::uint64_t wanted, const kzg::Commitment& commitment) {
    if (cell.index != wanted) return fmt::format("the node sent cell {} instead", cell.index);
    if (cell.cell.size() != kzg::cell_bytes)
        return fmt::format("expected {} bytes, got {}", kzg::cell_bytes, cell.cell.size());
    const kzg::CellStatement statement{commitment, cell.index, kzg::Cell::from(cell.cell),
                                       kzg::Proof::from(cell.proof.view())};
    const auto verified = kzg::verify_cells({&statement, 1});
    return verified ? std::string{} : std::string{verified.error().message()};
}

CliResult<Report> sample(const BlobOptions& options) {
    const auto hash = parse_hash("blob", options.versioned_hash);
    if (!hash) return std::unexpected{hash.error()};
    auto l1 = connect_l1(options.l1);
    if (!l1) return std::unexpected{l1.error()};
    const std::vector<std::uint64_t> wanted = random_cells(options.cells);
    const auto sampled = checked("da_sample", l1->sample(*hash, wanted));
    if (!sampled) return std::unexpected{sampled.error()};
    const auto commitment = checked_commitment(sampled->commitment, *hash);
    if (!commitment) return std::unexpected{commitment.error()};
    if (sampled->cells.size() != wanted.size()) {
        return refused(fmt::format("asked for {} cells, got {}", wanted.size(), sampled->cells.size()));
    }
    Json cells = Json::array();
    std::string text = fmt::format("blob {}\n", codec::format_hex(hash->view()));
    std::size_t valid = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const std::string problem = problem_of(sampled->cells[i], wanted[i], *commitment);
        valid += problem.empty() ? 1U : 0U;
        Json entry{{"index", wanted[i]}, {"valid", problem.empty()}};
        if (!problem.empty()) entry["problem"] = problem;
        cells.push_back(std::move(entry));
        text += fmt::format("  cell {:>3}  {}\n", wanted[i], problem.empty() ? "proof holds" : problem);
    }
    text += fmt::format("{} of {} cells verified\n", valid, wanted.size());
    return Report{.json = {{"versionedHash", codec::format_hex(hash->view())},
                           {"commitment", codec::format_hex(commitment->view())},
                           {"cells", std::move(cells)},
                           {"valid", valid == wanted.size()}},
                  .text = std::move(text),
                  .status = valid == wanted.size() ? exit_done : exit_refused};
}

CliResult<Report> get(const BlobOptions& options) {
    const auto hash = parse_hash("blob", options.versioned_hash);
    if (!hash) return std::unexpected{hash.error()};
    auto l1 = connect_l1(options.l1);
    if (!l1) return std::unexpected{l1.error()};
    const auto found = checked("da_getBlob", l1->blob(*hash));
    if (!found) return std::unexpected{found.error()};
    if (!*found) return refused(fmt::format("no block has published blob {}", codec::format_hex(hash->view())));
    const client::BlobRecord& record = **found;
    const auto commitment = checked_commitment(record.commitment, *hash);
    if (!commitment) return std::unexpected{commitment.error()};
    const auto computed = kzg::blob_to_commitment(record.blob);
    if (!computed) return refused(fmt::format("the node sent no blob: {}", computed.error().message()));
    if (*computed != *commitment) return refused("the node sent bytes that have another commitment");
    if (!options.out.empty()) {
        if (const auto written = write_file(options.out, record.blob); !written)
            return std::unexpected{written.error()};
    }
    Json json{{"versionedHash", codec::format_hex(hash->view())},
              {"commitment", codec::format_hex(commitment->view())},
              {"height", record.height},
              {"bytes", record.blob.size()}};
    if (options.out.empty())
        json["blob"] = codec::format_hex(record.blob);
    else
        json["file"] = options.out;
    std::string text = fmt::format("commitment  {}\nheight      {}\nbytes       {}, they give this commitment\n",
                                   codec::format_hex(commitment->view()), record.height, record.blob.size());
    if (!options.out.empty()) text += fmt::format("written to  {}\n", options.out);
    return Report{.json = std::move(json), .text = std::move(text)};
}

}  // namespace

void add_da(CLI::App& app, Session& session) {
    CLI::App& group = add_group(app, "da", "published data: sample and fetch blobs");
    auto options = std::make_shared<BlobOptions>();

    CLI::App& sampling =
        add_command(group, session, "sample", "fetch random cells of a blob and verify their KZG proofs",
                    [options] { return sample(*options); });
    add_l1_option(sampling, options->l1);
    sampling.add_option("blob", options->versioned_hash, "versioned hash of the blob")->required();
    sampling.add_option("--cells", options->cells, "how many of the 128 cells")
        ->check(CLI::Range(1, 128))
        ->capture_default_str();

    CLI::App& getting = add_command(group, session, "get", "fetch a blob and check it against its commitment",
                                    [options] { return get(*options); });
    add_l1_option(getting, options->l1);
    getting.add_option("blob", options->versioned_hash, "versioned hash of the blob")->required();
    getting.add_option("--out", options->out, "file for its 131,072 bytes");
}

}  // namespace enshrine::cli
