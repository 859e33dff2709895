// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rpc/discover.hpp>
#include <enshrine/rpc/json_writer.hpp>

#include <algorithm>
#include <optional>
#include <vector>

namespace enshrine::rpc {
namespace {

constexpr std::string_view separator = ", ";
constexpr std::string_view default_mark = " = ";

struct Parameter {
    std::string_view name;
    std::string_view description;
    std::optional<std::string_view> fallback;
};

bool is_name_char(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Length of the "name" in front of ": ", or nothing when the text does not start with a parameter.
std::optional<std::size_t> name_size(std::string_view text) noexcept {
    const auto end = std::ranges::find_if_not(text, is_name_char);
    const auto size = static_cast<std::size_t>(end - text.begin());
    if (size == 0 || !text.substr(size).starts_with(": ")) return std::nullopt;
    return size;
}

/// A comma inside a description does not end it; a comma in front of "name: " does.
std::size_t parameter_size(std::string_view text) noexcept {
    for (std::size_t at = text.find(separator); at != std::string_view::npos; at = text.find(separator, at + 1)) {
        if (name_size(text.substr(at + separator.size()))) return at;
    }
    return text.size();
}

std::vector<Parameter> parse_parameters(std::string_view text) {
    std::vector<Parameter> out;
    while (!text.empty()) {
        const std::size_t size = parameter_size(text);
        const std::string_view one = text.substr(0, size);
        text.remove_prefix(std::min(text.size(), size + separator.size()));
        const std::size_t name = name_size(one).value_or(one.size());
        Parameter parameter{.name = one.substr(0, name), .description = {}, .fallback = {}};
        if (name < one.size()) parameter.description = one.substr(name + 2);
        if (const auto mark = parameter.description.rfind(default_mark); mark != std::string_view::npos) {
            parameter.fallback = parameter.description.substr(mark + default_mark.size());
            parameter.description = parameter.description.substr(0, mark);
        }
        out.push_back(parameter);
    }
    return out;
}

std::string_view schema_of(std::string_view description) noexcept {
    if (description.starts_with("object")) return R"({"type":"object"})";
    if (description.starts_with("array")) return R"({"type":"array"})";
    if (description.starts_with("boolean")) return R"({"type":"boolean"})";
    if (description.starts_with("address")) return R"({"type":"string","pattern":"^(0x)?[0-9a-fA-F]{40}$"})";
    if (description.starts_with("hash")) return R"({"type":"string","pattern":"^(0x)?[0-9a-fA-F]{64}$"})";
    if (description.starts_with("quantity")) return R"({"type":"string","pattern":"^0x(0|[1-9a-fA-F][0-9a-fA-F]*)$"})";
    return R"({"type":"string"})";
}

void write_method(JsonWriter& json, std::string_view name, const MethodEntry& entry) {
    json.begin_object().string("name", name).string("summary", entry.documentation);
    json.key("params").begin_array();
    for (const Parameter& parameter : parse_parameters(entry.parameters)) {
        json.begin_object().string("name", parameter.name).string("description", parameter.description);
        if (parameter.fallback) json.string("x-default", *parameter.fallback);
        json.boolean("required", !parameter.fallback.has_value()).raw("schema", schema_of(parameter.description));
        json.end_object();
    }
    json.end_array();
    json.key("result").begin_object().string("name", "result").raw("schema", "{}").end_object();
    json.end_object();
}

}  // namespace

std::size_t count_parameters(std::string_view list) {
    return parse_parameters(list).size();
}

std::string openrpc_document(const Endpoint& endpoint, std::string_view title, std::string_view version) {
    JsonWriter json;
    json.begin_object().string("openrpc", "1.2.6");
    json.key("info").begin_object().string("title", title).string("version", version).end_object();
    json.key("methods").begin_array();
    for (const auto& [name, entry] : endpoint.methods()) write_method(json, name, entry);
    json.end_array().end_object();
    return json.take();
}

void add_discover(Endpoint& endpoint, std::string_view title, std::string_view version) {
    MethodEntry entry{.handler = {}, .parameters = {}, .documentation = "This document."};
    endpoint.add("rpc.discover", entry);
    entry.handler = [document = openrpc_document(endpoint, title, version)](const Params&) {
        return RpcResult<std::string>{document};
    };
    endpoint.add("rpc.discover", std::move(entry));
}

}  // namespace enshrine::rpc
