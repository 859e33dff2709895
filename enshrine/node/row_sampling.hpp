// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/data_availability/publications.hpp>
#include <enshrine/network/peer.hpp>
#include <enshrine/node/application.hpp>
#include <enshrine/rpc/rpc_error.hpp>

namespace enshrine::node {

/// Rows of a published matrix that some member is to keep [DA-ROWS.1], ascending.
[[nodiscard]] std::vector<std::uint32_t> kept_rows(const ChainApplication& application, const Hash32& commitment,
                                                   const data_availability::PublicationRecord& publication);

struct SampledRows {
    network::MatrixHeader header;
    std::vector<network::ProvenRows> parts;  ///< one per member that had some; each verified
};
/// Rows of a published matrix from those who keep them; what cannot be had is left out. Errors: E-DA-UNAVAILABLE when
/// nobody shows what verifies rows.
[[nodiscard]] rpc::RpcResult<SampledRows> sample_rows(const ChainApplication& application,
                                                      const network::Connect& connect, const Hash32& commitment,
                                                      const data_availability::PublicationRecord& publication,
                                                      std::span<const std::uint32_t> indices);

}  // namespace enshrine::node
