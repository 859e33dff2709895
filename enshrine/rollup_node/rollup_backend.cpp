// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/hex.hpp>
#include <enshrine/rollup_node/rollup_backend.hpp>
#include <enshrine/rollup_node/rollup_block.hpp>
#include <enshrine/sequencing/runtime.hpp>
#include <enshrine/types/bloom.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace enshrine::rollup_node {
namespace {

using rpc::BlockId;
using rpc::BlockTag;
using rpc::RpcError;
using rpc::RpcResult;

constexpr std::uint64_t log_range_max = 10'000;
constexpr std::uint64_t fee_history_max = 1'024;

std::unexpected<RpcError> state_unavailable(const std::string& cause) {
    return std::unexpected{RpcError{.code = rpc::resource_not_found,
                                    .message = "state of the block is not available: " + cause,
                                    .stable_code = "E-ROLLUP-STATE-UNAVAILABLE",
                                    .field = "block"}};
}

bool matches(const types::Log& log, const rpc::LogFilter& filter) {
    if (!filter.addresses.empty() && std::ranges::find(filter.addresses, log.address) == filter.addresses.end()) {
        return false;
    }
    for (std::size_t i = 0; i < filter.topics.size(); ++i) {
        if (filter.topics[i].empty()) continue;
        if (i >= log.topics.size()) return false;
        if (std::ranges::find(filter.topics[i], log.topics[i]) == filter.topics[i].end()) return false;
    }
    return true;
}

}  // namespace

std::optional<std::uint64_t> RollupBackend::sequence_of(const BlockId& id) const {
    const std::uint64_t head = parts_.store.head().sequence;
    if (const auto* number = std::get_if<std::uint64_t>(&id)) {
        return *number <= head ? std::optional{*number} : std::nullopt;
    }
    if (const auto* hash = std::get_if<Hash32>(&id)) return parts_.store.sequence_of_block(*hash);
    switch (std::get<BlockTag>(id)) {
        case BlockTag::earliest:
            return 0;
        case BlockTag::latest:
        case BlockTag::pending:
            return head;
        case BlockTag::safe:
            return std::min(head, parts_.finality().registered);
        case BlockTag::finalized:
            return std::min(head, parts_.finality().settled);
    }
    return std::nullopt;
}

RpcResult<std::uint64_t> RollupBackend::existing(const BlockId& id) const {
    if (const auto sequence = sequence_of(id)) return *sequence;
    const auto* const number = std::get_if<std::uint64_t>(&id);
    const auto* const hash = std::get_if<Hash32>(&id);
    return std::unexpected{RpcError{.code = rpc::resource_not_found,
                                    .message = "block not found",
                                    .stable_code = "E-ROLLUP-BLOCK-UNKNOWN",
                                    .field = "block",
                                    .expected = fmt::format("a block from 0 to {}", block_number()),
                                    .got = number != nullptr ? std::to_string(*number)
                                           : hash != nullptr ? codec::format_hex(hash->view())
                                                             : "a tag"}};
}

RpcResult<std::optional<rpc::BlockView>> RollupBackend::block(const BlockId& id) const {
    const auto sequence = sequence_of(id);
    if (!sequence) return std::nullopt;
    if (const auto record = parts_.store.record(*sequence)) return block_view_of(*record);
    if (*sequence != 0) return std::nullopt;
    rpc::BlockView genesis;
    const auto first = parts_.store.record(1);
    const RollupHead head = parts_.store.head();
    genesis.header = genesis_header(first ? first->previous_state_root : head.state_root);
    genesis.hash = first ? first->parent_block_hash : head.block_hash;
    return genesis;
}

RpcResult<Amount> RollupBackend::balance(const Address& address, const BlockId& at) const {
    ENSHRINE_TRY(const auto sequence, existing(at));
    if (sequence == block_number()) return parts_.state.account(address).balance;
    const auto account = parts_.state.account_at(sequence, address);
    if (!account) return state_unavailable(account.error());
    return account->balance;
}

RpcResult<std::uint64_t> RollupBackend::nonce(const Address& address, const BlockId& at) const {
    ENSHRINE_TRY(const auto sequence, existing(at));
    if (sequence == block_number()) {
        const std::uint64_t nonce = parts_.state.account(address).nonce;
        const auto* tag = std::get_if<BlockTag>(&at);
        const bool pending = tag != nullptr && *tag == BlockTag::pending;
        return pending && parts_.queue != nullptr ? parts_.queue->pending_nonce(address) : nonce;
    }
    const auto account = parts_.state.account_at(sequence, address);
    if (!account) return state_unavailable(account.error());
    return account->nonce;
}

RpcResult<Bytes> RollupBackend::code(const Address& address, const BlockId& at) const {
    ENSHRINE_CHECK(existing(at));
    // One INVALID opcode: tools treat the program as a contract, and nobody can mistake it for EVM code.
    if (address == sequencing::rollup_program_address) return Bytes{0xfe};
    return Bytes{};
}

RpcResult<Hash32> RollupBackend::storage(const Address&, const Hash32&, const BlockId& at) const {
    ENSHRINE_CHECK(existing(at));
    return Hash32{};  // a program's state is a tree of its own keys, without EVM slots
}

