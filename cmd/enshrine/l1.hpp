// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/client/l1_client.hpp>

#include <cmd/enshrine/session.hpp>

namespace enshrine::cli {

inline constexpr const char* default_l1_url = "http://127.0.0.1:8545/";
/// Of the devnet that runs in this folder, whatever port it found free; else the default.
[[nodiscard]] std::string own_l1_url();

/// "rollup_status: no rollup has this id (rollup: expected …, got 999)"
[[nodiscard]] Failure describe(std::string_view what, const rpc::RpcError& error);
/// A connection is made with the first call.
[[nodiscard]] CliResult<client::L1Client> connect_l1(const std::string& url);

/// The value, or the failure of the call named `what`.
template <class T>
[[nodiscard]] CliResult<T> checked(std::string_view what, rpc::RpcResult<T> result) {
    if (!result) return std::unexpected{describe(what, result.error())};
    return *std::move(result);
}

/// Adds `--l1 URL`.
void add_l1_option(CLI::App& command, std::string& url);

}  // namespace enshrine::cli
