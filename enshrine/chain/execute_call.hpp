// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/chain/protocol.hpp>
#include <enshrine/types/transaction.hpp>

#include <optional>
#include <vector>

/// One call: value movement, then the system contract at the receiver, if there is one. Rules: [CHAIN-CALL.*].
namespace enshrine::chain {

struct CallOutcome {
    bool succeeded = false;
    std::uint64_t gas_used = 0;
    Bytes output;  ///< return value, or revert data
    std::vector<types::Log> logs;
};
struct CallMessage {
    Address caller;
    Address receiver;
    Amount value;
    BytesView data;
    std::uint64_t gas_limit = 0;  ///< without intrinsic gas
};
/// Applies the call to `state` when it succeeds and nothing otherwise.
[[nodiscard]] CallOutcome execute_call(state::Overlay& state, const CallMessage& message,
                                       const system::BlockContext& block, const system::TxnContext& txn,
                                       const Protocol& protocol);

/// A question to a state: eth_call, eth_estimateGas. No signature, nonce or fee.
struct CallRequest {
    Address caller;
    std::optional<Address> receiver;
    Amount value;
    Bytes data;
    std::vector<types::AccessListEntry> access_list;
    std::uint64_t gas_limit = 0;  ///< intrinsic gas included
};
/// What a transaction with these fields would do. `gas_used` includes the intrinsic gas. Its state changes
/// are dropped. Errors: contract_creation, intrinsic_gas_too_low, insufficient_funds.
[[nodiscard]] Result<CallOutcome> call(const state::StateView& state, const CallRequest& request,
                                       const system::BlockContext& block, const Protocol& protocol);

}  // namespace enshrine::chain
