// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/rpc/params.hpp>
#include <enshrine/rpc/rpc_error.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace enshrine::rpc {

/// Answers one call with the JSON text of its result.
using Handler = std::function<RpcResult<std::string>(const Params&)>;

struct MethodEntry {
    Handler handler;
    std::string parameters;     ///< for rpc.discover: "address: 0x-hex address, block: number or tag = latest"
    std::string documentation;
};

/// The methods that one URL path answers. Immutable once it serves.
class Endpoint {
public:
    void add(std::string name, MethodEntry entry);
    [[nodiscard]] const std::map<std::string, MethodEntry, std::less<>>& methods() const noexcept { return methods_; }
    /// Body of a POST → body of the answer (single call or batch). Never throws; unknown methods answer -32601.
    [[nodiscard]] std::string handle(std::string_view body) const;

private:
    std::map<std::string, MethodEntry, std::less<>> methods_;
};

}  // namespace enshrine::rpc
