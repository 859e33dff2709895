// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/u256.hpp>
#include <enshrine/rpc/block_id.hpp>
#include <enshrine/rpc/rpc_error.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace enshrine::rpc {

/// One JSON value of a call and the name of the field it is for. Every accessor that fails returns an RpcError
/// invalid_params that names the field, what was expected and what came. Borrows from the parsed body: valid during the
/// call of a handler.
class JsonValue {
public:
    /// Missing, or null.
    [[nodiscard]] bool absent() const noexcept;
    [[nodiscard]] const std::string& field() const noexcept { return field_; }

    [[nodiscard]] RpcResult<bool> boolean() const;
    [[nodiscard]] RpcResult<double> number() const;
    [[nodiscard]] RpcResult<std::string_view> text() const;
    /// Hex with or without 0x; a mixed-case address has its EIP-55 checksum.
    [[nodiscard]] RpcResult<Address> address() const;
    [[nodiscard]] RpcResult<Hash32> hash() const;
    [[nodiscard]] RpcResult<Bytes> bytes() const;
    /// A storage slot: up to 64 hex digits, filled up with zeros on the left.
    [[nodiscard]] RpcResult<Hash32> word() const;
    /// Ethereum quantities (0x, no leading zeros), or plain JSON integers up to 2^64 - 1.
    [[nodiscard]] RpcResult<std::uint64_t> u64() const;
    [[nodiscard]] RpcResult<U256> u256() const;
    /// A tag, a number, a hash, or an object with blockNumber or blockHash (EIP-1898).
    [[nodiscard]] RpcResult<BlockId> block_id() const;

    /// The member of an object, absent when the object has none of that name; its field is "parent.name".
    [[nodiscard]] RpcResult<JsonValue> member(std::string_view name) const;
    /// The elements of an array; their fields are "parent[0]", ….
    [[nodiscard]] RpcResult<std::vector<JsonValue>> elements() const;
    [[nodiscard]] bool is_array() const noexcept;
    [[nodiscard]] bool is_object() const noexcept;
    [[nodiscard]] bool is_empty_object() const noexcept;
    /// The value as JSON text without spaces; "null" when it is missing.
    [[nodiscard]] std::string json() const;

    /// invalid_params for this field, with what came.
    [[nodiscard]] RpcError invalid(std::string expected) const;

private:
    friend class Params;
    friend struct JsonAccess;  // json_access.hpp: the one place that knows the parser's type
    /// The parser's reference to a value: two words, copied bit by bit.
    using Reference = std::array<std::uintptr_t, 2>;

    JsonValue(std::optional<Reference> value, std::string field) : value_{value}, field_{std::move(field)} {}

    std::optional<Reference> value_;
    std::string field_;
};

}  // namespace enshrine::rpc
