// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine keys`: the accounts of a development chain.
#include <enshrine/codec/hex.hpp>
#include <enshrine/node/dev_accounts.hpp>

#include <cmd/enshrine/session.hpp>
#include <fmt/format.h>

namespace enshrine::cli {
namespace {

CliResult<Report> list() {
    Json accounts = Json::array();
    std::string text =
        fmt::format("mnemonic  {}\n\n#  {:<14} {:<42}  {}\n", node::dev_mnemonic, "name", "address", "secret key");
    std::size_t index = 0;
    for (const node::DevAccount& account : node::dev_accounts()) {
        const std::string address = codec::format_address(account.address);
        const std::string key = codec::format_hex(account.key.view());
        accounts.push_back({{"index", index},
                            {"name", account.alias},
                            {"path", fmt::format("m/44'/60'/0'/0/{}", index)},
                            {"address", address},
                            {"key", key}});
        text += fmt::format("{}  {:<14} {}  {}\n", index, account.alias, address, key);
        ++index;
    }
    text += "\nThese keys are public. Whatever is sent to them on any other chain is lost at once.\n";
    return Report{.json = {{"mnemonic", node::dev_mnemonic}, {"accounts", std::move(accounts)}},
                  .text = std::move(text)};
}

}  // namespace

void add_keys(CLI::App& app, Session& session) {
    CLI::App& group = add_group(app, "keys", "keys of the development chain");
    add_command(group, session, "list", "show the ten funded accounts of every devnet", list);
}

}  // namespace enshrine::cli
