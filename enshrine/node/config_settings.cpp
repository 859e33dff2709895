// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/data_availability/namespace_text.hpp>
#include <enshrine/network/host_port.hpp>
#include <enshrine/node/config_settings.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace enshrine::node {
namespace {

template <class T>
bool assign_number(T& out, std::string_view text, std::uint64_t lowest = 0,
                   std::uint64_t highest = std::numeric_limits<T>::max()) {
    std::uint64_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size() || value < lowest || value > highest) return false;
    out = static_cast<T>(value);
    return true;
}

bool assign_boolean(bool& out, std::string_view text) {
    if (text != "true" && text != "false") return false;
    out = text == "true";
    return true;
}

bool assign_choice(std::string& out, std::string_view text, std::initializer_list<std::string_view> choices) {
    if (std::ranges::find(choices, text) == choices.end()) return false;
    out = text;
    return true;
}

bool assign_wei(U256& out, std::string_view text) {
    const auto value = codec::parse_decimal(text);
    if (value) out = *value;
    return value.has_value();
}

/// Empty: nobody yet.
bool assign_address(Address& out, std::string_view text) {
    if (text.empty()) {
        out = Address{};
        return true;
    }
    const auto value = codec::parse_address(text);
    if (value) out = *value;
    return value.has_value();
}

/// Empty: it follows from something else.
bool assign_host_port(std::string& out, std::string_view text) {
    if (!text.empty() && !network::parse_host_port(text)) return false;
    out = text;
    return true;
}

bool assign_namespaces(std::vector<Hash32>& out, std::string_view text) {
    std::vector<Hash32> found;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        const auto name_space = data_availability::parse_namespace(text.substr(0, end));
        if (!name_space || end + 1 == text.size()) return false;
        found.push_back(*name_space);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    out = std::move(found);
    return true;
}

std::string show_namespaces(const std::vector<Hash32>& name_spaces) {
    std::string out;
    for (const Hash32& name_space : name_spaces) {
        out += (out.empty() ? "" : ",") + codec::format_hex(name_space.view());
    }
    return out;
}

bool assign_mode(engine::BlockMode& out, std::string_view text) {
    if (text == "interval")
        out = engine::BlockMode::interval;
    else if (text == "instant")
        out = engine::BlockMode::instant;
    else if (text == "manual")
        out = engine::BlockMode::manual;
    else
        return false;
    return true;
}

std::string show_mode(engine::BlockMode mode) {
    switch (mode) {
        case engine::BlockMode::interval:
            return "interval";
        case engine::BlockMode::instant:
            return "instant";
        case engine::BlockMode::manual:
            return "manual";
    }
    return {};
}

std::string show_address(const Address& address) {
    return address.is_zero() ? std::string{} : codec::format_address(address);
}

std::string show_boolean(bool value) {
    return value ? "true" : "false";
}

using Text = std::string_view;
constexpr Text whole_number = "a whole number";
constexpr SettingForm text_form = SettingForm::text;
constexpr SettingForm plain_form = SettingForm::plain;

