// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/rpc/endpoint.hpp>
#include <enshrine/rpc/eth_backend.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace enshrine::rpc {

inline constexpr std::uint64_t log_blocks_max = 10'000;         ///< range of one eth_getLogs
inline constexpr std::size_t log_alternatives_max = 1'000;      ///< addresses, and topics of one position
inline constexpr std::uint64_t fee_history_blocks_max = 1'024;  ///< more are cut down to this
inline constexpr std::size_t fee_percentiles_max = 100;

struct EthOptions {
    std::string client_version = "enshrine";
    /// Errors of contracts, e.g. "RollupUnknown(uint64 rollup)", to name them when a call reverts.
    std::span<const std::string_view> error_declarations;
};

/// The `eth_*`, `net_*` and `web3_*` methods that wallets, libraries and explorers call. eth_fillTransaction is absent
/// on purpose: clients fall back to calls that they can check. The backend outlives the endpoint.
void add_eth_methods(Endpoint& endpoint, EthBackend& backend, const EthOptions& options = {});

}  // namespace enshrine::rpc
