// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers

// enshrined: the L1 node. Exit codes: 0 stopped as asked; 1 the node could not start or go on; 2 wrong configuration or
// command line; 130 stopped at once by a second signal.
#include <enshrine/codec/hex.hpp>
#include <enshrine/node/config_settings.hpp>
#include <enshrine/node/dev_accounts.hpp>
#include <enshrine/node/node.hpp>
#include <enshrine/rpc/json_writer.hpp>

#include <CLI/CLI.hpp>
#include <pthread.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <thread>

namespace {

using enshrine::node::LoadedConfig;
using enshrine::node::NodeConfig;

constexpr int exit_failed = 1;
constexpr int exit_configuration = 2;
constexpr int exit_second_signal = 130;

struct CommandLine {
    std::string file;
    enshrine::node::ConfigValues flags;
    bool show = false;
    bool origin = false;
};

sigset_t stop_signals() {
    sigset_t out;
    sigemptyset(&out);
    sigaddset(&out, SIGTERM);
    sigaddset(&out, SIGINT);
    return out;
}

/// %* in a pattern: the message as JSON text.
class JsonMessage final : public spdlog::custom_flag_formatter {
public:
    void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& out) override {
        enshrine::rpc::JsonWriter json;
        json.string(std::string_view{message.payload.data(), message.payload.size()});
        const std::string text = json.take();
        out.append(text.data(), text.data() + text.size());
    }
    [[nodiscard]] std::unique_ptr<custom_flag_formatter> clone() const override {
        return std::make_unique<JsonMessage>();
    }
};

void set_up_log(const NodeConfig& config) {
    spdlog::set_default_logger(spdlog::stderr_color_mt("enshrined"));
    spdlog::set_level(spdlog::level::from_str(config.log_level));
    if (config.log_format == "json") {
        auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
        formatter->add_flag<JsonMessage>('*').set_pattern(
            R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","message":%*})");
        spdlog::set_formatter(std::move(formatter));
    } else {
        spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %^%5l%$ %v", spdlog::pattern_time_type::utc);
    }
}

void show_config(const LoadedConfig& loaded, bool origin) {
    std::string section;
    for (const auto& entry : loaded.entries) {
        const std::size_t dot = entry.key.find('.');
        if (entry.key.substr(0, dot) != section) {
            section = entry.key.substr(0, dot);
            std::cout << section << ":\n";
        }
        const bool text = enshrine::node::find_setting(entry.key)->form == enshrine::node::SettingForm::text;
        const std::string quote = text ? "\"" : "";
        std::cout << "  " << entry.key.substr(dot + 1) << ": " << quote << entry.value << quote;
        if (origin) std::cout << "  # " << entry.origin;
        std::cout << "\n";
    }
}

void log_start(enshrine::node::Node& node) {
    const NodeConfig& config = node.config();
    const auto head = node.application().head();
    spdlog::info("enshrined {} serves chain {}{} on http://{}:{}", ENSHRINE_VERSION, config.chain_id,
                 config.dev ? " (development)" : "", config.rpc.host, node.port());
    spdlog::info("data in {}, head {}, proposer {}", config.data_dir.string(), head->header.number,
                 enshrine::codec::format_address(config.proposer));
    if (!config.dev) return;
    spdlog::info("development accounts, 10000 coins each, from the mnemonic \"{}\":", enshrine::node::dev_mnemonic);
    for (const auto& account : enshrine::node::dev_accounts()) {
        spdlog::info("  {} {}", enshrine::codec::format_address(account.address), account.alias);
    }
}

/// Runs until a signal asks for the end; a second one ends the process wherever it is.
int run(const NodeConfig& config) {
    // Before any thread exists, so that all of them leave the signals to sigwait() below.
    const sigset_t signals = stop_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    auto node = enshrine::node::Node::start(config, ENSHRINE_VERSION);
    if (!node) {
        spdlog::error("{}", node.error());
        return exit_failed;
    }
    log_start(**node);
    int signal = 0;
    sigwait(&signals, &signal);
    spdlog::info("stopping: finishing the block; a second signal ends the process at once");
    std::thread{[signals] {
        int second = 0;
        sigwait(&signals, &second);
        ::_exit(exit_second_signal);
    }}.detach();
    (*node)->stop();
    node->reset();
    spdlog::info("stopped");
    spdlog::default_logger()->flush();
    // Everything of ours is closed; what may still run, loading KZG's parameters, has nothing to finish.
    ::_exit(0);
}

void add_flag_value(CLI::App& app, CommandLine& line, const std::string& flag, const std::string& key) {
    const auto* setting = enshrine::node::find_setting(key);
    app.add_option_function<std::string>(
        flag, [&line, key](const std::string& value) { line.flags[key] = value; }, std::string{setting->documentation});
}

}  // namespace

int main(int argc, char** argv) {
    CommandLine line;
    CLI::App app{"enshrined: the Enshrine Layer-1 node"};
    app.set_version_flag("--version", ENSHRINE_VERSION);
    app.add_option("--config", line.file,
                   "Configuration file (YAML); without it defaults, environment and flags hold.");
    add_flag_value(app, line, "--data-dir", "chain.data_dir");
    add_flag_value(app, line, "--chain-id", "chain.id");
    add_flag_value(app, line, "--rpc-host", "rpc.host");
    add_flag_value(app, line, "--rpc-port", "rpc.port");
    add_flag_value(app, line, "--block-mode", "block.mode");
    add_flag_value(app, line, "--block-time-ms", "block.time_ms");
    add_flag_value(app, line, "--proposer", "block.proposer");
    add_flag_value(app, line, "--storage-listen", "storage.listen");
    add_flag_value(app, line, "--storage-key-file", "storage.key_file");
    app.add_flag_callback(
        "--no-storage", [&line] { line.flags["storage.enabled"] = "false"; },
        "Keep no rows of published data: storage nodes elsewhere do.");
    add_flag_value(app, line, "--log-level", "log.level");
    add_flag_value(app, line, "--log-format", "log.format");
    app.add_flag_callback(
        "--dev", [&line] { line.flags["chain.dev"] = "true"; },
        std::string{enshrine::node::find_setting("chain.dev")->documentation});
    auto* config_command = app.add_subcommand("config", "About the configuration.");
    config_command->require_subcommand(1);
    auto* show_command = config_command->add_subcommand("show", "Print every value that holds.");
    show_command->add_flag("--origin", line.origin, "Say where each value comes from.");
    show_command->callback([&line] { line.show = true; });
    app.footer(
        "Environment: ENSHRINE_<SECTION>__<KEY>, e.g. ENSHRINE_RPC__PORT=8600.\n"
        "Exit codes: 0 stopped as asked, 1 failure, 2 wrong configuration, 130 stopped by a second signal.");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& stop) {
        return app.exit(stop) == 0 ? 0 : exit_configuration;
    }
    const auto loaded = enshrine::node::load_config(
        {.file = line.file, .environment = enshrine::node::process_environment(), .flags = line.flags});
    if (!loaded) {
        std::cerr << "enshrined: " << loaded.error() << "\n";
        return exit_configuration;
    }
    if (line.show) {
        show_config(*loaded, line.origin);
        return 0;
    }
    NodeConfig checked = loaded->config;
    if (const auto complete = enshrine::node::complete_config(checked); !complete) {
        std::cerr << "enshrined: " << complete.error() << "\n";
        return exit_configuration;
    }
    set_up_log(loaded->config);
    return run(loaded->config);
}
