// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/network/storage_node.hpp>

#include <cmd/enshrine/session.hpp>
#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <vector>

/// Who keeps the rows of a devnet: its validator, in this process, or storage nodes in processes of their own.
namespace enshrine::cli {

class DevnetStorage {
public:
    /// Keys and endpoints of `count` nodes; those of an earlier start, if there was one. 0: the validator alone.
    /// Refuses another number than that of the chain in the folder.
    [[nodiscard]] static CliResult<std::unique_ptr<DevnetStorage>> prepare(const std::filesystem::path& data_dir,
                                                                           std::size_t count);
    ~DevnetStorage();  ///< ends the processes
    DevnetStorage(const DevnetStorage&) = delete;
    DevnetStorage& operator=(const DevnetStorage&) = delete;

    /// For genesis.
    [[nodiscard]] const std::vector<data_availability::CommitteeMember>& committee() const noexcept {
        return committee_;
    }
    /// Once the L1 answers; returns when every node does.
    [[nodiscard]] CliResult<void> start(const std::string& l1_url, std::uint64_t chain_id);
    /// How programs in this process reach those who keep rows; may be asked before `start`.
    [[nodiscard]] network::Connect connect() const;
    void stop();

private:
    DevnetStorage(std::filesystem::path data_dir, std::size_t count) : data_dir_{std::move(data_dir)}, count_{count} {}
    [[nodiscard]] CliResult<void> load_or_make_committee();
    [[nodiscard]] std::unexpected<Failure> damaged() const;
    [[nodiscard]] CliResult<void> make_committee();
    [[nodiscard]] CliResult<void> save_committee() const;
    [[nodiscard]] CliResult<void> load_committee(const Json& saved);
    [[nodiscard]] CliResult<void> start_embedded(const std::string& l1_url);
    [[nodiscard]] CliResult<void> start_process(std::size_t node, const std::string& l1_url);
    [[nodiscard]] CliResult<void> wait_for(const data_availability::CommitteeMember& member) const;
    [[nodiscard]] std::filesystem::path folder_of(const data_availability::CommitteeMember& member) const;

    std::filesystem::path data_dir_;
    std::size_t count_;
    std::uint64_t chain_id_ = 0;
    std::vector<data_availability::CommitteeMember> committee_;
    std::unique_ptr<network::StorageNode> embedded_;
    std::vector<pid_t> processes_;
};

}  // namespace enshrine::cli
