// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/rpc/rpc_error.hpp>

#include <string>
#include <string_view>

namespace enshrine::rpc {

/// The answer `{"jsonrpc":"2.0","id":…,"error":{…}}`; `id` is JSON text.
[[nodiscard]] std::string error_answer(const RpcError& error, std::string_view id = "null");

}  // namespace enshrine::rpc
