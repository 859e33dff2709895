// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/u256.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/rpc/rpc_error.hpp>

#include <fmt/format.h>
#include <simdjson.h>

#include <memory>
#include <vector>

/// Answers of a node, read field by field. Inside this module alone.
namespace enshrine::client {

[[nodiscard]] inline std::unexpected<rpc::RpcError> bad_answer(std::string_view field, std::string_view expected) {
    return std::unexpected{rpc::RpcError{.code = rpc::internal_error,
                                         .message = fmt::format("answer of the node: {} is not {}", field, expected),
                                         .field = std::string{field},
                                         .expected = std::string{expected}}};
}

/// Reads the members of one JSON object; the first failure sticks and names its field.
class ObjectReader {
public:
    explicit ObjectReader(const simdjson::dom::element& object) noexcept : object_{object} {}

    std::uint64_t u64(std::string_view name) {
        const auto value = codec::parse_quantity_u64(text(name));
        return value ? *value : failed(name, "a quantity", std::uint64_t{0});
    }
    U256 u256(std::string_view name) {
        const auto value = codec::parse_quantity(text(name));
        return value ? *value : failed(name, "a quantity", U256{});
    }
    template <std::size_t N>
    FixedBytes<N> fixed(std::string_view name, std::string_view expected) {
        const auto value = codec::parse_hex_fixed<N>(text(name));
        return value ? *value : failed(name, expected, FixedBytes<N>{});
    }
    Hash32 hash(std::string_view name) {
        const auto value = codec::parse_hex_fixed<32>(text(name));
        return value ? *value : failed(name, "32 bytes", Hash32{});
    }
    Address address(std::string_view name) {
        const auto value = codec::parse_address(text(name));
        return value ? *value : failed(name, "an address", Address{});
    }
    Bytes bytes(std::string_view name) {
        auto value = codec::parse_hex(text(name));
        return value ? *std::move(value) : failed(name, "0x-hex bytes", Bytes{});
    }
    bool boolean(std::string_view name) {
        bool value = false;
        return object_[name].get(value) == simdjson::SUCCESS ? value : failed(name, "true or false", false);
    }
    std::string string(std::string_view name) { return std::string{text(name)}; }
    std::vector<simdjson::dom::element> array(std::string_view name) {
        simdjson::dom::array value;
        if (object_[name].get(value) != simdjson::SUCCESS)
            return failed(name, "an array", std::vector<simdjson::dom::element>{});
        return {value.begin(), value.end()};
    }
    /// Absent and null count as missing.
    bool has(std::string_view name) const {
        simdjson::dom::element value;
        return object_[name].get(value) == simdjson::SUCCESS && !value.is_null();
    }
    template <class T>
    rpc::RpcResult<T> result(T value) const {
        if (!failure_.empty()) return bad_answer(failure_, expected_);
        return value;
    }

private:
    std::string_view text(std::string_view name) {
        std::string_view value;
        if (object_[name].get(value) != simdjson::SUCCESS) failed(name, "text", 0);
        return value;
    }
    template <class T>
    T failed(std::string_view name, std::string_view expected, T fallback) {
        if (failure_.empty()) {
            failure_ = name;
            expected_ = expected;
        }
        return fallback;
    }

    simdjson::dom::element object_;
    std::string failure_;
    std::string expected_;
};

/// A parsed answer and the parser that owns its memory.
struct Document {
    simdjson::dom::parser parser;
    simdjson::dom::element root;
};

[[nodiscard]] inline rpc::RpcResult<std::unique_ptr<Document>> parse(const std::string& json) {
    auto document = std::make_unique<Document>();
    if (document->parser.parse(json).get(document->root) != simdjson::SUCCESS) return bad_answer("result", "JSON");
    return document;
}

[[nodiscard]] inline rpc::RpcResult<std::string> unquote(const std::string& json) {
    if (json.size() < 2 || json.front() != '"' || json.back() != '"') return bad_answer("result", "text");
    return json.substr(1, json.size() - 2);
}

[[nodiscard]] inline rpc::RpcResult<std::uint64_t> parse_u64(const std::string& json) {
    ENSHRINE_TRY(const auto text, unquote(json));
    const auto value = codec::parse_quantity_u64(text);
    if (!value) return bad_answer("result", "a quantity");
    return *value;
}

[[nodiscard]] inline rpc::RpcResult<U256> parse_u256(const std::string& json) {
    ENSHRINE_TRY(const auto text, unquote(json));
    const auto value = codec::parse_quantity(text);
    if (!value) return bad_answer("result", "a quantity");
    return *value;
}

[[nodiscard]] inline rpc::RpcResult<Bytes> parse_bytes(const std::string& json) {
    ENSHRINE_TRY(const auto text, unquote(json));
    auto value = codec::parse_hex(text);
    if (!value) return bad_answer("result", "0x-hex bytes");
    return *std::move(value);
}

}  // namespace enshrine::client
