// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/method_table.hpp>

/// Bodies of the templates of method_table.hpp, which includes this file.
namespace enshrine::system {
namespace detail {

inline constexpr std::size_t selector_bytes = 4;

/// The first four bytes of the calldata; calldata that has fewer reads as zero bytes behind its end.
[[nodiscard]] constexpr std::uint32_t selector_of(BytesView calldata) noexcept {
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < selector_bytes; ++i) out = (out << 8) | (i < calldata.size() ? calldata[i] : 0U);
    return out;
}

/// A bytes4 as the left-aligned word that Encoder::bytes32 takes.
[[nodiscard]] constexpr Hash32 selector_word(std::uint32_t selector) noexcept {
    Hash32 out;
    for (std::size_t i = 0; i < selector_bytes; ++i) out[i] = static_cast<Byte>(selector >> (24 - 8 * i));
    return out;
}

[[nodiscard]] inline std::unexpected<Revert> unknown_selector(std::uint32_t selector) {
    codec::abi::Encoder arguments{1};
    arguments.bytes32(selector_word(selector));
    return revert(dispatch_errors[0].declaration, arguments);
}

[[nodiscard]] inline std::unexpected<Revert> not_payable(const Amount& value) {
    codec::abi::Encoder arguments{1};
    arguments.u256(value.wei());
    return revert(dispatch_errors[2].declaration, arguments);
}

[[nodiscard]] inline std::unexpected<Revert> read_only_call(std::uint32_t selector) {
    codec::abi::Encoder arguments{1};
    arguments.bytes32(selector_word(selector));
    return revert(dispatch_errors[4].declaration, arguments);
}

/// Names the first argument that does not decode; behind the last one, the end of the calldata.
[[nodiscard]] inline std::unexpected<Revert> bad_argument(const codec::abi::Signature& signature, BytesView arguments) {
    const std::size_t index = codec::abi::failing_parameter(signature, arguments);
    const bool named = index < signature.parameter_count;
    const std::string_view name = named ? signature.parameters[index].name : std::string_view{};
    const std::string_view expected = named ? signature.parameters[index].type_text : "end of calldata";
    codec::abi::Encoder out{3};
    out.u64(index);
    out.bytes(as_bytes(name));
    out.bytes(as_bytes(expected));
    return revert(dispatch_errors[1].declaration, out);
}

template <class Context>
[[nodiscard]] const Method<Context>* find_method(const Interface<Context>& interface, std::uint32_t selector) noexcept {
    for (const Method<Context>& method : interface.methods) {
        if (method.selector_value == selector) return &method;
    }
    return nullptr;
}

}  // namespace detail

inline std::unexpected<Revert> out_of_gas(std::uint64_t limit, std::uint64_t needed) {
    codec::abi::Encoder arguments{2};
    arguments.u64(limit);
    arguments.u64(needed);
    return revert(dispatch_errors[3].declaration, arguments);
}

template <class Context>
CallResult dispatch(const Interface<Context>& interface, Context& context, BytesView calldata) {
    const std::uint32_t selector = detail::selector_of(calldata);
    if (calldata.size() < detail::selector_bytes) return detail::unknown_selector(selector);
    const Method<Context>* const method = detail::find_method(interface, selector);
    if (method == nullptr) return detail::unknown_selector(selector);
    if (!context.value.is_zero() && method->mutability != Mutability::payable)
        return detail::not_payable(context.value);
    if (context.read_only && method->mutability != Mutability::view) return detail::read_only_call(selector);
    if (!context.charge(method->gas)) return out_of_gas(context.gas_limit(), method->gas);
    const auto signature = codec::abi::parse_signature(method->declaration);
    ENSHRINE_ASSERT(signature.has_value());
    const BytesView encoded = calldata.subspan(detail::selector_bytes);
    const auto arguments = codec::abi::decode(*signature, encoded);
    if (!arguments) return detail::bad_argument(*signature, encoded);
    return method->handler(context, *arguments);
}

}  // namespace enshrine::system
