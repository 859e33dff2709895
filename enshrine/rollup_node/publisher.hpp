// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/client/wallet.hpp>
#include <enshrine/rollup_node/catch_up.hpp>

#include <functional>
#include <map>
#include <string>

namespace enshrine::rollup_node {

/// Brings executed batches to the L1: registers them with their blobs, then claims their results, in order and a few
/// ahead of their confirmation. Everything it needs to go on after a crash is in the store and on the L1.
class Publisher {
public:
    struct Options {
        std::uint64_t rollup = 0;
        crypto::SecretKey key;
        bool claim = true;
        std::function<std::uint64_t()> now_ms;
    };
    Publisher(const Options& options, RollupStore& store, client::L1Client& l1, std::uint64_t l1_chain_id);

    struct Position {
        std::uint64_t registered = 0;
        std::uint64_t settled = 0;
        std::string conflict;  ///< why nothing more can come of this store; empty while it can
    };
    /// One round: look where the L1 stands, note levels that were reached, send what is due. The error says what the L1
    /// refused or that it cannot be reached; the next round tries again.
    [[nodiscard]] std::expected<Position, std::string> advance();

private:
    struct Sent {
        Hash32 txn;
        std::uint64_t l1_height = 0;  ///< head when it was sent, or when its refusal was seen
        std::string refusal;          ///< why the L1 refused it; empty while it has not
    };
    enum class Kind : std::uint8_t { submit, claim };

    [[nodiscard]] std::string find_foreign(std::uint64_t head, const L1Position& l1) const;
    [[nodiscard]] std::expected<void, std::string> note_progress(const client::RollupStatus& status);
    [[nodiscard]] std::expected<bool, std::string> is_under_way(std::map<std::uint64_t, Sent>& sent,
                                                                std::uint64_t sequence, Kind kind,
                                                                std::uint64_t l1_height);
    [[nodiscard]] std::expected<void, std::string> send_submit(const BatchRecord& record, std::uint64_t l1_height);
    [[nodiscard]] std::expected<void, std::string> send_claim(const BatchRecord& record, std::uint64_t l1_height);

    Options options_;
    RollupStore& store_;
    client::L1Client& l1_;
    client::Wallet wallet_;
    std::map<std::uint64_t, Sent> submits_;
    std::map<std::uint64_t, Sent> claims_;
    std::uint64_t noted_registered_ = 0;
    std::uint64_t noted_settled_ = 0;
};

}  // namespace enshrine::rollup_node
