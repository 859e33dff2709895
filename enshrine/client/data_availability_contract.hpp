// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/client/wallet.hpp>
#include <enshrine/data_availability/committee.hpp>
#include <enshrine/data_availability/publications.hpp>

/// IDataAvailability over an L1 node: what its views tell, and the calls that publish.
namespace enshrine::client {

/// The last publication of a commitment; nullopt when there is none.
[[nodiscard]] rpc::RpcResult<std::optional<data_availability::PublicationRecord>> publication(L1Client& l1,
                                                                                              const Hash32& commitment);
/// The current committee.
[[nodiscard]] rpc::RpcResult<data_availability::Committee> committee(L1Client& l1);
/// That of an epoch; nullopt for one that has not come.
[[nodiscard]] rpc::RpcResult<std::optional<data_availability::Committee>> committee_at(L1Client& l1,
                                                                                       std::uint64_t epoch);
/// What publishing a matrix of blobs of these sizes costs at the current price, in wei.
[[nodiscard]] rpc::RpcResult<U256> publication_fee(L1Client& l1, std::span<const std::uint64_t> sizes);

/// Calldata of publish, or of publishMatrix for several blobs.
[[nodiscard]] Bytes publish_calldata(const data_availability::Publication& publication, BytesView certificate);
/// The call that publishes, with twice the fee: the price may rise until its block, and the rest comes back.
[[nodiscard]] rpc::RpcResult<Wallet::Call> publish_call(L1Client& l1, const data_availability::Publication& publication,
                                                        BytesView certificate);

}  // namespace enshrine::client
