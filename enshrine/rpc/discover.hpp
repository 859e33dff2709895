// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/rpc/endpoint.hpp>

#include <string>
#include <string_view>

namespace enshrine::rpc {

/// The methods of an endpoint as an OpenRPC 1.2 document. MethodEntry::parameters is a list of "name: description",
/// with " = value" behind the description of one that may be left out.
[[nodiscard]] std::string openrpc_document(const Endpoint& endpoint, std::string_view title, std::string_view version);

/// How many parameters such a list has.
[[nodiscard]] std::size_t count_parameters(std::string_view list);

/// Adds `rpc.discover`, which answers with the document of the methods that the endpoint has by now: call it last.
void add_discover(Endpoint& endpoint, std::string_view title, std::string_view version);

}  // namespace enshrine::rpc
