// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <cmd/enshrine/l1.hpp>
#include <fmt/format.h>

namespace enshrine::cli {

Failure describe(std::string_view what, const rpc::RpcError& error) {
    std::string text = fmt::format("{}: {}", what, error.message);
    const bool told = !error.expected.empty() && error.message.find(error.expected) != std::string::npos;
    if (!error.field.empty() && !told) {
        text += fmt::format(" ({}: expected {}, got {})", error.field,
                            error.expected.empty() ? "something else" : error.expected,
                            error.got.empty() ? "nothing" : error.got);
    }
    if (!error.revert_data.empty()) text += fmt::format("; revert data {}", error.revert_data);
    return {exit_refused, std::move(text),
            error.code == client::unreachable_code
                ? "is a devnet running? `enshrine devnet status`; another node: --l1 URL"
                : ""};
}

CliResult<client::L1Client> connect_l1(const std::string& url) {
    auto rpc = client::JsonRpcClient::make(url);
    if (!rpc) return bad_usage(fmt::format("--l1: {}", rpc.error()));
    return client::L1Client{*std::move(rpc)};
}

void add_l1_option(CLI::App& command, std::string& url) {
    url = default_l1_url;
    command.add_option("--l1", url, "URL of an L1 node")->envname("ENSHRINE_L1")->capture_default_str();
}

}  // namespace enshrine::cli
