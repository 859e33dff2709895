// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/node/config.hpp>
#include <enshrine/node/config_settings.hpp>
#include <enshrine/node/dev_accounts.hpp>
#include <enshrine/store/temp_folder_for_test.hpp>

#include <gtest/gtest.h>

#include <fstream>

namespace enshrine::node {
namespace {

class Config : public ::testing::Test {
protected:
    std::filesystem::path file(const std::string& content) {
        const auto path = folder_.path() / "config.yaml";
        std::ofstream{path} << content;
        return path;
    }
    /// The error of a file, without its folder; "" when it is good.
    std::string error_of(const std::string& content) {
        const auto loaded = load_config({.file = file(content)});
        return loaded ? "" : loaded.error().substr(folder_.path().string().size() + 1);
    }
    static const ConfigEntry& entry(const LoadedConfig& loaded, std::string_view key) {
        return *std::ranges::find(loaded.entries, key, &ConfigEntry::key);
    }

    store::TempFolder folder_;
};

TEST_F(Config, CommittedFileIsTheDefaults) {
    const auto defaults = load_config({});
    const auto committed = load_config({.file = ENSHRINE_SOURCE_DIR "/config/config.yaml"});
    ASSERT_TRUE(defaults.has_value());
    ASSERT_TRUE(committed.has_value()) << committed.error();
    for (std::size_t i = 0; i < defaults->entries.size(); ++i) {
        EXPECT_EQ(committed->entries[i].value, defaults->entries[i].value) << defaults->entries[i].key;
        EXPECT_NE(committed->entries[i].origin, "default")
            << defaults->entries[i].key << " is not in config/config.yaml";
    }
    EXPECT_TRUE(committed->config.genesis.accounts.empty());
}

TEST_F(Config, FlagOverEnvironmentOverFileOverDefault) {
    const auto path = file("rpc:\n  port: 1000\n  threads: 3\nblock:\n  mode: manual\n");
    const auto loaded = load_config({.file = path,
                                     .environment = {{"ENSHRINE_RPC__PORT", "2000"}, {"ENSHRINE_RPC__THREADS", "4"}},
                                     .flags = {{"rpc.port", "3000"}}});
    ASSERT_TRUE(loaded.has_value()) << loaded.error();
    EXPECT_EQ(loaded->config.rpc.port, 3000);
    EXPECT_EQ(loaded->config.rpc.threads, 4U);
    EXPECT_EQ(loaded->config.block_mode, engine::BlockMode::manual);
    EXPECT_EQ(loaded->config.block_time_ms, 1000U);
    EXPECT_EQ(entry(*loaded, "rpc.port").origin, "flag");
    EXPECT_EQ(entry(*loaded, "rpc.threads").origin, "environment ENSHRINE_RPC__THREADS");
    EXPECT_EQ(entry(*loaded, "block.mode").origin, path.string() + ":5");
    EXPECT_EQ(entry(*loaded, "block.time_ms").origin, "default");
}

TEST_F(Config, ErrorsNameFileLineKeyAndWhatWasExpected) {
    EXPECT_EQ(error_of("rpc:\n  prt: 1\n"),
              "config.yaml:2: unknown key rpc.prt; expected one of host, port, port_fallback, threads, body_bytes_max, "
              "connections_max, idle_seconds_max, cors_origin");
    EXPECT_EQ(error_of("rcp:\n  port: 1\n"),
              "config.yaml:1: unknown section \"rcp\"; expected chain, genesis, data_availability, storage, "
              "block, rpc, mempool, store or log");
    EXPECT_EQ(error_of("rpc:\n  port: many\n"),
              "config.yaml:2: rpc.port: expected a whole number from 0 to 65535, got \"many\"");
    EXPECT_EQ(error_of("rpc:\n  port: 65536\n"),
              "config.yaml:2: rpc.port: expected a whole number from 0 to 65535, got \"65536\"");
    EXPECT_EQ(error_of("rpc:\n  port: \"80\"\n"),
              "config.yaml:2: rpc.port: expected a whole number from 0 to 65535, got \"text in quotes\"");
    EXPECT_EQ(error_of("rpc:\n  port: [80]\n"),
              "config.yaml:2: rpc.port: expected a whole number from 0 to 65535, got \"a list\"");
    EXPECT_EQ(error_of("chain:\n  dev: yes\n"), "config.yaml:2: chain.dev: expected true or false, got \"yes\"");
    EXPECT_EQ(error_of("block:\n  mode: fast\n"),
              "config.yaml:2: block.mode: expected interval, instant or manual, got \"fast\"");
    EXPECT_EQ(error_of("block:\n  proposer: 0x12\n"),
              "config.yaml:2: block.proposer: expected an address, got \"0x12\"");
    EXPECT_EQ(error_of("storage:\n  listen: 9545\n"),
              "config.yaml:2: storage.listen: expected host:port, got \"9545\"");
    for (const std::string wrong : {"beef", "0xbeef,", ",0xbeef", "0x01,0x"}) {
        EXPECT_EQ(
            error_of("storage:\n  pin: \"" + wrong + "\"\n"),
            "config.yaml:2: storage.pin: expected namespaces of 1 to 32 bytes as 0x-hex, with commas between them, "
            "got \"" +
                wrong + "\"");
    }
    EXPECT_EQ(error_of("storage:\n  pin: \"0xbeef,0x01\"\n"), "");
    EXPECT_EQ(error_of("storage:\n  enabled: off\n"),
              "config.yaml:2: storage.enabled: expected true or false, got \"off\"");
    EXPECT_EQ(error_of("rpc:\n  port: 1\n  port: 2\n"), "config.yaml:3: rpc.port stands twice");
    EXPECT_EQ(error_of("genesis:\n  accounts:\n    0x12: 5\n"),
              "config.yaml:3: genesis.accounts: expected an address, got \"0x12\"");
    EXPECT_EQ(error_of("genesis:\n  accounts:\n    0x00000000000000000000000000000000000000aa: much\n"),
              "config.yaml:3: genesis.accounts: expected an amount in wei, got \"much\"");
    EXPECT_EQ(error_of("- rpc\n"), "config.yaml:1: expected sections, such as \"rpc:\"");
    EXPECT_EQ(error_of("rpc: 5\n"), "config.yaml:1: rpc: expected a map of keys");
    EXPECT_TRUE(error_of("rpc: {port: 1\n").starts_with("config.yaml:2: not YAML: ")) << error_of("rpc: {port: 1\n");
    EXPECT_EQ(error_of(""), "");
    EXPECT_EQ(load_config({.file = folder_.path() / "none.yaml"}).error(),
              (folder_.path() / "none.yaml").string() + ": cannot read the configuration file");
}

TEST_F(Config, ErrorsOfEnvironmentAndFlags) {
    EXPECT_EQ(load_config({.environment = {{"ENSHRINE_RPC__PORT", "x"}}}).error(),
              "environment ENSHRINE_RPC__PORT: rpc.port: expected a whole number from 0 to 65535, got \"x\"");
    EXPECT_TRUE(
        load_config({.environment = {{"ENSHRINE_LOG__LEVL", "x"}}})
            .error()
            .starts_with("environment ENSHRINE_LOG__LEVL: unknown key log.levl; expected one of level, format"));
    EXPECT_EQ(load_config({.flags = {{"block.time_ms", "99"}}}).error(),
              "flag: block.time_ms: expected a whole number from 100 to 60000, got \"99\"");
    EXPECT_TRUE(
        load_config({.environment = {{"ENSHRINE_BIN", "x"}, {"ENSHRINE_OTHER__KEY", "x"}, {"PATH", "x"}}}).has_value());
}

TEST_F(Config, GenesisAccounts) {
    const auto loaded =
        load_config({.file = file("genesis:\n  accounts:\n    0x00000000000000000000000000000000000000aa: 5\n")});
    ASSERT_TRUE(loaded.has_value()) << loaded.error();
    ASSERT_EQ(loaded->config.genesis.accounts.size(), 1U);
    EXPECT_EQ(loaded->config.genesis.accounts[0].balance, Amount{std::uint64_t{5}});
}

TEST_F(Config, Committee) {
    constexpr std::string_view two =
        "data_availability:\n"
        "  committee:\n"
        "    - {address: \"0x00000000000000000000000000000000000000aa\", stake: 5, endpoint: \"a:1\",\n"
        "       tls_key_hash: \"0x0100000000000000000000000000000000000000000000000000000000000000\"}\n"
        "    - {address: \"0x00000000000000000000000000000000000000bb\", stake: 1, endpoint: \"b:2\"}\n";
    const auto loaded = load_config({.file = file(std::string{two})});
    ASSERT_TRUE(loaded.has_value()) << loaded.error();
    const auto& committee = loaded->config.genesis.data_availability.committee;
    ASSERT_EQ(committee.size(), 2U);
    EXPECT_EQ(committee[0].stake, 5U);
    EXPECT_EQ(committee[0].tls_key_hash[0], 1);
    EXPECT_EQ(committee[1].endpoint, "b:2");
    EXPECT_TRUE(committee[1].tls_key_hash.is_zero());
    const auto error_with = [&](const std::string& member) {
        return error_of("data_availability:\n  committee:\n    - {" + member + "}\n");
    };
    const std::string address = "address: \"0x00000000000000000000000000000000000000aa\"";
    const std::string where = "config.yaml:3: data_availability.committee";
    EXPECT_EQ(error_with(address + ", stake: 1"), where + ".endpoint: expected host:port, got nothing");
    EXPECT_EQ(error_with("stake: 1, endpoint: \"a:1\""), where + ".address: expected an address, got nothing");
    EXPECT_EQ(error_with("address: 0x12, stake: 1, endpoint: \"a:1\""),
              where + ".address: expected an address, got \"0x12\"");
    EXPECT_EQ(error_with(address + ", stake: -1, endpoint: \"a:1\""),
              where + ".stake: expected a whole number above 0, got \"-1\"");
    EXPECT_EQ(error_with(address + ", stake: 1, endpoint: \"a:1\", tls_key_hash: \"0x12\""),
              where + ".tls_key_hash: expected 32 bytes in 0x-hex, got \"0x12\"");
    EXPECT_EQ(error_with(address + ", stake: 1, endpoint: \"a:1\", weight: 1"),
              where + ": unknown key weight; expected one of address, stake, endpoint, tls_key_hash");
    EXPECT_EQ(error_of("data_availability:\n  committee: {}\n"),
              "config.yaml:2: data_availability.committee: expected a list of members, got a map");
    EXPECT_EQ(error_of("data_availability:\n  committee: []\n"), "");
    EXPECT_EQ(error_of("data_availability:\n  committee:\n    - 5\n"),
              where + ": expected a map of address, stake, endpoint and tls_key_hash");
}

TEST_F(Config, WithoutCommitteeTheProposerIsIt) {  // [DA-CERT.1]
    NodeConfig config{.dev = true};
    ASSERT_TRUE(complete_config(config).has_value());
    const auto& settings_of_genesis = config.genesis.data_availability;
    EXPECT_EQ(settings_of_genesis.committee, std::vector{data_availability::sole_member(config.proposer)});
    EXPECT_EQ(settings_of_genesis.administrator, config.proposer);
    NodeConfig plain{.storage = {.enabled = false}};
    plain.proposer[0] = 1;
    ASSERT_TRUE(complete_config(plain).has_value());
    EXPECT_TRUE(plain.genesis.data_availability.administrator.is_zero());
    NodeConfig unsorted{.dev = true};
    unsorted.genesis.data_availability.committee = {data_availability::sole_member(plain.proposer),
                                                    data_availability::sole_member(Address{})};
    EXPECT_EQ(complete_config(unsorted).error(),
              "data_availability.committee: members are not in strictly ascending order of their addresses");
    NodeConfig bounds{.dev = true};
    bounds.genesis.data_availability.retention_blocks_min = 10;
    bounds.genesis.data_availability.retention_blocks_max = 9;
    EXPECT_EQ(complete_config(bounds).error(),
              "data_availability.retention_blocks_max: expected at least retention_blocks_min, which is 10, got 9");
}

TEST_F(Config, EveryKeyShowsWhatItAssigns) {
    for (const Setting& setting : settings()) {
        NodeConfig config;
        const std::string shown = setting.show(config);
        EXPECT_TRUE(setting.assign(config, shown) || shown.empty()) << setting.key;
        EXPECT_EQ(setting.show(config), shown) << setting.key;
        EXPECT_FALSE(setting.documentation.empty()) << setting.key;
    }
}

TEST_F(Config, DevelopmentKeysStayOnTheirChain) {
    NodeConfig good{.dev = true};
    ASSERT_TRUE(complete_config(good).has_value());
    EXPECT_EQ(good.genesis.accounts.size(), dev_accounts_count);
    EXPECT_EQ(good.proposer, find_dev_account("proposer")->address);
    NodeConfig other{.chain_id = 901, .dev = true};
    EXPECT_EQ(complete_config(other).error(),
              "chain.dev: the keys of a development chain are public; expected chain.id 900, got 901");
    NodeConfig plain;
    EXPECT_EQ(complete_config(plain).error(),
              "block.proposer: expected an address that receives the tips, got nothing");
    plain.proposer[0] = 1;
    EXPECT_EQ(complete_config(plain).error(),
              "storage.key_file: expected a file with the secret key of a committee member, got nothing; without a "
              "storage node: storage.enabled: false (--no-storage)");
    plain.storage.enabled = false;
    ASSERT_TRUE(complete_config(plain).has_value());
    EXPECT_TRUE(plain.genesis.accounts.empty());
}

}  // namespace
}  // namespace enshrine::node
