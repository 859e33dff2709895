// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/rpc/eth_backend.hpp>
#include <enshrine/rpc/params.hpp>

#include <vector>

/// The compound parameters of eth methods.
namespace enshrine::rpc {

/// The transaction object of eth_call and eth_estimateGas. `input` and `data` are one field; prices and the nonce are
/// ignored; a chainId has to be ours.
[[nodiscard]] RpcResult<CallRequest> parse_call_request(const JsonValue& value, std::uint64_t chain_id);
/// Tags are resolved, the range is checked against log_blocks_max; blocks above the head are left out.
[[nodiscard]] RpcResult<LogFilter> parse_log_filter(const JsonValue& value, const EthBackend& backend);
/// Ascending numbers from 0 to 100; absent is none.
[[nodiscard]] RpcResult<std::vector<double>> parse_percentiles(const JsonValue& value);

}  // namespace enshrine::rpc
