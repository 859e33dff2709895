// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/method_table.hpp>

#include <string>
#include <vector>

/// Texts made from an interface table: the Solidity interface and the ABI JSON. Host only. Equal tables give equal
/// bytes.
namespace enshrine::system {

struct MethodDescription {
    std::string_view declaration;
    std::string_view returns;
    Mutability mutability = Mutability::nonpayable;
    std::uint64_t gas = 0;
    std::string_view documentation;
};
/// An Interface without its context and handlers. Borrows from the table.
struct InterfaceDescription {
    std::string_view name;
    std::string_view documentation;
    Address address;
    std::vector<MethodDescription> methods;
    std::span<const EventDeclaration> events;
    std::span<const ErrorDeclaration> errors;
};

template <class Context>
[[nodiscard]] InterfaceDescription describe(const Interface<Context>& interface) {
    InterfaceDescription out;
    out.name = interface.name;
    out.documentation = interface.documentation;
    out.address = interface.address;
    for (const Method<Context>& method : interface.methods) {
        out.methods.push_back(MethodDescription{.declaration = method.declaration,
                                                .returns = method.returns,
                                                .mutability = method.mutability,
                                                .gas = method.gas,
                                                .documentation = method.documentation});
    }
    out.events = interface.events;
    out.errors = interface.errors;
    return out;
}

/// A Solidity source file with one interface: errors (those of dispatch first), events and methods in table order, with
/// NatSpec from the documentation. The table has to be well_formed().
[[nodiscard]] std::string solidity_interface(const InterfaceDescription& description);
/// The same as a JSON array of ABI entries, indented by two spaces, ending in a newline.
[[nodiscard]] std::string abi_json(const InterfaceDescription& description);

}  // namespace enshrine::system
