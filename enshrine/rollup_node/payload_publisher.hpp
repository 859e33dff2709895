// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/client/wallet.hpp>
#include <enshrine/rollup_node/batch_record.hpp>
#include <enshrine/rollup_node/payload_network.hpp>
#include <enshrine/rollup_node/sent_transactions.hpp>

#include <optional>

namespace enshrine::rollup_node {

/// The native scheme's part in bringing batches to the L1: matrices are handed to the committee and published before
/// their batches are registered; malformed ones of others are shown to the L1 before their batches are claimed. What it
/// must know after a crash is on the L1.
class PayloadPublisher {
public:
    struct Parts {
        client::L1Client& l1;
        client::Wallet& wallet;
        PayloadNetwork& network;
    };
    explicit PayloadPublisher(const Parts& parts)
        : l1_{parts.l1},
          wallet_{parts.wallet},
          network_{parts.network},
          publications_{"publication", parts.l1},
          voids_{"voiding", parts.l1} {}

    /// Publishes the matrix of a batch that has one. Returns the nonce of the transaction, behind which the
    /// registration has to stand; nullopt when the L1 has a fresh publication or one is on its way.
    [[nodiscard]] std::expected<std::optional<std::uint64_t>, std::string> publish(const BatchRecord& record,
                                                                                   std::uint64_t l1_height);
    /// Whether the L1 knows that the payload of a batch is void; tells it when it does not [DA-BATCH.4].
    [[nodiscard]] std::expected<bool, std::string> is_recorded_void(const BatchRecord& record, std::uint64_t l1_height);
    /// The batch is registered.
    void forget(std::uint64_t sequence) { publications_.erase(sequence); }

private:
    [[nodiscard]] std::expected<bool, std::string> is_fresh(const Hash32& commitment,
                                                            const data_availability::PublishedBlob& blob,
                                                            std::uint64_t l1_height);
    /// Sends with the gas that the L1 estimates and some to spare.
    [[nodiscard]] std::expected<Hash32, std::string> send(std::string_view what, client::Wallet::Call call);

    client::L1Client& l1_;
    client::Wallet& wallet_;
    PayloadNetwork& network_;
    SentTransactions publications_;
    SentTransactions voids_;
};

}  // namespace enshrine::rollup_node
