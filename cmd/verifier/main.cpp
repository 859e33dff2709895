// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// enshrine-verifier: runs rollups again from what the L1 publishes, and compares with what has settled.
#include <enshrine/rollup_node/verifier.hpp>

#include <CLI/CLI.hpp>
#include <cmd/service.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>

namespace {

using namespace enshrine;
using rollup_node::VerifiedBatch;
using rollup_node::Verifier;

constexpr unsigned poll_ms = 500;
constexpr std::size_t batches_per_turn = 64;

struct Options {
    std::string l1 = "http://127.0.0.1:8545/";
    std::vector<std::uint64_t> rollups;
    std::string data_dir = ".enshrine/verifier";
    std::uint64_t sample_cells = 8;
    std::uint64_t sample_rows = 20;
    bool once = false;
    bool json = false;
};

struct Lane {
    std::uint64_t rollup = 0;
    std::unique_ptr<Verifier> verifier;
};

void print(const Options& options, std::uint64_t rollup, const VerifiedBatch& batch) {
    const std::string root = codec::format_hex(batch.state_root.view());
    if (options.json) {
        nlohmann::ordered_json line{{"rollup", rollup},
                                    {"sequence", batch.sequence},
                                    {"batchHash", codec::format_hex(batch.batch_hash.view())},
                                    {"stateRoot", root},
                                    {"outboxRoot", codec::format_hex(batch.outbox_root.view())},
                                    {"settled", batch.settled},
                                    {"matches", batch.matches},
                                    {"cellsSampled", batch.cells_sampled},
                                    {"rowsSampled", batch.rows_sampled}};
        if (!batch.matches) line["mismatch"] = batch.mismatch;
        fmt::print("{}\n", line.dump());
    } else if (batch.matches) {
        fmt::print("rollup {} batch {}: state root {}, {}, {} cells and {} rows sampled\n", rollup, batch.sequence, root,
                   batch.settled ? "settled to the same" : "not settled yet", batch.cells_sampled,
                   batch.rows_sampled);
    } else {
        fmt::print("rollup {} batch {}: MISMATCH: {}\n", rollup, batch.sequence, batch.mismatch);
    }
    std::fflush(stdout);
}

/// One turn over all rollups. The number of batches that were verified.
std::expected<std::size_t, std::string> advance(const Options& options, std::vector<Lane>& lanes, bool& all_match) {
    std::size_t verified = 0;
    for (Lane& lane : lanes) {
        auto done = lane.verifier->advance(batches_per_turn, [&](const VerifiedBatch& batch) {
            all_match = all_match && batch.matches;
            print(options, lane.rollup, batch);
        });
        if (!done) return std::unexpected{fmt::format("rollup {}: {}", lane.rollup, done.error())};
        verified += *done;
    }
    return verified;
}

int verify(const Options& options, const service::Signals& signals) {
    std::vector<Lane> lanes;
    for (const std::uint64_t rollup : options.rollups) {
        auto verifier = Verifier::open({.rollup = rollup,
                                        .l1_url = options.l1,
                                        .data_dir = std::filesystem::path{options.data_dir} / std::to_string(rollup),
                                        .sample_cells = options.sample_cells,
                                        .sample_rows = options.sample_rows});
        if (!verifier) {
            fmt::print(stderr, "enshrine-verifier: {}\n", verifier.error());
            return 1;
        }
        lanes.push_back({rollup, *std::move(verifier)});
    }
    bool all_match = true;
    std::string last_problem;
    for (;;) {
        const auto verified = advance(options, lanes, all_match);
        if (!all_match) {
            fmt::print(stderr, "enshrine-verifier: the L1 has settled roots that the published data does not give\n");
            return 1;
        }
        if (!verified) {
            // An L1 that is away comes back; every problem is told once.
            if (verified.error() != last_problem) fmt::print(stderr, "enshrine-verifier: {}\n", verified.error());
            if (options.once) return 1;
            last_problem = verified.error();
        } else {
            last_problem.clear();
            if (options.once && *verified == 0) return 0;
        }
        const bool idle = !verified || *verified == 0;
        if (signals.wait_for(idle ? poll_ms : 0) != 0) return 0;
    }
}

}  // namespace

int main(int argument_count, char** arguments) {
    const service::Signals signals;
    Options options;
    CLI::App app{
        "Runs rollups again from what the L1 publishes alone, samples their blobs, and compares with what has settled.",
        "enshrine-verifier"};
    app.add_option("--l1", options.l1, "URL of an L1 node")->capture_default_str();
    app.add_option("--rollup", options.rollups, "chain id of a rollup; may be given several times")->required();
    app.add_option("--data-dir", options.data_dir, "where the verified state is kept")->capture_default_str();
    app.add_option("--sample-cells", options.sample_cells, "random cells per blob whose KZG proofs are checked")
        ->check(CLI::Range(0, 128))
        ->capture_default_str();
    app.add_option("--sample-rows", options.sample_rows,
                   "random rows per matrix of the native scheme that storage nodes are asked for")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
    app.add_flag("--once", options.once, "end when every batch that the L1 knows is verified");
    app.add_flag("--json", options.json, "one JSON object per batch and line");
    app.footer("Exit status: 0 everything matches, 1 a mismatch or missing data, 2 wrong usage. SIGTERM ends it.");
    try {
        app.parse(argument_count, arguments);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    return verify(options, signals);
}
