// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/accounts.hpp>
#include <enshrine/system/values.hpp>

#include <utility>

/// Calls of system contracts as `chain` makes them, for tests of modules: value moves first, a revert leaves no trace.
namespace enshrine::system {

struct TestCall {
    const Contract& contract;
    Address caller;
    std::string_view method;  ///< declaration
    Amount value{};
    std::uint64_t gas = 100'000'000;
    bool read_only = false;
};

class TestChain {
public:
    state::MemoryView base;
    state::Overlay state{base};
    BlockContext block{.chain_id = 900, .height = 10, .timestamp = 1'000, .proposer = {}, .base_fee = {}, .blob_base_fee = {}};
    std::vector<types::BlobRecord> blobs;
    Services services;
    std::vector<types::Log> logs;      ///< of the last call that succeeded
    std::uint64_t gas_used = 0;  ///< by the last call

    template <class... Values>
    CallResult call(const TestCall& call, const Values&... values) {
        codec::abi::Encoder arguments{sizeof...(Values)};
        (detail::put(arguments, values), ...);
        const Bytes calldata = arguments.finish_call(codec::abi::selector(call.method));
        state::Overlay child{state};
        if (!transfer(child, call.caller, call.contract.address, call.value)) return std::unexpected{Revert{}};
        GasMeter gas{call.gas};
        std::vector<types::Log> emitted;
        const TxnContext txn{.hash = Hash32{}, .sender = call.caller, .effective_gas_price = {}, .blobs = blobs};
        CallContext context{block, txn, services, child, gas, emitted, call.caller, call.contract.address, call.value,
                            call.read_only};
        CallResult result = dispatch(call.contract, context, calldata);
        gas_used = gas.used();
        if (result) {
            std::move(child).merge_into(state);
            logs = std::move(emitted);
        }
        return result;
    }
};

/// Whether the call was refused with this error.
[[nodiscard]] inline bool refused_with(const CallResult& result, const ErrorDeclaration& error) {
    if (result || result.error().data.size() < 4) return false;
    return load_be<std::uint32_t>(result.error().data.data()) == error.selector_value;
}
/// Word `index` of the refusal's arguments.
[[nodiscard]] inline U256 refusal_word(const CallResult& result, std::size_t index) {
    return U256::from_be(BytesView{result.error().data}.subspan(4 + 32 * index, 32));
}
[[nodiscard]] inline U256 answer_word(const CallResult& result, std::size_t index) {
    return U256::from_be(BytesView{*result}.subspan(32 * index, 32));
}

}  // namespace enshrine::system
