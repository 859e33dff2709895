// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/execute_call.hpp>
#include <enshrine/chain/validate_transaction.hpp>
#include <enshrine/system/accounts.hpp>
#include <enshrine/types/receipt.hpp>

#include <algorithm>
#include <utility>

namespace enshrine::chain {
namespace {

/// Receipts have room for these alone [CHAIN-CALL.5].
bool logs_within_bounds(std::span<const types::Log> logs) noexcept {
    if (logs.size() > types::logs_per_receipt_max) return false;
    return std::ranges::all_of(logs, [](const types::Log& log) noexcept {
        return log.topics.size() <= types::log_topics_max && log.data.size() <= types::log_data_bytes_max;
    });
}

Bytes cut_revert_data(Bytes data) {
    if (data.size() > types::revert_data_bytes_max) data.resize(types::revert_data_bytes_max);
    return data;
}

/// [CHAIN-PRE.1] [CHAIN-PRE.2]
CallOutcome execute_precompile(const Precompile& precompile, BytesView data, std::uint64_t gas_limit) {
    CallOutcome outcome{.gas_used = gas_limit};
    const std::uint64_t gas = precompile.gas(data);
    if (gas > gas_limit) return outcome;
    auto output = precompile.run(data);
    if (!output) return outcome;
    outcome.succeeded = true;
    outcome.gas_used = gas;
    outcome.output = *std::move(output);
    return outcome;
}

}  // namespace

CallOutcome execute_call(state::Overlay& state, const CallMessage& message, const system::BlockContext& block,
                         const system::TxnContext& txn, const Protocol& protocol) {
    CallOutcome outcome;
    state::Overlay changes{state};
    // The sender's balance covers the value; a receiver whose balance would not fit 256 bits refuses it [CHAIN-CALL.1].
    if (!system::transfer(changes, message.caller, message.receiver, message.value)) return outcome;
    if (const Precompile* const precompile = find_precompile(protocol.precompiles, message.receiver)) {
        outcome = execute_precompile(*precompile, message.data, message.gas_limit);
        if (outcome.succeeded) std::move(changes).merge_into(state);
        return outcome;
    }
    const system::Contract* const contract = find_contract(protocol.contracts, message.receiver);
    if (contract == nullptr) {  // [CHAIN-CALL.2]
        std::move(changes).merge_into(state);
        outcome.succeeded = true;
        return outcome;
    }
    system::GasMeter gas{message.gas_limit};
    system::CallContext context{.block = block,
                                .txn = txn,
                                .services = protocol.services,
                                .state = changes,
                                .gas = gas,
                                .logs = outcome.logs,
                                .caller = message.caller,
                                .self = message.receiver,
                                .value = message.value,
                                .read_only = false};
    auto result = system::dispatch(*contract, context, message.data);
    outcome.gas_used = gas.used();
    if (!result || !logs_within_bounds(outcome.logs)) {  // [CHAIN-CALL.4]
        outcome.logs.clear();
        if (!result) outcome.output = cut_revert_data(std::move(result).error().data);
        return outcome;
    }
    std::move(changes).merge_into(state);
    outcome.succeeded = true;
    outcome.output = *std::move(result);
    return outcome;
}

Result<CallOutcome> call(const state::StateView& state, const CallRequest& request, const system::BlockContext& block,
                         const Protocol& protocol) {
    if (!request.receiver) return fail(ChainError::contract_creation);
    const std::uint64_t intrinsic = intrinsic_gas_of(request.data.size(), request.access_list);
    if (request.gas_limit < intrinsic) return fail(ChainError::intrinsic_gas_too_low);
    if (system::load_account(state, request.caller).balance < request.value)
        return fail(ChainError::insufficient_funds);
    state::Overlay changes{state};
    system::TxnContext txn;
    txn.sender = request.caller;
    txn.effective_gas_price = block.base_fee;
    const CallMessage message{.caller = request.caller,
                              .receiver = *request.receiver,
                              .value = request.value,
                              .data = request.data,
                              .gas_limit = request.gas_limit - intrinsic};
    CallOutcome outcome = execute_call(changes, message, block, txn, protocol);
    outcome.gas_used += intrinsic;
    return outcome;
}

}  // namespace enshrine::chain
