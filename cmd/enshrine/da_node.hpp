// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/client/da_client.hpp>
#include <enshrine/client/data_availability_contract.hpp>
#include <enshrine/network/peer.hpp>

#include <cmd/enshrine/da.hpp>
#include <cmd/enshrine/l1.hpp>

/// What the commands share that ask a node for published data.
namespace enshrine::cli {

/// An answer with data may be large, and a submission waits for its block.
inline constexpr unsigned da_timeout_seconds = 180;
[[nodiscard]] CliResult<client::DaClient> connect_da(const std::string& url);

/// 0x-hex of up to 32 bytes, zeros behind: an open namespace, unless it begins with 24 zero bytes. The namespaces of
/// rollups are named by their ids.
struct NamespaceOption {
    std::string text;
    std::uint64_t rollup = 0;
};
void add_namespace_option(CLI::App& command, NamespaceOption& option);
[[nodiscard]] CliResult<Hash32> parse_namespace(const NamespaceOption& option);
[[nodiscard]] CliResult<Hash32> parse_namespace(const std::string& text);

/// TLS connections to the members of a committee on this chain.
[[nodiscard]] network::Connect storage_nodes(std::uint64_t chain_id);
/// Those who keep what was published in an epoch.
[[nodiscard]] CliResult<data_availability::Committee> keepers_in(client::L1Client& l1, std::uint64_t epoch);
/// Whether every member can be reached: the sole member of a chain that nobody gave a committee cannot.
[[nodiscard]] bool has_endpoints(const data_availability::Committee& committee);

[[nodiscard]] Json to_json(const client::DaEntry& entry);
[[nodiscard]] std::string to_text(const client::DaEntry& entry);

}  // namespace enshrine::cli
