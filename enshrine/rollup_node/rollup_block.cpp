// SPDX-License-Identifier: Apache-2.0
#include <enshrine/rollup_node/rollup_block.hpp>

#include <enshrine/messaging/message.hpp>
#include <enshrine/sequencing/runtime.hpp>
#include <enshrine/types/bloom.hpp>

namespace enshrine::rollup_node {
namespace {

using sequencing::ReceiptRecord;
using sequencing::RecordOutcome;
using sequencing::RecordSource;

/// The canonical encoding that the record is about; nullopt for messages that carry no transaction.
std::optional<Bytes> encoded_txn(const BatchRecord& record, const std::vector<BytesView>& payload,
                                 const ReceiptRecord& receipt) {
    if (receipt.source == RecordSource::payload) {
        if (receipt.index >= payload.size()) return std::nullopt;
        return to_bytes(payload[receipt.index]);
    }
    if (receipt.index < record.inbox_first || receipt.index - record.inbox_first >= record.inbox_messages.size()) {
        return std::nullopt;
    }
    const auto message = messaging::decode_message(record.inbox_messages[receipt.index - record.inbox_first]);
    if (!message || message->kind != messaging::MessageKind::forced_transaction) return std::nullopt;
    return message->data;
}

std::optional<rpc::TxnView> make_txn_view(const BatchRecord& record, const std::vector<BytesView>& payload,
                                          const ReceiptRecord& receipt) {
    if (receipt.outcome == RecordOutcome::dropped) return std::nullopt;
    const auto encoded = encoded_txn(record, payload, receipt);
    if (!encoded) return std::nullopt;
    auto txn = types::decode_transaction(*encoded);
    if (!txn) return std::nullopt;
    rpc::TxnView view;
    view.txn = *std::move(txn);
    view.hash = receipt.hash;
    view.from = receipt.from;
    view.block_number = record.header.sequence;
    view.block_hash = record.block_hash;
    view.effective_gas_price = receipt.effective_gas_price;
    return view;
}

types::Receipt make_receipt(const ReceiptRecord& record, types::TxnType type) {
    types::Receipt receipt;
    receipt.txn_type = type;
    receipt.status = record.outcome == RecordOutcome::succeeded;
    receipt.gas_used = record.gas_used;
    receipt.effective_gas_price = record.effective_gas_price;
    receipt.logs = record.logs;
    receipt.bloom = types::bloom_of(record.logs);
    if (!receipt.status) receipt.revert_data = record.return_data;
    return receipt;
}

}  // namespace

types::BlockHeader genesis_header(const Hash32& state_root) {
    types::BlockHeader header;
    header.state_root = state_root;
    header.gas_limit = sequencing::rollup_batch_gas_max;
    header.base_fee_per_gas = U256{sequencing::rollup_base_fee_wei};
    return header;
}

types::BlockHeader block_header_of(const BatchRecord& record) {
    types::BlockHeader header = genesis_header(record.state_root);
    header.number = record.header.sequence;
    header.parent_hash = record.parent_block_hash;
    header.timestamp = record.l1_timestamp;
    header.proposer = record.header.fee_recipient;
    header.transactions_root = record.hash;  // commits to payload, inbox range and anchor
    header.receipts_root = record.receipts_root;
    header.message_hub_root = record.outbox_root;
    for (const ReceiptRecord& receipt : record.receipts) {
        header.gas_used += receipt.gas_used;
        types::bloom_merge(header.logs_bloom, types::bloom_of(receipt.logs));
    }
    return header;
}

std::optional<rpc::TxnView> txn_view_of(const BatchRecord& record, const ReceiptRecord& receipt) {
    const auto payload = sequencing::decode_payload(record.payload);
    std::uint64_t index = 0;
    for (const ReceiptRecord& other : record.receipts) {
        if (&other == &receipt) break;
        if (make_txn_view(record, payload, other)) ++index;
    }
    auto view = make_txn_view(record, payload, receipt);
    if (view) view->index = index;
    return view;
}

rpc::BlockView block_view_of(const BatchRecord& record) {
    rpc::BlockView block;
    block.header = block_header_of(record);
    block.hash = record.block_hash;
    block.size_bytes = record.payload.size();
    const auto payload = sequencing::decode_payload(record.payload);
    for (const ReceiptRecord& receipt : record.receipts) {
        auto view = make_txn_view(record, payload, receipt);
        if (!view) continue;
        view->index = block.txns.size();
        block.txns.push_back(*std::move(view));
    }
    return block;
}

std::vector<rpc::ReceiptView> receipt_views_of(const BatchRecord& record) {
    std::vector<rpc::ReceiptView> out;
    const auto payload = sequencing::decode_payload(record.payload);
    std::uint64_t cumulative_gas = 0;
    std::uint64_t log_index = 0;
    for (const ReceiptRecord& receipt : record.receipts) {
        auto txn = make_txn_view(record, payload, receipt);
        if (!txn) {
            log_index += receipt.logs.size();  // logs of `call` messages belong to no transaction
            continue;
        }
        rpc::ReceiptView view;
        view.receipt = make_receipt(receipt, txn->txn.type);
        cumulative_gas += receipt.gas_used;
        view.receipt.cumulative_gas_used = cumulative_gas;
        view.first_log_index = log_index;
        log_index += receipt.logs.size();
        view.txn = *std::move(txn);
        view.txn.index = out.size();
        out.push_back(std::move(view));
    }
    return out;
}

}  // namespace enshrine::rollup_node
