// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/node/config.hpp>

#include <cmd/enshrine/l1.hpp>
#include <cmd/enshrine/session.hpp>
#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

/// Who keeps the rows of a devnet: its L1 node, or storage nodes in processes of their own.
namespace enshrine::cli {

class DevnetStorage {
public:
    /// Gives the L1 node a committee of `count` storage nodes, those of an earlier start if there was one; 0: of
    /// itself; none: as at the first start. Refuses another number than that of the chain in the folder.
    [[nodiscard]] static CliResult<std::unique_ptr<DevnetStorage>> prepare(const std::filesystem::path& data_dir,
                                                                           std::optional<std::size_t> count,
                                                                           node::NodeConfig& l1);
    ~DevnetStorage();  ///< ends the processes
    DevnetStorage(const DevnetStorage&) = delete;
    DevnetStorage& operator=(const DevnetStorage&) = delete;

    /// Once the L1 answers; returns when every node does.
    [[nodiscard]] CliResult<void> start(const std::string& l1_url, std::uint64_t chain_id);
    void stop();

private:
    DevnetStorage(std::filesystem::path data_dir, std::size_t count) : data_dir_{std::move(data_dir)}, count_{count} {}
    [[nodiscard]] CliResult<void> start_process(const data_availability::CommitteeMember& member,
                                                const std::string& l1_url);
    [[nodiscard]] CliResult<void> wait_for(const data_availability::CommitteeMember& member,
                                           std::uint64_t chain_id) const;

    std::filesystem::path data_dir_;
    std::size_t count_;
    std::vector<data_availability::CommitteeMember> committee_;
    std::vector<pid_t> processes_;
};

/// Every member of the L1's committee: {address, endpoint, stake, answers, problem}. Asks all of them.
[[nodiscard]] CliResult<Json> storage_status(client::L1Client& l1, std::uint64_t chain_id);
/// A line for each of them.
[[nodiscard]] std::string describe_storage(const Json& members);

}  // namespace enshrine::cli
