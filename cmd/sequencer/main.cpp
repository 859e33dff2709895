// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// enshrine-sequencer: the sequencer of one rollup, with the rollup's endpoint.
#include <enshrine/rollup_node/sequencer.hpp>
#include <enshrine/rpc/http_server.hpp>

#include <CLI/CLI.hpp>
#include <cmd/service.hpp>

#include <cstdio>

namespace {

using namespace enshrine;

struct Options {
    std::string l1 = "http://127.0.0.1:8545/";
    std::uint64_t rollup = 0;
    std::string key;
    std::string data_dir = ".enshrine/sequencer";
    std::string host = "127.0.0.1";
    std::uint16_t port = 8645;
    unsigned batch_interval_ms = 500;
    std::size_t batch_txns_max = 2'000;
    sequencing::PayloadScheme da = sequencing::PayloadScheme::native;
    bool no_claims = false;
};

int fail(const std::string& message) {
    fmt::print(stderr, "enshrine-sequencer: {}\n", message);
    return 1;
}

int serve(const Options& options, const service::Signals& signals) {
    const auto key = service::parse_key(options.key);
    if (!key) return fail(key.error());
    auto sequencer = rollup_node::Sequencer::start(
        {.rollup = options.rollup,
         .l1_url = options.l1,
         .key = *key,
         .data_dir = std::filesystem::path{options.data_dir} / std::to_string(options.rollup),
         .batch_interval = std::chrono::milliseconds{options.batch_interval_ms},
         .batch_txns_max = options.batch_txns_max,
         .scheme = options.da,
         .claim = !options.no_claims});
    if (!sequencer) return fail(sequencer.error());
    auto server = rpc::HttpServer::start({.host = options.host, .port = options.port});
    if (!server) return fail(server.error());
    const std::string path = fmt::format("/rollup/{}", options.rollup);
    (*server)->mount(path, (*sequencer)->endpoint());
    (*server)->mount_page("/healthz", [] { return std::pair{200U, std::string{"ok\n"}}; });
    fmt::print("ready: rollup {} at http://{}:{}{}\n", options.rollup, options.host, (*server)->port(), path);
    std::fflush(stdout);

    signals.wait();
    (*server)->unmount(path);
    (*sequencer)->stop();
    return 0;
}

}  // namespace

int main(int argument_count, char** arguments) {
    const service::Signals signals;
    Options options;
    CLI::App app{"Orders the transactions of a rollup, publishes and claims its batches, and serves its endpoint.",
                 "enshrine-sequencer"};
    app.add_option("--l1", options.l1, "URL of an L1 node")->capture_default_str();
    app.add_option("--rollup", options.rollup, "chain id of the rollup")->required();
    app.add_option("--key", options.key, "key of the registered sequencer: hex, @FILE, or the name of a devnet account")
        ->required()
        ->envname("ENSHRINE_SEQUENCER_KEY");
    app.add_option("--data-dir", options.data_dir, "where the rollup's state is kept")->capture_default_str();
    app.add_option("--host", options.host, "address to listen on")->capture_default_str();
    app.add_option("--port", options.port, "port to listen on; 0 takes a free one")
        ->check(CLI::Range(0, 65'535))
        ->capture_default_str();
    app.add_option("--batch-interval-ms", options.batch_interval_ms, "time between batches")
        ->check(CLI::Range(50, 60'000))
        ->capture_default_str();
    app.add_option("--batch-txns-max", options.batch_txns_max, "transactions per batch")->capture_default_str();
    service::add_da_option(app, options.da);
    app.add_flag("--no-claims", options.no_claims, "leave claims to another party");
    app.footer("Exit status: 0 after SIGTERM or SIGINT, 1 when it cannot start, 2 wrong usage.");
    try {
        app.parse(argument_count, arguments);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    return serve(options, signals);
}
