// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/engine/embedded.hpp>
#include <enshrine/network/storage_node.hpp>
#include <enshrine/node/application.hpp>
#include <enshrine/node/config.hpp>
#include <enshrine/node/l1_backend.hpp>
#include <enshrine/node/native_da.hpp>
#include <enshrine/rpc/http_server.hpp>

#include <atomic>
#include <expected>
#include <memory>
#include <string>

namespace enshrine::node {

/// The L1 node: stores, application, storage node, engine and server, from a configuration. Several may live in one
/// process.
class Node {
public:
    /// Opens the data directory, listens, and starts making blocks. The error says what stands in the way.
    /// `connect` reaches those who keep rows of the native scheme; empty: over TLS, at their endpoints.
    [[nodiscard]] static std::expected<std::unique_ptr<Node>, std::string> start(NodeConfig config, std::string version,
                                                                                 network::Connect connect = {});
    ~Node();
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    /// Finishes the running block and the running calls, and closes the stores' users. Later calls do nothing.
    void stop();

    [[nodiscard]] const NodeConfig& config() const noexcept { return config_; }
    /// Open for further endpoints (`/rollup/901`) and pages.
    [[nodiscard]] rpc::HttpServer& http() noexcept { return *server_; }
    [[nodiscard]] std::uint16_t port() const noexcept { return server_->port(); }
    [[nodiscard]] ChainApplication& application() noexcept { return *application_; }
    [[nodiscard]] engine::EmbeddedEngine& engine() noexcept { return *engine_; }

private:
    Node(NodeConfig config, std::string version) : config_{std::move(config)}, version_{std::move(version)} {}
    [[nodiscard]] std::expected<void, std::string> listen();
    [[nodiscard]] std::shared_ptr<const rpc::Endpoint> make_endpoint();
    [[nodiscard]] std::pair<unsigned, std::string> readiness() const;

    // In order of construction; the server, which calls everything else, is destroyed first.
    NodeConfig config_;
    std::string version_;
    std::unique_ptr<ChainApplication> application_;
    std::unique_ptr<L1Backend> backend_;
    std::unique_ptr<network::StorageNode> storage_;  ///< none when it is switched off
    std::unique_ptr<NativeDa> native_da_;
    std::unique_ptr<engine::EmbeddedEngine> engine_;
    /// Set by a thread of its own, which nobody waits for: loading KZG's parameters takes seconds, stopping must not.
    std::shared_ptr<std::atomic<bool>> ceremony_loaded_ = std::make_shared<std::atomic<bool>>(false);
    std::unique_ptr<rpc::HttpServer> server_;
};

}  // namespace enshrine::node
