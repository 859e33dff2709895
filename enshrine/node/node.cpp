// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/contracts.hpp>
#include <enshrine/network/shard_client.hpp>
#include <enshrine/node/dev_accounts.hpp>
#include <enshrine/node/embedded_storage.hpp>
#include <enshrine/node/key_file.hpp>
#include <enshrine/node/metrics.hpp>
#include <enshrine/node/namespaces.hpp>
#include <enshrine/node/node.hpp>
#include <enshrine/rpc/discover.hpp>
#include <enshrine/rpc/eth.hpp>

#include <spdlog/spdlog.h>

#include <chrono>
#include <thread>

namespace enshrine::node {
namespace {

constexpr unsigned ports_tried_max = 32;
/// A node whose last block is older than this many intervals, and half a minute, is not ready.
constexpr std::uint64_t late_intervals = 10;
constexpr std::uint64_t late_seconds_min = 30;

std::uint64_t system_seconds() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count());
}

std::string_view name_of(engine::BlockMode mode) noexcept {
    switch (mode) {
        case engine::BlockMode::interval:
            return "interval";
        case engine::BlockMode::instant:
            return "instant";
        case engine::BlockMode::manual:
            return "manual";
    }
    return "";
}

/// Small blobs wait for others about as long as for their block.
std::chrono::milliseconds batch_window(const NodeConfig& config) {
    constexpr std::chrono::milliseconds without_interval{100};
    if (config.block_mode != engine::BlockMode::interval) return without_interval;
    return std::chrono::milliseconds{config.block_time_ms};
}

/// On a development chain the account "publisher", unless a file names another.
std::expected<std::optional<crypto::SecretKey>, std::string> publisher_key(const NodeConfig& config) {
    if (config.publisher_key_file.empty()) {
        if (!config.dev) return std::nullopt;
        return find_dev_account("publisher")->key;
    }
    return read_key_file("data_availability.publisher_key_file", config.publisher_key_file);
}

}  // namespace

std::expected<std::unique_ptr<Node>, std::string> Node::start(NodeConfig config, std::string version,
                                                              network::Connect connect) {
    ENSHRINE_CHECK(add_dev_committee(config));
    ENSHRINE_CHECK(complete_config(config));
    std::unique_ptr<Node> node{new Node{std::move(config), std::move(version)}};
    const NodeConfig& settings = node->config_;
    ENSHRINE_TRY(node->application_, ChainApplication::open({.data_dir = settings.data_dir,
                                                             .genesis = settings.genesis,
                                                             .mempool = settings.mempool,
                                                             .cache_bytes = settings.store_cache_bytes,
                                                             .blob_retention_blocks = settings.blob_retention_blocks},
                                                            system_seconds));
    node->backend_ = std::make_unique<L1Backend>(*node->application_);
    if (!connect) connect = network::connect_over_tls({.chain_id = settings.chain_id});
    if (settings.storage.enabled) {
        ENSHRINE_TRY(node->storage_, start_embedded_storage(settings, *node->application_, connect));
    }
    ENSHRINE_TRY(const auto publisher, publisher_key(settings));
    node->native_da_ =
        std::make_unique<NativeDa>(*node->application_, *node->backend_,
                                   NativeDaOptions{.connect = std::move(connect),
                                                   .publisher = publisher,
                                                   .batch_window = batch_window(settings),
                                                   .waiting_calls_max = std::max(1U, settings.rpc.threads / 2)});
    node->engine_ = std::make_unique<engine::EmbeddedEngine>(
        *node->application_,
        engine::EmbeddedEngineConfig{.mode = settings.block_mode,
                                     .interval = std::chrono::milliseconds{settings.block_time_ms},
                                     .proposer = settings.proposer},
        system_seconds);
    node->application_->on_accepted([engine = node->engine_.get()] { engine->notify_pending(); });
    std::thread{[loaded = node->ceremony_loaded_] {
        crypto::kzg::preload();
        *loaded = true;
    }}.detach();
    ENSHRINE_CHECK(node->listen());
    node->engine_->start();
    return node;
}

Node::~Node() {
    stop();
}

void Node::stop() {
    if (engine_) engine_->stop();
    if (native_da_) native_da_->stop();
    server_.reset();
    storage_.reset();
}

std::expected<void, std::string> Node::listen() {
    rpc::HttpServerConfig wanted = config_.rpc;
    const bool fixed = wanted.port == 0 || !config_.rpc_port_fallback;
    auto started = rpc::HttpServer::start(wanted);
    for (unsigned i = 1; !started && !fixed && i < ports_tried_max && wanted.port < 65535; ++i) {
        wanted.port = static_cast<std::uint16_t>(wanted.port + 1);
        if (auto other = rpc::HttpServer::start(wanted)) {
            spdlog::warn("{}; using port {}", started.error(), wanted.port);
            started = std::move(other);
        }
    }
    if (!started) return std::unexpected{started.error()};
    server_ = *std::move(started);
    server_->mount("/", make_endpoint());
    server_->mount_page("/healthz", [] { return std::pair{200U, std::string{"ok\n"}}; });
    server_->mount_page("/readyz", [this] { return readiness(); });
    server_->mount_page("/metrics", [this] { return std::pair{200U, metrics_text(*application_, version_)}; });
    return {};
}

std::shared_ptr<const rpc::Endpoint> Node::make_endpoint() {
    static const std::vector<std::string_view> errors = chain::error_declarations();
    auto endpoint = std::make_shared<rpc::Endpoint>();
    rpc::add_eth_methods(*endpoint, *backend_,
                         {.client_version = "enshrine/" + version_, .error_declarations = errors});
    add_rollup_methods(*endpoint, *application_);
    add_da_methods(*endpoint, *application_);
    add_da_publication_methods(*endpoint, *application_);
    native_da_->add_methods(*endpoint);
    add_msg_methods(*endpoint, *application_);
    add_proof_methods(*endpoint, *application_);
    add_enshrine_methods(
        *endpoint, *application_,
        {.version = version_, .block_mode = std::string{name_of(config_.block_mode)}, .dev = config_.dev});
    if (config_.dev) add_dev_methods(*endpoint, *application_, *engine_);
    rpc::add_discover(*endpoint, "Enshrine L1", version_);
    return endpoint;
}

std::pair<unsigned, std::string> Node::readiness() const {
    if (!*ceremony_loaded_) return {503U, "not ready: loading the KZG parameters\n"};
    const auto head = application_->head();
    if (config_.block_mode == engine::BlockMode::interval) {
        const std::uint64_t allowed = std::max(late_seconds_min, late_intervals * config_.block_time_ms / 1000);
        if (system_seconds() > head->header.timestamp + allowed) {
            return {503U, "not ready: the head, block " + std::to_string(head->header.number) + ", is more than " +
                              std::to_string(allowed) + " s old\n"};
        }
    }
    return {200U, "ready: block " + std::to_string(head->header.number) + "\n"};
}

}  // namespace enshrine::node
