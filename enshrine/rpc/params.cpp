// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rpc/json_access.hpp>
#include <enshrine/rpc/params.hpp>

namespace enshrine::rpc {
namespace {

template <class T>
RpcResult<std::optional<T>> optional(const JsonValue& value, RpcResult<T> (JsonValue::*accessor)() const) {
    if (value.absent()) return std::optional<T>{};
    ENSHRINE_TRY(auto present, (value.*accessor)());
    return std::optional<T>{std::move(present)};
}

}  // namespace

JsonValue Params::at(std::size_t index, std::string_view name) const {
    const auto list = JsonAccess::element(list_);
    JsonAccess::Element found;
    const bool present = list && (list->is_object() ? list->at_key(name).get(found) == simdjson::SUCCESS
                                                    : list->at(index).get(found) == simdjson::SUCCESS);
    return present ? JsonAccess::make(found, std::string{name}) : JsonAccess::make_missing(std::string{name});
}

std::size_t Params::size() const noexcept {
    const auto list = JsonAccess::element(list_);
    if (!list) return 0;
    simdjson::dom::array array;
    if (list->get(array) == simdjson::SUCCESS) return array.size();
    simdjson::dom::object object;
    return list->get(object) == simdjson::SUCCESS ? object.size() : 0;
}

RpcResult<bool> Params::boolean(std::size_t index, std::string_view name) const {
    return at(index, name).boolean();
}
RpcResult<std::string_view> Params::text(std::size_t index, std::string_view name) const {
    return at(index, name).text();
}
RpcResult<Address> Params::address(std::size_t index, std::string_view name) const {
    return at(index, name).address();
}
RpcResult<Hash32> Params::hash(std::size_t index, std::string_view name) const {
    return at(index, name).hash();
}
RpcResult<Bytes> Params::bytes(std::size_t index, std::string_view name) const {
    return at(index, name).bytes();
}
RpcResult<std::uint64_t> Params::u64(std::size_t index, std::string_view name) const {
    return at(index, name).u64();
}
RpcResult<U256> Params::u256(std::size_t index, std::string_view name) const {
    return at(index, name).u256();
}
RpcResult<BlockId> Params::block_id(std::size_t index, std::string_view name) const {
    const JsonValue value = at(index, name);
    if (value.absent()) return BlockId{BlockTag::latest};
    return value.block_id();
}

RpcResult<std::optional<bool>> Params::optional_boolean(std::size_t index, std::string_view name) const {
    return optional(at(index, name), &JsonValue::boolean);
}
RpcResult<std::optional<std::string_view>> Params::optional_text(std::size_t index, std::string_view name) const {
    return optional(at(index, name), &JsonValue::text);
}
RpcResult<std::optional<Address>> Params::optional_address(std::size_t index, std::string_view name) const {
    return optional(at(index, name), &JsonValue::address);
}
RpcResult<std::optional<Hash32>> Params::optional_hash(std::size_t index, std::string_view name) const {
    return optional(at(index, name), &JsonValue::hash);
}
RpcResult<std::optional<Bytes>> Params::optional_bytes(std::size_t index, std::string_view name) const {
    return optional(at(index, name), &JsonValue::bytes);
}
RpcResult<std::optional<std::uint64_t>> Params::optional_u64(std::size_t index, std::string_view name) const {
    return optional(at(index, name), &JsonValue::u64);
}
RpcResult<std::optional<U256>> Params::optional_u256(std::size_t index, std::string_view name) const {
    return optional(at(index, name), &JsonValue::u256);
}

}  // namespace enshrine::rpc
