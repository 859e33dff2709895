// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/assert.hpp>
#include <enshrine/client/l1_client.hpp>
#include <enshrine/codec/abi.hpp>

#include <fmt/format.h>

/// Views of system contracts, asked and decoded by their declarations. Inside this module alone.
namespace enshrine::client {

[[nodiscard]] inline std::unexpected<rpc::RpcError> bad_view_answer(std::string_view view, std::string_view reason) {
    return std::unexpected{rpc::RpcError{.code = rpc::internal_error,
                                         .message = fmt::format("answer of the node: {}: {}", view, reason),
                                         .field = std::string{view}}};
}

struct ContractView {
    Address contract;
    std::string_view declaration;
    std::string_view returns;
};

/// Decoded values together with the bytes that they borrow from.
struct ViewAnswer {
    Bytes bytes;
    codec::abi::Arguments values;
};

[[nodiscard]] inline rpc::RpcResult<ViewAnswer> ask(L1Client& l1, const ContractView& view,
                                                    const codec::abi::Encoder& arguments) {
    ViewAnswer out;
    ENSHRINE_TRY(out.bytes, l1.call(view.contract, arguments.finish_call(codec::abi::selector(view.declaration))));
    const auto signature = codec::abi::parse_parameters(view.returns);
    ENSHRINE_ASSERT(signature.has_value());
    const auto values = codec::abi::decode(*signature, out.bytes);
    if (!values) return bad_view_answer(view.declaration, values.error().message());
    out.values = *values;
    return out;
}

}  // namespace enshrine::client
