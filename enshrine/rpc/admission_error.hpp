// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/result.hpp>
#include <enshrine/rpc/rpc_error.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace enshrine::rpc {

/// One error that a transaction can meet on its way into the L1 or a rollup.
struct ErrorRow {
    std::string_view domain;  ///< Error::domain()
    std::uint16_t error = 0;  ///< Error::code()
    std::string_view stable_code;
    int code = 0;               ///< JSON-RPC
    std::string_view field;     ///< of the transaction, may be empty
    std::string_view words;     ///< what clients look for in the message; empty: Error::message() says it
    std::string_view expected;  ///< when no caller knows it better
};

/// Every error of decoding, sidecars, signatures, stateless and stateful rules of L1 and rollups, and of the places
/// where transactions wait. The same mistake has the same code on both.
[[nodiscard]] std::span<const ErrorRow> admission_errors() noexcept;

/// The error as Ethereum clients expect it, e.g. -32003 "nonce too low: next nonce 5, tx nonce 3". `field` empty: the
/// one of the table. Errors outside the table get -32000 and "E-<DOMAIN>-<number>".
[[nodiscard]] RpcError from_error(const Error& error, std::string_view field = {}, std::string_view expected = {},
                                  std::string_view got = {});

}  // namespace enshrine::rpc
