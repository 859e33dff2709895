// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// shard_exchange: from a blob in memory to a certificate and back, with storage nodes in processes of their own on
// loopback.
#include <enshrine/hash/sha256.hpp>
#include <enshrine/network/retrieve.hpp>
#include <enshrine/network/sampler.hpp>
#include <enshrine/network/shard_client.hpp>
#include <enshrine/network/storage_node.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <signal.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <thread>

namespace {

using namespace enshrine;
namespace da = data_availability;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t chain = 1337;

struct Options {
    std::size_t nodes = 4;
    std::vector<std::uint64_t> sizes{256 << 10, 8 << 20, da::native_blob_bytes_max};
    unsigned rounds = 3;
    unsigned threads = 2;
    std::string data_dir;
};

crypto::SecretKey key_of(std::size_t node) {
    return crypto::SecretKey::from(hash::sha256(Bytes{0x5E, static_cast<Byte>(node)}).view());
}

/// A chain on which nothing happens but the committee.
class StillChain final : public network::ChainSource {
public:
    explicit StillChain(da::Committee committee) : committee_{std::move(committee)} {}
    Known<std::uint64_t> height() override { return 1; }
    Known<std::optional<da::Committee>> committee(std::optional<std::uint64_t> epoch) override {
        return epoch.value_or(0) == 0 ? std::optional{committee_} : std::nullopt;
    }
    Known<std::vector<network::KnownPublication>> published(std::uint64_t, std::uint64_t) override { return {}; }

private:
    da::Committee committee_;
};

/// The committee without endpoints: what nodes need to know their rows.
std::vector<da::CommitteeMember> committee_of(std::size_t nodes) {
    std::vector<da::CommitteeMember> out;
    for (std::size_t i = 0; i < nodes; ++i) {
        out.push_back(
            {.address = crypto::address_of(key_of(i)).value(), .stake = 1, .endpoint = "?", .tls_key_hash = {}});
    }
    std::ranges::sort(out, {}, &da::CommitteeMember::address);
    return out;
}

/// The child: tells address, port and key over the pipe, and serves until the pipe is closed on the other side.
[[noreturn]] void serve(std::size_t index, const Options& options, int to_parent, int from_parent) {
    spdlog::set_level(spdlog::level::warn);
    const auto node = network::StorageNode::start(
        {.data_dir = fs::path{options.data_dir} / std::to_string(index),
         .chain_id = chain,
         .key = key_of(index),
         .server = network::ShardServerOptions{},
         .connect = network::connect_over_tls({.chain_id = chain}),
         .poll_interval = std::chrono::milliseconds{20},
         .scrub_bytes_per_turn = 0},
        std::make_unique<StillChain>(da::Committee{.epoch = 0, .members = committee_of(options.nodes)}));
    if (!node) {
        fmt::print(stderr, "node {}: {}\n", index, node.error());
        ::_exit(1);
    }
    da::CommitteeMember told{.address = (*node)->service().address()};
    const std::uint16_t port = (*node)->port();
    (void)!::write(to_parent, told.address.data(), 20);
    (void)!::write(to_parent, (*node)->tls_key_hash().data(), 32);
    (void)!::write(to_parent, &port, sizeof port);
    char end = 0;
    (void)!::read(from_parent, &end, 1);
    ::_exit(0);
}

struct Child {
    pid_t pid = 0;
    int keep_alive = -1;
};

/// Forked before this process has threads.
std::vector<Child> start_nodes(const Options& options, std::vector<da::CommitteeMember>& committee) {
    std::vector<Child> out;
    for (std::size_t i = 0; i < options.nodes; ++i) {
        int told[2];
        int kept[2];
        if (::pipe(told) != 0 || ::pipe(kept) != 0) std::abort();
        const pid_t pid = ::fork();
        if (pid == 0) {
            ::close(kept[1]);
            for (const Child& other : out) ::close(other.keep_alive);
            serve(i, options, told[1], kept[0]);
        }
        ::close(told[1]);
        ::close(kept[0]);
        da::CommitteeMember member{.stake = 1};
        std::uint16_t port = 0;
        const bool read = ::read(told[0], member.address.data(), 20) == 20 &&
                          ::read(told[0], member.tls_key_hash.data(), 32) == 32 &&
                          ::read(told[0], &port, sizeof port) == sizeof port;
        ::close(told[0]);
        if (!read) std::abort();
        member.endpoint = fmt::format("127.0.0.1:{}", port);
        committee.push_back(member);
        out.push_back({pid, kept[1]});
    }
    std::ranges::sort(committee, {}, &da::CommitteeMember::address);
    return out;
}

double cpu_seconds(int who) {
    rusage usage{};
    ::getrusage(who, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

da::ParallelFor parallel(unsigned threads) {
    return [threads](std::size_t count, const std::function<void(std::size_t)>& task) {
        std::atomic<std::size_t> next = 0;
        const auto work = [&] {
            for (std::size_t i = next++; i < count; i = next++) task(i);
        };
        std::vector<std::jthread> helpers;
        for (unsigned i = 1; i < threads; ++i) helpers.emplace_back(work);
        work();
    };
}

Bytes noise(std::size_t size, std::uint64_t seed) {
    std::mt19937_64 random{seed};
    Bytes out(size);
    for (Byte& byte : out) byte = static_cast<Byte>(random());
    return out;
}

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Row {
    double encode = 0;
    double certificate = 0;  ///< from the blob to two thirds
    double everybody = 0;    ///< from the blob to all signatures
    double retrieve = 0;
    double cpu = 0;
    double wire_out = 0;
    double wire_in = 0;
};

Row measure(const Options& options, std::uint64_t size, std::uint64_t seed,
            std::span<const da::CommitteeMember> committee) {
    const Bytes blob = noise(size, seed);
    const BytesView view{blob};
    const auto layout = da::layout_of({{size}}).value();
    const auto connect = network::connect_over_tls({});
    Row row;
    const double cpu_before = cpu_seconds(RUSAGE_SELF);
    const auto start = Clock::now();
    auto matrix = std::make_shared<const da::Matrix>(
        da::Matrix::encode_blobs(layout, {&view, 1}, parallel(options.threads)).value());
    row.encode = seconds_since(start);
    const da::Publication publication{.commitment = matrix->commitment(), .blobs = {{.name_space = {}, .size = size}}};
    auto distribution = network::distribute(matrix, publication, chain, committee, {.connect = connect});
    if (!distribution) {
        fmt::print(stderr, "distribute: {}\n", distribution.error().text);
        std::exit(1);
    }
    row.certificate = seconds_since(start);
    const auto outcome = distribution->finish();
    row.everybody = seconds_since(start);
    row.cpu = cpu_seconds(RUSAGE_SELF) - cpu_before;
    for (const auto& report : outcome.members) {
        if (report.fault) fmt::print(stderr, "{}: {}\n", report.endpoint, report.fault->text);
        row.wire_out += static_cast<double>(report.wire_bytes);
    }
    const auto again = Clock::now();
    const auto got = network::retrieve(publication.commitment, {{size}}, committee,
                                       {.connect = connect, .parallel = parallel(options.threads)});
    if (!got) {
        fmt::print(stderr, "retrieve: {}\n", got.error().text);
        std::exit(1);
    }
    row.retrieve = seconds_since(again);
    for (const auto& report : got->peers) row.wire_in += static_cast<double>(report.wire_bytes);
    return row;
}

void run(const Options& options) {
    std::vector<da::CommitteeMember> committee;
    const auto children = start_nodes(options, committee);
    std::this_thread::sleep_for(std::chrono::milliseconds{200});  // until they have learned the committee
    fmt::print("{} storage nodes, {} encoder threads; seconds from the blob in memory; MB = 10^6 bytes\n",
               options.nodes, options.threads);
    fmt::print(
        "| blob, bytes | encode | certificate | all signed | MB/s | submitter CPU | bytes sent per byte | retrieve | "
        "MB/s | bytes received per byte |\n|---|---|---|---|---|---|---|---|---|---|\n");
    std::uint64_t seed = 1;
    for (const std::uint64_t size : options.sizes) {
        for (unsigned i = 0; i < options.rounds; ++i) {
            const Row row = measure(options, size, seed++, committee);
            const auto bytes = static_cast<double>(size);
            fmt::print("| {} | {:.3f} | {:.3f} | {:.3f} | {:.1f} | {:.3f} | {:.2f} | {:.3f} | {:.1f} | {:.2f} |\n",
                       size, row.encode, row.certificate, row.everybody, bytes / row.certificate / 1e6, row.cpu,
                       row.wire_out / bytes, row.retrieve, bytes / row.retrieve / 1e6, row.wire_in / bytes);
            std::fflush(stdout);
        }
    }
    for (const Child& child : children) ::close(child.keep_alive);
    for (const Child& child : children) ::waitpid(child.pid, nullptr, 0);
    fmt::print("CPU of the nodes, all together: {:.2f} s\n", cpu_seconds(RUSAGE_CHILDREN));
}

}  // namespace

int main(int argument_count, char** arguments) {
    Options options;
    CLI::App app{"Publishes blobs of noise to storage nodes on loopback and retrieves them.", "shard_exchange"};
    app.add_option("--nodes", options.nodes, "storage nodes, each a process")->check(CLI::Range(1, 16));
    app.add_option("--size", options.sizes, "bytes of a blob; may be given several times");
    app.add_option("--rounds", options.rounds, "blobs of each size");
    app.add_option("--threads", options.threads, "of the encoder");
    app.add_option("--data-dir", options.data_dir, "where nodes keep rows; its disk is part of what is measured")
        ->required();
    CLI11_PARSE(app, argument_count, arguments);
    run(options);
    return 0;
}
