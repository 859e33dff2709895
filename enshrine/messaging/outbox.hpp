// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/messaging/message.hpp>
#include <enshrine/system/context.hpp>

#include <optional>

/// Messages out of settled batches: who may consume one, and that it happens once. Rules: [MSG.3], [MSG.4].
namespace enshrine::messaging {

struct SettledOutbox {
    Hash32 root;
    std::uint64_t count = 0;  ///< records; the root does not commit to it
    [[nodiscard]] friend bool operator==(const SettledOutbox&, const SettledOutbox&) noexcept = default;
};
[[nodiscard]] std::optional<SettledOutbox> load_outbox(const state::StateView& state, std::uint64_t rollup,
                                                       std::uint64_t batch);
void store_outbox(state::Overlay& state, std::uint64_t rollup, std::uint64_t batch, const SettledOutbox& outbox);

[[nodiscard]] bool is_consumed(const state::StateView& state, std::uint64_t source, std::uint64_t destination,
                               std::uint64_t sequence);

/// A message that its source has sent, is not consumed yet and is no forced transaction; only prove_message() makes one.
class ProvenMessage {
public:
    [[nodiscard]] const Message& message() const noexcept { return message_; }
    [[nodiscard]] BytesView bytes() const noexcept { return bytes_; }

private:
    friend std::expected<ProvenMessage, system::Revert> prove_message(const state::StateView& state,
                                                                      const codec::abi::Arguments& arguments);
    ProvenMessage(Message message, BytesView bytes) noexcept : message_{std::move(message)}, bytes_{bytes} {}

    Message message_;
    BytesView bytes_;  ///< borrowed from the calldata
};
/// Arguments: message, batch, index, siblings, as `withdraw` and `relay` take them.
[[nodiscard]] std::expected<ProvenMessage, system::Revert> prove_message(const state::StateView& state,
                                                                         const codec::abi::Arguments& arguments);
void mark_consumed(state::Overlay& state, const ProvenMessage& proven);

}  // namespace enshrine::messaging
