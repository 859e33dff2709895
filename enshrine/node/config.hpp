// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/chain/genesis.hpp>
#include <enshrine/engine/embedded.hpp>
#include <enshrine/mempool/mempool.hpp>
#include <enshrine/rpc/http_server.hpp>

#include <expected>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Settings of an L1 node: flag > environment > file > default. Every value remembers where it came from.
namespace enshrine::node {

/// The storage node inside the L1 node.
struct StorageConfig {
    bool enabled = true;
    std::filesystem::path data_dir;  ///< empty: "storage" in the node's
    std::filesystem::path key_file;  ///< of the committee member; empty on a development chain: its account "proposer"
    std::string listen;              ///< empty: the endpoint that the committee lists
    std::vector<Hash32> pinned_namespaces;  ///< whose rows are kept for ever
    std::uint64_t unpublished_mib_max = 16'384;
    std::uint64_t unpublished_blocks = 600;
};

struct NodeConfig {
    std::uint64_t chain_id = 900;
    bool dev = false;  ///< development chain: known keys, dev_* methods; chain id 900 alone
    std::filesystem::path data_dir = "data";
    chain::GenesisConfig genesis;                            ///< chain id left zero: it is `chain_id`
    rpc::HttpServerConfig rpc{.port = 8545, .threads = 32};  ///< calls that wait for blocks or storage nodes hold one
    bool rpc_port_fallback = true;                           ///< a taken port moves the node to the next free one
    engine::BlockMode block_mode = engine::BlockMode::interval;
    std::uint64_t block_time_ms = 1000;
    Address proposer;  ///< receives the tips; zero on a development chain: its account "proposer"
    mempool::MempoolConfig mempool;
    std::filesystem::path publisher_key_file;  ///< of the account that da_submit publishes with; empty: none
    StorageConfig storage;
    std::uint64_t store_cache_bytes = std::uint64_t{64} << 20;
    std::uint64_t blob_retention_blocks = 0;  ///< 0: for ever
    std::string log_level = "info";
    std::string log_format = "text";
};

/// The values of one source, "section.key" → text. Flags are given in this form too.
using ConfigValues = std::map<std::string, std::string, std::less<>>;

struct ConfigSources {
    std::filesystem::path file;  ///< empty: none; named by the operator, so it has to exist
    ConfigValues environment;    ///< variable → value; only ENSHRINE_<SECTION>__<KEY> matter
    ConfigValues flags;          ///< "rpc.port" → "8545"
};
/// One value as it holds, for `config show`.
struct ConfigEntry {
    std::string key;     ///< "rpc.port"
    std::string value;   ///< as a configuration file would have it
    std::string origin;  ///< "default", "config.yaml:12", "environment ENSHRINE_RPC__PORT", "flag"
    std::string_view documentation;
};
struct LoadedConfig {
    NodeConfig config;
    std::vector<ConfigEntry> entries;
};
/// The error names the source, line, key and what was expected there.
[[nodiscard]] std::expected<LoadedConfig, std::string> load_config(const ConfigSources& sources);
/// The variables of this process.
[[nodiscard]] ConfigValues process_environment();

/// What no single key can be wrong about: development keys on another chain, a missing proposer. Fills in what depends
/// on other values (accounts of a development chain, its proposer).
[[nodiscard]] std::expected<void, std::string> complete_config(NodeConfig& config);

}  // namespace enshrine::node
