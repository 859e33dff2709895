// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/abi.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/rpc/revert.hpp>

#include <fmt/format.h>

namespace enshrine::rpc {
namespace {

namespace abi = codec::abi;

constexpr std::string_view error_declaration = "Error(string message)";
constexpr std::string_view panic_declaration = "Panic(uint256 code)";
constexpr std::size_t selector_bytes = 4;
constexpr std::size_t shown_bytes_max = 256;
constexpr std::size_t shown_elements_max = 16;

std::string show_bytes(BytesView bytes) {
    if (bytes.size() <= shown_bytes_max) return codec::format_hex(bytes);
    return fmt::format("{}… ({} bytes)", codec::format_hex(bytes.first(shown_bytes_max)), bytes.size());
}

std::string show_text(BytesView bytes) {
    return std::string{as_text(bytes.first(std::min(bytes.size(), shown_bytes_max)))};
}

/// One 32-byte word as a value of a static type; `size` is bits of uintN, bytes of bytesN.
std::string show_word(const Hash32& word, abi::TypeKind kind, std::size_t size) {
    switch (kind) {
        case abi::TypeKind::boolean:
            return word[31] != 0 ? "true" : "false";
        case abi::TypeKind::address:
            return codec::format_address(Address::from(word.view().subspan(12)));
        case abi::TypeKind::fixed_bytes:
            return codec::format_hex(word.view().first(size));
        case abi::TypeKind::uint:
        case abi::TypeKind::bytes:
        case abi::TypeKind::string:
        case abi::TypeKind::array:
            break;
    }
    return codec::format_decimal(U256::from_be(word.view()));
}

std::string show_array(const abi::Arguments& arguments, std::size_t index, const abi::Type& type) {
    std::string out = "[";
    const std::size_t count = arguments.array_size(index);
    for (std::size_t k = 0; k < std::min(count, shown_elements_max); ++k) {
        if (k > 0) out += ", ";
        out += show_word(arguments.array_word(index, k), type.element, type.element_size);
    }
    if (count > shown_elements_max) out += fmt::format(", … ({} elements)", count);
    return out + "]";
}

std::string show_argument(const abi::Arguments& arguments, std::size_t index, const abi::Type& type) {
    switch (type.kind) {
        case abi::TypeKind::boolean:
            return arguments.boolean(index) ? "true" : "false";
        case abi::TypeKind::uint:
            return codec::format_decimal(arguments.u256(index));
        case abi::TypeKind::address:
            return codec::format_address(arguments.address(index));
        case abi::TypeKind::fixed_bytes:
            return show_word(arguments.bytes32(index), type.kind, type.size);
        case abi::TypeKind::bytes:
            return show_bytes(arguments.bytes(index));
        case abi::TypeKind::string:
            return fmt::format("\"{}\"", show_text(arguments.bytes(index)));
        case abi::TypeKind::array:
            return show_array(arguments, index, type);
    }
    return {};
}

std::string show_call(const abi::Signature& signature, const abi::Arguments& arguments) {
    std::string out{signature.name};
    out += '(';
    for (std::size_t i = 0; i < signature.parameter_count; ++i) {
        const abi::Parameter& parameter = signature.parameters[i];
        if (i > 0) out += ", ";
        if (!parameter.name.empty()) out += fmt::format("{}: ", parameter.name);
        out += show_argument(arguments, i, parameter.type);
    }
    return out + ')';
}

std::uint32_t selector_of(BytesView data) noexcept {
    return load_be<std::uint32_t>(data.data());
}

}  // namespace

RevertDecoder::RevertDecoder(std::span<const std::string_view> declarations) {
    for (const std::string_view declaration : declarations) {
        declarations_.emplace(abi::selector(declaration), declaration);
    }
    declarations_.insert_or_assign(abi::selector(error_declaration), std::string{error_declaration});
    declarations_.insert_or_assign(abi::selector(panic_declaration), std::string{panic_declaration});
}

std::string RevertDecoder::text(BytesView data) const {
    if (data.empty()) return {};
    if (data.size() < selector_bytes) return fmt::format("data {}", codec::format_hex(data));
    const auto found = declarations_.find(selector_of(data));
    const std::string unknown = fmt::format("unknown error {}", codec::format_hex(data.first(selector_bytes)));
    if (found == declarations_.end()) return unknown;
    const auto signature = abi::parse_signature(found->second);
    if (!signature) return unknown;
    const auto arguments = abi::decode(*signature, data.subspan(selector_bytes));
    if (!arguments) return fmt::format("{} with malformed arguments", signature->name);
    if (found->second == error_declaration) return show_text(arguments->bytes(0));
    if (found->second == panic_declaration) return fmt::format("panic {}", codec::format_quantity(arguments->u256(0)));
    return show_call(*signature, *arguments);
}

RpcError RevertDecoder::error(BytesView data) const {
    const std::string reason = text(data);
    return {.code = execution_reverted,
            .message = reason.empty() ? "execution reverted" : fmt::format("execution reverted: {}", reason),
            .stable_code = "E-EXECUTION-REVERTED",
            .revert_data = codec::format_hex(data)};
}

}  // namespace enshrine::rpc
