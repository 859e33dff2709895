// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/node/dev_accounts.hpp>
#include <enshrine/system/addresses.hpp>

#include <cmd/enshrine/devnet_file.hpp>
#include <fmt/format.h>
#include <sdk/guest/params.hpp>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <csignal>
#include <fstream>

namespace enshrine::cli {
namespace {

namespace fs = std::filesystem;

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

/// "IRollupRegistry" → "ROLLUP_REGISTRY"
std::string shell_name_of_contract(const std::string& interface) {
    std::string out;
    for (const char c : interface.substr(1)) {
        if (c >= 'A' && c <= 'Z' && !out.empty()) out += '_';
        out += c;
    }
    return upper(out);
}

}  // namespace

Json to_json(const DevnetInfo& info) {
    Json rollups = Json::array();
    for (const DevnetRollup& rollup : info.rollups) {
        rollups.push_back({{"chainId", rollup.chain_id},
                           {"name", rollup.name},
                           {"rpc", rollup.rpc},
                           {"program", codec::format_address(guest::program_address)},
                           {"programId", codec::format_hex(rollup.program_id.view())},
                           {"sequencer", codec::format_address(rollup.sequencer)}});
    }
    Json accounts = Json::array();
    for (const node::DevAccount& account : node::dev_accounts()) {
        accounts.push_back({{"name", account.alias},
                            {"address", codec::format_address(account.address)},
                            {"key", codec::format_hex(account.key.view())}});
    }
    return {{"pid", ::getpid()},
            {"ready", info.ready},
            {"dataDir", fs::absolute(info.data_dir).lexically_normal().string()},
            {"l1", {{"chainId", info.l1_chain_id}, {"rpc", info.l1_rpc}}},
            {"da", info.da},
            {"contracts",
             {{"IInbox", codec::format_address(system::inbox_address)},
              {"IRollupRegistry", codec::format_address(system::rollup_registry_address)},
              {"IDataAvailability", codec::format_address(system::data_availability_address)},
              {"IMessageHub", codec::format_address(system::message_hub_address)},
              {"IProofVerifier", codec::format_address(system::proof_verifier_address)}}},
            {"rollups", std::move(rollups)},
            {"mnemonic", node::dev_mnemonic},
            {"accounts", std::move(accounts)}};
}

std::string describe(const Json& devnet) {
    std::string out = fmt::format("\n{:<10} {:>8}  {}\n", "chain", "chain id", "endpoint");
    const Json& l1 = devnet.at("l1");
    out +=
        fmt::format("{:<10} {:>8}  {}\n", "L1", l1.at("chainId").get<std::uint64_t>(), l1.at("rpc").get<std::string>());
    for (const Json& rollup : devnet.at("rollups")) {
        out += fmt::format("{:<10} {:>8}  {}\n", rollup.at("name").get<std::string>(),
                           rollup.at("chainId").get<std::uint64_t>(), rollup.at("rpc").get<std::string>());
    }
    out += fmt::format("\n{:<18} address\n", "contract");
    for (const auto& [name, address] : devnet.at("contracts").items()) {
        out += fmt::format("{:<18} {}\n", name, address.get<std::string>());
    }
    out += fmt::format("{:<18} {}\n", "rollup programs", codec::format_address(guest::program_address));
    out += fmt::format("\n{:<14} {:<42}  secret key (public: of every devnet)\n", "account", "address");
    for (const Json& account : devnet.at("accounts")) {
        out += fmt::format("{:<14} {}  {}\n", account.at("name").get<std::string>(),
                           account.at("address").get<std::string>(), account.at("key").get<std::string>());
    }
    return out + fmt::format("\ndata in {}, log {}/devnet.log\n", devnet.at("dataDir").get<std::string>(),
                             devnet.at("dataDir").get<std::string>());
}

std::string shell_exports(const Json& devnet) {
    std::string out;
    const auto add = [&](const std::string& name, const Json& value) {
        out += fmt::format("export {}='{}'\n", name, value.get<std::string>());
    };
    add("ENSHRINE_L1", devnet.at("l1").at("rpc"));
    add("ETH_RPC_URL", devnet.at("l1").at("rpc"));  // cast's default endpoint
    for (const Json& rollup : devnet.at("rollups"))
        add(upper(rollup.at("name").get<std::string>()) + "_RPC", rollup.at("rpc"));
    for (const auto& [name, address] : devnet.at("contracts").items()) add(shell_name_of_contract(name), address);
    out += fmt::format("export PROGRAM='{}'\n", codec::format_address(guest::program_address));
    for (const Json& account : devnet.at("accounts")) {
        const std::string name = upper(account.at("name").get<std::string>());
        add(name, account.at("address"));
        add(name + "_KEY", account.at("key"));
    }
    return out;
}

fs::path devnet_file(const fs::path& data_dir) {
    return data_dir / "devnet.json";
}

CliResult<void> write_devnet_file(const fs::path& path, const Json& devnet) {
    const fs::path fresh = path.string() + ".new";
    if (auto written = write_file(fresh, as_bytes(devnet.dump(2) + "\n")); !written) return written;
    std::error_code error;
    fs::rename(fresh, path, error);
    if (error) return refused(fmt::format("cannot write {}: {}", path.string(), error.message()));
    return {};
}

bool is_our_process(pid_t pid) {
    if (pid <= 0 || ::kill(pid, 0) != 0) return false;
    std::ifstream file{fmt::format("/proc/{}/comm", pid)};
    std::string name;
    std::getline(file, name);
    return name == "enshrine";
}

std::optional<Json> running_devnet(const fs::path& data_dir) {
    std::ifstream file{devnet_file(data_dir)};
    if (!file) return std::nullopt;
    Json out = Json::parse(file, nullptr, false);
    if (!out.is_object() || !out.contains("pid") || !out["pid"].is_number_integer()) return std::nullopt;
    if (!is_our_process(out["pid"].get<pid_t>())) return std::nullopt;
    return out;
}

}  // namespace enshrine::cli
