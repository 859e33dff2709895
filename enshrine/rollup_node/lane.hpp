// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/rollup_node/batch_assembly.hpp>
#include <enshrine/rollup_node/publisher.hpp>
#include <enshrine/rollup_node/rollup_state.hpp>
#include <enshrine/rollup_node/sequencer.hpp>
#include <enshrine/rollup_node/txn_queue.hpp>

#include <atomic>
#include <condition_variable>
#include <thread>

namespace enshrine::rollup_node {

/// A sequencer at work on one store: one thread builds batches, another brings them to the L1. When the L1 has
/// registered what was not built here, nothing more can come of the store: the lane says so and ends, and another is
/// opened.
class Lane {
public:
    /// Opens the store and catches up with the L1. `superseded` is called once, from a thread of the lane.
    [[nodiscard]] static std::expected<std::unique_ptr<Lane>, std::string> open(
        const SequencerConfig& config, std::function<void(const std::string& reason)> superseded);
    ~Lane();  ///< finishes the running batch
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    void start();
    [[nodiscard]] const rpc::Endpoint& endpoint() const noexcept { return *endpoint_; }
    [[nodiscard]] Sequencer::Status status() const;

private:
    using Outcome = std::expected<void, std::string>;

    Lane(const SequencerConfig& config, std::function<void(const std::string&)> superseded)
        : config_{config}, superseded_{std::move(superseded)} {}
    [[nodiscard]] Outcome open_parts();
    [[nodiscard]] Outcome check_key() const;
    [[nodiscard]] std::size_t payload_bytes_max() const;
    [[nodiscard]] Outcome open_queue();
    void build_endpoint();

    template <class Step>
    void loop(const std::stop_token& stop, std::chrono::milliseconds interval, std::string& error_slot,
              const Step& step);
    void report(std::string& slot, const Outcome& outcome);
    [[nodiscard]] Outcome publish();
    [[nodiscard]] Outcome build_batch();
    [[nodiscard]] BatchInputs assemble(const RollupHead& head, const Anchor& anchor, BytesView payload,
                                       std::vector<Bytes> messages) const;
    [[nodiscard]] Outcome keep(const std::vector<QueuedTxn>& txns, const BatchRecord& record,
                               const BatchResult& result);

    SequencerConfig config_;
    std::function<void(const std::string&)> superseded_;
    // Connections are not shared between threads.
    std::unique_ptr<client::L1Client> builder_l1_;
    std::unique_ptr<client::L1Client> publisher_l1_;
    std::unique_ptr<PayloadNetwork> builder_network_;
    std::unique_ptr<PayloadNetwork> publisher_network_;
    std::unique_ptr<RollupSource> source_;
    std::unique_ptr<RollupState> state_;
    std::unique_ptr<TxnQueue> queue_;
    std::unique_ptr<Publisher> publisher_;
    std::shared_ptr<const rpc::Endpoint> endpoint_;

    std::atomic<std::uint64_t> l1_height_ = 0;
    std::atomic<std::uint64_t> registered_ = 0;
    std::atomic<std::uint64_t> settled_ = 0;
    std::atomic<bool> ended_ = false;  ///< superseded
    mutable std::mutex error_mutex_;
    std::string build_error_;
    std::string publish_error_;
    std::mutex wake_mutex_;
    std::condition_variable_any wake_;
    std::vector<std::jthread> threads_;
};

}  // namespace enshrine::rollup_node
