// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/network/shard_service.hpp>
#include <enshrine/network/tls_identity.hpp>

#include <chrono>

namespace enshrine::network {

struct ShardServerOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;             ///< 0: any free port
    std::size_t connections_max = 256;  ///< each has a thread of its own
    std::size_t connections_per_address_max = 64;
    std::size_t buffer_bytes_max = std::size_t{256} << 20;  ///< of large messages that are arriving, all together
    std::chrono::milliseconds handshake_timeout{5'000};
    std::chrono::milliseconds idle_timeout{60'000};     ///< between messages
    std::chrono::milliseconds message_timeout{30'000};  ///< for one message to arrive, or to be taken
};

/// Serves a ShardService over TLS 1.3. Rules: docs/spec/data_availability.md [DA-NET.*].
class ShardServer {
public:
    /// Error text names address and cause. The service outlives the server.
    [[nodiscard]] static std::expected<std::unique_ptr<ShardServer>, std::string> start(
        ShardService& service, TlsIdentity identity, const ShardServerOptions& options);
    ~ShardServer();  ///< closes connections, joins threads
    ShardServer(const ShardServer&) = delete;
    ShardServer& operator=(const ShardServer&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept;
    [[nodiscard]] const Hash32& tls_key_hash() const noexcept;
    [[nodiscard]] std::size_t connections() const;

private:
    class Server;
    explicit ShardServer(std::unique_ptr<Server> server) noexcept;
    std::unique_ptr<Server> server_;
};

}  // namespace enshrine::network
