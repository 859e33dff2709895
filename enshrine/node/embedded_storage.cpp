// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/network/host_port.hpp>
#include <enshrine/node/dev_accounts.hpp>
#include <enshrine/node/dev_committee.hpp>
#include <enshrine/node/embedded_storage.hpp>
#include <enshrine/node/head_chain_source.hpp>
#include <enshrine/node/key_file.hpp>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace enshrine::node {
namespace {

namespace fs = std::filesystem;
using data_availability::CommitteeMember;
using network::HostPort;

fs::path storage_data_dir(const NodeConfig& config) {
    return config.storage.data_dir.empty() ? config.data_dir / "storage" : config.storage.data_dir;
}

std::expected<crypto::SecretKey, std::string> member_key(const NodeConfig& config) {
    if (!config.storage.key_file.empty()) return read_key_file("storage.key_file", config.storage.key_file);
    return find_dev_account("proposer")->key;  // complete_config() asks every other chain for a file
}

/// The member as the current committee lists it.
std::optional<CommitteeMember> find_member(const ChainApplication& application, const Address& address) {
    const auto committee = HeadChainSource{application}.committee(std::nullopt);
    ENSHRINE_ASSERT(committee.has_value() && committee->has_value());
    const auto& members = (*committee)->members;
    const auto found = std::ranges::find(members, address, &CommitteeMember::address);
    return found == members.end() ? std::nullopt : std::optional{*found};
}

/// Where the configuration says, else where the committee expects the node.
std::expected<HostPort, std::string> listen_address(const NodeConfig& config, const Address& address,
                                                    const std::optional<CommitteeMember>& member) {
    const auto wanted = network::parse_host_port(config.storage.listen);  // valid or empty: the setting is checked
    if (wanted && wanted->port != 0) return *wanted;
    const auto listed = member ? network::parse_host_port(member->endpoint) : std::nullopt;
    if (listed && listed->port != 0) return HostPort{wanted ? wanted->host : listed->host, listed->port};
    if (wanted) return *wanted;
    return std::unexpected{fmt::format(
        "storage.listen: expected host:port, because the committee lists no endpoint of {}; got nothing. Without a "
        "storage node: storage.enabled: false (--no-storage)",
        codec::format_address(address))};
}

/// Others find the node only when the chain tells of it what is true. An administrator may be about to change that.
void warn_of_differences(const std::optional<CommitteeMember>& member, const network::StorageNode& node,
                         const Address& address) {
    const std::string name = codec::format_address(address);
    if (!member) {
        spdlog::warn("storage: {} is not in the committee and keeps no rows until it is", name);
        return;
    }
    const auto listed = network::parse_host_port(member->endpoint);
    if (!listed || listed->port != node.port()) {
        spdlog::warn("storage: the committee lists {} at {}, this node listens on port {}", name, member->endpoint,
                     node.port());
    }
    if (!member->tls_key_hash.is_zero() && member->tls_key_hash != node.tls_key_hash()) {
        spdlog::warn("storage: the committee lists {} with TLS key {}, this node has {}", name,
                     codec::format_hex(member->tls_key_hash.view()), codec::format_hex(node.tls_key_hash().view()));
    }
}

}  // namespace

std::expected<void, std::string> add_dev_committee(NodeConfig& config) {
    auto& committee = config.genesis.data_availability.committee;
    if (!config.dev || !committee.empty()) return {};
    ENSHRINE_TRY(const auto key, member_key(config));
    const auto wanted = network::parse_host_port(config.storage.listen);
    ENSHRINE_TRY(committee,
                 load_or_make_dev_committee({.folder = storage_data_dir(config),
                                             .chain_folder = config.data_dir / "chain",
                                             .keys = std::span{&key, 1},
                                             .listen = wanted && wanted->port != 0 ? config.storage.listen : ""}));
    return {};
}

std::expected<std::unique_ptr<network::StorageNode>, std::string> start_embedded_storage(
    const NodeConfig& config, const ChainApplication& application, const network::Connect& connect) {
    ENSHRINE_TRY(const auto key, member_key(config));
    const Address address = *crypto::address_of(key);
    const auto member = find_member(application, address);
    ENSHRINE_TRY(const auto listen, listen_address(config, address, member));
    const fs::path folder = storage_folder(storage_data_dir(config), address);
    network::ShardServerOptions server;
    server.host = listen.host;
    server.port = listen.port;
    auto node =
        network::StorageNode::start({.data_dir = folder,
                                     .chain_id = config.chain_id,
                                     .key = key,
                                     .server = server,
                                     .tls_key_file = tls_key_file(folder),
                                     .connect = connect,
                                     .pinned_namespaces = config.storage.pinned_namespaces,
                                     .limits = {.unpublished_blocks = config.storage.unpublished_blocks,
                                                .unpublished_bytes_max = config.storage.unpublished_mib_max << 20}},
                                    std::make_unique<HeadChainSource>(application));
    if (!node) return std::unexpected{"storage: " + node.error()};
    warn_of_differences(member, **node, address);
    spdlog::info("storage node {} on {}:{}, TLS key {}", codec::format_address(address), listen.host, (*node)->port(),
                 codec::format_hex((*node)->tls_key_hash().view()));
    return node;
}

}  // namespace enshrine::node
