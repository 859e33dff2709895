// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/rpc/params.hpp>
#include <enshrine/rpc/rpc_error.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace enshrine::rpc {

inline constexpr std::size_t batch_calls_max = 100;
inline constexpr std::size_t batch_answer_bytes_max = 64 * 1024 * 1024;
inline constexpr std::size_t json_depth_max = 64;

/// Answers one call with the JSON text of its result.
using Handler = std::function<RpcResult<std::string>(const Params&)>;

struct MethodEntry {
    Handler handler;
    std::string parameters;  ///< for rpc.discover: "address: 0x-hex address, block: number or tag = latest"
    std::string documentation;
    std::size_t parameters_max = 0;  ///< what `parameters` lists; filled in by Endpoint::add. 0: not checked
};

/// The methods that one URL path answers. Immutable once it serves.
class Endpoint {
public:
    void add(std::string name, MethodEntry entry);
    [[nodiscard]] const std::map<std::string, MethodEntry, std::less<>>& methods() const noexcept { return methods_; }
    /// Body of a POST → body of the answer (single call or batch); empty when there is nothing to answer (notifications
    /// alone). Never throws; unknown methods answer -32601. Thread-safe when the handlers are.
    [[nodiscard]] std::string handle(std::string_view body) const noexcept;

private:
    std::map<std::string, MethodEntry, std::less<>> methods_;
};

}  // namespace enshrine::rpc
