// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/network/chain_source.hpp>
#include <enshrine/network/keep_rows.hpp>
#include <enshrine/network/shard_server.hpp>

namespace enshrine::network {

struct StorageNodeOptions {
    std::filesystem::path data_dir;
    std::uint64_t chain_id = 0;
    crypto::SecretKey key;
    std::optional<ShardServerOptions> server;  ///< none: only this process reaches the node
    std::filesystem::path tls_key_file;        ///< empty: in data_dir
    Connect connect;                           ///< to the other members, for repairs
    std::chrono::milliseconds poll_interval{500};
    std::chrono::seconds review_interval{600};  ///< between looks for matrices that are not there at all
    std::uint64_t scrub_bytes_per_turn = std::uint64_t{4} << 20;
    std::vector<Hash32> pinned_namespaces;  ///< whose rows are kept for ever [DA-NET.8]
    ShardServiceOptions limits;             ///< the fields that bound uploads; the others are filled in
};

/// Store, service, server, and a thread that follows the chain: it confirms what is published, prunes what has expired,
/// looks for damage and mends it. Embeddable; `enshrine-storage` is one in a process of its own.
class StorageNode {
public:
    /// Error text names what is wrong with disk, key or address. The chain may be away: it is waited for.
    [[nodiscard]] static std::expected<std::unique_ptr<StorageNode>, std::string> start(
        const StorageNodeOptions& options, std::unique_ptr<ChainSource> chain);
    ~StorageNode();
    StorageNode(const StorageNode&) = delete;
    StorageNode& operator=(const StorageNode&) = delete;

    [[nodiscard]] ShardService& service() noexcept;
    [[nodiscard]] std::uint16_t port() const noexcept;          ///< 0 without a server
    [[nodiscard]] const Hash32& tls_key_hash() const noexcept;  ///< zero without a server
    /// Up to which block the node has followed the chain.
    [[nodiscard]] std::uint64_t followed() const noexcept;

private:
    class Node;
    explicit StorageNode(std::unique_ptr<Node> node) noexcept;
    std::unique_ptr<Node> node_;
};

}  // namespace enshrine::network
