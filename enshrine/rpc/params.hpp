// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/rpc/json_value.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace enshrine::rpc {

/// The parameters of one call, by position or, when the caller sent an object, by name. Every accessor takes both: the
/// position, and the name that errors use. What they accept is written at JsonValue.
class Params {
public:
    /// The value, absent when the caller sent none.
    [[nodiscard]] JsonValue at(std::size_t index, std::string_view name) const;
    /// How many parameters came.
    [[nodiscard]] std::size_t size() const noexcept;

    [[nodiscard]] RpcResult<bool> boolean(std::size_t index, std::string_view name) const;
    [[nodiscard]] RpcResult<std::string_view> text(std::size_t index, std::string_view name) const;
    [[nodiscard]] RpcResult<Address> address(std::size_t index, std::string_view name) const;
    [[nodiscard]] RpcResult<Hash32> hash(std::size_t index, std::string_view name) const;
    [[nodiscard]] RpcResult<Bytes> bytes(std::size_t index, std::string_view name) const;
    [[nodiscard]] RpcResult<std::uint64_t> u64(std::size_t index, std::string_view name) const;
    [[nodiscard]] RpcResult<U256> u256(std::size_t index, std::string_view name) const;
    /// `latest` when it is absent.
    [[nodiscard]] RpcResult<BlockId> block_id(std::size_t index, std::string_view name) const;

    /// Nothing when the value is absent.
    [[nodiscard]] RpcResult<std::optional<bool>> optional_boolean(std::size_t index, std::string_view name) const;
    [[nodiscard]] RpcResult<std::optional<std::string_view>> optional_text(std::size_t index,
                                                                           std::string_view name) const;
    [[nodiscard]] RpcResult<std::optional<Address>> optional_address(std::size_t index, std::string_view name) const;
    [[nodiscard]] RpcResult<std::optional<Hash32>> optional_hash(std::size_t index, std::string_view name) const;
    [[nodiscard]] RpcResult<std::optional<Bytes>> optional_bytes(std::size_t index, std::string_view name) const;
    [[nodiscard]] RpcResult<std::optional<std::uint64_t>> optional_u64(std::size_t index, std::string_view name) const;
    [[nodiscard]] RpcResult<std::optional<U256>> optional_u256(std::size_t index, std::string_view name) const;

private:
    friend struct CallReader;  // endpoint.cpp
    explicit Params(JsonValue list) : list_{std::move(list)} {}

    JsonValue list_;  ///< an array, an object, or missing
};

}  // namespace enshrine::rpc
