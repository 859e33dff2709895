// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/network/peer.hpp>

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

/// Re-executes a rollup from what the L1 publishes alone, and compares with what has settled.
namespace enshrine::rollup_node {

struct VerifierConfig {
    std::uint64_t rollup = 0;
    std::string l1_url;
    std::filesystem::path data_dir;    ///< of this rollup alone
    std::uint64_t sample_cells = 8;    ///< random cells per blob whose KZG proofs are checked; 0: none
    std::uint64_t sample_rows = 20;    ///< random rows per matrix of the native scheme that storage nodes are asked for; 0: none
    network::Connect connect;          ///< to storage nodes; empty: over TLS, at their endpoints
};
struct VerifiedBatch {
    std::uint64_t sequence = 0;
    Hash32 batch_hash;
    Hash32 state_root;
    Hash32 outbox_root;
    bool settled = false;
    bool matches = true;          ///< false: the L1 settled other roots than this run computed
    std::string mismatch;         ///< field, settled and computed value
    std::uint64_t cells_sampled = 0;
    std::uint64_t rows_sampled = 0;
};

class Verifier {
public:
    [[nodiscard]] static std::expected<std::unique_ptr<Verifier>, std::string> open(const VerifierConfig& config);
    ~Verifier();
    Verifier(const Verifier&) = delete;
    Verifier& operator=(const Verifier&) = delete;

    /// Verifies the batches that are registered on the L1 and not verified yet, up to `batches_max`; calls `on_batch` for each.
    /// The error names the batch and what was missing or wrong (blob absent, bad commitment, run failed).
    [[nodiscard]] std::expected<std::size_t, std::string> advance(
        std::size_t batches_max, const std::function<void(const VerifiedBatch&)>& on_batch);
    [[nodiscard]] std::uint64_t verified_sequence() const noexcept;
    [[nodiscard]] Hash32 state_root() const noexcept;

private:
    class Worker;
    explicit Verifier(std::unique_ptr<Worker> worker) noexcept;
    std::unique_ptr<Worker> worker_;
};

}  // namespace enshrine::rollup_node
