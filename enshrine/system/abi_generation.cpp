// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/system/abi_generation.hpp>

namespace enshrine::system {
namespace {

using codec::abi::Parameter;
using codec::abi::Signature;

Signature parsed(std::string_view declaration) {
    const auto signature = codec::abi::parse_signature(declaration);
    ENSHRINE_ASSERT(signature.has_value());
    return *signature;
}

Signature parsed_returns(std::string_view returns) {
    const auto signature = codec::abi::parse_parameters(returns);
    ENSHRINE_ASSERT(signature.has_value());
    return *signature;
}

std::string_view state_mutability(Mutability mutability) noexcept {
    switch (mutability) {
        case Mutability::view:
            return "view";
        case Mutability::nonpayable:
            return "nonpayable";
        case Mutability::payable:
            return "payable";
    }
    ENSHRINE_ASSERT(false);
    return {};
}

/// A NatSpec line; documentation of several lines continues in the same comment.
void add_natspec(std::string& out, std::string_view indent, std::string_view tag, std::string_view text) {
    if (text.empty()) return;
    out.append(indent).append("/// ").append(tag).append(" ");
    for (const char c : text) {
        out.push_back(c);
        if (c == '\n') out.append(indent).append("/// ");
    }
    out.push_back('\n');
}

/// "uint64 rollup, bytes calldata data"; `location` is the data location of dynamic types, empty for events and errors.
void add_parameters(std::string& out, const Signature& signature, std::string_view location) {
    out.push_back('(');
    for (std::size_t i = 0; i < signature.parameter_count; ++i) {
        const Parameter& parameter = signature.parameters[i];
        if (i > 0) out.append(", ");
        out.append(parameter.type_text);
        if (parameter.type.dynamic() && !location.empty()) out.append(" ").append(location);
        if (parameter.indexed) out.append(" indexed");
        if (!parameter.name.empty()) out.append(" ").append(parameter.name);
    }
    out.push_back(')');
}

void add_solidity_error(std::string& out, const ErrorDeclaration& error) {
    const Signature signature = parsed(error.declaration);
    out.push_back('\n');
    add_natspec(out, "    ", "@notice", error.documentation);
    out.append("    error ").append(signature.name);
    add_parameters(out, signature, {});
    out.append(";\n");
}

void add_solidity_event(std::string& out, const EventDeclaration& event) {
    const Signature signature = parsed(event.declaration);
    out.push_back('\n');
    add_natspec(out, "    ", "@notice", event.documentation);
    out.append("    event ").append(signature.name);
    add_parameters(out, signature, {});
    out.append(";\n");
}

void add_solidity_method(std::string& out, const MethodDescription& method) {
    const Signature signature = parsed(method.declaration);
    out.push_back('\n');
    add_natspec(out, "    ", "@notice", method.documentation);
    const std::string gas = codec::format_decimal(U256{method.gas});
    add_natspec(out, "    ", "@dev", "Gas " + gas + ", and what depends on the arguments.");
    out.append("    function ").append(signature.name);
    add_parameters(out, signature, "calldata");
    out.append(" external");
    if (method.mutability != Mutability::nonpayable) out.append(" ").append(state_mutability(method.mutability));
    const Signature returns = parsed_returns(method.returns);
    if (returns.parameter_count > 0) {
        out.append(" returns ");
        add_parameters(out, returns, "memory");
    }
    out.append(";\n");
}

/// `[{"name": "rollup", "type": "uint64"}, …]`. Names are identifiers, so that nothing needs escaping.
void add_json_parameters(std::string& out, const Signature& signature, bool event) {
    out.push_back('[');
    for (std::size_t i = 0; i < signature.parameter_count; ++i) {
        const Parameter& parameter = signature.parameters[i];
        if (i > 0) out.append(", ");
        out.append("{");
        if (event) out.append(R"("indexed": )").append(parameter.indexed ? "true" : "false").append(", ");
        out.append(R"("name": ")").append(parameter.name);
        out.append(R"(", "type": ")").append(parameter.type_text).append(R"("})");
    }
    out.push_back(']');
}

/// Opens an entry up to and including its inputs.
void add_json_entry(std::string& out, std::string_view type, const Signature& signature) {
    out.append(out.size() > 1 ? ",\n" : "\n");
    out.append(R"(  {"type": ")").append(type).append(R"(", "name": ")").append(signature.name);
    out.append(R"(", "inputs": )");
    add_json_parameters(out, signature, type == "event");
}

void add_json_error(std::string& out, const ErrorDeclaration& error) {
    add_json_entry(out, "error", parsed(error.declaration));
    out.push_back('}');
}

void add_json_method(std::string& out, const MethodDescription& method) {
    add_json_entry(out, "function", parsed(method.declaration));
    out.append(R"(, "outputs": )");
    add_json_parameters(out, parsed_returns(method.returns), false);
    out.append(R"(, "stateMutability": ")").append(state_mutability(method.mutability)).append(R"("})");
}

}  // namespace

std::string solidity_interface(const InterfaceDescription& description) {
    std::string out =
        "// SPDX-License-Identifier: Apache-2.0\n"
        "// Generated from the interface table of the system contract.\n"
        "pragma solidity ^0.8.20;\n\n";
    add_natspec(out, "", "@title", description.name);
    add_natspec(out, "", "@notice", description.documentation);
    add_natspec(out, "", "@dev", "Address " + codec::format_address(description.address) + ".");
    out.append("interface ").append(description.name).append(" {");
    for (const ErrorDeclaration& error : dispatch_errors) add_solidity_error(out, error);
    for (const ErrorDeclaration& error : description.errors) add_solidity_error(out, error);
    for (const EventDeclaration& event : description.events) add_solidity_event(out, event);
    for (const MethodDescription& method : description.methods) add_solidity_method(out, method);
    out.append("}\n");
    return out;
}

std::string abi_json(const InterfaceDescription& description) {
    std::string out = "[";
    for (const ErrorDeclaration& error : dispatch_errors) add_json_error(out, error);
    for (const ErrorDeclaration& error : description.errors) add_json_error(out, error);
    for (const EventDeclaration& event : description.events) {
        add_json_entry(out, "event", parsed(event.declaration));
        out.append(R"(, "anonymous": false})");
    }
    for (const MethodDescription& method : description.methods) add_json_method(out, method);
    out.append("\n]\n");
    return out;
}

}  // namespace enshrine::system
