// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <cmd/enshrine/json_fields.hpp>

#include <limits>

namespace enshrine::cli {
namespace {

constexpr std::size_t quoted_characters_max = 80;

std::string quoted(const Json* value) {
    if (value == nullptr) return "nothing";
    if (value->is_array()) return fmt::format("an array of {}", value->size());
    if (value->is_object()) return "an object";
    std::string text = value->dump();
    if (text.size() > quoted_characters_max) text = text.substr(0, quoted_characters_max) + "…";
    return text;
}

}  // namespace

const Json* JsonFields::find(std::string_view name) const {
    if (!object_.is_object()) return nullptr;
    const auto found = object_.find(name);
    return found == object_.end() ? nullptr : &*found;
}

std::string JsonFields::path_of(std::string_view name) const {
    return path_.empty() ? std::string{name} : fmt::format("{}.{}", path_, name);
}

std::unexpected<Failure> JsonFields::wrong(std::string_view name, std::string_view expected,
                                           std::string_view got) const {
    return bad_usage(fmt::format("{}: {}: expected {}, got {}", file_, path_of(name), expected, got));
}

std::unexpected<Failure> JsonFields::wrong_type(std::string_view name, std::string_view expected) const {
    return wrong(name, expected, quoted(find(name)));
}

CliResult<std::string> JsonFields::text(std::string_view name) const {
    const Json* value = find(name);
    if (value == nullptr || !value->is_string()) return wrong_type(name, "text");
    return value->get<std::string>();
}

CliResult<std::uint64_t> JsonFields::u64(std::string_view name) const {
    const Json* value = find(name);
    if (value != nullptr && value->is_number_unsigned()) return value->get<std::uint64_t>();
    if (value != nullptr && value->is_string()) {
        if (const auto quantity = codec::parse_quantity_u64(value->get_ref<const std::string&>())) return *quantity;
    }
    return wrong_type(name, "a whole number or a 0x-quantity");
}

CliResult<std::uint32_t> JsonFields::u32(std::string_view name) const {
    ENSHRINE_TRY(const auto value, u64(name));
    if (value > std::numeric_limits<std::uint32_t>::max()) return wrong_type(name, "a number below 2^32");
    return static_cast<std::uint32_t>(value);
}

CliResult<Bytes> JsonFields::bytes(std::string_view name) const {
    const Json* value = find(name);
    if (value == nullptr || !value->is_string()) return wrong_type(name, "0x-hex bytes");
    auto parsed = codec::parse_hex(value->get_ref<const std::string&>());
    if (!parsed) return wrong_type(name, "0x-hex bytes");
    return *std::move(parsed);
}

CliResult<std::vector<Hash32>> JsonFields::hashes(std::string_view name) const {
    const Json* value = find(name);
    if (value == nullptr || !value->is_array()) return wrong_type(name, "an array of 32-byte hashes");
    std::vector<Hash32> out;
    out.reserve(value->size());
    for (const Json& item : *value) {
        const auto hash = codec::parse_hex_fixed<32>(item.is_string() ? item.get_ref<const std::string&>() : "");
        if (!hash) return wrong(fmt::format("{}[{}]", name, out.size()), "32 bytes as 0x-hex", quoted(&item));
        out.push_back(*hash);
    }
    return out;
}

CliResult<JsonFields> JsonFields::object(std::string_view name) const {
    const Json* value = find(name);
    if (value == nullptr || !value->is_object()) return wrong_type(name, "an object");
    return JsonFields{*value, file_, path_of(name)};
}

CliResult<std::vector<JsonFields>> JsonFields::objects(std::string_view name) const {
    const Json* value = find(name);
    if (value == nullptr || !value->is_array()) return wrong_type(name, "an array of objects");
    std::vector<JsonFields> out;
    for (const Json& item : *value) {
        const std::string place = fmt::format("{}[{}]", path_of(name), out.size());
        if (!item.is_object()) return bad_usage(fmt::format("{}: {}: expected an object", file_, place));
        out.emplace_back(item, file_, place);
    }
    return out;
}

CliResult<Json> read_json(const std::string& path, std::size_t bytes_max) {
    ENSHRINE_TRY(const auto bytes, read_file(path, bytes_max));
    Json out = Json::parse(as_text(bytes), nullptr, false);
    if (out.is_discarded()) return bad_usage(fmt::format("{}: expected JSON", path));
    return out;
}

}  // namespace enshrine::cli
