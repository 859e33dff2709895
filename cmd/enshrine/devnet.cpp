// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine devnet`: the whole system in one process, on this machine.
#include <cmd/enshrine/devnet_network.hpp>
#include <cmd/enshrine/devnet_preset.hpp>
#include <cmd/enshrine/l1.hpp>
#include <cmd/service.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/spdlog.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <fstream>

namespace enshrine::cli {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr auto stop_patience = std::chrono::seconds{20};
constexpr auto start_patience = std::chrono::seconds{60};
constexpr std::chrono::milliseconds poll_interval{50};

struct UpOptions {
    DevnetOptions network;
    std::string json_file;
    bool background = false;
    PresetOptions preset;
};

/// Held while a devnet runs in the folder; the kernel lets go of it however the process ends.
class FolderLock {
public:
    [[nodiscard]] static CliResult<FolderLock> take(const fs::path& data_dir) {
        std::error_code error;
        fs::create_directories(data_dir, error);
        if (error) return refused(fmt::format("cannot make {}: {}", data_dir.string(), error.message()));
        const int file = ::open((data_dir / "devnet.lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644);
        if (file < 0) return refused(fmt::format("cannot write to {}", data_dir.string()), "choose another --data-dir");
        if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
            ::close(file);
            return refused(
                fmt::format("a devnet already runs in {}", data_dir.string()),
                "see it: `enshrine devnet status`; end it: `enshrine devnet down`; a second one: another --data-dir");
        }
        return FolderLock{file};
    }
    FolderLock(FolderLock&& other) noexcept : file_{std::exchange(other.file_, -1)} {}
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock() {
        if (file_ >= 0) ::close(file_);
    }

private:
    explicit FolderLock(int file) noexcept : file_{file} {}
    int file_;
};

void log_to(const fs::path& data_dir) {
    auto logger = spdlog::basic_logger_mt("devnet", (data_dir / "devnet.log").string());
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(std::move(logger));
    spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %5l %v", spdlog::pattern_time_type::utc);
}

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

CliResult<void> publish(const UpOptions& options, const DevnetInfo& info) {
    const Json json = to_json(info);
    if (!options.json_file.empty()) {
        if (auto written = write_devnet_file(options.json_file, json); !written) return written;
    }
    return write_devnet_file(devnet_file(options.network.data_dir), json);
}

CliResult<Report> run_in_foreground(const UpOptions& options, const service::Signals& signals) {
    const auto started = Clock::now();
    const auto lock = FolderLock::take(options.network.data_dir);
    if (!lock) return std::unexpected{lock.error()};
    log_to(options.network.data_dir);
    auto network = DevnetNetwork::start(options.network);
    if (!network) return std::unexpected{network.error()};
    if (auto written = publish(options, (*network)->info()); !written) return std::unexpected{written.error()};
    fmt::print("ready after {:.1f} s: L1 at {}\n{}\nCtrl-C ends it; the state stays.\n", seconds_since(started),
               (*network)->info().l1_rpc, describe(to_json((*network)->info())));
    std::fflush(stdout);

    std::atomic<bool> cancelled{false};
    std::jthread market{[&] {
        const auto added = (*network)->add_liquidity(cancelled);
        if (!added) {
            spdlog::error("liquidity of the exchange: {}", added.error().message);
            fmt::print(stderr, "enshrine: the exchange has no liquidity: {}\n", added.error().message);
        } else if (!cancelled) {
            if (auto written = publish(options, (*network)->info()); !written)
                spdlog::error("{}", written.error().message);
        }
    }};
    signals.wait();
    cancelled = true;
    market.join();
    (*network)->stop();
    std::error_code error;
    fs::remove(devnet_file(options.network.data_dir), error);
    return Report{.json = {{"stopped", true}}, .text = "devnet: stopped; its state is kept"};
}

/// The log of a devnet that did not come up, for its operator.
std::string last_lines(const fs::path& file) {
    std::ifstream in{file};
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    if (lines.size() > 5) lines.erase(lines.begin(), lines.end() - 5);
    return fmt::format("{}", fmt::join(lines, "\n"));
}

CliResult<Report> run_in_background(const UpOptions& options) {
    const fs::path data_dir = options.network.data_dir;
    if (running_devnet(data_dir)) return refused(fmt::format("a devnet already runs in {}", data_dir.string()));
    std::error_code error;
    fs::create_directories(data_dir, error);
    fs::remove(devnet_file(data_dir), error);
    const fs::path output = data_dir / "devnet.out";
    std::vector<std::string> words{executable_path().string(),
                                   "devnet",
                                   "up",
                                   "--data-dir",
                                   options.network.data_dir,
                                   "--port",
                                   std::to_string(options.network.port),
                                   "--block-time-ms",
                                   std::to_string(options.network.block_time_ms),
                                   "--batch-interval-ms",
                                   std::to_string(options.network.batch_interval_ms),
                                   "--da",
                                   std::string{sequencing::to_text(options.network.da)}};
    if (options.network.storage_nodes) {
        words.insert(words.end(), {"--storage-nodes", std::to_string(*options.network.storage_nodes)});
    }
    if (!options.network.programs.empty()) words.insert(words.end(), {"--programs", options.network.programs});
    if (!options.json_file.empty()) words.insert(words.end(), {"--json", options.json_file});
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);

