// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/method_table.hpp>

/// Compile-time check of an interface table: `static_assert(well_formed(interface))` beside every table.
namespace enshrine::system {
namespace detail {

inline constexpr std::size_t indexed_parameters_max = 3;  ///< topic 0 is the signature

[[nodiscard]] constexpr std::size_t indexed_count(const codec::abi::Signature& signature) noexcept {
    std::size_t out = 0;
    for (std::size_t i = 0; i < signature.parameter_count; ++i) out += signature.parameters[i].indexed ? 1U : 0U;
    return out;
}

/// A name, and at most `indexed_max` indexed parameters.
[[nodiscard]] constexpr bool declaration_well_formed(std::string_view declaration, std::size_t indexed_max) noexcept {
    const auto signature = codec::abi::parse_signature(declaration);
    return signature.has_value() && !signature->name.empty() && indexed_count(*signature) <= indexed_max;
}

[[nodiscard]] constexpr bool returns_well_formed(std::string_view returns) noexcept {
    const auto list = codec::abi::parse_parameters(returns);
    return list.has_value() && indexed_count(*list) == 0;
}

template <class Declarations>
[[nodiscard]] constexpr bool distinct_selectors(const Declarations& items) noexcept {
    for (std::size_t i = 0; i < items.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            if (items[i].selector_value == items[k].selector_value) return false;
        }
    }
    return true;
}

/// No own error has the selector of one that dispatch raises.
[[nodiscard]] constexpr bool apart_from_dispatch_errors(std::span<const ErrorDeclaration> errors) noexcept {
    for (const ErrorDeclaration& error : errors) {
        for (const ErrorDeclaration& reserved : dispatch_errors) {
            if (error.selector_value == reserved.selector_value) return false;
        }
    }
    return true;
}

}  // namespace detail

/// Every declaration parses, every method has a handler, and the selectors of methods, of errors (those of dispatch
/// included) and of events are distinct. A declaration that does not parse at all fails earlier, in its selector.
template <class Context>
[[nodiscard]] constexpr bool well_formed(const Interface<Context>& interface) noexcept {
    for (const Method<Context>& method : interface.methods) {
        if (method.handler == nullptr) return false;
        if (!detail::declaration_well_formed(method.declaration, 0)) return false;
        if (!detail::returns_well_formed(method.returns)) return false;
    }
    for (const EventDeclaration& event : interface.events) {
        if (!detail::declaration_well_formed(event.declaration, detail::indexed_parameters_max)) return false;
    }
    for (const ErrorDeclaration& error : interface.errors) {
        if (!detail::declaration_well_formed(error.declaration, 0)) return false;
    }
    return !interface.name.empty() && detail::distinct_selectors(interface.methods) &&
           detail::distinct_selectors(interface.events) && detail::distinct_selectors(interface.errors) &&
           detail::apart_from_dispatch_errors(interface.errors);
}

}  // namespace enshrine::system
