// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/result.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/node/config_committee.hpp>
#include <enshrine/node/config_settings.hpp>
#include <enshrine/node/dev_accounts.hpp>

#include <yaml-cpp/yaml.h>

#include <algorithm>

extern char** environ;

namespace enshrine::node {
namespace {

using Check = std::expected<void, std::string>;
using Origins = std::map<std::string, std::string, std::less<>>;

constexpr std::string_view environment_prefix = "ENSHRINE_";

bool is_section(std::string_view name) {
    return std::ranges::any_of(
        settings(), [&](const Setting& setting) { return setting.key.substr(0, setting.key.find('.')) == name; });
}

std::unexpected<std::string> wrong_value(const std::string& where, std::string_view key, std::string_view expected,
                                         std::string_view got) {
    return std::unexpected{where + ": " + std::string{key} + ": expected " + std::string{expected} + ", got \"" +
                           std::string{got} + "\""};
}

/// Keys that exist, for whoever misspelled one.
std::string known_keys(std::string_view section) {
    std::string out;
    const auto add = [&](std::string_view name) { out += (out.empty() ? "" : ", ") + std::string{name}; };
    for (const Setting& setting : settings()) {
        const std::size_t dot = setting.key.find('.');
        if (setting.key.substr(0, dot) == section) add(setting.key.substr(dot + 1));
    }
    if (section == "genesis") add("accounts");
    if (section == "data_availability") add("committee");
    return out;
}

class FileReader {
public:
    FileReader(std::filesystem::path path, NodeConfig& config, Origins& origins)
        : path_{std::move(path)}, config_{config}, origins_{origins} {}

    Check read() {
        YAML::Node root;
        try {
            root = YAML::LoadFile(path_.string());
        } catch (const YAML::BadFile&) {
            return std::unexpected{path_.string() + ": cannot read the configuration file"};
        } catch (const YAML::ParserException& failure) {
            return std::unexpected{at(failure.mark) + ": not YAML: " + failure.msg};
        }
        if (root.IsNull()) return {};
        if (!root.IsMap()) return std::unexpected{at(root.Mark()) + ": expected sections, such as \"rpc:\""};
        for (const auto& section : root) ENSHRINE_CHECK(read_section(section.first, section.second));
        return {};
    }

private:
    [[nodiscard]] std::string at(const YAML::Mark& mark) const {
        return mark.is_null() ? path_.string() : path_.string() + ":" + std::to_string(mark.line + 1);
    }

    Check read_section(const YAML::Node& name_node, const YAML::Node& content) {
        const std::string name = name_node.Scalar();
        if (!is_section(name)) {
            return std::unexpected{at(name_node.Mark()) + ": unknown section \"" + name +
                                   "\"; expected chain, genesis, data_availability, storage, block, rpc, "
                                   "mempool, store or log"};
        }
        if (content.IsNull()) return {};
        if (!content.IsMap()) return std::unexpected{at(content.Mark()) + ": " + name + ": expected a map of keys"};
        for (const auto& item : content) ENSHRINE_CHECK(read_value(name, item.first, item.second));
        return {};
    }

    Check read_value(const std::string& section, const YAML::Node& name, const YAML::Node& value) {
        const std::string key = section + "." + name.Scalar();
        if (origins_.contains(key)) return std::unexpected{at(name.Mark()) + ": " + key + " stands twice"};
        origins_[key] = at(name.Mark());
        if (key == genesis_accounts_key) return read_accounts(value);
        if (key == committee_key) {
            return read_committee(path_.string(), value, config_.genesis.data_availability.committee);
        }
        const Setting* setting = find_setting(key);
        if (setting == nullptr) {
            return std::unexpected{at(name.Mark()) + ": unknown key " + key + "; expected one of " +
                                   known_keys(section)};
        }
        if (!value.IsScalar()) return wrong_value(at(value.Mark()), key, setting->expected, kind_of(value));
        const bool quoted = value.Tag() == "!";
        if (quoted && setting->form == SettingForm::plain) {
            return wrong_value(at(value.Mark()), key, setting->expected, "text in quotes");
        }
        if (!setting->assign(config_, value.Scalar())) {
            return wrong_value(at(value.Mark()), key, setting->expected, value.Scalar());
        }
        return {};
    }

    static std::string_view kind_of(const YAML::Node& value) {
        if (value.IsSequence()) return "a list";
        return value.IsMap() ? "a map" : "nothing";
    }

