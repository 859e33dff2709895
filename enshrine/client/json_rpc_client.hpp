// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/rpc/rpc_error.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace enshrine::client {

/// Of errors that are not the node's: nobody answers at the URL, or what answers is no node.
inline constexpr int unreachable_code = -32099;

/// A JSON-RPC call over HTTP/1.1 keep-alive. One connection, reconnects once by itself; not thread-safe (one per thread).
class JsonRpcClient {
public:
    /// "http://127.0.0.1:8545/rollup/901". The text of the error names what is wrong with the URL.
    [[nodiscard]] static std::expected<std::unique_ptr<JsonRpcClient>, std::string> make(std::string_view url,
                                                                                        unsigned timeout_seconds = 30);
    ~JsonRpcClient();
    /// `params` is the JSON text of the parameter array. Returns the JSON text of `result`. Transport failures have
    /// unreachable_code and say which URL could not be reached.
    [[nodiscard]] rpc::RpcResult<std::string> call(std::string_view method, std::string_view params);

private:
    class Connection;
    explicit JsonRpcClient(std::unique_ptr<Connection> connection) noexcept;
    std::unique_ptr<Connection> connection_;
};

}  // namespace enshrine::client
