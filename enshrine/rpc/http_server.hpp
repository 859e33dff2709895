// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/rpc/endpoint.hpp>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace enshrine::rpc {

struct HttpServerConfig {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: any free port
    unsigned threads = 2;    ///< that run handlers and pages; reading and writing has one of its own
    std::size_t body_bytes_max = 16 * 1024 * 1024;
    unsigned connections_max = 512;  ///< a further one ends the one that is idle longest; 503 when all are at work
    unsigned idle_seconds_max = 60;  ///< also for one request to arrive, and for one answer to be taken
    std::string cors_origin;         ///< Access-Control-Allow-Origin; empty: no cross-origin access
};

/// HTTP POST JSON-RPC by path, and plain GET pages (`/healthz`, `/metrics`, …). Routes may be added while it runs.
/// Errors of HTTP (404, 405, 413, …) carry a JSON-RPC error as body, so that clients show its text. Thread-safe.
class HttpServer {
public:
    using GetPage = std::function<std::pair<unsigned, std::string>()>;  ///< status, text/plain body

    /// Error text names address and cause ("cannot listen on 127.0.0.1:8545: address in use").
    [[nodiscard]] static std::expected<std::unique_ptr<HttpServer>, std::string> start(const HttpServerConfig& config);
    ~HttpServer();  ///< stops: finishes running requests, closes connections, joins threads
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    void mount(const std::string& path, std::shared_ptr<const Endpoint> endpoint);
    void unmount(const std::string& path);
    void mount_page(const std::string& path, GetPage page);
    [[nodiscard]] std::uint16_t port() const noexcept;

private:
    class Server;  // Beast lives in http_server.cpp alone
    explicit HttpServer(std::unique_ptr<Server> server) noexcept;
    std::unique_ptr<Server> server_;
};

}  // namespace enshrine::rpc
