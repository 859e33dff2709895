// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <cmd/enshrine/devnet_file.hpp>
#include <cmd/enshrine/l1.hpp>
#include <fmt/format.h>

namespace enshrine::cli {

namespace {

/// As much as the error says: "value: expected 5, got 3".
std::string field_in_words(const rpc::RpcError& error) {
    if (error.expected.empty() && error.got.empty()) return error.field;
    if (error.got.empty()) return fmt::format("{}: expected {}", error.field, error.expected);
    if (error.expected.empty()) return fmt::format("{}: got {}", error.field, error.got);
    return fmt::format("{}: expected {}, got {}", error.field, error.expected, error.got);
}

}  // namespace

std::string own_l1_url() {
    const auto devnet = running_devnet(default_devnet_folder);
    if (!devnet || !devnet->contains("l1")) return default_l1_url;
    return devnet->at("l1").value("rpc", std::string{default_l1_url});
}

Failure describe(std::string_view what, const rpc::RpcError& error) {
    std::string text = fmt::format("{}: {}", what, error.message);
    const bool told = !error.expected.empty() && error.message.find(error.expected) != std::string::npos;
    if (!error.field.empty() && !told) text += fmt::format(" ({})", field_in_words(error));
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
    url = own_l1_url();
    command.add_option("--l1", url, "URL of an L1 node")->envname("ENSHRINE_L1")->capture_default_str();
}

}  // namespace enshrine::cli
