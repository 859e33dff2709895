// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/rpc/json_access.hpp>

#include <fmt/format.h>

namespace enshrine::rpc {
namespace {

using Element = JsonAccess::Element;
using simdjson::SUCCESS;

constexpr std::size_t shown_chars_max = 80;

template <class T>
std::optional<T> get(const JsonValue& value) noexcept {
    const auto element = JsonAccess::element(value);
    T out{};
    if (!element || element->get(out) != SUCCESS) return std::nullopt;
    return out;
}

/// What a person recognises of what they sent, at a bounded length.
std::string describe(const JsonValue& value) {
    const auto element = JsonAccess::element(value);
    if (!element) return "nothing";
    if (element->is_object()) return "an object";
    if (element->is_array()) return "an array";
    std::string_view text;
    if (element->get(text) != SUCCESS) return simdjson::minify(*element);
    if (text.size() <= shown_chars_max) return fmt::format("\"{}\"", text);
    return fmt::format("\"{}…\" ({} characters)", text.substr(0, shown_chars_max), text.size());
}

RpcError invalid_because(const JsonValue& value, std::string expected, const Error& cause) {
    RpcError error = value.invalid(std::move(expected));
    error.message += fmt::format(": {}", cause.message());
    return error;
}

std::optional<BlockTag> parse_tag(std::string_view text) noexcept {
    if (text == "latest") return BlockTag::latest;
    if (text == "pending") return BlockTag::pending;
    if (text == "earliest") return BlockTag::earliest;
    if (text == "safe") return BlockTag::safe;
    if (text == "finalized") return BlockTag::finalized;
    return std::nullopt;
}

RpcResult<BlockId> parse_block_object(const JsonValue& value) {
    ENSHRINE_TRY(const JsonValue number, value.member("blockNumber"));
    ENSHRINE_TRY(const JsonValue hash, value.member("blockHash"));
    if (number.absent() == hash.absent()) {
        return std::unexpected{value.invalid("an object with either blockNumber or blockHash")};
    }
    if (!number.absent()) {
        ENSHRINE_TRY(const std::uint64_t height, number.u64());
        return BlockId{height};
    }
    ENSHRINE_TRY(const Hash32 block_hash, hash.hash());
    return BlockId{block_hash};
}

}  // namespace

RpcError JsonValue::invalid(std::string expected) const {
    std::string got = describe(*this);
    std::string message = fmt::format("{}: expected {}, got {}", field_, expected, got);
    return {.code = invalid_params,
            .message = std::move(message),
            .stable_code = "E-RPC-INVALID-PARAMS",
            .field = field_,
            .expected = std::move(expected),
            .got = std::move(got)};
}

bool JsonValue::absent() const noexcept {
    const auto element = JsonAccess::element(*this);
    return !element || element->is_null();
}

bool JsonValue::is_array() const noexcept {
    const auto element = JsonAccess::element(*this);
    return element && element->is_array();
}

bool JsonValue::is_object() const noexcept {
    const auto element = JsonAccess::element(*this);
    return element && element->is_object();
}

bool JsonValue::is_empty_object() const noexcept {
    const auto object = get<simdjson::dom::object>(*this);
    return object && object->begin() == object->end();
}

std::string JsonValue::json() const {
    const auto element = JsonAccess::element(*this);
    return element ? simdjson::minify(*element) : "null";
}

RpcResult<bool> JsonValue::boolean() const {
    const auto value = get<bool>(*this);
    if (!value) return std::unexpected{invalid("true or false")};
    return *value;
}

RpcResult<double> JsonValue::number() const {
    const auto value = get<double>(*this);
    if (!value) return std::unexpected{invalid("a number")};
    return *value;
}

RpcResult<std::string_view> JsonValue::text() const {
    const auto value = get<std::string_view>(*this);
    if (!value) return std::unexpected{invalid("a string")};
    return *value;
}

RpcResult<Address> JsonValue::address() const {
    static constexpr std::string_view expected = "a 20-byte address in hex";
    const auto text = get<std::string_view>(*this);
    if (!text) return std::unexpected{invalid(std::string{expected})};
    const auto address = codec::parse_address(*text);
    if (!address) return std::unexpected{invalid_because(*this, std::string{expected}, address.error())};
    return *address;
}

RpcResult<Hash32> JsonValue::hash() const {
    static constexpr std::string_view expected = "a 32-byte hash in hex";
    const auto text = get<std::string_view>(*this);
    if (!text) return std::unexpected{invalid(std::string{expected})};
    const auto hash = codec::parse_hex_fixed<Hash32::size_bytes>(*text);
    if (!hash) return std::unexpected{invalid_because(*this, std::string{expected}, hash.error())};
    return *hash;
}

RpcResult<Bytes> JsonValue::bytes() const {
    static constexpr std::string_view expected = "bytes in hex";
    const auto text = get<std::string_view>(*this);
    if (!text) return std::unexpected{invalid(std::string{expected})};
    auto bytes = codec::parse_hex(*text);
    if (!bytes) return std::unexpected{invalid_because(*this, std::string{expected}, bytes.error())};
    return *std::move(bytes);
}

RpcResult<Hash32> JsonValue::word() const {
    static constexpr std::string_view expected = "a 32-byte word in hex, at most 64 digits";
    const auto text = get<std::string_view>(*this);
    if (!text) return std::unexpected{invalid(std::string{expected})};
    const std::string_view digits = text->starts_with("0x") ? text->substr(2) : *text;
    if (digits.empty() || digits.size() > 2 * Hash32::size_bytes)
        return std::unexpected{invalid(std::string{expected})};
    const std::string padded = std::string(2 * Hash32::size_bytes - digits.size(), '0') + std::string{digits};
    const auto word = codec::parse_hex_fixed<Hash32::size_bytes>(padded);
    if (!word) return std::unexpected{invalid_because(*this, std::string{expected}, word.error())};
    return *word;
}

RpcResult<std::uint64_t> JsonValue::u64() const {
    static constexpr std::string_view expected = "a quantity below 2^64 (0x-hex without leading zeros)";
    if (const auto number = get<std::uint64_t>(*this)) return *number;
    const auto text = get<std::string_view>(*this);
    if (!text) return std::unexpected{invalid(std::string{expected})};
    const auto value = codec::parse_quantity_u64(*text);
    if (!value) return std::unexpected{invalid_because(*this, std::string{expected}, value.error())};
    return *value;
}

RpcResult<U256> JsonValue::u256() const {
    static constexpr std::string_view expected = "a quantity below 2^256 (0x-hex without leading zeros)";
    if (const auto number = get<std::uint64_t>(*this)) return U256{*number};
    const auto text = get<std::string_view>(*this);
    if (!text) return std::unexpected{invalid(std::string{expected})};
    const auto value = codec::parse_quantity(*text);
    if (!value) return std::unexpected{invalid_because(*this, std::string{expected}, value.error())};
    return *value;
}

RpcResult<BlockId> JsonValue::block_id() const {
    static constexpr std::string_view expected =
        "a block: latest, pending, earliest, safe, finalized, a quantity, a 32-byte hash, or {blockNumber} or "
        "{blockHash}";
    if (is_object()) return parse_block_object(*this);
    if (const auto number = get<std::uint64_t>(*this)) return BlockId{*number};
    const auto text = get<std::string_view>(*this);
    if (!text) return std::unexpected{invalid(std::string{expected})};
    if (const auto tag = parse_tag(*text)) return BlockId{*tag};
    if (const auto hash = codec::parse_hex_fixed<Hash32::size_bytes>(*text)) return BlockId{*hash};
    const auto number = codec::parse_quantity_u64(*text);
    if (!number) return std::unexpected{invalid_because(*this, std::string{expected}, number.error())};
    return BlockId{*number};
}

RpcResult<JsonValue> JsonValue::member(std::string_view name) const {
    const auto object = get<simdjson::dom::object>(*this);
    if (!object) return std::unexpected{invalid("an object")};
    std::string path = fmt::format("{}.{}", field_, name);
    Element element;
    if (object->at_key(name).get(element) != SUCCESS) return JsonAccess::make_missing(std::move(path));
    return JsonAccess::make(element, std::move(path));
}

RpcResult<std::vector<JsonValue>> JsonValue::elements() const {
    const auto array = get<simdjson::dom::array>(*this);
    if (!array) return std::unexpected{invalid("an array")};
    std::vector<JsonValue> out;
    for (const Element element : *array)
        out.push_back(JsonAccess::make(element, fmt::format("{}[{}]", field_, out.size())));
    return out;
}

}  // namespace enshrine::rpc
