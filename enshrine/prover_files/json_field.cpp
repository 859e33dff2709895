// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/prover_files/json_field.hpp>
#include <enshrine/prover_files/number_text.hpp>

namespace enshrine::prover_files {
namespace {

constexpr std::size_t shown_max = 100;

/// Of a list or an object its size alone: one that is nested deeply must not be walked.
std::string shown(const nlohmann::json& value) {
    if (value.is_array()) return "an array of " + std::to_string(value.size());
    if (value.is_object()) return "an object";
    std::string text = value.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
    if (text.size() > shown_max) text = text.substr(0, shown_max) + "…";
    return text;
}

}  // namespace

std::unexpected<FileError> JsonField::expected(std::string_view what) const {
    return unusable(path_ + ": expected " + std::string{what} + ", got " + shown(*value_));
}

FileResult<JsonField> JsonField::member(const char* name) const {
    const std::string path = path_.empty() ? name : path_ + "." + name;
    if (!value_->is_object()) return expected("an object");
    const auto found = value_->find(name);
    if (found == value_->end()) return unusable(path + ": missing");
    return JsonField{*found, path};
}

FileResult<std::vector<JsonField>> JsonField::elements(std::size_t count) const {
    if (!value_->is_array() || value_->size() != count) return expected("an array of " + std::to_string(count));
    return elements_up_to(count);
}

FileResult<std::vector<JsonField>> JsonField::elements_up_to(std::size_t count_max) const {
    if (!value_->is_array()) return expected("an array");
    if (value_->size() > count_max) return expected("an array of at most " + std::to_string(count_max));
    std::vector<JsonField> out;
    out.reserve(value_->size());
    for (std::size_t i = 0; i < value_->size(); ++i)
        out.emplace_back((*value_)[i], path_ + "[" + std::to_string(i) + "]");
    return out;
}

FileResult<std::string> JsonField::text() const {
    if (!value_->is_string()) return expected("a string");
    return value_->get<std::string>();
}

FileResult<std::uint64_t> JsonField::integer() const {
    if (!value_->is_number_unsigned()) return expected("a non-negative integer");
    return value_->get<std::uint64_t>();
}

FileResult<Bytes> JsonField::number(std::size_t width) const {
    std::string digits;
    if (value_->is_number_unsigned()) {
        digits = std::to_string(value_->get<std::uint64_t>());
    } else if (value_->is_string()) {
        digits = value_->get<std::string>();
    }
    if (!is_number(digits)) return expected("a number in decimal digits, or 0x and hex digits");
    auto out = number_to_bytes(digits, width);
    if (!out) return refused(path_ + ": " + digits + " is not below the modulus of its field");
    return *std::move(out);
}

FileResult<Bytes> JsonField::hex() const {
    if (!value_->is_string()) return expected("a string of hex digits");
    const auto bytes = codec::parse_hex(value_->get_ref<const std::string&>());
    if (!bytes) return expected("a string of hex digits");
    return *bytes;
}

std::optional<nlohmann::json> parse_json(BytesView content) {
    nlohmann::json out = nlohmann::json::parse(content.begin(), content.end(), nullptr, false);
    if (out.is_discarded()) return std::nullopt;
    return out;
}

}  // namespace enshrine::prover_files
