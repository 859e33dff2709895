// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/data_availability/namespace_text.hpp>
#include <enshrine/network/host_port.hpp>
#include <enshrine/network/shard_client.hpp>

#include <cmd/enshrine/da_node.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace enshrine::cli {

using codec::format_hex;

CliResult<client::DaClient> connect_da(const std::string& url) {
    auto rpc = client::JsonRpcClient::make(url, da_timeout_seconds);
    if (!rpc) return bad_usage(fmt::format("--l1: {}", rpc.error()));
    return client::DaClient{*std::move(rpc)};
}

void add_namespace_option(CLI::App& command, NamespaceOption& option) {
    CLI::Option* text =
        command.add_option("--namespace", option.text, "32 bytes as 0x-hex; shorter ones get zeros behind");
    CLI::Option* rollup = command.add_option("--rollup", option.rollup, "the namespace of a rollup, by its id");
    text->excludes(rollup);
}

CliResult<Hash32> parse_namespace(const std::string& text) {
    if (const auto name_space = data_availability::parse_namespace(text)) return *name_space;
    return bad_usage(fmt::format("--namespace: expected 1 to 32 bytes as 0x-hex, got \"{}\"", text));
}

CliResult<Hash32> parse_namespace(const NamespaceOption& option) {
    if (option.rollup != 0) return U256{option.rollup}.to_be();
    if (option.text.empty()) return bad_usage("expected --namespace or --rollup");
    return parse_namespace(option.text);
}

network::Connect storage_nodes(std::uint64_t chain_id) {
    return network::connect_over_tls({.chain_id = chain_id});
}

CliResult<data_availability::Committee> keepers_in(client::L1Client& l1, std::uint64_t epoch) {
    ENSHRINE_TRY(auto committee, checked("committeeAt", client::committee_at(l1, epoch)));
    if (!committee) return refused(fmt::format("committeeAt: the node knows no committee of epoch {}", epoch));
    return *std::move(committee);
}

bool has_endpoints(const data_availability::Committee& committee) {
    return std::ranges::all_of(committee.members, [](const auto& member) {
        const auto at = network::parse_host_port(member.endpoint);
        return at && at->port != 0;
    });
}

Json to_json(const client::DaEntry& entry) {
    return {{"height", entry.height},
            {"scheme", entry.scheme == client::DaScheme::kzg ? "kzg" : "native"},
            {"namespace", format_hex(entry.name_space.view())},
            {"commitment", format_hex(entry.commitment.view())},
            {"index", entry.index},
            {"size", entry.size}};
}

std::string to_text(const client::DaEntry& entry) {
    return fmt::format("height {}  {}  namespace {}  commitment {}  index {}  {} bytes\n", entry.height,
                       entry.scheme == client::DaScheme::kzg ? "kzg" : "native", format_hex(entry.name_space.view()),
                       format_hex(entry.commitment.view()), entry.index, entry.size);
}

}  // namespace enshrine::cli
