// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/network/distribute.hpp>
#include <enshrine/network/retrieve.hpp>
#include <enshrine/network/shard_service.hpp>

/// Mending what a node lost, and what others lost. Rules: docs/spec/data_availability.md [DA-NET.9].
namespace enshrine::network {

struct KeptRows {
    std::size_t assigned = 0;
    std::size_t missing = 0;   ///< before: not there, or damaged
    std::size_t repaired = 0;  ///< put back from what the others have
};

/// Sees to it that a member keeps all rows that are its own of a published matrix: whatever is missing or damaged is
/// rebuilt from other members and from what is left here. A node that is not in the committee keeps nothing. The error
/// says why the rows cannot be had.
[[nodiscard]] std::expected<KeptRows, std::string> keep_rows(
    ShardService& service, const data_availability::Publication& publication,
    std::span<const data_availability::CommitteeMember> committee, std::uint64_t expires_at,
    const RetrieveOptions& options);

/// Hands every member the rows of a rebuilt matrix that it lost; those that have theirs are not sent any. One report
/// per member.
[[nodiscard]] std::vector<PeerReport> reseed(std::shared_ptr<const data_availability::Matrix> matrix,
                                             const data_availability::Publication& publication, std::uint64_t chain_id,
                                             std::span<const data_availability::CommitteeMember> committee,
                                             const DistributeOptions& options);

}  // namespace enshrine::network
