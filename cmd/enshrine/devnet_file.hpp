// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <cmd/enshrine/session.hpp>
#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <vector>

/// devnet.json: where a running devnet can be reached, for people, shells and programs.
namespace enshrine::cli {

/// Where a devnet keeps its state unless told otherwise, below the folder in which one is.
inline constexpr const char* default_devnet_folder = ".enshrine/devnet";

struct DevnetRollup {
    std::uint64_t chain_id = 0;
    std::string name;
    std::string rpc;
    Hash32 program_id;
    Address sequencer;
};
struct DevnetInfo {
    std::filesystem::path data_dir;
    std::uint64_t l1_chain_id = 0;
    std::string l1_rpc;
    std::string da;  ///< where the rollups publish their batches: native or kzg
    std::vector<DevnetRollup> rollups;
    bool ready = false;  ///< the market of the exchange has liquidity
};

[[nodiscard]] Json to_json(const DevnetInfo& info);
/// Endpoints, contracts, accounts and keys, for a terminal.
[[nodiscard]] std::string describe(const Json& devnet);
/// `export NAME=value` lines for a shell.
[[nodiscard]] std::string shell_exports(const Json& devnet);

[[nodiscard]] std::filesystem::path devnet_file(const std::filesystem::path& data_dir);
/// Atomic: whoever reads sees the old content or the new one.
[[nodiscard]] CliResult<void> write_devnet_file(const std::filesystem::path& path, const Json& devnet);
/// Of the devnet that runs in this folder; nullopt when none does.
[[nodiscard]] std::optional<Json> running_devnet(const std::filesystem::path& data_dir);
/// Whether `pid` is a process of this program.
[[nodiscard]] bool is_our_process(pid_t pid);

}  // namespace enshrine::cli