    Check read_accounts(const YAML::Node& accounts) {
        const std::string key{genesis_accounts_key};
        if (accounts.IsNull()) return {};
        if (!accounts.IsMap()) return wrong_value(at(accounts.Mark()), key, "a map of address: wei", kind_of(accounts));
        for (const auto& item : accounts) {
            const auto address = codec::parse_address(item.first.Scalar());
            if (!address) return wrong_value(at(item.first.Mark()), key, "an address", item.first.Scalar());
            const auto wei = codec::parse_decimal(item.second.IsScalar() ? item.second.Scalar() : std::string{});
            if (!wei)
                return wrong_value(at(item.second.Mark()), key, "an amount in wei",
                                   item.second.IsScalar() ? item.second.Scalar() : kind_of(item.second));
            config_.genesis.accounts.push_back({.address = *address, .balance = Amount{*wei}});
        }
        return {};
    }

    std::filesystem::path path_;
    NodeConfig& config_;
    Origins& origins_;
};

/// "ENSHRINE_RPC__PORT_FALLBACK" → "rpc.port_fallback"; empty for variables that are none of ours.
std::string key_of_variable(std::string_view variable) {
    if (!variable.starts_with(environment_prefix)) return {};
    variable.remove_prefix(environment_prefix.size());
    const std::size_t gap = variable.find("__");
    if (gap == std::string_view::npos) return {};
    std::string out = std::string{variable.substr(0, gap)} + "." + std::string{variable.substr(gap + 2)};
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

Check apply(NodeConfig& config, Origins& origins, std::string_view key, std::string_view value,
            const std::string& origin) {
    const Setting* setting = find_setting(key);
    if (setting == nullptr) {
        return std::unexpected{origin + ": unknown key " + std::string{key} + "; expected one of " +
                               known_keys(key.substr(0, key.find('.')))};
    }
    if (!setting->assign(config, value)) return wrong_value(origin, key, setting->expected, value);
    origins.insert_or_assign(std::string{key}, origin);
    return {};
}

}  // namespace

ConfigValues process_environment() {
    ConfigValues out;
    for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
        const std::string_view text{*variable};
        const std::size_t equals = text.find('=');
        if (equals != std::string_view::npos) out.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return out;
}

std::expected<LoadedConfig, std::string> load_config(const ConfigSources& sources) {
    LoadedConfig out;
    Origins origins;
    if (!sources.file.empty()) ENSHRINE_CHECK(FileReader{sources.file, out.config, origins}.read());
    for (const auto& [variable, value] : sources.environment) {
        const std::string key = key_of_variable(variable);
        // Programs of other kinds share the environment: only our own sections are checked.
        if (key.empty() || !is_section(key.substr(0, key.find('.')))) continue;
        ENSHRINE_CHECK(apply(out.config, origins, key, value, "environment " + variable));
    }
    for (const auto& [key, value] : sources.flags) ENSHRINE_CHECK(apply(out.config, origins, key, value, "flag"));
    for (const Setting& setting : settings()) {
        const auto origin = origins.find(setting.key);
        out.entries.push_back({.key = std::string{setting.key},
                               .value = setting.show(out.config),
                               .origin = origin == origins.end() ? "default" : origin->second,
                               .documentation = setting.documentation});
    }
    return out;
}

namespace {

Check complete_data_availability(NodeConfig& config) {
    data_availability::GenesisConfig& genesis = config.genesis.data_availability;
    if (genesis.committee.empty())
        genesis.committee = {data_availability::sole_member(config.proposer)};  // [DA-CERT.1]
    if (config.dev && genesis.administrator.is_zero()) genesis.administrator = config.proposer;
    if (const auto valid = data_availability::validate_committee(genesis.committee); !valid) {
        return std::unexpected{std::string{committee_key} + ": " + std::string{valid.error().message()}};
    }
    if (genesis.retention_blocks_max < genesis.retention_blocks_min) {
        return std::unexpected{
            "data_availability.retention_blocks_max: expected at least retention_blocks_min, which is " +
            std::to_string(genesis.retention_blocks_min) + ", got " + std::to_string(genesis.retention_blocks_max)};
    }
    return {};
}

}  // namespace

std::expected<void, std::string> complete_config(NodeConfig& config) {
    config.genesis.chain_id = config.chain_id;
    if (config.dev && config.chain_id != dev_chain_id) {
        return std::unexpected{"chain.dev: the keys of a development chain are public; expected chain.id " +
                               std::to_string(dev_chain_id) + ", got " + std::to_string(config.chain_id)};
    }
    if (config.dev) {
        for (const DevAccount& account : dev_accounts()) {
            config.genesis.accounts.push_back({.address = account.address, .balance = dev_balance()});
        }
        if (config.proposer.is_zero()) config.proposer = find_dev_account("proposer")->address;
    }
    if (config.proposer.is_zero()) {
        return std::unexpected{"block.proposer: expected an address that receives the tips, got nothing"};
    }
    if (config.storage.enabled && !config.dev && config.storage.key_file.empty()) {
        return std::unexpected{
            "storage.key_file: expected a file with the secret key of a committee member, got nothing; without a "
            "storage node: storage.enabled: false (--no-storage)"};
    }
    return complete_data_availability(config);
}

}  // namespace enshrine::node
