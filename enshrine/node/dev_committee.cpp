// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/result.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/network/host_port.hpp>
#include <enshrine/network/tls_identity.hpp>
#include <enshrine/node/config_committee.hpp>
#include <enshrine/node/dev_committee.hpp>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <random>

namespace enshrine::node {
namespace {

namespace fs = std::filesystem;
using data_availability::CommitteeMember;
using Committee = std::vector<CommitteeMember>;
using Done = std::expected<void, std::string>;

/// Below the ports that systems give to connections: one that is free now is free at the next start, too.
constexpr std::uint16_t ports_first = 20'000;
constexpr std::uint16_t ports_last = 32'000;
constexpr unsigned ports_tried_max = 1'000;

bool is_free(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) return false;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool out = ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return out;
}

/// Random, so that chains that are made at the same time do not choose the same ones.
std::optional<std::string> free_endpoint(const Committee& taken) {
    std::random_device random;
    std::uniform_int_distribution<std::uint16_t> ports{ports_first, ports_last};
    for (unsigned i = 0; i < ports_tried_max; ++i) {
        const std::uint16_t port = ports(random);
        std::string endpoint = fmt::format("127.0.0.1:{}", port);
        const bool ours = std::ranges::find(taken, endpoint, &CommitteeMember::endpoint) != taken.end();
        if (!ours && is_free(port)) return endpoint;
    }
    return std::nullopt;
}

/// All of the content or none, whenever the process dies.
Done write_whole(const fs::path& file, const std::string& text) {
    const fs::path fresh = file.string() + ".new";
    {
        std::ofstream out{fresh, std::ios::trunc};
        out << text;
        if (!out.flush()) return std::unexpected{fresh.string() + ": cannot write"};
    }
    std::error_code error;
    fs::rename(fresh, file, error);
    if (error) return std::unexpected{fmt::format("{}: {}", file.string(), error.message())};
    return {};
}

std::expected<CommitteeMember, std::string> make_member(const DevCommitteeOptions& options,
                                                        const crypto::SecretKey& key, const Committee& others) {
    CommitteeMember out{
        .address = *crypto::address_of(key), .stake = 1, .endpoint = options.listen, .tls_key_hash = {}};
    if (out.endpoint.empty() || options.keys.size() > 1) {
        const auto endpoint = free_endpoint(others);
        if (!endpoint) return std::unexpected{std::string{"no free port for a storage node"}};
        out.endpoint = *endpoint;
    } else if (const auto wanted = network::parse_host_port(out.endpoint); !wanted || !is_free(wanted->port)) {
        // Before genesis lists it for ever.
        return std::unexpected{fmt::format("storage node: {} is in use", out.endpoint)};
    }
    const fs::path folder = storage_folder(options.folder, out.address);
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return std::unexpected{fmt::format("cannot make {}: {}", folder.string(), error.message())};
    ENSHRINE_TRY(const auto identity, network::TlsIdentity::load_or_make(tls_key_file(folder)));
    out.tls_key_hash = identity.key_hash();
    ENSHRINE_CHECK(write_whole(folder / "key", codec::format_hex(key.view()) + "\n"));
    return out;
}

std::string in_yaml(const Committee& committee) {
    std::string out;
    for (const CommitteeMember& member : committee) {
        out += fmt::format("- {{address: \"{}\", stake: {}, endpoint: \"{}\",\n   tls_key_hash: \"{}\"}}\n",
                           codec::format_address(member.address), member.stake, member.endpoint,
                           codec::format_hex(member.tls_key_hash.view()));
    }
    return out;
}

std::expected<Committee, std::string> make(const DevCommitteeOptions& options, const fs::path& file) {
    Committee out;
    for (const crypto::SecretKey& key : options.keys) {
        ENSHRINE_TRY(auto member, make_member(options, key, out));
        out.push_back(std::move(member));
    }
    std::ranges::sort(out, {}, &CommitteeMember::address);  // [DA-CERT.1]
    ENSHRINE_CHECK(write_whole(file, in_yaml(out)));
    return out;
}

std::string addresses_in(std::vector<Address> addresses) {
    std::ranges::sort(addresses);
    std::string out;
    for (const Address& address : addresses) out += (out.empty() ? "" : ", ") + codec::format_address(address);
    return out;
}

/// A chain that was made with other members does not change them because it is started with others.
Done check_members(const DevCommitteeOptions& options, const fs::path& file, const Committee& committee) {
    std::vector<Address> expected;
    for (const crypto::SecretKey& key : options.keys) expected.push_back(*crypto::address_of(key));
    std::vector<Address> found;
    for (const CommitteeMember& member : committee) found.push_back(member.address);
    if (std::ranges::is_permutation(expected, found)) return {};
    return std::unexpected{fmt::format("{}: the chain has another committee: expected {}, found {}", file.string(),
                                       addresses_in(expected), addresses_in(found))};
}

std::expected<Committee, std::string> load(const DevCommitteeOptions& options, const fs::path& file) {
    YAML::Node list;
    try {
        list = YAML::LoadFile(file.string());
    } catch (const YAML::Exception& failure) {
        return std::unexpected{fmt::format("{}: {}", file.string(), failure.msg)};
    }
    Committee out;
    ENSHRINE_CHECK(read_committee(file.string(), list, out));
    ENSHRINE_CHECK(check_members(options, file, out));
    return out;
}

}  // namespace

fs::path storage_folder(const fs::path& folder, const Address& member) {
    return folder / codec::format_address(member);
}

fs::path tls_key_file(const fs::path& storage_folder) {
    return storage_folder / "tls_key.pem";
}

std::expected<Committee, std::string> load_or_make_dev_committee(const DevCommitteeOptions& options) {
    const fs::path file = options.folder / "committee.yaml";
    std::error_code ignored;
    if (fs::exists(file, ignored)) return load(options, file);
    if (fs::exists(options.chain_folder, ignored)) {
        return std::unexpected{fmt::format("{} is missing: it has the committee that the chain in {} was made with",
                                           file.string(), options.chain_folder.string())};
    }
    return make(options, file);
}

}  // namespace enshrine::node