// clang-format off
constexpr std::array table{
    Setting{"chain.id", plain_form, "a whole number above 0", "Chain id, as wallets see it.",
        [](NodeConfig& c, Text t) { return assign_number(c.chain_id, t, 1); },
        [](const NodeConfig& c) { return std::to_string(c.chain_id); }},
    Setting{"chain.dev", plain_form, "true or false", "Development chain: ten funded accounts with public keys, dev_* methods. Chain id 900 alone.",
        [](NodeConfig& c, Text t) { return assign_boolean(c.dev, t); },
        [](const NodeConfig& c) { return show_boolean(c.dev); }},
    Setting{"chain.data_dir", text_form, "a path", "Folder of the databases; made when missing.",
        [](NodeConfig& c, Text t) { c.data_dir = t; return !t.empty(); },
        [](const NodeConfig& c) { return c.data_dir.string(); }},
    Setting{"genesis.timestamp", plain_form, whole_number, "Of block 0, in seconds since 1970; 0: the time of the first start.",
        [](NodeConfig& c, Text t) { return assign_number(c.genesis.timestamp, t); },
        [](const NodeConfig& c) { return std::to_string(c.genesis.timestamp); }},
    Setting{"genesis.gas_limit", plain_form, "a whole number from 100000 to 10000000000", "Gas of a block.",
        [](NodeConfig& c, Text t) { return assign_number(c.genesis.gas_limit, t, chain::block_gas_limit_min, chain::block_gas_limit_max); },
        [](const NodeConfig& c) { return std::to_string(c.genesis.gas_limit); }},
    Setting{"genesis.base_fee", plain_form, "an amount in wei", "Base fee of block 0, in wei.",
        [](NodeConfig& c, Text t) { return assign_wei(c.genesis.base_fee, t); },
        [](const NodeConfig& c) { return codec::format_decimal(c.genesis.base_fee); }},
    Setting{"data_availability.administrator", text_form, "an address", "Who may replace the committee; empty on a development chain: its account \"proposer\", elsewhere nobody.",
        [](NodeConfig& c, Text t) { return assign_address(c.genesis.data_availability.administrator, t); },
        [](const NodeConfig& c) { return show_address(c.genesis.data_availability.administrator); }},
    Setting{"data_availability.retention_blocks_min", plain_form, "a whole number from 1 to 4294967296", "Blocks for which published data is kept at least.",
        [](NodeConfig& c, Text t) { return assign_number(c.genesis.data_availability.retention_blocks_min, t, 1, data_availability::retention_blocks_limit); },
        [](const NodeConfig& c) { return std::to_string(c.genesis.data_availability.retention_blocks_min); }},
    Setting{"data_availability.retention_blocks_max", plain_form, "a whole number from 1 to 4294967296", "Blocks for which the owner of a namespace may have its data kept at most.",
        [](NodeConfig& c, Text t) { return assign_number(c.genesis.data_availability.retention_blocks_max, t, 1, data_availability::retention_blocks_limit); },
        [](const NodeConfig& c) { return std::to_string(c.genesis.data_availability.retention_blocks_max); }},
    Setting{"data_availability.publisher_key_file", text_form, "a path", "File with the secret key of the account that da_submit publishes with; empty on a development chain: its account \"publisher\", elsewhere da_submit refuses.",
        [](NodeConfig& c, Text t) { c.publisher_key_file = t; return true; },
        [](const NodeConfig& c) { return c.publisher_key_file.string(); }},
    Setting{"storage.enabled", plain_form, "true or false", "Keep the rows of a committee member, sign for them and hand them out.",
        [](NodeConfig& c, Text t) { return assign_boolean(c.storage.enabled, t); },
        [](const NodeConfig& c) { return show_boolean(c.storage.enabled); }},
    Setting{"storage.key_file", text_form, "a path", "File with the secret key of that member; empty on a development chain: that of its account \"proposer\".",
        [](NodeConfig& c, Text t) { c.storage.key_file = t; return true; },
        [](const NodeConfig& c) { return c.storage.key_file.string(); }},
    Setting{"storage.listen", text_form, "host:port", "Where rows are taken and handed out; empty: the endpoint that the committee lists. The first start of a development chain lists it, or a free port.",
        [](NodeConfig& c, Text t) { return assign_host_port(c.storage.listen, t); },
        [](const NodeConfig& c) { return c.storage.listen; }},
    Setting{"storage.data_dir", text_form, "a path", "Folder of the rows and of the TLS key; empty: storage in chain.data_dir.",
        [](NodeConfig& c, Text t) { c.storage.data_dir = t; return true; },
        [](const NodeConfig& c) { return c.storage.data_dir.string(); }},
    Setting{"storage.pin", text_form, "namespaces of 1 to 32 bytes as 0x-hex, with commas between them", "Namespaces whose rows are kept for ever.",
        [](NodeConfig& c, Text t) { return assign_namespaces(c.storage.pinned_namespaces, t); },
        [](const NodeConfig& c) { return show_namespaces(c.storage.pinned_namespaces); }},
    Setting{"storage.unpublished_mib_max", plain_form, "a whole number from 1 to 1073741824", "Disk space of uploads that no block publishes, in MiB.",
        [](NodeConfig& c, Text t) { return assign_number(c.storage.unpublished_mib_max, t, 1, 1U << 30); },
        [](const NodeConfig& c) { return std::to_string(c.storage.unpublished_mib_max); }},
    Setting{"storage.unpublished_blocks", plain_form, "a whole number above 0", "Blocks for which such uploads are kept.",
        [](NodeConfig& c, Text t) { return assign_number(c.storage.unpublished_blocks, t, 1); },
        [](const NodeConfig& c) { return std::to_string(c.storage.unpublished_blocks); }},
    Setting{"block.mode", text_form, "interval, instant or manual", "When blocks are made: every interval, as soon as a transaction waits, or when asked (dev_mine).",
        [](NodeConfig& c, Text t) { return assign_mode(c.block_mode, t); },
        [](const NodeConfig& c) { return show_mode(c.block_mode); }},
    Setting{"block.time_ms", plain_form, "a whole number from 100 to 60000", "Milliseconds from block to block in mode interval.",
        [](NodeConfig& c, Text t) { return assign_number(c.block_time_ms, t, 100, 60'000); },
        [](const NodeConfig& c) { return std::to_string(c.block_time_ms); }},
    Setting{"block.proposer", text_form, "an address", "Who receives the tips; empty on a development chain: its account \"proposer\".",
        [](NodeConfig& c, Text t) { return assign_address(c.proposer, t); },
        [](const NodeConfig& c) { return show_address(c.proposer); }},
    Setting{"rpc.host", text_form, "an address to listen on", "Address to listen on; 0.0.0.0 for every interface.",
        [](NodeConfig& c, Text t) { c.rpc.host = t; return !t.empty(); },
        [](const NodeConfig& c) { return c.rpc.host; }},
    Setting{"rpc.port", plain_form, "a whole number from 0 to 65535", "Port of JSON-RPC, /healthz, /readyz and /metrics; 0: any free one.",
        [](NodeConfig& c, Text t) { return assign_number(c.rpc.port, t); },
        [](const NodeConfig& c) { return std::to_string(c.rpc.port); }},
    Setting{"rpc.port_fallback", plain_form, "true or false", "Move to the next free port when this one is taken.",
        [](NodeConfig& c, Text t) { return assign_boolean(c.rpc_port_fallback, t); },
        [](const NodeConfig& c) { return show_boolean(c.rpc_port_fallback); }},
    Setting{"rpc.threads", plain_form, "a whole number from 1 to 256", "Threads that answer calls; at most half of them wait for blocks or storage nodes.",
        [](NodeConfig& c, Text t) { return assign_number(c.rpc.threads, t, 1, 256); },
        [](const NodeConfig& c) { return std::to_string(c.rpc.threads); }},
    Setting{"rpc.body_bytes_max", plain_form, "a whole number from 1024", "Largest request.",
        [](NodeConfig& c, Text t) { return assign_number(c.rpc.body_bytes_max, t, 1024); },
        [](const NodeConfig& c) { return std::to_string(c.rpc.body_bytes_max); }},
    Setting{"rpc.connections_max", plain_form, "a whole number above 0", "Open connections; a further one ends the one that is idle longest, and is answered 503 when all are at work.",
        [](NodeConfig& c, Text t) { return assign_number(c.rpc.connections_max, t, 1); },
        [](const NodeConfig& c) { return std::to_string(c.rpc.connections_max); }},
    Setting{"rpc.idle_seconds_max", plain_form, "a whole number above 0", "After which an idle connection is closed.",
        [](NodeConfig& c, Text t) { return assign_number(c.rpc.idle_seconds_max, t, 1); },
        [](const NodeConfig& c) { return std::to_string(c.rpc.idle_seconds_max); }},
    Setting{"rpc.cors_origin", text_form, "an origin", "Access-Control-Allow-Origin; empty: pages of other origins may not call.",
        [](NodeConfig& c, Text t) { c.rpc.cors_origin = t; return true; },
        [](const NodeConfig& c) { return c.rpc.cors_origin; }},
    Setting{"mempool.txns_max", plain_form, "a whole number above 0", "Waiting transactions.",
        [](NodeConfig& c, Text t) { return assign_number(c.mempool.txns_max, t, 1); },
        [](const NodeConfig& c) { return std::to_string(c.mempool.txns_max); }},
    Setting{"mempool.bytes_max", plain_form, "a whole number above 0", "Their bytes, sidecars left out.",
        [](NodeConfig& c, Text t) { return assign_number(c.mempool.bytes_max, t, 1); },
        [](const NodeConfig& c) { return std::to_string(c.mempool.bytes_max); }},
    Setting{"mempool.txns_per_sender_max", plain_form, "a whole number above 0", "Waiting transactions of one sender.",
        [](NodeConfig& c, Text t) { return assign_number(c.mempool.txns_per_sender_max, t, 1); },
        [](const NodeConfig& c) { return std::to_string(c.mempool.txns_per_sender_max); }},
    Setting{"mempool.nonce_gap_max", plain_form, whole_number, "How far a nonce may lie ahead of the account's.",
        [](NodeConfig& c, Text t) { return assign_number(c.mempool.nonce_gap_max, t); },
        [](const NodeConfig& c) { return std::to_string(c.mempool.nonce_gap_max); }},
    Setting{"mempool.ttl_seconds", plain_form, "a whole number above 0", "After which a waiting transaction is dropped.",
        [](NodeConfig& c, Text t) { return assign_number(c.mempool.ttl_seconds, t, 1); },
        [](const NodeConfig& c) { return std::to_string(c.mempool.ttl_seconds); }},
    Setting{"store.cache_bytes", plain_form, "a whole number from 1048576", "Memory for cached parts of the chain database.",
        [](NodeConfig& c, Text t) { return assign_number(c.store_cache_bytes, t, std::uint64_t{1} << 20); },
        [](const NodeConfig& c) { return std::to_string(c.store_cache_bytes); }},
    Setting{"store.blob_retention_blocks", plain_form, whole_number, "Blocks for which blobs are kept; 0: for ever.",
        [](NodeConfig& c, Text t) { return assign_number(c.blob_retention_blocks, t); },
        [](const NodeConfig& c) { return std::to_string(c.blob_retention_blocks); }},
    Setting{"log.level", text_form, "trace, debug, info, warn or error", "Least severe lines that are written.",
        [](NodeConfig& c, Text t) { return assign_choice(c.log_level, t, {"trace", "debug", "info", "warn", "error"}); },
        [](const NodeConfig& c) { return c.log_level; }},
    Setting{"log.format", text_form, "text or json", "Form of a line.",
        [](NodeConfig& c, Text t) { return assign_choice(c.log_format, t, {"text", "json"}); },
        [](const NodeConfig& c) { return c.log_format; }},
};
// clang-format on

}  // namespace

std::span<const Setting> settings() noexcept {
    return table;
}

const Setting* find_setting(std::string_view key) noexcept {
    const auto found = std::ranges::find(table, key, &Setting::key);
    return found == table.end() ? nullptr : &*found;
}

}  // namespace enshrine::node
