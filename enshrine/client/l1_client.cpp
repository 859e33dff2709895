// SPDX-License-Identifier: Apache-2.0
#include <enshrine/client/answer.hpp>
#include <enshrine/client/l1_client.hpp>

namespace enshrine::client {
namespace {

using codec::format_hex;
using codec::format_quantity;
using rpc::RpcError;
using rpc::RpcResult;
using simdjson::dom::element;

types::Log read_log(ObjectReader& log) {
    types::Log out;
    out.address = log.address("address");
    out.data = log.bytes("data");
    for (const element topic : log.array("topics")) {
        std::string_view text;
        const bool is_text = topic.get(text) == simdjson::SUCCESS;
        const auto hash = codec::parse_hex_fixed<32>(is_text ? text : std::string_view{});
        if (hash) out.topics.push_back(*hash);
    }
    return out;
}

}  // namespace

RpcResult<std::uint64_t> L1Client::chain_id() {
    ENSHRINE_TRY(const auto json, rpc_->call("eth_chainId", "[]"));
    return parse_u64(json);
}

RpcResult<std::uint64_t> L1Client::block_number() {
    ENSHRINE_TRY(const auto json, rpc_->call("eth_blockNumber", "[]"));
    return parse_u64(json);
}

RpcResult<std::optional<BlockSummary>> L1Client::block(std::uint64_t number) {
    ENSHRINE_TRY(const auto json,
                 rpc_->call("eth_getBlockByNumber", fmt::format("[\"{}\",false]", format_quantity(number))));
    if (json == "null") return std::nullopt;
    ENSHRINE_TRY(const auto document, parse(json));
    ObjectReader block{document->root};
    BlockSummary out;
    out.number = block.u64("number");
    out.hash = block.hash("hash");
    out.timestamp = block.u64("timestamp");
    out.state_root = block.hash("stateRoot");
    out.message_hub_root = block.hash("messageHubRoot");
    return block.result(std::optional{out});
}

RpcResult<Amount> L1Client::balance(const Address& address) {
    ENSHRINE_TRY(const auto json,
                 rpc_->call("eth_getBalance", fmt::format("[\"{}\",\"latest\"]", codec::format_address(address))));
    ENSHRINE_TRY(const auto wei, parse_u256(json));
    return Amount{wei};
}

RpcResult<std::uint64_t> L1Client::pending_nonce(const Address& address) {
    ENSHRINE_TRY(const auto json, rpc_->call("eth_getTransactionCount",
                                             fmt::format("[\"{}\",\"pending\"]", codec::format_address(address))));
    return parse_u64(json);
}

RpcResult<std::uint64_t> L1Client::confirmed_nonce(const Address& address) {
    ENSHRINE_TRY(const auto json, rpc_->call("eth_getTransactionCount",
                                             fmt::format("[\"{}\",\"latest\"]", codec::format_address(address))));
    return parse_u64(json);
}

RpcResult<Bytes> L1Client::call(const Address& to, BytesView data) {
    ENSHRINE_TRY(const auto json, rpc_->call("eth_call", fmt::format(R"([{{"to":"{}","data":"{}"}},"latest"])",
                                                                     codec::format_address(to), format_hex(data))));
    return parse_bytes(json);
}

RpcResult<U256> L1Client::max_priority_fee() {
    ENSHRINE_TRY(const auto json, rpc_->call("eth_maxPriorityFeePerGas", "[]"));
    return parse_u256(json);
}

RpcResult<U256> L1Client::base_fee() {
    ENSHRINE_TRY(const auto json, rpc_->call("eth_getBlockByNumber", "[\"latest\",false]"));
    ENSHRINE_TRY(const auto document, parse(json));
    ObjectReader block{document->root};
    const U256 fee = block.u256("baseFeePerGas");
    return block.result(fee);
}

RpcResult<U256> L1Client::blob_base_fee() {
    ENSHRINE_TRY(const auto json, rpc_->call("eth_blobBaseFee", "[]"));
    return parse_u256(json);
}

RpcResult<std::uint64_t> L1Client::estimate_gas(const GasQuery& query) {
    ENSHRINE_TRY(
        const auto json,
        rpc_->call("eth_estimateGas", fmt::format(R"([{{"from":"{}","to":"{}","value":"{}","data":"{}"}}])",
                                                  codec::format_address(query.from), codec::format_address(query.to),
                                                  format_quantity(query.value.wei()), format_hex(query.data))));
    return parse_u64(json);
}

RpcResult<Hash32> L1Client::send_raw(BytesView raw) {
    ENSHRINE_TRY(const auto json, rpc_->call("eth_sendRawTransaction", fmt::format("[\"{}\"]", format_hex(raw))));
    ENSHRINE_TRY(const auto bytes, parse_bytes(json));
    if (bytes.size() != Hash32::size()) return bad_answer("result", "32 bytes");
    return Hash32::from(bytes);
}

RpcResult<std::optional<TxnReceipt>> L1Client::receipt(const Hash32& hash) {
    ENSHRINE_TRY(const auto json,
                 rpc_->call("eth_getTransactionReceipt", fmt::format("[\"{}\"]", format_hex(hash.view()))));
    if (json == "null") return std::nullopt;
    ENSHRINE_TRY(const auto document, parse(json));
    ObjectReader receipt{document->root};
    TxnReceipt out;
    out.hash = receipt.hash("transactionHash");
    out.block_number = receipt.u64("blockNumber");
    out.block_hash = receipt.hash("blockHash");
    out.succeeded = receipt.u64("status") == 1;
    out.gas_used = receipt.u64("gasUsed");
    if (receipt.has("revertData")) out.revert_data = receipt.bytes("revertData");
    for (const element item : receipt.array("logs")) {
        ObjectReader log{item};
        out.logs.push_back(read_log(log));
    }
    return receipt.result(std::optional{std::move(out)});
}

RpcResult<RollupStatus> L1Client::rollup_status(std::uint64_t rollup) {
    ENSHRINE_TRY(const auto json, rpc_->call("rollup_status", fmt::format("[\"{}\"]", format_quantity(rollup))));
    ENSHRINE_TRY(const auto document, parse(json));
    ObjectReader status{document->root};
    RollupStatus out;
    out.id = status.u64("rollup");
    out.name = status.string("name");
    out.sequencer = status.address("sequencer");
    out.program_id = status.hash("programId");
    out.genesis_state_root = status.hash("genesisStateRoot");
    out.last_sequence = status.u64("lastSequence");
    out.last_batch_hash = status.hash("lastBatchHash");
    out.inbox_consumed = status.u64("inboxConsumed");
    out.inbox_count = status.u64("inboxCount");
    out.settled_sequence = status.u64("settledSequence");
    out.settled_state_root = status.hash("settledStateRoot");
    simdjson::dom::element validity;
    if (document->root["validity"].get(validity) == simdjson::SUCCESS && !validity.is_null()) {
        ObjectReader limits{validity};
        out.inbox_max = limits.u64("inboxMax");
        out.payload_max = limits.u64("payloadMax");
        ENSHRINE_CHECK(limits.result(true));
    }
    return status.result(std::move(out));
}

RpcResult<std::vector<std::uint64_t>> L1Client::rollups() {
    ENSHRINE_TRY(const auto json, rpc_->call("rollup_list", "[]"));
    ENSHRINE_TRY(const auto document, parse(json));
    simdjson::dom::array items;
    if (document->root.get(items) != simdjson::SUCCESS) return bad_answer("result", "an array");
    std::vector<std::uint64_t> out;
    for (const element item : items) {
        std::string_view text;
        const bool is_text = item.get(text) == simdjson::SUCCESS;
        const auto id = codec::parse_quantity_u64(is_text ? text : std::string_view{});
        if (!id) return bad_answer("result", "an array of quantities");
        out.push_back(*id);
    }
    return out;
}

RpcResult<Bytes> L1Client::rollup_program(std::uint64_t rollup) {
    ENSHRINE_TRY(const auto json, rpc_->call("rollup_getProgram", fmt::format("[\"{}\"]", format_quantity(rollup))));
    return parse_bytes(json);
}

RpcResult<Bytes> L1Client::rollup_genesis(std::uint64_t rollup) {
    ENSHRINE_TRY(const auto json, rpc_->call("rollup_getGenesis", fmt::format("[\"{}\"]", format_quantity(rollup))));
    return parse_bytes(json);
}

RpcResult<std::vector<InboxMessage>> L1Client::inbox(std::uint64_t rollup, std::uint64_t first, std::uint64_t count) {
    ENSHRINE_TRY(const auto json,
                 rpc_->call("msg_getInbox", fmt::format(R"(["{}","{}","{}"])", format_quantity(rollup),
                                                        format_quantity(first), format_quantity(count))));
    ENSHRINE_TRY(const auto document, parse(json));
    simdjson::dom::array items;
    if (document->root.get(items) != simdjson::SUCCESS) return bad_answer("result", "an array");
    std::vector<InboxMessage> out;
    for (const element item : items) {
        ObjectReader message{item};
        InboxMessage entry;
        entry.index = message.u64("index");
        entry.l1_height = message.u64("l1Height");
        entry.message = message.bytes("message");
        entry.rolling_hash = message.hash("rollingHash");
        ENSHRINE_TRY(auto checked, message.result(std::move(entry)));
        out.push_back(std::move(checked));
    }
    return out;
}

RpcResult<std::optional<BatchRecord>> L1Client::batch(std::uint64_t rollup, std::uint64_t sequence) {
    ENSHRINE_TRY(const auto json, rpc_->call("rollup_getBatch", fmt::format(R"(["{}","{}"])", format_quantity(rollup),
                                                                            format_quantity(sequence))));
    if (json == "null") return std::nullopt;
    ENSHRINE_TRY(const auto document, parse(json));
    ObjectReader batch{document->root};
    BatchRecord out;
    out.sequence = batch.u64("sequence");
    out.header = batch.bytes("header");
    out.hash = batch.hash("hash");
    out.l1_height = batch.u64("l1Height");
    out.l1_txn = batch.hash("l1Transaction");
    for (const element item : batch.array("versionedHashes")) {
        std::string_view text;
        const bool is_text = item.get(text) == simdjson::SUCCESS;
        const auto hash = codec::parse_hex_fixed<32>(is_text ? text : std::string_view{});
        if (!hash) return bad_answer("versionedHashes", "an array of 32-byte hashes");
        out.versioned_hashes.push_back(*hash);
    }
    out.payload_void = batch.boolean("payloadVoid");
    out.settled = batch.boolean("settled");
    if (out.settled) {
        out.state_root = batch.hash("stateRoot");
        out.outbox_root = batch.hash("outboxRoot");
    }
    return batch.result(std::optional{std::move(out)});
}

RpcResult<std::optional<BlobRecord>> L1Client::blob(const Hash32& versioned_hash) {
    ENSHRINE_TRY(const auto json, rpc_->call("da_getBlob", fmt::format("[\"{}\"]", format_hex(versioned_hash.view()))));
    if (json == "null") return std::nullopt;
    ENSHRINE_TRY(const auto document, parse(json));
    ObjectReader blob{document->root};
    BlobRecord out;
    out.blob = blob.bytes("blob");
    out.commitment = blob.fixed<48>("commitment", "48 bytes");
    out.height = blob.u64("height");
    return blob.result(std::optional{std::move(out)});
}

RpcResult<BlobSample> L1Client::sample(const Hash32& versioned_hash, std::span<const std::uint64_t> cells) {
    std::string indices;
    for (const std::uint64_t cell : cells)
        indices += fmt::format("{}\"{}\"", indices.empty() ? "" : ",", format_quantity(cell));
    ENSHRINE_TRY(const auto json,
                 rpc_->call("da_sample", fmt::format("[\"{}\",[{}]]", format_hex(versioned_hash.view()), indices)));
    if (json == "null") {
        return std::unexpected{RpcError{.code = rpc::resource_not_found,
                                        .message = "no block has published " + format_hex(versioned_hash.view()),
                                        .stable_code = "E-BLOB-UNKNOWN",
                                        .field = "versionedHash",
                                        .expected = "a published blob",
                                        .got = format_hex(versioned_hash.view())}};
    }
    ENSHRINE_TRY(const auto document, parse(json));
    ObjectReader sample{document->root};
    BlobSample out;
    out.commitment = sample.fixed<48>("commitment", "48 bytes");
    for (const element item : sample.array("cells")) {
        ObjectReader cell{item};
        SampledCell entry;
        entry.index = cell.u64("index");
        entry.cell = cell.bytes("cell");
        entry.proof = cell.fixed<48>("proof", "48 bytes");
        ENSHRINE_TRY(auto checked, cell.result(std::move(entry)));
        out.cells.push_back(std::move(checked));
    }
    return sample.result(std::move(out));
}

}  // namespace enshrine::client
