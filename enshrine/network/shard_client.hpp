// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/network/peer.hpp>

#include <chrono>

namespace enshrine::network {

struct ShardClientOptions {
    std::chrono::milliseconds connect_timeout{5'000};  ///< TCP, TLS and greeting together
    /// Longest time without a byte of progress. A signature takes as long as the node's disk needs.
    std::chrono::milliseconds stall_timeout{15'000};
    std::uint64_t chain_id = 0;  ///< nodes of other chains are refused; 0: any
};

/// Connections over TLS 1.3 to the endpoint of a member. A zero tls_key_hash accepts any key (for tools alone).
[[nodiscard]] Connect connect_over_tls(const ShardClientOptions& options);

}  // namespace enshrine::network
