// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/client/chain_source.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/network/shard_client.hpp>
#include <enshrine/node/dev_accounts.hpp>

#include <arpa/inet.h>
#include <cmd/enshrine/devnet_storage.hpp>
#include <cmd/enshrine/l1.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
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

/// Ports of loopback that nobody listens on now, all different.
std::vector<std::uint16_t> free_ports(std::size_t count) {
    std::vector<int> sockets;
    std::vector<std::uint16_t> out;
    for (std::size_t i = 0; i < count; ++i) {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
            ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0) {
            out.push_back(ntohs(address.sin_port));
        }
        sockets.push_back(socket);
    }
    for (const int socket : sockets) ::close(socket);
    return out;
}

}  // namespace

CliResult<std::unique_ptr<DevnetStorage>> DevnetStorage::prepare(const fs::path& data_dir, std::size_t count) {
    std::unique_ptr<DevnetStorage> storage{new DevnetStorage{data_dir / "storage", count}};
    if (auto made = storage->load_or_make_committee(); !made) return std::unexpected{made.error()};
    return storage;
}

DevnetStorage::~DevnetStorage() {
    stop();
}

fs::path DevnetStorage::folder_of(const CommitteeMember& member) const {
    return data_dir_ / codec::format_address(member.address);
}

CliResult<void> DevnetStorage::load_or_make_committee() {
    std::error_code error;
    const bool resumes = fs::exists(data_dir_, error);
    fs::create_directories(data_dir_, error);
    if (error) return refused(fmt::format("cannot make {}: {}", data_dir_.string(), error.message()));
    std::ifstream file{data_dir_ / "committee.json"};
    if (!file) return resumes ? damaged() : make_committee();
    const Json saved = Json::parse(file, nullptr, false);
    if (!saved.is_object() || !saved.contains("nodes") || !saved.contains("members")) return damaged();
    if (saved["nodes"] != count_) {
        return refused(
            fmt::format("--storage-nodes: the chain in this folder has {}, got {}", saved["nodes"].dump(), count_),
            "begin anew: `enshrine devnet reset`, or another --data-dir");
    }
    return load_committee(saved["members"]);
}

std::unexpected<Failure> DevnetStorage::damaged() const {
    return refused(fmt::format("{}/committee.json is damaged or missing", data_dir_.string()));
}

CliResult<void> DevnetStorage::load_committee(const Json& saved) {
    for (const Json& member : saved) {
        const auto address = codec::parse_address(member.value("address", ""));
        const auto hash = codec::parse_hex_fixed<32>(member.value("tlsKeyHash", ""));
        if (!address || !hash) return damaged();
        committee_.push_back(
            {.address = *address, .stake = 1, .endpoint = member.value("endpoint", ""), .tls_key_hash = *hash});
    }
    return {};
}

CliResult<void> DevnetStorage::make_committee() {
    const std::size_t members = std::max<std::size_t>(count_, 1);
    const auto ports = free_ports(members);
    if (ports.size() != members) return refused("no free ports for the storage nodes");
    for (std::size_t i = 0; i < members; ++i) {
        const crypto::SecretKey key = count_ == 0 ? node::find_dev_account("proposer")->key : devnet_storage_key(i);
        CommitteeMember member{.address = *crypto::address_of(key),
                               .stake = 1,
                               .endpoint = fmt::format("127.0.0.1:{}", ports[i]),
                               .tls_key_hash = {}};
        std::error_code error;
        fs::create_directories(folder_of(member), error);
        const auto identity = network::TlsIdentity::load_or_make(folder_of(member) / "tls_key.pem");
        if (!identity) return refused(identity.error());
        member.tls_key_hash = identity->key_hash();
        const std::string text = codec::format_hex(key.view()) + "\n";
        if (auto written = write_file(folder_of(member) / "key", as_bytes(text)); !written) return written;
        committee_.push_back(std::move(member));
    }
    std::ranges::sort(committee_, {}, &CommitteeMember::address);  // [DA-CERT.1]
    return save_committee();
}

CliResult<void> DevnetStorage::save_committee() const {
    Json saved{{"nodes", count_}, {"members", Json::array()}};
    for (const CommitteeMember& member : committee_) {
        saved["members"].push_back({{"address", codec::format_address(member.address)},
                                    {"endpoint", member.endpoint},
                                    {"tlsKeyHash", codec::format_hex(member.tls_key_hash.view())}});
    }
    return write_file(data_dir_ / "committee.json", as_bytes(saved.dump(2) + "\n"));
}

CliResult<void> DevnetStorage::start(const std::string& l1_url, std::uint64_t chain_id) {
    chain_id_ = chain_id;
    if (count_ == 0) return start_embedded(l1_url);
    for (std::size_t i = 0; i < count_; ++i) {
        if (auto started = start_process(i, l1_url); !started) return started;
    }
    for (const CommitteeMember& member : committee_) {
        if (auto ready = wait_for(member); !ready) return ready;
    }
    return {};
}

CliResult<void> DevnetStorage::start_embedded(const std::string& l1_url) {
    const std::string& endpoint = committee_.front().endpoint;
    const auto port = static_cast<std::uint16_t>(std::stoul(endpoint.substr(endpoint.rfind(':') + 1)));
    const fs::path folder = folder_of(committee_.front());
    auto node = network::StorageNode::start({.data_dir = folder,
                                             .chain_id = chain_id_,
                                             .key = node::find_dev_account("proposer")->key,
                                             .server = network::ShardServerOptions{.port = port},
                                             .tls_key_file = folder / "tls_key.pem",
                                             .connect = network::connect_over_tls({.chain_id = chain_id_})},
                                            std::make_unique<client::RpcChainSource>(l1_url));
    if (!node) return refused(fmt::format("storage: {}", node.error()));
    embedded_ = *std::move(node);
    return {};
}

CliResult<void> DevnetStorage::start_process(std::size_t node, const std::string& l1_url) {
    const CommitteeMember& member = committee_[node];
    const fs::path program = executable_path().parent_path() / "enshrine-storage";
    if (!fs::exists(program)) return refused(fmt::format("{} is not built", program.string()));
    const fs::path folder = folder_of(member);
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

CliResult<void> DevnetStorage::wait_for(const CommitteeMember& member) const {
    const auto deadline = Clock::now() + start_patience;
    const network::Connect connect = network::connect_over_tls({.chain_id = chain_id_});
    for (;;) {
        const auto peer = connect(member);
        if (peer) return {};
        if (Clock::now() > deadline) {
            return refused(fmt::format("storage node at {} does not answer: {}; its output is {}/output.log",
                                       member.endpoint, peer.error().text, folder_of(member).string()));
        }
        std::this_thread::sleep_for(poll_interval);
    }
}

network::Connect DevnetStorage::connect() const {
    return network::connect_over_tls({.chain_id = chain_id_});
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
    embedded_.reset();
}

}  // namespace enshrine::cli