    const pid_t child = ::fork();
    if (child < 0) return refused("cannot start another process");
    if (child == 0) {
        ::setsid();
        const int file = ::open(output.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0644);
        const int nothing = ::open("/dev/null", O_RDONLY);
        ::dup2(nothing, STDIN_FILENO);
        ::dup2(file, STDOUT_FILENO);
        ::dup2(file, STDERR_FILENO);
        ::execv(arguments[0], arguments.data());
        ::_exit(127);
    }
    const auto deadline = Clock::now() + start_patience;
    while (Clock::now() < deadline) {
        if (const auto devnet = running_devnet(data_dir)) {
            return Report{.json = *devnet,
                          .text = fmt::format("devnet: runs as process {}\n{}", child, describe(*devnet))};
        }
        int status = 0;
        if (::waitpid(child, &status, WNOHANG) == child) {
            return refused(fmt::format("the devnet ended while it started:\n{}", last_lines(output)));
        }
        std::this_thread::sleep_for(poll_interval);
    }
    return refused(fmt::format("the devnet, process {}, is not ready; its output is {}", child, output.string()));
}

CliResult<Report> up(const UpOptions& options) {
    if (!options.preset.name.empty()) return run_preset(options.preset, options.network.data_dir, options.json_file);
    if (options.background) return run_in_background(options);
    const service::Signals signals;  // before any thread exists
    return run_in_foreground(options, signals);
}

CliResult<Report> down(const std::string& data_dir) {
    const auto devnet = running_devnet(data_dir);
    if (!devnet) {
        return Report{.json = {{"running", false}}, .text = fmt::format("no devnet runs in {}", data_dir)};
    }
    const pid_t pid = devnet->at("pid").get<pid_t>();
    ::kill(pid, SIGTERM);
    const auto deadline = Clock::now() + stop_patience;
    while (is_our_process(pid)) {
        if (Clock::now() > deadline)
            return refused(fmt::format("process {} has not ended yet; kill -9 {} is safe, too", pid, pid));
        std::this_thread::sleep_for(poll_interval);
    }
    return Report{.json = {{"running", false}, {"stopped", pid}},
                  .text = fmt::format("devnet: process {} has ended; its state in {} is kept", pid, data_dir)};
}

CliResult<Report> status(const std::string& data_dir) {
    auto devnet = running_devnet(data_dir);
    if (!devnet) {
        return Report{.json = {{"running", false}},
                      .text = fmt::format("no devnet runs in {}", data_dir),
                      .status = exit_refused};
    }
    auto l1 = connect_l1(devnet->at("l1").at("rpc").get<std::string>());
    if (!l1) return std::unexpected{l1.error()};
    const auto height = checked("eth_blockNumber", l1->block_number());
    if (!height) return std::unexpected{height.error()};
    (*devnet)["l1"]["height"] = *height;
    std::string text = fmt::format("devnet: process {}, L1 at block {}\n", devnet->at("pid").get<pid_t>(), *height);
    for (Json& rollup : (*devnet)["rollups"]) {
        const auto id = rollup.at("chainId").get<std::uint64_t>();
        const auto found = checked("rollup_status", l1->rollup_status(id));
        if (!found) return std::unexpected{found.error()};
        rollup["registeredBatch"] = found->last_sequence;
        rollup["settledBatch"] = found->settled_sequence;
        text += fmt::format("{} ({}): batch {} registered, {} settled\n", rollup.at("name").get<std::string>(), id,
                            found->last_sequence, found->settled_sequence);
    }
    const auto storage = storage_status(*l1, devnet->at("l1").at("chainId").get<std::uint64_t>());
    if (!storage) return std::unexpected{storage.error()};
    (*devnet)["storage"] = *storage;
    text += describe_storage(*storage);
    (*devnet)["running"] = true;
    return Report{.json = *devnet, .text = text + describe(*devnet)};
}

CliResult<Report> reset(const std::string& data_dir) {
    const fs::path folder = data_dir;
    std::error_code error;
    if (!fs::exists(folder))
        return Report{.json = {{"removed", false}}, .text = fmt::format("{} is not there", data_dir)};
    if (!fs::exists(folder / "devnet.lock")) {
        return refused(fmt::format("{} is no devnet's folder, so nothing was removed", data_dir),
                       "it has no file devnet.lock");
    }
    {
        const auto lock = FolderLock::take(folder);
        if (!lock) return std::unexpected{lock.error()};
        for (const auto& entry : fs::directory_iterator{folder}) {
            if (entry.path().filename() != "devnet.lock") fs::remove_all(entry.path(), error);
            if (error) return refused(fmt::format("cannot remove {}: {}", entry.path().string(), error.message()));
        }
    }
    return Report{
        .json = {{"removed", true}},
        .text = fmt::format("{} is empty. A wallet that knows this chain has to forget its nonces, too.", data_dir)};
}

CliResult<Report> env(const std::string& data_dir) {
    const auto devnet = running_devnet(data_dir);
    if (!devnet) return refused(fmt::format("no devnet runs in {}", data_dir), "start one: `enshrine devnet up`");
    return Report{.json = *devnet, .text = shell_exports(*devnet)};
}

void add_up(CLI::App& group, Session& session) {
    auto options = std::make_shared<UpOptions>();
    CLI::App& command = *group.add_subcommand("up", "start or resume the devnet, in the foreground");
    command.add_option("--data-dir", options->network.data_dir, "where the state is kept")->capture_default_str();
    command.add_option("--port", options->network.port, "port of all endpoints; the next free one when it is taken")
        ->check(CLI::Range(0, 65'535))
        ->capture_default_str();
    command.add_option("--block-time-ms", options->network.block_time_ms, "time between L1 blocks")
        ->check(CLI::Range(100, 60'000))
        ->capture_default_str();
    command.add_option("--batch-interval-ms", options->network.batch_interval_ms, "time between batches of a rollup")
        ->check(CLI::Range(50, 60'000))
        ->capture_default_str();
    service::add_da_option(command, options->network.da);
    command
        .add_option("--storage-nodes", options->network.storage_nodes,
                    "storage nodes of the native scheme, each a process; 0: the L1 node keeps the rows itself; "
                    "default: as at the first start in the folder, which is 0")
        ->check(CLI::Range(0, 16));
    command.add_option("--programs", options->network.programs,
                       "folder of the built rollup programs; default: the build's");
    command.add_option("--json", options->json_file, "also write endpoints, accounts and contracts to this file");
    command.add_flag("--background", options->background, "return when it is ready, and leave it running");
    CLI::Option* preset =
        command
            .add_option(
                "--preset", options->preset.name,
                "first walk through what users do: payments, which the L1 settles by execution, or zk-payments, "
                "which settle by proofs; --json then holds every step, too")
            ->check(CLI::IsMember(std::vector<std::string>{std::begin(preset_names), std::end(preset_names)}));
    for (const char* other : {"--port", "--block-time-ms", "--batch-interval-ms", "--storage-nodes", "--programs",
                              "--da", "--background"}) {
        preset->excludes(command.get_option(other));
    }
    command.add_flag("--once", options->preset.once, "end after the walk, with status 0 or 1")->needs(preset);
    run_when_chosen(command, session, [options] { return up(*options); });
}

void add_data_dir_command(CLI::App& group, Session& session, const std::string& name, const std::string& description,
                          CliResult<Report> (*body)(const std::string&)) {
    auto data_dir = std::make_shared<std::string>(DevnetOptions{}.data_dir);
    CLI::App& command = add_command(group, session, name, description, [data_dir, body] { return body(*data_dir); });
    command.add_option("--data-dir", *data_dir, "where the state is kept")->capture_default_str();
}

}  // namespace

void add_devnet(CLI::App& app, Session& session) {
    CLI::App& group = add_group(app, "devnet", "L1, two rollups and their sequencers in one process");
    add_up(group, session);
    add_data_dir_command(group, session, "down", "end the devnet; its state stays", down);
    add_data_dir_command(group, session, "status", "endpoints and progress; exit status 1 when none runs", status);
    add_data_dir_command(group, session, "reset", "remove the state of a devnet that does not run", reset);
    add_data_dir_command(group, session, "env", "shell variables: eval \"$(enshrine devnet env)\"", env);
}

}  // namespace enshrine::cli
