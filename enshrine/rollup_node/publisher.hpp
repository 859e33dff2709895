// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/client/wallet.hpp>
#include <enshrine/rollup_node/catch_up.hpp>
#include <enshrine/rollup_node/payload_publisher.hpp>
#include <enshrine/rollup_registry/policy.hpp>

#include <functional>
#include <optional>
#include <string>

namespace enshrine::rollup_node {

/// Brings executed batches to the L1: publishes and registers them, then claims their results, in order and a few ahead
/// of their confirmation. Everything it needs to go on after a crash is in the store and on the L1.
class Publisher {
public:
    struct Options {
        std::uint64_t rollup = 0;
        crypto::SecretKey key;
        bool claim = true;
        std::function<std::uint64_t()> now_ms;
    };
    /// What it works with.
    struct Parts {
        RollupStore& store;
        client::L1Client& l1;
        PayloadNetwork& network;
    };
    Publisher(const Options& options, const Parts& parts, std::uint64_t l1_chain_id);

    struct Position {
        std::uint64_t registered = 0;
        std::uint64_t settled = 0;
        std::string conflict;  ///< why nothing more can come of this store; empty while it can
    };
    /// One round: look where the L1 stands, note levels that were reached, send what is due. The error says what the L1
    /// refused or that it cannot be reached; the next round tries again.
    [[nodiscard]] std::expected<Position, std::string> advance();

private:
    [[nodiscard]] std::string find_foreign(std::uint64_t head, const L1Position& l1) const;
    [[nodiscard]] std::expected<void, std::string> note_progress(const client::RollupStatus& status);
    [[nodiscard]] std::expected<void, std::string> send_submits(std::uint64_t first, std::uint64_t end,
                                                                std::uint64_t l1_height);
    [[nodiscard]] std::expected<void, std::string> send_claims(std::uint64_t first, std::uint64_t end,
                                                               std::uint64_t l1_height);
    /// The last batch of which a native claim is of use now, when `submit_end` is the last one under way.
    [[nodiscard]] std::expected<std::uint64_t, std::string> claim_end(const client::RollupStatus& status,
                                                                      std::uint64_t submit_end);
    /// A batch whose matrix is malformed has to be recorded as void first.
    [[nodiscard]] std::expected<bool, std::string> is_claimable(const BatchRecord& record, std::uint64_t l1_height);
    [[nodiscard]] std::expected<void, std::string> send_submit(const BatchRecord& record, std::uint64_t l1_height);
    [[nodiscard]] std::expected<void, std::string> send_claim(const BatchRecord& record, std::uint64_t l1_height);

    Options options_;
    RollupStore& store_;
    client::L1Client& l1_;
    client::Wallet wallet_;
    PayloadPublisher matrices_;
    EarlierRun earlier_run_;
    SentTransactions submits_;
    SentTransactions claims_;
    std::optional<rollup_registry::SettlementPolicy> policy_;  ///< once the L1 has told; it never changes
    std::uint64_t noted_registered_ = 0;
    std::uint64_t noted_settled_ = 0;
};

}  // namespace enshrine::rollup_node
