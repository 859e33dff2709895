// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/client/l1_client.hpp>
#include <enshrine/data_availability/committee.hpp>

/// The views of IDataAvailability over an L1 node, and the calldata of its methods.
namespace enshrine::client {

struct PublicationStatus {
    std::uint64_t height = 0;  ///< of the last block that published it
    std::uint64_t expires_at = 0;
    std::uint64_t epoch = 0;  ///< of the committee that keeps its rows
    std::vector<data_availability::PublishedBlob> blobs;
};
/// The last publication of a commitment; nullopt when there is none.
[[nodiscard]] rpc::RpcResult<std::optional<PublicationStatus>> publication(L1Client& l1, const Hash32& commitment);

struct CommitteeStatus {
    std::uint64_t epoch = 0;
    std::vector<data_availability::CommitteeMember> members;
};
/// The current committee.
[[nodiscard]] rpc::RpcResult<CommitteeStatus> committee(L1Client& l1);
/// That of an epoch that has come.
[[nodiscard]] rpc::RpcResult<CommitteeStatus> committee_at(L1Client& l1, std::uint64_t epoch);
/// What publishing a matrix of blobs of these sizes costs at the current price, in wei.
[[nodiscard]] rpc::RpcResult<U256> publication_fee(L1Client& l1, std::span<const std::uint64_t> sizes);

/// publish(…): a matrix of one blob.
[[nodiscard]] Bytes publish_calldata(const data_availability::PublishedBlob& blob, const Hash32& commitment,
                                     BytesView certificate);

}  // namespace enshrine::client
