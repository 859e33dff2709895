// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rpc/eth_json.hpp>

namespace enshrine::rpc {
namespace {

using types::TxnType;

/// keccak256(rlp([])): the hash of an empty list of uncles.
constexpr std::array<Byte, 32> empty_uncles_hash{0x1d, 0xcc, 0x4d, 0xe8, 0xde, 0xc7, 0x5d, 0x7a, 0xab, 0x85, 0xb5,
                                                 0x67, 0xb6, 0xcc, 0xd4, 0x1a, 0xd3, 0x12, 0x45, 0x1b, 0x94, 0x8a,
                                                 0x74, 0x13, 0xf0, 0xa1, 0x42, 0xfd, 0x40, 0xd4, 0x93, 0x47};

bool has_fee_market(TxnType type) noexcept {
    return type == TxnType::dynamic_fee || type == TxnType::blob;
}

void write_address_or_null(JsonWriter& json, std::string_view name, const std::optional<Address>& address) {
    if (address) {
        json.hex(name, address->view());
    } else {
        json.null(name);
    }
}

void write_header(JsonWriter& json, const types::BlockHeader& header) {
    json.quantity("number", header.number);
    json.hex("parentHash", header.parent_hash.view());
    json.hex("sha3Uncles", empty_uncles_hash);
    json.string("nonce", "0x0000000000000000");
    json.quantity("difficulty", std::uint64_t{0});
    json.hex("mixHash", Hash32{}.view());
    json.hex("miner", header.proposer.view());
    json.hex("stateRoot", header.state_root.view());
    json.hex("transactionsRoot", header.transactions_root.view());
    json.hex("receiptsRoot", header.receipts_root.view());
    json.hex("logsBloom", header.logs_bloom.view());
    json.quantity("gasLimit", header.gas_limit);
    json.quantity("gasUsed", header.gas_used);
    json.quantity("timestamp", header.timestamp);
    json.hex("extraData", header.extra);
    json.quantity("baseFeePerGas", header.base_fee_per_gas);
    json.quantity("blobGasUsed", header.blob_gas_used);
    json.quantity("excessBlobGas", header.excess_blob_gas);
    json.hex("dataAvailabilityRoot", header.data_availability_root.view());
    json.hex("messageHubRoot", header.message_hub_root.view());
}

void write_access_list(JsonWriter& json, const std::vector<types::AccessListEntry>& list) {
    json.key("accessList").begin_array();
    for (const auto& entry : list) {
        json.begin_object().hex("address", entry.address.view()).key("storageKeys").begin_array();
        for (const Hash32& key : entry.storage_keys) json.hex(key.view());
        json.end_array().end_object();
    }
    json.end_array();
}

void write_prices(JsonWriter& json, const TxnView& view) {
    const types::Transaction& txn = view.txn;
    if (!has_fee_market(txn.type)) {
        json.quantity("gasPrice", txn.max_fee_per_gas);
        return;
    }
    json.quantity("gasPrice", view.block_number ? view.effective_gas_price : txn.max_fee_per_gas);
    json.quantity("maxFeePerGas", txn.max_fee_per_gas);
    json.quantity("maxPriorityFeePerGas", txn.max_priority_fee_per_gas);
}

void write_blob_fields(JsonWriter& json, const types::Transaction& txn) {
    json.quantity("maxFeePerBlobGas", txn.max_fee_per_blob_gas);
    json.key("blobVersionedHashes").begin_array();
    for (const Hash32& hash : txn.blob_versioned_hashes) json.hex(hash.view());
    json.end_array();
}

/// `v` of a legacy transaction carries the chain id (EIP-155); elsewhere it is the parity, which also stands in
/// yParity.
void write_signature(JsonWriter& json, const types::Transaction& txn) {
    const std::uint64_t parity = txn.signature.recovery_id;
    if (txn.type != TxnType::legacy) {
        json.quantity("v", parity).quantity("yParity", parity);
    } else if (txn.chain_id) {
        json.quantity("v", U256{*txn.chain_id} * U256{2} + U256{35 + parity});
    } else {
        json.quantity("v", 27 + parity);
    }
    json.quantity("r", txn.signature.r).quantity("s", txn.signature.s);
}

/// Where a transaction stands; null for all three while it is pending.
void write_place(JsonWriter& json, const TxnView& view) {
    if (view.block_number) {
        json.hex("blockHash", view.block_hash.view());
        json.quantity("blockNumber", *view.block_number);
        json.quantity("transactionIndex", view.index);
    } else {
        json.null("blockHash").null("blockNumber").null("transactionIndex");
    }
}

void write_quantities(JsonWriter& json, std::string_view name, const std::vector<U256>& values) {
    json.key(name).begin_array();
    for (const U256& value : values) json.quantity(value);
    json.end_array();
}

void write_ratios(JsonWriter& json, std::string_view name, const std::vector<double>& values) {
    json.key(name).begin_array();
    for (const double value : values) json.number(value);
    json.end_array();
}

}  // namespace

void write_block(JsonWriter& json, const BlockView& block, TxnDetail detail) {
    json.begin_object().hex("hash", block.hash.view());
    write_header(json, block.header);
    json.quantity("size", block.size_bytes);
    json.key("uncles").begin_array().end_array();
    json.key("transactions").begin_array();
    for (const TxnView& txn : block.txns) {
        if (detail == TxnDetail::full) {
            write_transaction(json, txn);
        } else {
            json.hex(txn.hash.view());
        }
    }
    json.end_array().end_object();
}

void write_transaction(JsonWriter& json, const TxnView& view) {
    const types::Transaction& txn = view.txn;
    json.begin_object();
    write_place(json, view);
    json.hex("hash", view.hash.view());
    json.quantity("type", std::to_underlying(txn.type));
    if (txn.chain_id) json.quantity("chainId", *txn.chain_id);
    json.quantity("nonce", txn.nonce);
    json.hex("from", view.from.view());
    write_address_or_null(json, "to", txn.to);
    json.quantity("value", txn.value.wei());
    json.quantity("gas", txn.gas_limit);
    write_prices(json, view);
    json.hex("input", txn.data);
    if (txn.type != TxnType::legacy) write_access_list(json, txn.access_list);
    if (txn.type == TxnType::blob) write_blob_fields(json, txn);
    write_signature(json, txn);
    json.end_object();
}

void write_receipt(JsonWriter& json, const ReceiptView& view, std::string_view revert_reason) {
    const types::Receipt& receipt = view.receipt;
    json.begin_object().hex("transactionHash", view.txn.hash.view());
    write_place(json, view.txn);
    json.hex("from", view.txn.from.view());
    write_address_or_null(json, "to", view.txn.txn.to);
    json.null("contractAddress");
    json.quantity("type", std::to_underlying(receipt.txn_type));
    json.quantity("status", std::uint64_t{receipt.status ? 1U : 0U});
    json.quantity("gasUsed", receipt.gas_used);
    json.quantity("cumulativeGasUsed", receipt.cumulative_gas_used);
    json.quantity("effectiveGasPrice", receipt.effective_gas_price);
    if (receipt.txn_type == TxnType::blob) {
        json.quantity("blobGasUsed", receipt.blob_gas_used).quantity("blobGasPrice", view.blob_gas_price);
    }
    json.hex("logsBloom", receipt.bloom.view());
    if (!receipt.status && !receipt.revert_data.empty()) {
        json.hex("revertData", receipt.revert_data).string("revertReason", revert_reason);
    }
    json.key("logs").begin_array();
    for (std::size_t i = 0; i < receipt.logs.size(); ++i) {
        write_log(json, {.log = receipt.logs[i],
                         .block_number = view.txn.block_number.value_or(0),
                         .block_hash = view.txn.block_hash,
                         .txn_hash = view.txn.hash,
                         .txn_index = view.txn.index,
                         .log_index = view.first_log_index + i});
    }
    json.end_array().end_object();
}

void write_log(JsonWriter& json, const LogView& view) {
    json.begin_object().hex("address", view.log.address.view());
    json.key("topics").begin_array();
    for (const Hash32& topic : view.log.topics) json.hex(topic.view());
    json.end_array();
    json.hex("data", view.log.data);
    json.hex("blockHash", view.block_hash.view());
    json.quantity("blockNumber", view.block_number);
    json.hex("transactionHash", view.txn_hash.view());
    json.quantity("transactionIndex", view.txn_index);
    json.quantity("logIndex", view.log_index);
    json.boolean("removed", false).end_object();
}

void write_fee_history(JsonWriter& json, const FeeHistory& history) {
    json.begin_object().quantity("oldestBlock", history.oldest_block);
    write_quantities(json, "baseFeePerGas", history.base_fees);
    write_ratios(json, "gasUsedRatio", history.gas_used_ratios);
    write_quantities(json, "baseFeePerBlobGas", history.blob_base_fees);
    write_ratios(json, "blobGasUsedRatio", history.blob_gas_used_ratios);
    if (!history.rewards.empty()) {
        json.key("reward").begin_array();
        for (const auto& block : history.rewards) {
            json.begin_array();
            for (const U256& reward : block) json.quantity(reward);
            json.end_array();
        }
        json.end_array();
    }
    json.end_object();
}

}  // namespace enshrine::rpc
