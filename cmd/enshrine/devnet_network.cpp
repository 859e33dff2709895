// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/codec/abi.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/node/dev_accounts.hpp>
#include <enshrine/system/addresses.hpp>

#include <cmd/enshrine/devnet_network.hpp>
#include <cmd/enshrine/l1.hpp>
#include <cmd/enshrine/registration.hpp>
#include <fmt/format.h>
#include <sdk/guest/params.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>

namespace enshrine::cli {
namespace {

namespace fs = std::filesystem;
using codec::abi::Encoder;

struct DevnetLane {
    std::uint64_t rollup;
    const char* name;
    const char* sequencer;  ///< alias of its account
};
constexpr DevnetLane devnet_lanes[] = {{901, "payments", "sequencer_901"}, {902, "exchange", "sequencer_902"}};
constexpr std::uint64_t exchange_rollup = 902;
constexpr const char* liquidity_provider = "5";  // the exchange's first state gives it the tokens
constexpr std::uint64_t liquidity_coins = 1'000;
constexpr std::uint64_t deposit_coins = 1'010;  // what it keeps pays the fees
constexpr auto liquidity_patience = std::chrono::seconds{60};

Amount coins(std::uint64_t count) {
    return Amount{U256{1'000'000'000'000'000'000ULL} * U256{count}};
}

fs::path programs_folder(const DevnetOptions& options) {
    if (!options.programs.empty()) return options.programs;
    return executable_path().parent_path().parent_path() / "rollups";
}

Bytes calldata(std::string_view declaration, const Encoder& arguments) {
    return arguments.finish_call(codec::abi::selector(declaration));
}

CliResult<client::TxnReceipt> must_succeed(std::string_view what, rpc::RpcResult<client::TxnReceipt> result) {
    auto receipt = checked(what, std::move(result));
    if (receipt && !receipt->succeeded) {
        return refused(fmt::format("{}: transaction {} reverted with {}", what, codec::format_hex(receipt->hash.view()),
                                   codec::format_hex(receipt->revert_data)));
    }
    return receipt;
}

}  // namespace

CliResult<std::unique_ptr<DevnetNetwork>> DevnetNetwork::start(const DevnetOptions& options) {
    std::unique_ptr<DevnetNetwork> network{new DevnetNetwork{options}};
    if (auto started = network->start_l1(); !started) return std::unexpected{started.error()};
    if (auto registered = network->register_rollups(); !registered) return std::unexpected{registered.error()};
    if (auto started = network->start_sequencers(); !started) return std::unexpected{started.error()};
    return network;
}

DevnetNetwork::~DevnetNetwork() {
    stop();
}

CliResult<void> DevnetNetwork::start_l1() {
    node::NodeConfig config;
    config.dev = true;
    config.data_dir = fs::path{options_.data_dir} / "l1";
    config.rpc.port = options_.port;
    config.rpc.threads = 4;  // the sequencers are clients of the same server
    config.block_time_ms = options_.block_time_ms;
    auto storage = DevnetStorage::prepare(options_.data_dir, options_.storage_nodes, config);
    if (!storage) return std::unexpected{storage.error()};
    storage_ = *std::move(storage);
    auto node = node::Node::start(std::move(config), ENSHRINE_VERSION);
    if (!node) return refused(fmt::format("L1: {}", node.error()));
    l1_ = *std::move(node);
    info_.data_dir = options_.data_dir;
    info_.da = sequencing::to_text(options_.da);
    info_.l1_chain_id = l1_->config().chain_id;
    info_.l1_rpc = fmt::format("http://{}:{}", l1_->config().rpc.host, l1_->port());
    return storage_->start(info_.l1_rpc, info_.l1_chain_id);
}

CliResult<void> DevnetNetwork::register_rollups() {
    auto l1 = connect_l1(info_.l1_rpc);
    if (!l1) return std::unexpected{l1.error()};
    const auto present = checked("rollup_list", l1->rollups());
    if (!present) return std::unexpected{present.error()};
    struct Sent {
        client::Wallet wallet;
        Hash32 hash;
    };
    std::vector<Sent> waiting;
    for (const DevnetLane& lane : devnet_lanes) {
        if (std::ranges::find(*present, lane.rollup) != present->end()) continue;
        const auto built = read_built_rollup(programs_folder(options_) / (std::string{lane.name} + ".elf"));
        if (!built) return std::unexpected{built.error()};
        const auto sequencer = *node::find_dev_account(lane.sequencer);
        client::Wallet wallet{*l1, info_.l1_chain_id, sequencer.key};
        const auto hash =
            checked("register",
                    wallet.send({.to = system::rollup_registry_address,
                                 .data = encode_registration({lane.rollup, lane.name, sequencer.address}, *built)}));
        if (!hash) return std::unexpected{hash.error()};
        waiting.push_back({wallet, *hash});
    }
    for (Sent& sent : waiting) {
        if (auto receipt = must_succeed("register", sent.wallet.wait(sent.hash)); !receipt) {
            return std::unexpected{receipt.error()};
        }
    }
    return {};
}

CliResult<void> DevnetNetwork::start_sequencers() {
    auto l1 = connect_l1(info_.l1_rpc);
    if (!l1) return std::unexpected{l1.error()};
    for (const DevnetLane& lane : devnet_lanes) {
        const auto status = checked("rollup_status", l1->rollup_status(lane.rollup));
        if (!status) return std::unexpected{status.error()};
        auto sequencer = rollup_node::Sequencer::start(
            {.rollup = lane.rollup,
             .l1_url = info_.l1_rpc,
             .key = node::find_dev_account(lane.sequencer)->key,
             .data_dir = fs::path{options_.data_dir} / fmt::format("rollup-{}", lane.rollup),
             .batch_interval = std::chrono::milliseconds{options_.batch_interval_ms},
             .scheme = options_.da});
        if (!sequencer) return refused(fmt::format("sequencer of {}: {}", lane.rollup, sequencer.error()));
        const std::string path = fmt::format("/rollup/{}", lane.rollup);
        l1_->http().mount(path, (*sequencer)->endpoint());
        lanes_.push_back({lane.rollup, *std::move(sequencer)});
        info_.rollups.push_back({.chain_id = lane.rollup,
                                 .name = lane.name,
                                 .rpc = info_.l1_rpc + path,
                                 .program_id = status->program_id,
                                 .sequencer = status->sequencer});
    }
    return {};
}

CliResult<void> DevnetNetwork::add_liquidity(const std::atomic<bool>& cancelled) {
    auto l1 = connect_l1(info_.l1_rpc);
    if (!l1) return std::unexpected{l1.error()};
    auto exchange = connect_l1(fmt::format("{}/rollup/{}", info_.l1_rpc, exchange_rollup));
    if (!exchange) return std::unexpected{exchange.error()};
    const auto provider = *node::find_dev_account(liquidity_provider);

    const auto reserves =
        checked("reserves()", exchange->call(guest::program_address, calldata("reserves()", Encoder{0})));
    if (!reserves) return std::unexpected{reserves.error()};
    if (std::ranges::any_of(*reserves, [](Byte b) { return b != 0; })) {
        info_.ready = true;
        return {};
    }
    const auto before = checked("balance", exchange->balance(provider.address));
    if (!before) return std::unexpected{before.error()};
    if (*before < coins(deposit_coins)) {
        client::Wallet wallet{*l1, info_.l1_chain_id, provider.key};
        const auto deposited = must_succeed(
            "deposit",
            wallet.send_and_wait({.to = system::inbox_address,
                                  .value = coins(deposit_coins),
                                  .data = calldata("deposit(uint64,address)",
                                                   Encoder{2}.u64(exchange_rollup).address(provider.address))}));
        if (!deposited) return std::unexpected{deposited.error()};
    }
    const auto deadline = std::chrono::steady_clock::now() + liquidity_patience;
    for (;;) {
        const auto balance = checked("balance", exchange->balance(provider.address));
        if (!balance) return std::unexpected{balance.error()};
        if (*balance >= coins(deposit_coins)) break;
        if (cancelled) return {};
        if (std::chrono::steady_clock::now() > deadline)
            return refused("the deposit for the market has not arrived on the exchange");
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    client::Wallet wallet{*exchange, exchange_rollup, provider.key};
    const Amount tokens = coins(liquidity_coins);
    const auto added =
        must_succeed("addLiquidity",
                     wallet.send_and_wait({.to = guest::program_address,
                                           .value = coins(liquidity_coins),
                                           .data = calldata("addLiquidity(uint256)", Encoder{1}.u256(tokens.wei()))}));
    if (!added) return std::unexpected{added.error()};
    info_.ready = true;
    return {};
}

void DevnetNetwork::stop() {
    for (Lane& lane : lanes_) {
        l1_->http().unmount(fmt::format("/rollup/{}", lane.rollup));
        lane.sequencer->stop();
    }
    lanes_.clear();
    storage_.reset();
    if (l1_) l1_->stop();
    l1_.reset();
}

}  // namespace enshrine::cli
