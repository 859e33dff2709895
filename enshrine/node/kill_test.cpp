// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/client/json_rpc_client.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/node/embedded_storage.hpp>
#include <enshrine/node/node_for_test.hpp>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <spawn.h>
#include <sys/wait.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <random>
#include <thread>

extern char** environ;

// enshrined as a process that dies at random moments.
namespace enshrine::node {
namespace {

using namespace test;
using nlohmann::json;
using namespace std::chrono_literals;

constexpr unsigned rounds = 12;
constexpr std::size_t senders = 4;

class Process {
public:
    explicit Process(const std::filesystem::path& folder, std::string log_name) : log_{folder / std::move(log_name)} {
        std::vector<std::string> arguments{ENSHRINE_BINARY_DIR "/bin/enshrined",
                                           "--dev",
                                           "--data-dir",
                                           (folder / "data").string(),
                                           "--rpc-port",
                                           "0",
                                           "--block-time-ms",
                                           "100"};
        std::vector<char*> pointers;
        for (std::string& argument : arguments) pointers.push_back(argument.data());
        pointers.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 2, log_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        EXPECT_EQ(::posix_spawn(&pid_, pointers[0], &actions, nullptr, pointers.data(), environ), 0);
        posix_spawn_file_actions_destroy(&actions);
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process() {
        if (pid_ != 0) end(SIGKILL);
    }
    /// The port that the log tells; empty when the process died before it.
    [[nodiscard]] std::string wait_for_port() const {
        const std::string mark = "on http://127.0.0.1:";
        for (unsigned i = 0; i < 1200; ++i) {
            std::ifstream in{log_};
            const std::string text{std::istreambuf_iterator<char>{in}, {}};
            const std::size_t at = text.find(mark);
            const std::size_t line_end = at == std::string::npos ? at : text.find('\n', at);
            if (line_end != std::string::npos) return text.substr(at + mark.size(), line_end - at - mark.size());
            std::this_thread::sleep_for(50ms);
        }
        return {};
    }
    /// Exit status as waitpid tells it.
    int end(int signal) {
        int status = 0;
        ::kill(pid_, signal);
        ::waitpid(pid_, &status, 0);
        pid_ = 0;
        return status;
    }

private:
    std::filesystem::path log_;
    pid_t pid_ = 0;
};

/// What was acknowledged, and what follows from it.
struct Ledger {
    std::array<std::uint64_t, senders> next_nonce{};
    std::vector<std::string> hashes;
};

std::unique_ptr<client::JsonRpcClient> connect(const std::string& port) {
    auto made = client::JsonRpcClient::make("http://127.0.0.1:" + port);
    EXPECT_TRUE(made.has_value());
    return *std::move(made);
}

/// Sends until the node is gone. A submission that got no answer may or may not have been kept: its nonce is asked for
/// again in the next round.
void submit_until_dead(client::JsonRpcClient& rpc, Ledger& ledger, std::mt19937_64& random) {
    for (std::size_t account = 0; account < senders; ++account) {
        const auto nonce =
            rpc.call("eth_getTransactionCount",
                     json::array({codec::format_address(dev_accounts()[account].address), "pending"}).dump());
        if (!nonce) return;
        const auto pending = *codec::parse_quantity_u64(json::parse(*nonce).get<std::string>());
        EXPECT_GE(pending, ledger.next_nonce[account])
            << "an acknowledged transaction of account " << account << " is lost";
        ledger.next_nonce[account] = pending;
    }
    while (true) {
        const std::size_t account = random() % senders;
        types::Transaction txn = transfer(ledger.next_nonce[account], 1 + random() % 1000);
        txn.max_fee_per_gas = U256{100'000'000'000};
        txn.to = dev_accounts()[5].address;
        const auto hash =
            rpc.call("eth_sendRawTransaction", json::array({codec::format_hex(sign(txn, account))}).dump());
        if (!hash) {
            EXPECT_EQ(hash.error().code, -32099) << hash.error().message;
            return;
        }
        ledger.next_nonce[account] += 1;
        ledger.hashes.push_back(json::parse(*hash).get<std::string>());
    }
}

TEST(Kill, AcknowledgedTransactionsAreIncludedWhateverHappens) {
    if (!std::filesystem::exists(ENSHRINE_BINARY_DIR "/bin/enshrined")) GTEST_SKIP() << "enshrined is not built";
    const store::TempFolder folder;
    const std::uint64_t seed = std::random_device{}();
    std::cout << "seed " << seed << "\n";
    std::mt19937_64 random{seed};
    Ledger ledger;
    for (unsigned round = 0; round < rounds || ledger.hashes.empty(); ++round) {
        Process node{folder.path(), "log_" + std::to_string(round)};
        // Some rounds end while the node is still starting, the first one while it makes the chain.
        if (round % 4 == 0) {
            std::this_thread::sleep_for(std::chrono::milliseconds{random() % 150});
            node.end(SIGKILL);
            continue;
        }
        const std::string port = node.wait_for_port();
        ASSERT_FALSE(port.empty());
        const auto rpc = connect(port);
        std::jthread killer{[&node, delay = std::chrono::milliseconds{100 + random() % 900}] {
            std::this_thread::sleep_for(delay);
            node.end(SIGKILL);
        }};
        submit_until_dead(*rpc, ledger, random);
    }
    Process node{folder.path(), "log_last"};
    const std::string port = node.wait_for_port();
    ASSERT_FALSE(port.empty());
    const auto rpc = connect(port);
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    for (const std::string& hash : ledger.hashes) {
        while (true) {
            const auto receipt = rpc->call("eth_getTransactionReceipt", json::array({hash}).dump());
            ASSERT_TRUE(receipt.has_value()) << receipt.error().message;
            if (*receipt != "null") {
                EXPECT_EQ(json::parse(*receipt)["status"], "0x1");
                break;
            }
            ASSERT_LT(std::chrono::steady_clock::now(), deadline) << hash << " was acknowledged and never included";
            std::this_thread::sleep_for(100ms);
        }
    }
    const int status = node.end(SIGTERM);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    std::cout << ledger.hashes.size() << " acknowledged transactions over " << rounds << " kills\n";

    // The state is the one its root says, and no money came or went besides what fees burn.
    NodeConfig settings;
    settings.dev = true;
    settings.data_dir = folder.path() / "data";
    ASSERT_TRUE(add_dev_committee(settings).has_value());
    ASSERT_TRUE(complete_config(settings).has_value());
    ApplicationConfig config;
    config.data_dir = settings.data_dir;
    config.genesis = settings.genesis;
    auto opened = ChainApplication::open(config, [] { return start_seconds; });
    ASSERT_TRUE(opened.has_value()) << opened.error();
    const ChainApplication& application = **opened;
    EXPECT_EQ(*application.head()->view->recompute_root(), application.info().app_hash);
    U256 total;
    U256 burned;
    for (const DevAccount& account : dev_accounts()) {
        total = total + system::load_account(*application.head()->view, account.address).balance.wei();
    }
    std::size_t included = 0;
    for (std::uint64_t height = 1; height <= application.info().last_height; ++height) {
        const auto block = application.chain().block(height);
        ASSERT_TRUE(block.has_value() && block->has_value());
        const types::BlockHeader& header = (*block)->header;
        burned = burned + header.base_fee_per_gas * U256{header.gas_used};
        included += (*block)->transactions.size();
    }
    EXPECT_GE(included, ledger.hashes.size());
    EXPECT_EQ(codec::format_decimal(total + burned),
              codec::format_decimal(dev_balance().wei() * U256{dev_accounts_count}));
}

TEST(Kill, SigtermEndsWithinTenSeconds) {
    if (!std::filesystem::exists(ENSHRINE_BINARY_DIR "/bin/enshrined")) GTEST_SKIP() << "enshrined is not built";
    const store::TempFolder folder;
    Process node{folder.path(), "log"};
    ASSERT_FALSE(node.wait_for_port().empty());
    const auto start = std::chrono::steady_clock::now();
    const int status = node.end(SIGTERM);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
}

}  // namespace
}  // namespace enshrine::node
