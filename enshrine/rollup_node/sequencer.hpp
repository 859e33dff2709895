// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/crypto/secp256k1.hpp>
#include <enshrine/network/peer.hpp>
#include <enshrine/rpc/endpoint.hpp>
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/sequencing/runtime.hpp>

#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>

/// The sequencer of one rollup: takes transactions, orders them into batches, executes, publishes and claims.
namespace enshrine::rollup_node {

struct SequencerConfig {
    std::uint64_t rollup = 0;              ///< chain id; must be registered on the L1
    std::string l1_url;                    ///< "http://127.0.0.1:8545/"
    crypto::SecretKey key;                 ///< the rollup's registered sequencer; pays for L1 transactions
    std::filesystem::path data_dir;        ///< of this rollup alone
    std::chrono::milliseconds batch_interval{500};
    std::size_t batch_txns_max = 2'000;
    std::uint64_t batch_gas_max = sequencing::rollup_batch_gas_max;  ///< sum of gas limits; more would be dropped
    sequencing::PayloadScheme scheme = sequencing::PayloadScheme::native;  ///< of new batches
    network::Connect connect;              ///< to storage nodes of the native scheme; empty: over TLS, at their endpoints
    bool claim = true;                     ///< false: another party claims
};

class Sequencer {
public:
    /// Connects to the L1, opens the store, catches up with what the L1 has registered, and starts working. The error says
    /// what is wrong and how to mend it.
    [[nodiscard]] static std::expected<std::unique_ptr<Sequencer>, std::string> start(const SequencerConfig& config);
    ~Sequencer();  ///< finishes the running batch
    Sequencer(const Sequencer&) = delete;
    Sequencer& operator=(const Sequencer&) = delete;

    /// The methods of `/rollup/<id>`: `eth_*`, `rollup_*`, `msg_*`.
    [[nodiscard]] std::shared_ptr<const rpc::Endpoint> endpoint() const;
    void stop();

    struct Status {
        std::uint64_t head = 0;        ///< last batch executed here
        std::uint64_t registered = 0;  ///< last batch in an L1 block
        std::uint64_t settled = 0;
        std::size_t waiting = 0;       ///< transactions in the mempool
        std::string last_error;        ///< why the last attempt to publish failed; empty when it did not
    };
    [[nodiscard]] Status status() const;

private:
    class Worker;
    explicit Sequencer(std::unique_ptr<Worker> worker) noexcept;
    std::unique_ptr<Worker> worker_;
};

}  // namespace enshrine::rollup_node
