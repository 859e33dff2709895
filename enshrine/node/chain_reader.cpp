// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/node/chain_reader.hpp>

#include <spdlog/spdlog.h>

namespace enshrine::node {

using rpc::BlockId;
using rpc::BlockTag;
using rpc::RpcError;
using rpc::RpcResult;

RpcError storage_error(const store::StoreFault& fault) {
    spdlog::error("{}", fault.text());
    return {.code = rpc::internal_error, .message = fault.text(), .stable_code = "E-NODE-STORAGE"};
}

RpcError no_such_block(const BlockId& id, std::uint64_t head) {
    const auto* number = std::get_if<std::uint64_t>(&id);
    const auto* hash = std::get_if<Hash32>(&id);
    const std::string got = number != nullptr ? std::to_string(*number)
                            : hash != nullptr ? codec::format_hex(hash->view())
                                              : "a tag";
    return {.code = rpc::resource_not_found,
            .message = "block " + got + " not found; the head is block " + std::to_string(head),
            .stable_code = "E-BLOCK-UNKNOWN",
            .field = "block",
            .expected = "a block from 0 to " + std::to_string(head),
            .got = got};
}

RpcResult<std::optional<std::uint64_t>> find_height(const ChainApplication& application, const BlockId& id) {
    const std::uint64_t head = application.head()->header.number;
    if (const auto* number = std::get_if<std::uint64_t>(&id)) {
        if (*number > head) return std::nullopt;
        return *number;
    }
    if (const auto* hash = std::get_if<Hash32>(&id)) {
        const auto found = application.chain().height_of(*hash);
        if (!found) return std::unexpected{storage_error(found.error())};
        return *found;
    }
    return std::get<BlockTag>(id) == BlockTag::earliest ? 0 : head;
}

RpcResult<Head> state_at(const ChainApplication& application, const BlockId& id) {
    const auto head = application.head();
    ENSHRINE_TRY(const auto height, find_height(application, id));
    if (!height) return std::unexpected{no_such_block(id, head->header.number)};
    if (*height == head->header.number) return *head;
    const auto view = application.chain().view_at(*height);
    if (!view && view.error().code == store::StoreError::pruned) {
        const std::uint64_t newest = head->header.number;
        const std::uint64_t oldest = newest > store::history_heights ? newest - store::history_heights : 0;
        return std::unexpected{RpcError{.code = rpc::resource_not_found,
                                        .message = "state at block " + std::to_string(*height) +
                                                   " is pruned; this node keeps the states of blocks " +
                                                   std::to_string(oldest) + " to " + std::to_string(newest),
                                        .stable_code = "E-STATE-PRUNED",
                                        .field = "block",
                                        .expected = std::to_string(oldest) + " to " + std::to_string(newest),
                                        .got = std::to_string(*height)}};
    }
    if (!view) return std::unexpected{storage_error(view.error())};
    const auto block = application.chain().block(*height);
    if (!block) return std::unexpected{storage_error(block.error())};
    if (!*block) return std::unexpected{no_such_block(id, head->header.number)};
    return Head{.view = *view, .header = (*block)->header, .hash = (*view)->block_hash()};
}

RpcResult<std::optional<StoredBlock>> load_block(const ChainApplication& application, std::uint64_t height) {
    auto block = application.chain().block(height);
    if (!block) return std::unexpected{storage_error(block.error())};
    if (!*block) return std::nullopt;
    auto receipts = application.chain().receipts(height);
    if (!receipts) return std::unexpected{storage_error(receipts.error())};
    StoredBlock out;
    out.block = **std::move(block);
    out.hash = types::block_hash(out.block.header);
    if (*receipts) out.receipts = **std::move(receipts);
    ENSHRINE_ASSERT(out.receipts.size() == out.block.transactions.size());
    return out;
}

rpc::TxnView txn_view(const StoredBlock& stored, std::size_t index) {
    const Bytes& encoding = stored.block.transactions[index];
    auto txn = types::decode_transaction(encoding);
    ENSHRINE_ASSERT(txn.has_value());
    const auto sender = types::recover_sender(*txn);
    ENSHRINE_ASSERT(sender.has_value());
    rpc::TxnView out;
    out.txn = *std::move(txn);
    out.hash = types::transaction_hash(encoding);
    out.from = *sender;
    out.block_number = stored.block.header.number;
    out.block_hash = stored.hash;
    out.index = index;
    out.effective_gas_price = stored.receipts[index].effective_gas_price;
    return out;
}

}  // namespace enshrine::node
