// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/chain/protocol.hpp>

/// The system contracts of the L1, and how their modules are wired together.
namespace enshrine::chain {

/// IInbox, IRollupRegistry, IDataAvailability, IMessageHub: ascending by address.
[[nodiscard]] std::span<const system::Contract* const> system_contracts() noexcept;

/// The protocol that networks run. `runner` is the memory in which native settlement replays programs; it belongs to
/// one execution at a time and outlives the result.
[[nodiscard]] Protocol enshrined_protocol(vm::Runner& runner) noexcept;

}  // namespace enshrine::chain
