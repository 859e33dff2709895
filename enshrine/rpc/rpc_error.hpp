// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <expected>
#include <string>

namespace enshrine::rpc {

/// A JSON-RPC error. `code` is the number clients expect; `data` carries what a person needs to mend the call.
struct RpcError {
    int code = -32000;
    std::string message;
    std::string stable_code;  ///< ours, e.g. "E-TXN-NONCE-TOO-LOW"; listed in docs/api_reference.md
    std::string field;        ///< the offending parameter or transaction field, may be empty
    std::string expected;
    std::string got;
    std::string
        revert_data;  ///< 0x-hex; set for reverted calls (code 3), then `data` is this string as in Ethereum clients
};
template <class T>
using RpcResult = std::expected<T, RpcError>;

inline constexpr int parse_error = -32700;
inline constexpr int invalid_request = -32600;
inline constexpr int method_not_found = -32601;
inline constexpr int invalid_params = -32602;
inline constexpr int internal_error = -32603;
inline constexpr int server_error = -32000;
inline constexpr int resource_not_found = -32001;
inline constexpr int transaction_rejected = -32003;
inline constexpr int limit_exceeded = -32005;
inline constexpr int execution_reverted = 3;

}  // namespace enshrine::rpc
