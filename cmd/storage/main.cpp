// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// enshrine-storage: keeps the rows of a committee member, signs for them, and hands them out.
#include <enshrine/client/chain_source.hpp>
#include <enshrine/data_availability/namespace_text.hpp>
#include <enshrine/network/host_port.hpp>
#include <enshrine/network/shard_client.hpp>
#include <enshrine/network/storage_node.hpp>

#include <CLI/CLI.hpp>
#include <cmd/service.hpp>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <cstdio>

namespace {

using namespace enshrine;
namespace fs = std::filesystem;

constexpr unsigned ask_again_ms = 1'000;

struct Options {
    std::string l1 = "http://127.0.0.1:8545/";
    std::string listen = "127.0.0.1:9545";
    std::string data_dir = ".enshrine/storage";
    std::string key;
    std::string key_file;
    std::uint64_t unpublished_mib_max = 16'384;
    std::uint64_t unpublished_blocks = 600;
    std::vector<std::string> pins;
    bool json = false;
};

int complain(std::string_view text) {
    fmt::print(stderr, "enshrine-storage: {}\n", text);
    return 1;
}

std::expected<crypto::SecretKey, std::string> key_of(const Options& options) {
    if (!options.key_file.empty()) return service::parse_key("@" + options.key_file);
    if (!options.key.empty()) return service::parse_key(options.key);
    return std::unexpected{std::string{"--key-file: the secret key of the committee member is needed"}};
}

std::expected<network::ShardServerOptions, std::string> server_options(const Options& options) {
    const auto address = network::parse_host_port(options.listen);
    if (!address) return std::unexpected{fmt::format("--listen: expected host:port, got {}", options.listen)};
    network::ShardServerOptions out;
    out.host = address->host;
    out.port = address->port;
    return out;
}

std::expected<std::vector<Hash32>, std::string> pinned_namespaces(const Options& options) {
    std::vector<Hash32> out;
    for (const std::string& text : options.pins) {
        const auto name_space = data_availability::parse_namespace(text);
        if (!name_space) {
            return std::unexpected{fmt::format("--pin: expected 1 to 32 bytes as 0x-hex, got \"{}\"", text)};
        }
        out.push_back(*name_space);
    }
    return out;
}

fs::path tls_key_file(const Options& options) {
    return fs::path{options.data_dir} / "tls_key.pem";
}

/// What the committee has to list. Makes the TLS key at the first call.
int show_identity(const Options& options) {
    const auto key = key_of(options);
    if (!key) return complain(key.error());
    std::error_code error;
    fs::create_directories(options.data_dir, error);
    const auto identity = network::TlsIdentity::load_or_make(tls_key_file(options));
    if (!identity) return complain(identity.error());
    const std::string address = codec::format_address(*crypto::address_of(*key));
    const std::string hash = codec::format_hex(identity->key_hash().view());
    if (options.json) {
        fmt::print(
            "{}\n",
            nlohmann::ordered_json{{"address", address}, {"endpoint", options.listen}, {"tlsKeyHash", hash}}.dump());
    } else {
        fmt::print("address   {}\nendpoint  {}\ntls key   {}\n", address, options.listen, hash);
    }
    return 0;
}

/// The chain id, as soon as the L1 can be asked; nullopt when a signal comes first.
std::optional<std::uint64_t> ask_chain_id(client::RpcChainSource& chain, const service::Signals& signals) {
    bool told = false;
    for (;;) {
        const auto id = chain.chain_id();
        if (id) return *id;
        if (!std::exchange(told, true)) spdlog::warn("storage: waiting for the L1: {}", id.error());
        if (signals.wait_for(ask_again_ms) != 0) return std::nullopt;
    }
}

int serve(const Options& options, const service::Signals& signals) {
    const auto key = key_of(options);
    if (!key) return complain(key.error());
    const auto server = server_options(options);
    if (!server) return complain(server.error());
    auto pins = pinned_namespaces(options);
    if (!pins) return complain(pins.error());
    auto chain = std::make_unique<client::RpcChainSource>(options.l1);
    const auto chain_id = ask_chain_id(*chain, signals);
    if (!chain_id) return 0;
    const auto node =
        network::StorageNode::start({.data_dir = options.data_dir,
                                     .chain_id = *chain_id,
                                     .key = *key,
                                     .server = *server,
                                     .tls_key_file = tls_key_file(options),
                                     .connect = network::connect_over_tls({.chain_id = *chain_id}),
                                     .pinned_namespaces = *std::move(pins),
                                     .limits = {.unpublished_blocks = options.unpublished_blocks,
                                                .unpublished_bytes_max = options.unpublished_mib_max << 20}},
                                    std::move(chain));
    if (!node) return complain(node.error());
    fmt::print("storage node {} of chain {} on {}:{}, TLS key {}\n",
               codec::format_address((*node)->service().address()), *chain_id, server->host, (*node)->port(),
               codec::format_hex((*node)->tls_key_hash().view()));
    std::fflush(stdout);
    signals.wait();
    return 0;
}

}  // namespace

int main(int argument_count, char** arguments) {
    const service::Signals signals;
    Options options;
    CLI::App app{"Keeps rows of published data for a member of the committee, signs for them, and hands them out.",
                 "enshrine-storage"};
    app.add_option("--l1", options.l1, "URL of an L1 node, which is followed")->capture_default_str();
    app.add_option("--listen", options.listen, "host:port that the committee lists; port 0: any")
        ->capture_default_str();
    app.add_option("--data", options.data_dir, "where rows and the TLS key are kept")->capture_default_str();
    app.add_option("--key-file", options.key_file, "file with the secret key of the member, 64 hex digits");
    app.add_option("--key", options.key, "the same as text, or the name of a devnet account");
    app.add_option("--unpublished-mib", options.unpublished_mib_max, "disk space of uploads that no block publishes")
        ->capture_default_str();
    app.add_option("--unpublished-blocks", options.unpublished_blocks, "how long such uploads are kept")
        ->capture_default_str();
    app.add_option("--pin", options.pins, "keep the rows of this namespace for ever; may be given several times");
    CLI::App& identity = *app.add_subcommand("identity", "print address and TLS key hash, as the committee lists them");
    identity.add_flag("--json", options.json, "as JSON");
    identity.fallthrough();  // `identity --data …`, too
    app.footer("Exit status: 0 ended by SIGTERM or SIGINT, 1 a problem, 2 wrong usage.");
    try {
        app.parse(argument_count, arguments);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    return identity.parsed() ? show_identity(options) : serve(options, signals);
}
