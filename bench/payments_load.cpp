// SPDX-License-Identifier: Apache-2.0
// Load on a running devnet through its public RPC: signs N plain payments of many senders beforehand, sends them one
// call each over several connections, and waits until the L1 has settled every batch that has one. Prints payments per
// second from the first call to acceptance of the last, and to settlement (P4) of the last.
#include <enshrine/client/wallet.hpp>
#include <enshrine/codec/abi.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/system/addresses.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <simdjson.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace {

using namespace enshrine;
using Clock = std::chrono::steady_clock;

struct Options {
    std::string l1 = "http://127.0.0.1:8545/";
    std::uint64_t rollup = 901;
    std::string key;
    std::size_t payments = 20'000;
    std::size_t senders = 200;
    unsigned connections = 2;
    unsigned timeout_seconds = 300;
};

[[noreturn]] void die(const std::string& text) {
    std::fprintf(stderr, "payments_load: %s\n", text.c_str());
    std::exit(1);
}

template <class T>
T expect(rpc::RpcResult<T> result, std::string_view what) {
    if (!result) die(fmt::format("{}: {}", what, result.error().message));
    return *std::move(result);
}

std::unique_ptr<client::JsonRpcClient> connect(const std::string& url) {
    auto rpc = client::JsonRpcClient::make(url);
    if (!rpc) die(rpc.error());
    return *std::move(rpc);
}

crypto::SecretKey sender_key(std::size_t i) {
    const std::string seed = fmt::format("enshrine payments load {}", i);
    return crypto::SecretKey::from(hash::sha256(as_bytes(seed)).view());
}

class Load {
public:
    explicit Load(Options options)
        : options_{std::move(options)},
          rollup_url_{fmt::format("{}rollup/{}", options_.l1, options_.rollup)},
          l1_{connect(options_.l1)},
          rollup_{connect(rollup_url_)} {}

    void run() {
        fund();
        const std::vector<Bytes> txns = sign_all();
        const auto started = Clock::now();
        send_all(txns);
        const double accepted = seconds_since(started);
        wait_until_settled();
        const double settled = seconds_since(started);
        const auto count = static_cast<double>(options_.payments);
        fmt::print("payments {} senders {} connections {}\n", options_.payments, options_.senders,
                   options_.connections);
        fmt::print("accepted (P0) in {:.2f} s: {:.0f} payments/s\n", accepted, count / accepted);
        fmt::print("settled  (P4) in {:.2f} s: {:.0f} payments/s\n", settled, count / settled);
    }

private:
    static double seconds_since(Clock::time_point start) {
        return std::chrono::duration<double>(Clock::now() - start).count();
    }

    crypto::SecretKey funder() const {
        const auto key = codec::parse_hex_fixed<32>(options_.key);
        if (!key) die("--key: expected 32 bytes of hex");
        return crypto::SecretKey::from(key->view());
    }

    static Amount coins(std::uint64_t count) { return Amount{U256{count} * U256{1'000'000'000'000'000'000ULL}}; }

    void fund() {
        const std::uint64_t chain_id = expect(l1_.chain_id(), "chain id of the L1");
        client::Wallet wallet{l1_, chain_id, funder()};
        codec::abi::Encoder arguments{2};
        arguments.u64(options_.rollup).address(wallet.address());
        const auto receipt = expect(
            wallet.send_and_wait(
                {.to = system::inbox_address,
                 .value = coins(options_.senders + 1),
                 .data = arguments.finish_call(codec::abi::selector("deposit(uint64 rollup, address receiver)"))}),
            "deposit");
        if (!receipt.succeeded) die("the deposit was refused");
        wait_for_balance(wallet.address(), coins(options_.senders + 1));
        const std::uint64_t nonce = expect(rollup_.pending_nonce(wallet.address()), "nonce");
        for (std::size_t i = 0; i < options_.senders; ++i) {
            const Address to = *crypto::address_of(sender_key(i));
            expect(rollup_.send_raw(sign(funder(), nonce + i, to, coins(1))), "funding a sender");
        }
        for (std::size_t i = 0; i < options_.senders; ++i)
            wait_for_balance(*crypto::address_of(sender_key(i)), coins(1));
    }

    void wait_for_balance(const Address& address, const Amount& amount) {
        const auto deadline = Clock::now() + std::chrono::seconds{options_.timeout_seconds};
        while (expect(rollup_.balance(address), "balance") < amount) {
            if (Clock::now() > deadline) die("funds did not arrive in time");
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
        }
    }

    Bytes sign(const crypto::SecretKey& key, std::uint64_t nonce, const Address& to, const Amount& value) const {
        types::Transaction txn;
        txn.type = types::TxnType::dynamic_fee;
        txn.chain_id = options_.rollup;
        txn.nonce = nonce;
        txn.max_fee_per_gas = U256{20'000'000};
        txn.gas_limit = 21'000;
        txn.to = to;
        txn.value = value;
        txn.signature = *crypto::sign(types::signing_hash(txn), key);
        return types::encode_transaction(txn);
    }

    std::vector<Bytes> sign_all() {
        std::vector<std::uint64_t> nonces(options_.senders);
        for (std::size_t i = 0; i < options_.senders; ++i) {
            nonces[i] = expect(rollup_.pending_nonce(*crypto::address_of(sender_key(i))), "nonce");
        }
        std::vector<Bytes> out;
        out.reserve(options_.payments);
        for (std::size_t i = 0; i < options_.payments; ++i) {
            const std::size_t sender = i % options_.senders;
            const Address to = *crypto::address_of(sender_key((i * 7 + 1) % options_.senders));
            out.push_back(sign(sender_key(sender), nonces[sender]++, to, Amount{1}));
        }
        return out;
    }

    void send_all(const std::vector<Bytes>& txns) {
        std::vector<std::jthread> threads;
        for (unsigned t = 0; t < options_.connections; ++t) {
            threads.emplace_back([&, t] {
                client::L1Client connection{connect(rollup_url_)};
                // A sender stays on one connection, so that its nonces arrive in order.
                for (std::size_t i = 0; i < txns.size(); ++i) {
                    if ((i % options_.senders) % options_.connections != t) continue;
                    expect(connection.send_raw(txns[i]), "payment");
                }
            });
        }
    }

    void wait_until_settled() {
        const auto deadline = Clock::now() + std::chrono::seconds{options_.timeout_seconds};
        auto rpc = connect(rollup_url_);
        while (true) {
            const std::string json = expect(rpc->call("rollup_status", "[]"), "rollup_status");
            simdjson::dom::parser parser;
            const simdjson::dom::element status = parser.parse(json);
            const auto field = [&](std::string_view name) {
                return codec::parse_quantity_u64(std::string_view{status[name]}).value_or(0);
            };
            if (field("waiting") == 0 && field("settled") == field("head")) return;
            if (Clock::now() > deadline) die(fmt::format("not settled in time: {}", json));
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
        }
    }

    Options options_;
    std::string rollup_url_;
    client::L1Client l1_;
    client::L1Client rollup_;
};

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Load of plain payments on a rollup of a running devnet"};
    app.add_option("--l1", options.l1, "URL of the L1, with a slash at the end");
    app.add_option("--rollup", options.rollup, "chain id of the rollup");
    app.add_option("--key", options.key, "secret key of a funded L1 account, hex")->required();
    app.add_option("--payments", options.payments);
    app.add_option("--senders", options.senders)->check(CLI::Range(1, 100'000));
    app.add_option("--connections", options.connections)->check(CLI::Range(1, 64));
    CLI11_PARSE(app, argc, argv);
    Load{std::move(options)}.run();
    return 0;
}
