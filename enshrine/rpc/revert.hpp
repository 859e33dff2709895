// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/rpc/rpc_error.hpp>

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace enshrine::rpc {

/// Revert data into text, by the errors that contracts declare, e.g. "InsufficientBond(uint256 required, uint256 got)".
class RevertDecoder {
public:
    /// Solidity's own Error(string) and Panic(uint256) are always known. The declarations are ours and have to be good.
    explicit RevertDecoder(std::span<const std::string_view> declarations = {});

    /// "InsufficientBond(required: 5, got: 3)", the text of an Error(string), or "" when there is no data.
    [[nodiscard]] std::string text(BytesView data) const;
    /// Code 3, "execution reverted: …", and the data, as Ethereum clients expect them.
    [[nodiscard]] RpcError error(BytesView data) const;

private:
    std::map<std::uint32_t, std::string> declarations_;
};

}  // namespace enshrine::rpc
