// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/client/cell_progress.hpp>
#include <enshrine/client/cell_sampler.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/kzg.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <thread>

namespace enshrine::client {

namespace kzg = crypto::kzg;

namespace {

constexpr std::uint32_t data_cells = kzg::cells_per_ext_blob / 2;

std::uint64_t system_random() {
    std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
}

/// Distinct ones until there are `count`; the choice must be unforeseeable to whoever holds the blob.
void draw(std::set<std::uint32_t>& drawn, std::size_t count, const std::function<std::uint64_t()>& random) {
    count = std::min<std::size_t>(count, kzg::cells_per_ext_blob);
    while (drawn.size() < count) drawn.insert(static_cast<std::uint32_t>(random() % kzg::cells_per_ext_blob));
}

bool holds(const SampledCell& cell, const kzg::Commitment& commitment) {
    if (cell.cell.size() != kzg::cell_bytes) return false;
    const kzg::CellStatement statement{commitment, cell.index, kzg::Cell::from(cell.cell),
                                       kzg::Proof::from(cell.proof.view())};
    return kzg::verify_cells({&statement, 1}).has_value();
}

struct Asked {
    bool answered = false;
    std::string problem;  ///< empty when every missing cell came and verified
};
/// Adds what the node proves of the missing cells.
Asked ask(L1Client& node, CellProgress& progress) {
    std::vector<std::uint64_t> missing;
    std::ranges::set_difference(progress.drawn, progress.verified, std::back_inserter(missing));
    const auto sample = node.sample(progress.versioned_hash, missing);
    if (!sample) return {.answered = sample.error().code != unreachable_code, .problem = sample.error().message};
    const auto commitment = kzg::Commitment::from(sample->commitment.view());
    if (kzg::versioned_hash(commitment) != progress.versioned_hash)
        return {.answered = true, .problem = "the commitment has another versioned hash"};
    Asked out{.answered = true, .problem = {}};
    for (const SampledCell& cell : sample->cells) {
        const bool asked = std::ranges::binary_search(missing, cell.index);
        if (asked && holds(cell, commitment)) {
            progress.verified.insert(static_cast<std::uint32_t>(cell.index));
        } else {
            out.problem = fmt::format("cell {} does not verify", cell.index);
        }
    }
    if (out.problem.empty() && progress.verified != progress.drawn) out.problem = "cells were left out";
    return out;
}

network::SampleReport report_of(const CellProgress& progress, Asked last) {
    network::SampleReport out;
    out.drawn.assign(progress.drawn.begin(), progress.drawn.end());
    out.verified.assign(progress.verified.begin(), progress.verified.end());
    std::ranges::set_difference(progress.drawn, progress.verified, std::back_inserter(out.missing));
    out.data_rows = data_cells;
    out.kept_rows = kzg::cells_per_ext_blob;
    const std::size_t samples = out.verified.size();
    out.miss_probability = network::miss_probability(data_cells, out.kept_rows, samples);
    out.formula = fmt::format("product over i < {} of ({} - i) / ({} - i)", samples, data_cells - 1, out.kept_rows);
    using enum network::SampleVerdict;
    out.verdict = out.missing.empty() ? available : last.answered ? withheld : inconclusive;
    out.reason = std::move(last.problem);
    return out;
}

}  // namespace

std::expected<network::SampleReport, std::string> sample_cells(std::span<L1Client> nodes, const Hash32& versioned_hash,
                                                               const CellSampleOptions& options) {
    ENSHRINE_TRY(auto progress, load_cell_progress(options.progress_file, versioned_hash));
    const std::size_t wanted =
        options.cells != 0 ? options.cells : network::default_sample_rows(data_cells, kzg::cells_per_ext_blob);
    draw(progress.drawn, wanted, options.random ? options.random : &system_random);
    // What is drawn stays drawn: a withholder who makes the client start over gains no second draw.
    ENSHRINE_CHECK(store_cell_progress(options.progress_file, progress));
    Asked last;
    for (unsigned round = 0; round < options.rounds && progress.verified != progress.drawn; ++round) {
        if (round != 0) std::this_thread::sleep_for(options.round_pause);
        for (L1Client& node : nodes) {
            const bool answered = last.answered;
            last = ask(node, progress);
            last.answered = last.answered || answered;
            ENSHRINE_CHECK(store_cell_progress(options.progress_file, progress));
            if (options.progress) options.progress(progress.verified.size(), progress.drawn.size());
            if (progress.verified == progress.drawn) break;
        }
    }
    return report_of(progress, std::move(last));
}

}  // namespace enshrine::client
