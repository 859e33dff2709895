// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/client/data_availability_contract.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/network/shard_client.hpp>
#include <enshrine/node/dev_accounts.hpp>
#include <enshrine/node/dev_committee.hpp>

#include <cmd/enshrine/devnet_storage.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

namespace enshrine::cli {
namespace {

namespace fs = std::filesystem;
using data_availability::CommitteeMember;
using Clock = std::chrono::steady_clock;

constexpr auto start_patience = std::chrono::seconds{30};
constexpr auto stop_patience = std::chrono::seconds{10};
constexpr std::chrono::milliseconds poll_interval{20};
constexpr std::string_view key_domain = "enshrine devnet storage node ";

/// Public, as all keys of a devnet.
crypto::SecretKey devnet_storage_key(std::size_t node) {
    const std::string text = std::string{key_domain} + std::to_string(node);
    return crypto::SecretKey::from(hash::sha256(as_bytes(text)).view());
}

std::vector<crypto::SecretKey> member_keys(std::size_t count) {
    if (count == 0) return {node::find_dev_account("proposer")->key};
    std::vector<crypto::SecretKey> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(devnet_storage_key(i));
    return out;
}

/// How many storage nodes the devnet in the folder has; 0 when there is none yet.
std::size_t nodes_of_earlier_start(const fs::path& folder) {
    std::size_t count = 0;
    std::error_code ignored;
    const auto folder_of = [&](std::size_t i) {
        return node::storage_folder(folder, *crypto::address_of(devnet_storage_key(i)));
    };
    while (fs::exists(folder_of(count), ignored)) ++count;
    return count;
}

}  // namespace

CliResult<std::unique_ptr<DevnetStorage>> DevnetStorage::prepare(const fs::path& data_dir,
                                                                 std::optional<std::size_t> wanted,
                                                                 node::NodeConfig& l1) {
    const std::size_t earlier = nodes_of_earlier_start(data_dir / "storage");
    const std::size_t count = wanted.value_or(earlier);
    std::unique_ptr<DevnetStorage> storage{new DevnetStorage{data_dir / "storage", count}};
    const auto keys = member_keys(count);
    auto committee = node::load_or_make_dev_committee(
        {.folder = storage->data_dir_, .chain_folder = l1.data_dir / "chain", .keys = keys, .listen = {}});
    if (!committee) {
        return refused(fmt::format("--storage-nodes {}: {}", count, committee.error()),
                       count != earlier
                           ? fmt::format("the chain in this folder goes on with --storage-nodes {}, or without "
                                         "the option; for another number take another --data-dir",
                                         earlier)
                           : "begin anew: `enshrine devnet reset`, or another --data-dir");
    }
    storage->committee_ = *std::move(committee);
    l1.genesis.data_availability.committee = storage->committee_;
    l1.storage.data_dir = storage->data_dir_;
    l1.storage.enabled = count == 0;
    return storage;
}

DevnetStorage::~DevnetStorage() {
    stop();
}

CliResult<void> DevnetStorage::start(const std::string& l1_url, std::uint64_t chain_id) {
    if (count_ == 0) return {};  // the L1 node keeps the rows
    for (const CommitteeMember& member : committee_) {
        if (auto started = start_process(member, l1_url); !started) return started;
    }
    for (const CommitteeMember& member : committee_) {
        if (auto ready = wait_for(member, chain_id); !ready) return ready;
    }
    return {};
}

CliResult<void> DevnetStorage::start_process(const CommitteeMember& member, const std::string& l1_url) {
    const fs::path program = executable_path().parent_path() / "enshrine-storage";
    if (!fs::exists(program)) return refused(fmt::format("{} is not built", program.string()));
    const fs::path folder = node::storage_folder(data_dir_, member.address);
    std::vector<std::string> words{program.string(), "--l1",          l1_url,
                                   "--listen",       member.endpoint, "--data",
                                   folder.string(),  "--key-file",    (folder / "key").string()};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const std::string output = (folder / "output.log").string();
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child < 0) return refused("cannot start another process");
    if (child == 0) {
        // A devnet that is killed takes its storage nodes along.
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (::getppid() != parent) ::_exit(1);
        const int file = ::open(output.c_str(), O_CREAT | O_WRONLY | O_APPEND, 0644);
        ::dup2(file, STDOUT_FILENO);
        ::dup2(file, STDERR_FILENO);
        ::execv(arguments[0], arguments.data());
        ::_exit(127);
    }
    processes_.push_back(child);
    return {};
}

CliResult<void> DevnetStorage::wait_for(const CommitteeMember& member, std::uint64_t chain_id) const {
    const auto deadline = Clock::now() + start_patience;
    const network::Connect connect = network::connect_over_tls({.chain_id = chain_id});
    for (;;) {
        const auto peer = connect(member);
        if (peer) return {};
        if (Clock::now() > deadline) {
            return refused(fmt::format("storage node at {} does not answer: {}; its output is {}/output.log",
                                       member.endpoint, peer.error().text,
                                       node::storage_folder(data_dir_, member.address).string()));
        }
        std::this_thread::sleep_for(poll_interval);
    }
}

CliResult<Json> storage_status(client::L1Client& l1, std::uint64_t chain_id) {
    const auto committee = checked("committee of the data availability contract", client::committee(l1));
    if (!committee) return std::unexpected{committee.error()};
    const network::Connect connect = network::connect_over_tls({.chain_id = chain_id});
    Json out = Json::array();
    for (const CommitteeMember& member : committee->members) {
        const auto peer = connect(member);
        out.push_back({{"address", codec::format_address(member.address)},
                       {"endpoint", member.endpoint},
                       {"stake", member.stake},
                       {"answers", peer.has_value()},
                       {"problem", peer ? std::string{} : peer.error().text}});
    }
    return out;
}

std::string describe_storage(const Json& members) {
    std::string out;
    for (const Json& member : members) {
        const auto problem = member.at("problem").get<std::string>();
        out += fmt::format("storage node {} at {}: {}\n", member.at("address").get<std::string>(),
                           member.at("endpoint").get<std::string>(),
                           problem.empty() ? "answers" : "DOES NOT ANSWER: " + problem);
    }
    return out;
}

void DevnetStorage::stop() {
    for (const pid_t process : processes_) ::kill(process, SIGTERM);
    const auto deadline = Clock::now() + stop_patience;
    for (const pid_t process : processes_) {
        int status = 0;
        while (::waitpid(process, &status, WNOHANG) == 0) {
            if (Clock::now() > deadline) ::kill(process, SIGKILL);  // safe: what they acknowledged is on disk
            std::this_thread::sleep_for(poll_interval);
        }
    }
    processes_.clear();
}

}  // namespace enshrine::cli
