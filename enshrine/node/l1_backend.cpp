// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/contracts.hpp>
#include <enshrine/chain/execute_call.hpp>
#include <enshrine/chain/params.hpp>
#include <enshrine/chain/validate_against_state.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/node/l1_backend.hpp>
#include <enshrine/rpc/admission_error.hpp>
#include <enshrine/system/accounts.hpp>

#include <fmt/format.h>

namespace enshrine::node {

using rpc::BlockId;
using rpc::BlockTag;
using rpc::RpcError;
using rpc::RpcResult;

namespace {

constexpr std::uint64_t suggested_tip_wei = 1'000'000'000;  ///< 1 gwei
/// What a call without a gas limit gets: as much as a block of the default size.
constexpr std::uint64_t call_gas_default = chain::block_gas_limit_default;

bool is_pending(const BlockId& id) noexcept {
    const auto* tag = std::get_if<BlockTag>(&id);
    return tag != nullptr && *tag == BlockTag::pending;
}

}  // namespace

RpcResult<std::optional<rpc::BlockView>> L1Backend::block(const BlockId& id) const {
    ENSHRINE_TRY(const auto height, find_height(application_, id));
    if (!height) return std::nullopt;
    ENSHRINE_TRY(const auto stored, load_block(application_, *height));
    if (!stored) return std::nullopt;
    rpc::BlockView out;
    out.header = stored->block.header;
    out.hash = stored->hash;
    out.size_bytes = types::encode_block(stored->block).size();
    for (std::size_t i = 0; i < stored->receipts.size(); ++i) out.txns.push_back(txn_view(*stored, i));
    return out;
}

RpcResult<Amount> L1Backend::balance(const Address& address, const BlockId& at) const {
    ENSHRINE_TRY(const auto state, state_at(application_, at));
    return system::load_account(*state.view, address).balance;
}

RpcResult<std::uint64_t> L1Backend::nonce(const Address& address, const BlockId& at) const {
    ENSHRINE_TRY(const auto state, state_at(application_, at));
    const std::uint64_t nonce = system::load_account(*state.view, address).nonce;
    return is_pending(at) ? application_.pending().pending_nonce(address, nonce) : nonce;
}

RpcResult<Bytes> L1Backend::code(const Address& address, const BlockId& at) const {
    ENSHRINE_CHECK(state_at(application_, at));
    if (chain::find_contract(chain::system_contracts(), address) == nullptr) return Bytes{};
    return Bytes{chain::system_contract_code};  // [CHAIN-CALL.7]
}

RpcResult<Hash32> L1Backend::storage(const Address&, const Hash32&, const BlockId& at) const {
    ENSHRINE_CHECK(state_at(application_, at));
    return Hash32{};
}

namespace {

/// [CHAIN-PRE.2] Not a revert: there is no data, and on Ethereum no error 3 either.
RpcError precompile_failure(const chain::Precompile& precompile, const chain::CallRequest& question) {
    const std::uint64_t intrinsic = chain::intrinsic_gas_of(question.data.size(), question.access_list);
    const std::uint64_t needed = intrinsic + precompile.gas(question.data);
    const bool out_of_gas = needed > question.gas_limit;
    return {.code = rpc::server_error,
            .message = out_of_gas ? fmt::format("out of gas: the precompile needs {}, the limit is {}", needed,
                                                question.gas_limit)
                                  : fmt::format("precompile {} refuses its input of {} bytes",
                                                codec::format_address(*question.receiver), question.data.size()),
            .stable_code = out_of_gas ? "E-CALL-OUT-OF-GAS" : "E-PRECOMPILE-INPUT"};
}

}  // namespace

RpcResult<rpc::CallAnswer> L1Backend::run(const rpc::CallRequest& request, const Head& at,
                                          std::uint64_t gas_limit) const {
    auto runner = application_.runners().take();
    if (!runner) {
        return std::unexpected{RpcError{.code = rpc::internal_error,
                                        .message = "no machine for the call: " + std::string{runner.error().message()},
                                        .stable_code = "E-NODE-MACHINE"}};
    }
    const chain::CallRequest question{.caller = request.from.value_or(Address{}),
                                      .receiver = request.to,
                                      .value = request.value,
                                      .data = request.data,
                                      .access_list = {},
                                      .gas_limit = gas_limit};
    const auto context = chain::next_block_context(
        *at.view, at.header, std::max(application_.now(), at.header.timestamp), at.header.proposer);
    auto outcome = chain::call(*at.view, question, context, chain::enshrined_protocol(**runner));
    if (!outcome && outcome.error().is(chain::ChainError::insufficient_funds)) {
        const Amount balance = system::load_account(*at.view, question.caller).balance;
        return std::unexpected{
            rpc::from_error(outcome.error(), "value",
                            fmt::format("at most the {} wei of {}", codec::format_decimal(balance.wei()),
                                        codec::format_address(question.caller)),
                            fmt::format("{} wei", codec::format_decimal(question.value.wei())))};
    }
    if (!outcome) return std::unexpected{rpc::from_error(outcome.error())};
    const auto* const precompile = chain::find_precompile(chain::precompiles(), *request.to);
    if (precompile != nullptr && !outcome->succeeded) return std::unexpected{precompile_failure(*precompile, question)};
    return rpc::CallAnswer{
        .succeeded = outcome->succeeded, .gas_used = outcome->gas_used, .return_data = std::move(outcome->output)};
}

RpcResult<rpc::CallAnswer> L1Backend::call(const rpc::CallRequest& request, const BlockId& at) const {
    ENSHRINE_TRY(const auto state, state_at(application_, at));
    return run(request, state, std::min(request.gas_limit.value_or(call_gas_default), state.header.gas_limit));
}

/// Gas is charged before the work that it pays for and nothing is given back by a call, so what a run used is what it
/// needs; running again with it makes sure.
RpcResult<std::uint64_t> L1Backend::estimate_gas(const rpc::CallRequest& request) const {
    const Head state = *application_.head();
    const std::uint64_t limit = std::min(request.gas_limit.value_or(state.header.gas_limit), state.header.gas_limit);
    ENSHRINE_TRY(const auto answer, run(request, state, limit));
    if (!answer.succeeded) {
        return std::unexpected{RpcError{.code = rpc::execution_reverted,
                                        .message = "execution reverted",
                                        .stable_code = "E-CALL-REVERTED",
                                        .revert_data = codec::format_hex(answer.return_data)}};
    }
    ENSHRINE_TRY(const auto again, run(request, state, answer.gas_used));
    return again.succeeded ? answer.gas_used : limit;
}

U256 L1Backend::suggested_tip() const {
    return U256{suggested_tip_wei};
}

RpcResult<std::optional<rpc::TxnView>> L1Backend::transaction(const Hash32& hash) const {
    const auto location = application_.chain().txn_location(hash);
    if (!location) return std::unexpected{storage_error(location.error())};
    if (*location) {
        ENSHRINE_TRY(const auto stored, load_block(application_, (*location)->height));
        if (stored) return txn_view(*stored, (*location)->index);
    }
    const auto pending = application_.pending().find(hash);
    if (!pending) return std::nullopt;
    rpc::TxnView out;
    out.txn = pending->txn.transaction();
    out.hash = hash;
    out.from = pending->txn.sender();
    out.effective_gas_price = chain::effective_gas_price(out.txn, base_fee());
    return out;
}

RpcResult<std::optional<rpc::ReceiptView>> L1Backend::receipt(const Hash32& hash) const {
    const auto location = application_.chain().txn_location(hash);
    if (!location) return std::unexpected{storage_error(location.error())};
    if (!*location) return std::nullopt;
    const std::size_t index = (*location)->index;
    ENSHRINE_TRY(const auto stored, load_block(application_, (*location)->height));
    if (!stored) return std::nullopt;
    rpc::ReceiptView out;
    out.txn = txn_view(*stored, index);
    out.receipt = stored->receipts[index];
    for (std::size_t i = 0; i < index; ++i) out.first_log_index += stored->receipts[i].logs.size();
    out.blob_gas_price = chain::blob_base_fee(stored->block.header.excess_blob_gas);
    return out;
}

}  // namespace enshrine::node
