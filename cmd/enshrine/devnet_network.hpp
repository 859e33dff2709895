// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/client/wallet.hpp>
#include <enshrine/node/node.hpp>
#include <enshrine/rollup_node/sequencer.hpp>

#include <cmd/enshrine/devnet_file.hpp>
#include <cmd/enshrine/devnet_storage.hpp>

#include <atomic>
#include <memory>
#include <thread>

namespace enshrine::cli {

struct DevnetOptions {
    std::string data_dir = default_devnet_folder;
    std::string programs;  ///< folder of the built rollup programs; empty: beside this program
    std::uint16_t port = 8545;
    std::uint64_t block_time_ms = 1000;
    std::uint64_t batch_interval_ms = 500;
    /// Processes that keep rows; 0: the L1 node does; none: as at the first start in the folder, which is 0.
    std::optional<std::size_t> storage_nodes;
    sequencing::PayloadScheme da = sequencing::PayloadScheme::native;  ///< where the rollups publish
};

/// L1 node, two rollups with their sequencers, one process.
class DevnetNetwork {
public:
    /// Starts or resumes. Rollups that are not registered yet are, by ordinary transactions.
    [[nodiscard]] static CliResult<std::unique_ptr<DevnetNetwork>> start(const DevnetOptions& options);
    ~DevnetNetwork();
    DevnetNetwork(const DevnetNetwork&) = delete;
    DevnetNetwork& operator=(const DevnetNetwork&) = delete;

    [[nodiscard]] const DevnetInfo& info() const noexcept { return info_; }
    /// Gives the market of the exchange its first liquidity, if it has none.
    [[nodiscard]] CliResult<void> add_liquidity(const std::atomic<bool>& cancelled);
    void stop();

private:
    struct Lane {
        std::uint64_t rollup = 0;
        std::unique_ptr<rollup_node::Sequencer> sequencer;
    };
    explicit DevnetNetwork(DevnetOptions options) : options_{std::move(options)} {}
    [[nodiscard]] CliResult<void> start_l1();
    [[nodiscard]] CliResult<void> register_rollups();
    [[nodiscard]] CliResult<void> start_sequencers();

    DevnetOptions options_;
    DevnetInfo info_;
    std::unique_ptr<DevnetStorage> storage_;
    std::unique_ptr<node::Node> l1_;
    std::vector<Lane> lanes_;
};

}  // namespace enshrine::cli
