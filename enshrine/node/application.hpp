// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/chain/execute_block.hpp>
#include <enshrine/chain/genesis.hpp>
#include <enshrine/engine/application.hpp>
#include <enshrine/node/head.hpp>
#include <enshrine/node/pending_transactions.hpp>
#include <enshrine/node/proof_admission.hpp>
#include <enshrine/node/runner_pool.hpp>
#include <enshrine/store/blob_store.hpp>
#include <enshrine/store/chain_store.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace enshrine::node {

struct ApplicationConfig {
    std::filesystem::path data_dir;  ///< made when missing
    chain::GenesisConfig genesis;    ///< timestamp 0: the time of the first start
    mempool::MempoolConfig mempool;
    std::size_t cache_bytes = std::size_t{64} << 20;
    std::uint64_t blob_retention_blocks = 0;  ///< 0: blobs are kept for ever
};

/// Since the process started.
struct ApplicationCounters {
    std::atomic<std::uint64_t> blocks{0};
    std::atomic<std::uint64_t> transactions{0};          ///< in blocks
    std::atomic<std::uint64_t> transactions_skipped{0};  ///< dropped because they could not be executed
    std::atomic<std::uint64_t> submissions_accepted{0};
    std::atomic<std::uint64_t> submissions_refused{0};
    std::atomic<std::uint64_t> blobs{0};  ///< in blocks
    std::atomic<std::uint64_t> execute_microseconds{0};
    std::atomic<std::uint64_t> commit_microseconds{0};
};

/// The L1 behind the engine: consensus rules over the stores and the pending transactions. The engine's calls come from
/// one thread at a time; everything else may be called from any thread.
class ChainApplication final : public engine::Application {
public:
    using Clock = std::function<std::uint64_t()>;  ///< seconds since 1970; ages of pending transactions, first genesis

    /// Opens the data directory or, at the first start, makes it with block 0. The error says what stands in the way.
    [[nodiscard]] static std::expected<std::unique_ptr<ChainApplication>, std::string> open(
        const ApplicationConfig& config, Clock clock);

    [[nodiscard]] engine::Info info() const override;
    [[nodiscard]] engine::Proposal prepare_proposal(std::uint64_t height, std::uint64_t timestamp,
                                                    const Address& proposer) override;
    [[nodiscard]] engine::ProposalStatus process_proposal(const engine::Proposal& proposal) override;
    engine::FinalizedBlock finalize_block(const engine::Proposal& proposal) override;
    void commit() override;
    [[nodiscard]] bool has_pending() const override;

    /// A transaction in network form. When its hash is returned it survives the process.
    [[nodiscard]] rpc::RpcResult<Hash32> submit(BytesView raw);
    /// Called after every accepted submission; set before the first one.
    void on_accepted(std::function<void()> callback) { accepted_ = std::move(callback); }

    [[nodiscard]] std::shared_ptr<const Head> head() const;
    /// The head, once it is above `height`; the head as it is after `patience`, or when waiting has been stopped.
    [[nodiscard]] std::shared_ptr<const Head> head_above(std::uint64_t height,
                                                         std::chrono::milliseconds patience) const;
    /// For the end of the process: nobody waits in head_above() from here on.
    void stop_waiting();
    [[nodiscard]] bool is_waiting_stopped() const;
    [[nodiscard]] std::uint64_t chain_id() const noexcept { return config_.genesis.chain_id; }
    [[nodiscard]] std::uint64_t now() const { return clock_(); }
    [[nodiscard]] const store::ChainStore& chain() const noexcept { return *chain_; }
    [[nodiscard]] const store::BlobStore& blobs() const noexcept { return blobs_; }
    [[nodiscard]] const PendingTransactions& pending() const noexcept { return *pending_; }
    [[nodiscard]] const ApplicationCounters& counters() const noexcept { return counters_; }
    [[nodiscard]] RunnerPool& runners() noexcept { return runners_; }
    [[nodiscard]] const ProofAdmission& proof_admission() const noexcept { return proof_admission_; }

private:
    /// A proposal that was executed on the head, and what came of it.
    struct Executed {
        engine::Proposal proposal;
        chain::ExecutedBlock block;
    };
    ChainApplication(const ApplicationConfig& config, Clock clock, std::unique_ptr<store::ChainStore> chain,
                     store::BlobStore blobs, chain::ExecutionCache cache)
        : config_{config},
          clock_{std::move(clock)},
          chain_{std::move(chain)},
          blobs_{std::move(blobs)},
          cache_{std::move(cache)} {}
    [[nodiscard]] std::expected<void, std::string> commit_genesis();
    [[nodiscard]] std::expected<void, std::string> check_genesis();
    [[nodiscard]] std::expected<void, std::string> load_head();
    [[nodiscard]] Result<chain::ExecutedBlock> execute(const chain::BlockInput& input);
    [[nodiscard]] std::optional<PendingTransaction> resolve(BytesView encoding) const;
    [[nodiscard]] std::optional<chain::ExecutedBlock> execute_claimed(const engine::Proposal& proposal);
    [[nodiscard]] bool is_executed(const engine::Proposal& proposal) const;
    void keep_blobs(const types::Block& block);
    /// Has the proof of an admitted transaction verified, if there is one and its sender will pay for it.
    void offer_proof(const Hash32& hash);

    ApplicationConfig config_;
    Clock clock_;
    std::unique_ptr<store::ChainStore> chain_;
    store::BlobStore blobs_;
    std::unique_ptr<PendingTransactions> pending_;
    chain::ExecutionCache cache_;  ///< of block execution
    RunnerPool runners_;           ///< of calls
    ProofAdmission proof_admission_;
    std::function<void()> accepted_;
    ApplicationCounters counters_;
    mutable std::mutex head_mutex_;  ///< guards head_ and waiting_stopped_
    mutable std::condition_variable head_changed_;
    std::shared_ptr<const Head> head_;
    bool waiting_stopped_ = false;
    std::optional<Executed> executed_;
};

}  // namespace enshrine::node
