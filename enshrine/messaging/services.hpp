// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/context.hpp>

/// What the registry asks of and tells to this module. `chain` wires one of each; all are stateless.
namespace enshrine::messaging {

class Inbox final : public system::InboxReader {
public:
    [[nodiscard]] std::uint64_t count_at(const state::StateView& state, std::uint64_t rollup,
                                         std::uint64_t height) const override;
    [[nodiscard]] Hash32 rolling_hash(const state::StateView& state, std::uint64_t rollup,
                                      std::uint64_t index) const override;
    [[nodiscard]] std::optional<std::uint64_t> enqueued_at(const state::StateView& state, std::uint64_t rollup,
                                                           std::uint64_t index) const override;
};

class Messages final : public system::MessageReader {
public:
    [[nodiscard]] system::MessageFacts inbox_message(const state::StateView& state, std::uint64_t rollup,
                                                     std::uint64_t index) const override;
    [[nodiscard]] Result<system::MessageFacts> read(BytesView message) const override;
    [[nodiscard]] Hash32 outbox_leaf(BytesView message) const override;
};

class Hub final : public system::SettlementListener {
public:
    /// Batches of a rollup come in order, each once (asserted) [CLAIM.4].
    void on_settled(state::Overlay& state, const system::SettledBatch& batch) const override;
};

}  // namespace enshrine::messaging