RpcResult<rpc::CallAnswer> RollupBackend::call(const rpc::CallRequest& request, const BlockId& at) const {
    ENSHRINE_TRY(const auto sequence, existing(at));
    const auto answer = parts_.state.view_at(sequence, {.kind = sequencing::ViewKind::call,
                                                        .from = request.from.value_or(Address{}),
                                                        .to = request.to,
                                                        .value = request.value,
                                                        .gas_limit = request.gas_limit.value_or(0),
                                                        .data = request.data});
    if (!answer) {
        return std::unexpected{
            RpcError{.code = rpc::server_error, .message = answer.error(), .stable_code = "E-ROLLUP-VIEW-FAILED"}};
    }
    return rpc::CallAnswer{answer->succeeded, answer->gas_used, answer->return_data};
}

RpcResult<std::uint64_t> RollupBackend::estimate_gas(const rpc::CallRequest& request) const {
    if (!request.to) {
        return std::unexpected{RpcError{.code = rpc::invalid_params,
                                        .message = "a rollup has one program; contracts cannot be created",
                                        .stable_code = "E-ROLLUP-CONTRACT-CREATION",
                                        .field = "to",
                                        .expected = "an address",
                                        .got = "none"}};
    }
    rpc::CallRequest unlimited = request;
    unlimited.gas_limit = sequencing::rollup_txn_gas_max;
    ENSHRINE_TRY(const auto answer, call(unlimited, BlockTag::latest));
    if (answer.succeeded) return answer.gas_used;
    return std::unexpected{RpcError{.code = rpc::execution_reverted,
                                    .message = "execution reverted",
                                    .stable_code = "E-CALL-REVERTED",
                                    .revert_data = codec::format_hex(answer.return_data)}};
}

U256 RollupBackend::base_fee() const {
    return U256{sequencing::rollup_base_fee_wei};
}

U256 RollupBackend::suggested_tip() const {
    return U256{};  // one sequencer, first come first served
}

RpcResult<rpc::FeeHistory> RollupBackend::fee_history(std::uint64_t count, const BlockId& newest,
                                                      std::span<const double> percentiles) const {
    ENSHRINE_TRY(const auto last, existing(newest));
    const std::uint64_t blocks = std::min({count, fee_history_max, last + 1});
    rpc::FeeHistory history;
    history.oldest_block = last + 1 - blocks;
    for (std::uint64_t number = history.oldest_block; number <= last; ++number) {
        std::uint64_t gas_used = 0;
        if (const auto record = parts_.store.record(number)) gas_used = block_header_of(*record).gas_used;
        history.base_fees.push_back(base_fee());
        history.gas_used_ratios.push_back(static_cast<double>(gas_used) /
                                          static_cast<double>(sequencing::rollup_batch_gas_max));
        history.blob_base_fees.emplace_back();
        history.blob_gas_used_ratios.push_back(0);
        history.rewards.emplace_back(percentiles.size());
    }
    history.base_fees.push_back(base_fee());
    history.blob_base_fees.emplace_back();
    return history;
}

RpcResult<Hash32> RollupBackend::send_raw_transaction(BytesView raw) {
    if (parts_.queue != nullptr) return parts_.queue->submit(raw);
    return std::unexpected{RpcError{.code = rpc::server_error,
                                    .message = "this node takes no transactions; send them to the rollup's sequencer",
                                    .stable_code = "E-ROLLUP-NOT-SEQUENCER"}};
}

RpcResult<std::optional<rpc::TxnView>> RollupBackend::transaction(const Hash32& hash) const {
    if (const auto location = parts_.store.find(hash)) {
        const auto record = parts_.store.record(location->sequence);
        if (record && location->index < record->receipts.size()) {
            return txn_view_of(*record, record->receipts[location->index]);
        }
    }
    const auto pooled = parts_.queue == nullptr ? std::nullopt : parts_.queue->find_any(hash);
    if (pooled) {
        rpc::TxnView view;
        view.txn = pooled->txn;
        view.hash = hash;
        view.from = pooled->sender;
        return view;
    }
    return std::nullopt;
}

RpcResult<std::optional<rpc::ReceiptView>> RollupBackend::receipt(const Hash32& hash) const {
    const auto location = parts_.store.find(hash);
    if (!location) return std::nullopt;
    const auto record = parts_.store.record(location->sequence);
    if (!record) return std::nullopt;
    for (rpc::ReceiptView& view : receipt_views_of(*record)) {
        if (view.txn.hash == hash) return std::optional{std::move(view)};
    }
    return std::nullopt;
}

RpcResult<std::vector<rpc::LogView>> RollupBackend::logs(const rpc::LogFilter& filter) const {
    std::uint64_t first = filter.from_block;
    std::uint64_t last = std::min(filter.to_block, block_number());
    if (filter.block_hash) {
        ENSHRINE_TRY(const auto sequence, existing(*filter.block_hash));
        first = last = sequence;
    }
    if (last >= first && last - first >= log_range_max) {
        return std::unexpected{RpcError{.code = rpc::limit_exceeded,
                                        .message = "block range is too large",
                                        .stable_code = "E-LOGS-RANGE",
                                        .field = "toBlock",
                                        .expected = fmt::format("at most {} blocks", log_range_max),
                                        .got = fmt::format("{} blocks", last - first + 1)}};
    }
    std::vector<rpc::LogView> out;
    for (std::uint64_t number = first; number <= last; ++number) {
        const auto record = parts_.store.record(number);
        if (!record) continue;
        for (const rpc::ReceiptView& view : receipt_views_of(*record)) {
            std::uint64_t index = view.first_log_index;
            for (const types::Log& log : view.receipt.logs) {
                if (matches(log, filter)) {
                    out.push_back({log, number, record->block_hash, view.txn.hash, view.txn.index, index});
                }
                ++index;
            }
        }
    }
    return out;
}

}  // namespace enshrine::rollup_node
