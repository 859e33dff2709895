// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/client/l1_client.hpp>

#include <expected>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace enshrine::rollup_node {

/// A transaction that is in no block after so many is taken for lost (an L1 node forgets its mempool) and sent again.
inline constexpr std::uint64_t patience_blocks = 8;

/// What a revert says, by the errors of the contracts that batches meet.
[[nodiscard]] std::string revert_text(BytesView data);

/// Transactions of an earlier run of the same account, which this run would send a second time. Whoever starts waits
/// until the account has none on its way; those that no block takes for too long are taken for lost.
class EarlierRun {
public:
    [[nodiscard]] std::expected<bool, std::string> is_over(client::L1Client& l1, const Address& account,
                                                           std::uint64_t l1_height);

private:
    bool over_ = false;
    std::optional<std::uint64_t> since_;  ///< L1 height
};

/// L1 transactions of one kind, one per batch, from sending to the block that takes or refuses them.
class SentTransactions {
public:
    /// `kind` for people: "registration".
    SentTransactions(std::string_view kind, client::L1Client& l1) : kind_{kind}, l1_{l1} {}

    void add(std::uint64_t sequence, const Hash32& txn, std::uint64_t l1_height) {
        sent_[sequence] = {.txn = txn, .l1_height = l1_height, .refusal = {}};
    }
    /// Whether the batch's transaction waits or has succeeded; false when it is to be sent (again). The error says why
    /// the L1 refused it, for as long as sending it again would only be paid for again.
    [[nodiscard]] std::expected<bool, std::string> is_under_way(std::uint64_t sequence, std::uint64_t l1_height);
    /// Whether the L1 has refused a transaction of the batch: before the next one is paid for it is asked what it would
    /// say.
    [[nodiscard]] bool was_refused(std::uint64_t sequence) const { return refused_.contains(sequence); }
    /// Takes note that the L1 would refuse it; the error, as is_under_way() has it from now on.
    [[nodiscard]] std::unexpected<std::string> note_refusal(std::uint64_t sequence, std::uint64_t l1_height,
                                                            std::string reason);
    /// The transaction of a batch; zero when there is none.
    [[nodiscard]] Hash32 find(std::uint64_t sequence) const;
    void erase(std::uint64_t sequence) {
        sent_.erase(sequence);
        refused_.erase(sequence);
    }
    /// Forgets what was sent below an L1 height.
    void erase_below(std::uint64_t l1_height) {
        std::erase_if(sent_, [l1_height](const auto& entry) { return entry.second.l1_height < l1_height; });
    }

private:
    struct Sent {
        Hash32 txn;
        std::uint64_t l1_height = 0;  ///< head when it was sent, or when its refusal was seen
        std::string refusal;          ///< why the L1 refused it; empty while it has not
    };
    std::string kind_;
    client::L1Client& l1_;
    std::map<std::uint64_t, Sent> sent_;
    std::set<std::uint64_t> refused_;
};

}  // namespace enshrine::rollup_node
