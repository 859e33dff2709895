// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/hash/keccak.hpp>
#include <enshrine/rpc/eth.hpp>
#include <enshrine/rpc/eth_json.hpp>
#include <enshrine/rpc/eth_params.hpp>
#include <enshrine/rpc/revert.hpp>

#include <fmt/format.h>

#include <memory>

namespace enshrine::rpc {
namespace {

using Answer = RpcResult<std::string>;

constexpr std::string_view null_json = "null";
constexpr std::string_view block_parameter = "block: number, hash or tag = latest";

std::string quantity_json(const U256& value) {
    return JsonWriter{}.quantity(value).take();
}
std::string hex_json(BytesView bytes) {
    return JsonWriter{}.hex(bytes).take();
}
std::string text_json(std::string_view text) {
    return JsonWriter{}.string(text).take();
}

struct Context {
    EthBackend& backend;
    std::string client_version;
    RevertDecoder reverts;

    /// Backends report a revert with its data alone; the text is made here.
    [[nodiscard]] RpcError named(RpcError error) const {
        if (error.code != execution_reverted) return error;
        const auto data = codec::parse_hex(error.revert_data);
        return data ? reverts.error(*data) : error;
    }
};

using Method = Answer (*)(const Context&, const Params&);

// Chain and fees

Answer chain_id(const Context& context, const Params&) {
    return quantity_json(context.backend.chain_id());
}
Answer block_number(const Context& context, const Params&) {
    return quantity_json(context.backend.block_number());
}
Answer gas_price(const Context& context, const Params&) {
    return quantity_json(context.backend.base_fee() + context.backend.suggested_tip());
}
Answer max_priority_fee(const Context& context, const Params&) {
    return quantity_json(context.backend.suggested_tip());
}
Answer blob_base_fee(const Context& context, const Params&) {
    return quantity_json(context.backend.blob_base_fee());
}
Answer accounts(const Context&, const Params&) {
    return "[]";
}
Answer syncing(const Context&, const Params&) {
    return "false";
}
Answer net_version(const Context& context, const Params&) {
    return text_json(fmt::format("{}", context.backend.chain_id()));
}
Answer net_listening(const Context&, const Params&) {
    return "true";
}
Answer client_version(const Context& context, const Params&) {
    return text_json(context.client_version);
}
Answer sha3(const Context&, const Params& params) {
    ENSHRINE_TRY(const Bytes data, params.bytes(0, "data"));
    return hex_json(hash::keccak256(data).view());
}

Answer fee_history(const Context& context, const Params& params) {
    ENSHRINE_TRY(const std::uint64_t count, params.u64(0, "blockCount"));
    if (count == 0) return std::unexpected{params.at(0, "blockCount").invalid("at least one block")};
    ENSHRINE_TRY(const BlockId newest, params.block_id(1, "newestBlock"));
    ENSHRINE_TRY(const auto percentiles, parse_percentiles(params.at(2, "rewardPercentiles")));
    ENSHRINE_TRY(const FeeHistory history,
                 context.backend.fee_history(std::min(count, fee_history_blocks_max), newest, percentiles));
    JsonWriter json;
    write_fee_history(json, history);
    return json.take();
}

// Accounts

Answer balance(const Context& context, const Params& params) {
    ENSHRINE_TRY(const Address address, params.address(0, "address"));
    ENSHRINE_TRY(const BlockId at, params.block_id(1, "block"));
    ENSHRINE_TRY(const Amount amount, context.backend.balance(address, at));
    return quantity_json(amount.wei());
}

Answer transaction_count(const Context& context, const Params& params) {
    ENSHRINE_TRY(const Address address, params.address(0, "address"));
    ENSHRINE_TRY(const BlockId at, params.block_id(1, "block"));
    ENSHRINE_TRY(const std::uint64_t nonce, context.backend.nonce(address, at));
    return quantity_json(nonce);
}

Answer code(const Context& context, const Params& params) {
    ENSHRINE_TRY(const Address address, params.address(0, "address"));
    ENSHRINE_TRY(const BlockId at, params.block_id(1, "block"));
    ENSHRINE_TRY(const Bytes bytes, context.backend.code(address, at));
    return hex_json(bytes);
}

Answer storage_at(const Context& context, const Params& params) {
    ENSHRINE_TRY(const Address address, params.address(0, "address"));
    ENSHRINE_TRY(const Hash32 slot, params.at(1, "slot").word());
    ENSHRINE_TRY(const BlockId at, params.block_id(2, "block"));
    ENSHRINE_TRY(const Hash32 value, context.backend.storage(address, slot, at));
    return hex_json(value.view());
}

// Calls and transactions

Answer call(const Context& context, const Params& params) {
    ENSHRINE_TRY(const CallRequest request,
                 parse_call_request(params.at(0, "transaction"), context.backend.chain_id()));
    ENSHRINE_TRY(const BlockId at, params.block_id(1, "block"));
    for (const auto& [index, name] : {std::pair{std::size_t{2}, "stateOverrides"}, {3, "blockOverrides"}}) {
        const JsonValue overrides = params.at(index, name);
        if (!overrides.absent() && !overrides.is_empty_object()) {
            return std::unexpected{overrides.invalid("nothing: overrides are not supported")};
        }
    }
    const auto answer = context.backend.call(request, at);
    if (!answer) return std::unexpected{context.named(answer.error())};
    if (!answer->succeeded) return std::unexpected{context.reverts.error(answer->return_data)};
    return hex_json(answer->return_data);
}

Answer estimate_gas(const Context& context, const Params& params) {
    ENSHRINE_TRY(const CallRequest request,
                 parse_call_request(params.at(0, "transaction"), context.backend.chain_id()));
    ENSHRINE_CHECK(params.block_id(1, "block"));
    const auto gas = context.backend.estimate_gas(request);
    if (!gas) return std::unexpected{context.named(gas.error())};
    return quantity_json(*gas);
}

Answer send_raw_transaction(const Context& context, const Params& params) {
    ENSHRINE_TRY(const Bytes raw, params.bytes(0, "transaction"));
    ENSHRINE_TRY(const Hash32 hash, context.backend.send_raw_transaction(raw));
    return hex_json(hash.view());
}

Answer transaction_json(const std::optional<TxnView>& txn) {
    if (!txn) return std::string{null_json};
    JsonWriter json;
    write_transaction(json, *txn);
    return json.take();
}

Answer transaction_by_hash(const Context& context, const Params& params) {
    ENSHRINE_TRY(const Hash32 hash, params.hash(0, "transactionHash"));
    ENSHRINE_TRY(const auto txn, context.backend.transaction(hash));
    return transaction_json(txn);
}

Answer transaction_receipt(const Context& context, const Params& params) {
    ENSHRINE_TRY(const Hash32 hash, params.hash(0, "transactionHash"));
    ENSHRINE_TRY(const auto receipt, context.backend.receipt(hash));
    if (!receipt) return std::string{null_json};
    JsonWriter json;
    write_receipt(json, *receipt, context.reverts.text(receipt->receipt.revert_data));
    return json.take();
}

// Blocks

Answer block_json(const Context& context, const BlockId& id, const Params& params) {
    ENSHRINE_TRY(const auto full, params.optional_boolean(1, "fullTransactions"));
    ENSHRINE_TRY(const auto block, context.backend.block(id));
    if (!block) return std::string{null_json};
    JsonWriter json;
    write_block(json, *block, full.value_or(false) ? TxnDetail::full : TxnDetail::hashes);
    return json.take();
}

Answer block_by_number(const Context& context, const Params& params) {
    ENSHRINE_TRY(const BlockId id, params.block_id(0, "block"));
    return block_json(context, id, params);
}

Answer block_by_hash(const Context& context, const Params& params) {
    ENSHRINE_TRY(const Hash32 hash, params.hash(0, "blockHash"));
    return block_json(context, hash, params);
}

Answer count_json(const Context& context, const BlockId& id) {
    ENSHRINE_TRY(const auto block, context.backend.block(id));
    return block ? quantity_json(block->txns.size()) : std::string{null_json};
}

Answer count_by_number(const Context& context, const Params& params) {
    ENSHRINE_TRY(const BlockId id, params.block_id(0, "block"));
    return count_json(context, id);
}

Answer count_by_hash(const Context& context, const Params& params) {
    ENSHRINE_TRY(const Hash32 hash, params.hash(0, "blockHash"));
    return count_json(context, hash);
}

Answer indexed_json(const Context& context, const BlockId& id, std::uint64_t index) {
    ENSHRINE_TRY(const auto block, context.backend.block(id));
    if (!block || index >= block->txns.size()) return std::string{null_json};
    return transaction_json(block->txns[index]);
}

Answer transaction_by_number_and_index(const Context& context, const Params& params) {
    ENSHRINE_TRY(const BlockId id, params.block_id(0, "block"));
    ENSHRINE_TRY(const std::uint64_t index, params.u64(1, "index"));
    return indexed_json(context, id, index);
}

Answer transaction_by_hash_and_index(const Context& context, const Params& params) {
    ENSHRINE_TRY(const Hash32 hash, params.hash(0, "blockHash"));
    ENSHRINE_TRY(const std::uint64_t index, params.u64(1, "index"));
    return indexed_json(context, hash, index);
}

Answer block_receipts(const Context& context, const Params& params) {
    ENSHRINE_TRY(const BlockId id, params.block_id(0, "block"));
    ENSHRINE_TRY(const auto block, context.backend.block(id));
    if (!block) return std::string{null_json};
    JsonWriter json;
    json.begin_array();
    for (const TxnView& txn : block->txns) {
        ENSHRINE_TRY(const auto receipt, context.backend.receipt(txn.hash));
        if (receipt) write_receipt(json, *receipt, context.reverts.text(receipt->receipt.revert_data));
    }
    json.end_array();
    return json.take();
}

Answer logs(const Context& context, const Params& params) {
    ENSHRINE_TRY(const LogFilter filter, parse_log_filter(params.at(0, "filter"), context.backend));
    ENSHRINE_TRY(const auto found, context.backend.logs(filter));
    JsonWriter json;
    json.begin_array();
    for (const LogView& log : found) write_log(json, log);
    json.end_array();
    return json.take();
}

struct Row {
    std::string_view name;
    Method method;
    std::string parameters;
    std::string_view documentation;
};

std::vector<Row> rows() {
    const std::string block{block_parameter};
    const std::string call_parameters = "transaction: object {from, to, gas, value, input}, " + block +
                                        ", stateOverrides: object, which has to be empty = {}"
                                        ", blockOverrides: object, which has to be empty = {}";
    return {
        {"eth_chainId", chain_id, "", "The chain id."},
        {"eth_blockNumber", block_number, "", "Number of the latest block."},
        {"eth_gasPrice", gas_price, "", "Base fee of the next block and the suggested tip, in wei."},
        {"eth_maxPriorityFeePerGas", max_priority_fee, "", "The suggested tip, in wei."},
        {"eth_blobBaseFee", blob_base_fee, "", "Price of blob gas in the next block, in wei."},
        {"eth_feeHistory", fee_history,
         "blockCount: quantity, newestBlock: number or tag, rewardPercentiles: array of numbers = []",
         "Base fees, use of gas and paid tips of past blocks."},
        {"eth_accounts", accounts, "", "Always empty: the node keeps no keys of users."},
        {"eth_syncing", syncing, "", "Always false."},
        {"eth_getBalance", balance, "address: address, " + block, "Balance in wei."},
        {"eth_getTransactionCount", transaction_count, "address: address, " + block,
         "Nonce of the next transaction; with `pending` after those that wait."},
        {"eth_getCode", code, "address: address, " + block, "Code of a system contract, or 0x."},
        {"eth_getStorageAt", storage_at, "address: address, slot: 32-byte word, " + block, "A storage word."},
        {"eth_call", call, call_parameters, "Runs a call without a transaction. Reverts are error 3 with their data."},
        {"eth_estimateGas", estimate_gas, call_parameters, "Gas limit with which the transaction succeeds."},
        {"eth_sendRawTransaction", send_raw_transaction, "transaction: bytes",
         "Submits a signed transaction; type 3 with its sidecar. Returns its hash."},
        {"eth_getTransactionByHash", transaction_by_hash, "transactionHash: hash", "A transaction, or null."},
        {"eth_getTransactionReceipt", transaction_receipt, "transactionHash: hash", "A receipt, or null."},
        {"eth_getTransactionByBlockNumberAndIndex", transaction_by_number_and_index,
         "block: number, hash or tag, index: quantity", "A transaction, or null."},
        {"eth_getTransactionByBlockHashAndIndex", transaction_by_hash_and_index, "blockHash: hash, index: quantity",
         "A transaction, or null."},
        {"eth_getBlockByNumber", block_by_number, "block: number, hash or tag, fullTransactions: boolean = false",
         "A block, or null."},
        {"eth_getBlockByHash", block_by_hash, "blockHash: hash, fullTransactions: boolean = false",
         "A block, or null."},
        {"eth_getBlockTransactionCountByNumber", count_by_number, "block: number, hash or tag",
         "How many transactions a block has, or null."},
        {"eth_getBlockTransactionCountByHash", count_by_hash, "blockHash: hash",
         "How many transactions a block has, or null."},
        {"eth_getBlockReceipts", block_receipts, "block: number, hash or tag", "All receipts of a block, or null."},
        {"eth_getLogs", logs, "filter: object {fromBlock, toBlock, blockHash, address, topics}",
         "Logs of at most 10,000 blocks."},
        {"net_version", net_version, "", "The chain id in decimal."},
        {"net_listening", net_listening, "", "Always true."},
        {"web3_clientVersion", client_version, "", "Name and version of the node."},
        {"web3_sha3", sha3, "data: bytes", "Keccak-256."},
    };
}

}  // namespace

void add_eth_methods(Endpoint& endpoint, EthBackend& backend, const EthOptions& options) {
    const auto context = std::make_shared<const Context>(
        Context{backend, options.client_version, RevertDecoder{options.error_declarations}});
    for (Row& row : rows()) {
        endpoint.add(
            std::string{row.name},
            {.handler = [context, method = row.method](const Params& params) { return method(*context, params); },
             .parameters = std::move(row.parameters),
             .documentation = std::string{row.documentation}});
    }
}

}  // namespace enshrine::rpc
