// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/codec/abi.hpp>
#include <enshrine/hash/keccak.hpp>

/// The compile-time half of abi.hpp: declarations into types, selectors and topics.
namespace enshrine::codec::abi {
namespace detail {

/// Bound of the canonical form "name(type,type)".
inline constexpr std::size_t canonical_size_max = 512;

[[nodiscard]] constexpr std::string_view trim(std::string_view text) noexcept {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

/// Takes the text before the next `separator` (or all of it) off the front of `rest`, separator included.
[[nodiscard]] constexpr std::string_view take_until(std::string_view& rest, char separator) noexcept {
    const std::size_t end = rest.find(separator);
    const std::string_view taken = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return taken;
}

[[nodiscard]] constexpr bool is_identifier(std::string_view text) noexcept {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
        const bool digit = c >= '0' && c <= '9';
        if (!letter && (i == 0 || !digit)) return false;
    }
    return !text.empty();
}

/// Up to three digits without leading zeros; 0 when it is anything else.
[[nodiscard]] constexpr std::uint16_t parse_width(std::string_view text) noexcept {
    if (text.empty() || text.size() > 3 || text[0] == '0') return 0;
    std::uint16_t out = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return 0;
        out = static_cast<std::uint16_t>(out * 10 + (c - '0'));
    }
    return out;
}

[[nodiscard]] constexpr Result<Type> parse_word_type(std::string_view text) noexcept {
    if (text == "bool") return Type{.kind = TypeKind::boolean, .size = 1};
    if (text == "address") return Type{.kind = TypeKind::address, .size = 20};
    if (text.starts_with("uint")) {
        const std::uint16_t bits = parse_width(text.substr(4));
        if (bits == 0 || bits > 256 || bits % 8 != 0) return fail(AbiError::bad_declaration);
        return Type{.kind = TypeKind::uint, .size = bits};
    }
    if (text.starts_with("bytes")) {
        const std::uint16_t size = parse_width(text.substr(5));
        if (size == 0 || size > 32) return fail(AbiError::bad_declaration);
        return Type{.kind = TypeKind::fixed_bytes, .size = size};
    }
    return fail(AbiError::bad_declaration);
}

[[nodiscard]] constexpr Result<Type> parse_type(std::string_view text) noexcept {
    if (text == "bytes") return Type{.kind = TypeKind::bytes, .size = 0};
    if (text == "string") return Type{.kind = TypeKind::string, .size = 0};
    if (!text.ends_with("[]")) return parse_word_type(text);
    ENSHRINE_TRY(const auto element, parse_word_type(text.substr(0, text.size() - 2)));
    return Type{.kind = TypeKind::array, .size = 0, .element = element.kind, .element_size = element.size};
}

/// "type", "type name", "type indexed" or "type indexed name".
[[nodiscard]] constexpr Result<Parameter> parse_parameter(std::string_view text) noexcept {
    std::string_view rest = trim(text);
    Parameter out;
    out.type_text = take_until(rest, ' ');
    ENSHRINE_TRY(out.type, parse_type(out.type_text));
    rest = trim(rest);
    if (rest == "indexed" || rest.starts_with("indexed ")) {
        out.indexed = true;
        rest = trim(rest.substr(std::string_view{"indexed"}.size()));
    }
    if (!rest.empty() && !is_identifier(rest)) return fail(AbiError::bad_declaration);
    out.name = rest;
    return out;
}

/// Appends to a fixed buffer; the canonical form of a declaration within bounds always fits.
struct CanonicalText {
    std::array<char, canonical_size_max> data{};
    std::size_t size = 0;

    constexpr void add(std::string_view text) noexcept {
        ENSHRINE_ASSERT(text.size() <= data.size() - size);
        for (const char c : text) data[size++] = c;
    }
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {data.data(), size}; }
};

}  // namespace detail

constexpr Result<Signature> parse_parameters(std::string_view list) noexcept {
    Signature out;
    std::string_view rest = list;
    if (detail::trim(rest).empty()) return out;
    if (rest.ends_with(',')) return fail(AbiError::bad_declaration);
    while (!rest.empty()) {
        if (out.parameter_count == parameters_max) return fail(AbiError::bad_declaration);
        const std::string_view text = detail::take_until(rest, ',');
        ENSHRINE_TRY(out.parameters[out.parameter_count], detail::parse_parameter(text));
        ++out.parameter_count;
    }
    return out;
}

constexpr Result<Signature> parse_signature(std::string_view declaration) noexcept {
    const std::size_t open = declaration.find('(');
    if (open == std::string_view::npos || !declaration.ends_with(')')) return fail(AbiError::bad_declaration);
    const std::string_view name = declaration.substr(0, open);
    if (!name.empty() && !detail::is_identifier(name)) return fail(AbiError::bad_declaration);
    ENSHRINE_TRY(auto out, parse_parameters(declaration.substr(open + 1, declaration.size() - open - 2)));
    out.name = name;
    return out;
}

constexpr Hash32 signature_hash(std::string_view declaration) noexcept {
    const auto signature = parse_signature(declaration);
    ENSHRINE_ASSERT(signature.has_value());
    detail::CanonicalText text;
    text.add(signature->name);
    text.add("(");
    for (std::size_t i = 0; i < signature->parameter_count; ++i) {
        if (i > 0) text.add(",");
        text.add(signature->parameters[i].type_text);
    }
    text.add(")");
    return hash::keccak256_constexpr(text.view());
}

constexpr std::uint32_t selector(std::string_view declaration) noexcept {
    const Hash32 digest = signature_hash(declaration);
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < 4; ++i) out = (out << 8) | digest[i];
    return out;
}

}  // namespace enshrine::codec::abi
