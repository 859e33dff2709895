// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/rpc/json_value.hpp>

#include <simdjson.h>

#include <bit>

/// Between the parser and JsonValue. Internal to the module: callers of rpc never see simdjson.
namespace enshrine::rpc {

struct JsonAccess {
    using Element = simdjson::dom::element;
    static_assert(sizeof(Element) == sizeof(JsonValue::Reference) && std::is_trivially_copyable_v<Element>);

    [[nodiscard]] static JsonValue make(const Element& element, std::string field) {
        return JsonValue{std::bit_cast<JsonValue::Reference>(element), std::move(field)};
    }
    [[nodiscard]] static JsonValue make_missing(std::string field) { return JsonValue{std::nullopt, std::move(field)}; }
    [[nodiscard]] static std::optional<Element> element(const JsonValue& value) noexcept {
        if (!value.value_) return std::nullopt;
        return std::bit_cast<Element>(*value.value_);
    }
};

}  // namespace enshrine::rpc
