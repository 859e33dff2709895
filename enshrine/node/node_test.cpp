// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/client/json_rpc_client.hpp>
#include <enshrine/client/l1_client.hpp>
#include <enshrine/client/wallet.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/codec/rlp.hpp>
#include <enshrine/node/node.hpp>
#include <enshrine/node/node_for_test.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace enshrine::node {
namespace {

using namespace test;
using nlohmann::json;

NodeConfig node_config(const std::filesystem::path& folder, engine::BlockMode mode) {
    NodeConfig config;
    config.dev = true;
    config.data_dir = folder;
    config.rpc.port = 0;
    config.block_mode = mode;
    config.store_cache_bytes = std::uint64_t{1} << 20;
    return config;
}

/// A development node in this process, and a client of it.
class NodeTest : public ::testing::Test {
protected:
    void begin(engine::BlockMode mode = engine::BlockMode::manual) {
        auto started = Node::start(node_config(folder_.path(), mode), "test");
        ASSERT_TRUE(started.has_value()) << started.error();
        node_ = *std::move(started);
        rpc_ = make_rpc();
    }
    std::unique_ptr<client::JsonRpcClient> make_rpc() {
        auto made = client::JsonRpcClient::make("http://127.0.0.1:" + std::to_string(node_->port()));
        EXPECT_TRUE(made.has_value());
        return *std::move(made);
    }
    template <class... Values>
    static std::string parameters(const Values&... values) {
        json out = json::array();
        (out.push_back(values), ...);
        return out.dump();
    }
    template <class... Values>
    json call(std::string_view method, const Values&... values) {
        const auto answer = rpc_->call(method, parameters(values...));
        EXPECT_TRUE(answer.has_value()) << method << ": " << answer.error().message;
        return answer ? json::parse(*answer) : json{};
    }
    template <class... Values>
    rpc::RpcError refused(std::string_view method, const Values&... values) {
        const auto answer = rpc_->call(method, parameters(values...));
        EXPECT_FALSE(answer.has_value()) << method << ": " << *answer;
        return answer ? rpc::RpcError{} : answer.error();
    }
    rpc::RpcError refused_raw(const Bytes& raw) { return refused("eth_sendRawTransaction", codec::format_hex(raw)); }
    json send(const Bytes& raw) { return call("eth_sendRawTransaction", codec::format_hex(raw)); }

    store::TempFolder folder_;
    std::unique_ptr<Node> node_;
    std::unique_ptr<client::JsonRpcClient> rpc_;
};

std::string address(std::size_t account) {
    return codec::format_address(dev_accounts()[account].address);
}

TEST_F(NodeTest, TransferFromSubmissionToReceipt) {
    begin();
    const json hash = send(sign(transfer(0, 5)));
    EXPECT_EQ(call("eth_getTransactionReceipt", hash), nullptr);
    EXPECT_EQ(call("eth_getTransactionByHash", hash)["blockNumber"], nullptr);
    EXPECT_EQ(call("eth_getTransactionCount", address(0), "pending"), "0x1");
    EXPECT_EQ(call("eth_getTransactionCount", address(0), "latest"), "0x0");
    EXPECT_EQ(call("rollup_getFinality", hash)["level"], nullptr);
    EXPECT_EQ(call("dev_mine", 2), "0x2");
    const json receipt = call("eth_getTransactionReceipt", hash);
    EXPECT_EQ(receipt["status"], "0x1");
    EXPECT_EQ(receipt["blockNumber"], "0x1");
    EXPECT_EQ(receipt["gasUsed"], "0x5208");
    EXPECT_EQ(call("rollup_getFinality", hash)["level"], "P3");
    EXPECT_EQ(call("eth_getBalance", address(1), "latest"), "0x21e19e0c9bab2400005");
    EXPECT_EQ(call("eth_getBalance", address(1), "0x0"), "0x21e19e0c9bab2400000");
    const json block = call("eth_getBlockByNumber", "0x1", true);
    EXPECT_EQ(block["transactions"][0]["hash"], hash);
    EXPECT_EQ(block["hash"], receipt["blockHash"]);
    EXPECT_EQ(call("eth_getBlockByHash", block["hash"], false)["number"], "0x1");
}

TEST_F(NodeTest, BadTransactionsAreToldApart) {
    begin();
    const auto expect = [&](const Bytes& raw, std::string_view code, std::string_view field) {
        const auto error = refused_raw(raw);
        EXPECT_EQ(error.stable_code, code) << error.message;
        EXPECT_EQ(error.field, field) << error.message;
    };
    const auto changed = [](const std::function<void(types::Transaction&)>& change) {
        types::Transaction txn = transfer(0);
        change(txn);
        return sign(txn);
    };
    Bytes truncated = sign(transfer(0));
    truncated.pop_back();
    expect(truncated, "E-TXN-MALFORMED-ENVELOPE", "transaction");
    Bytes trailing = sign(transfer(0));
    trailing.push_back(0);
    expect(trailing, "E-TXN-TRAILING-BYTES", "transaction");
    expect({}, "E-TXN-EMPTY", "transaction");
    expect({0x05, 0xc0}, "E-TXN-UNKNOWN-TYPE", "type");
    expect(changed([](auto& txn) { txn.chain_id = 1; }), "E-TXN-WRONG-CHAIN-ID", "chainId");
    types::Transaction forged = *types::decode_transaction(sign(transfer(0)));
    forged.signature.r = U256{5};  // no point of the curve has this x
    expect(types::encode_transaction(forged), "E-SIGNATURE-NOT-RECOVERABLE", "signature");
    expect(changed([](auto& txn) { txn.nonce = 5'000; }), "E-TXN-NONCE-GAP-TOO-LARGE", "nonce");
    expect(changed([](auto& txn) { txn.value = *checked_mul(dev_balance(), 2); }), "E-TXN-INSUFFICIENT-FUNDS", "value");
    expect(changed([](auto& txn) { txn.to.reset(); }), "E-TXN-CONTRACT-CREATION", "to");
    expect(changed([](auto& txn) { txn.gas_limit = 20'999; }), "E-TXN-INTRINSIC-GAS-TOO-LOW", "gas");
    expect(changed([](auto& txn) { txn.gas_limit = 60'000'001; }), "E-TXN-GAS-LIMIT-ABOVE-BLOCK", "gas");
    expect(changed([](auto& txn) {
               txn.max_fee_per_gas = U256{1};
               txn.max_priority_fee_per_gas = U256{1};
           }),
           "E-TXN-FEE-BELOW-MINIMUM", "maxFeePerGas");
    expect(changed([](auto& txn) { txn.max_priority_fee_per_gas = U256{21'000'000'000}; }),
           "E-TXN-PRIORITY-FEE-ABOVE-MAX-FEE", "maxPriorityFeePerGas");
    auto wrong_proof = blob_transaction(0, 1);
    wrong_proof.sidecar->proofs[0] = blob_transaction(0, 2).sidecar->proofs[0];
    expect(types::encode_network_transaction(wrong_proof), "E-KZG-BAD-PROOF", "sidecar.proofs");
    expect(types::encode_transaction(blob_transaction(0, 1).transaction), "E-TXN-SIDECAR-MISSING", "sidecar");

    send(sign(transfer(0)));
    expect(sign(transfer(0)), "E-TXN-ALREADY-KNOWN", "");
    expect(sign(transfer(0, 2)), "E-TXN-REPLACEMENT-UNDERPRICED", "maxFeePerGas");
    call("dev_mine", 1);
    expect(sign(transfer(0, 3)), "E-TXN-NONCE-TOO-LOW", "nonce");

    EXPECT_EQ(refused("eth_sendRawTransaction", "0x0").code, rpc::invalid_params);
    EXPECT_EQ(refused("eth_sendRawTransaction").code, rpc::invalid_params);
    EXPECT_EQ(refused("eth_nonsense").code, rpc::method_not_found);
    const auto oversized = rpc_->call("eth_sendRawTransaction", parameters(std::string(17U << 20U, 'a')));
    ASSERT_FALSE(oversized.has_value());
    EXPECT_EQ(call("eth_chainId"), "0x384") << "the node goes on";
}

TEST_F(NodeTest, BlobsCanBeReadAndSampled) {
    begin();
    const auto network = blob_transaction(0, 7);
    const std::string versioned_hash = codec::format_hex(network.transaction.blob_versioned_hashes[0].view());
    const json hash = send(types::encode_network_transaction(network));
    EXPECT_EQ(call("da_getBlob", versioned_hash), nullptr) << "no block has published it";
    call("dev_mine", 1);
    const json blob = call("da_getBlob", versioned_hash);
    EXPECT_EQ(blob["blob"], codec::format_hex(network.sidecar->blobs[0]));
    EXPECT_EQ(blob["commitment"], codec::format_hex(network.sidecar->commitments[0].view()));
    EXPECT_EQ(blob["height"], "0x1");
    EXPECT_EQ(call("da_blobsAt", "0x1"), json::array({versioned_hash}));
    EXPECT_EQ(call("da_blobsAt", "0x0"), json::array());
    EXPECT_EQ(call("eth_getTransactionReceipt", hash)["blobGasUsed"], "0x20000");

    const json sampled = call("da_sample", versioned_hash, json::array({3, 127}));
    ASSERT_EQ(sampled["cells"].size(), 2U);
    std::vector<crypto::kzg::CellStatement> statements;
    for (const json& cell : sampled["cells"]) {
        crypto::kzg::CellStatement statement;
        statement.commitment = network.sidecar->commitments[0];
        statement.index = *codec::parse_quantity_u64(cell["index"].get<std::string>());
        statement.cell = crypto::kzg::Cell::from(*codec::parse_hex(cell["cell"].get<std::string>()));
        statement.proof = crypto::kzg::Proof::from(*codec::parse_hex(cell["proof"].get<std::string>()));
        statements.push_back(statement);
    }
    EXPECT_TRUE(crypto::kzg::verify_cells(statements).has_value());
    statements[0].index = 4;
    EXPECT_FALSE(crypto::kzg::verify_cells(statements).has_value());
    EXPECT_EQ(refused("da_sample", versioned_hash, json::array({128})).field, "indices[0]");
}

TEST_F(NodeTest, ProofsHoldAgainstTheHeader) {
    begin();
    call("dev_mine", 3);
    for (const std::size_t account : {std::size_t{0}, std::size_t{3}}) {
        const json proof =
            call("enshrine_getProof", "account", codec::format_hex(dev_accounts()[account].address.view()), "0x2");
        EXPECT_EQ(proof["stateRoot"], call("eth_getBlockByNumber", "0x2", false)["stateRoot"]);
        const auto decoded = state::decode_proof(*codec::parse_hex(proof["proof"].get<std::string>()));
        ASSERT_TRUE(decoded.has_value());
        const auto root = *codec::parse_hex_fixed<32>(proof["stateRoot"].get<std::string>());
        const Hash32 path = state::path_of(system::account_key(dev_accounts()[account].address));
        EXPECT_EQ(proof["path"], codec::format_hex(path.view()));
        const auto shown = state::verify_proof(root, path, *decoded);
        ASSERT_TRUE(shown.has_value() && shown->has_value());
        EXPECT_EQ(**shown, state::value_hash_of(*codec::parse_hex(proof["value"].get<std::string>())));
    }
    const json absent = call("enshrine_getProof", "account", "0x00000000000000000000000000000000000000aa");
    EXPECT_EQ(absent["value"], nullptr);
    EXPECT_EQ(refused("enshrine_getProof", "accounts", "0x00").field, "module");
}

TEST_F(NodeTest, CallsAndEstimates) {
    begin();
    const std::string registry = "0x454e000000000000000000000000000000000002";
    EXPECT_EQ(call("eth_getCode", registry, "latest"), "0xfe");
    EXPECT_EQ(call("eth_getCode", address(0), "latest"), "0x");
    const std::string rollups =
        codec::format_hex(codec::abi::Encoder{0}.finish_call(codec::abi::selector("rollups()")));
    EXPECT_EQ(call("eth_call", json{{"to", registry}, {"data", rollups}}, "latest").get<std::string>().size(),
              2U + 128U);
    const auto reverted = refused("eth_call", json{{"to", registry}, {"data", "0x12345678"}}, "latest");
    EXPECT_EQ(reverted.code, rpc::execution_reverted);
    EXPECT_NE(reverted.message.find("UnknownSelector"), std::string::npos) << reverted.message;
    EXPECT_EQ(call("eth_estimateGas", json{{"from", address(0)}, {"to", address(1)}, {"value", "0x1"}}), "0x5208");
    EXPECT_EQ(refused("eth_estimateGas", json{{"from", address(0)}, {"to", registry}, {"data", "0x12345678"}}).code,
              rpc::execution_reverted);
    EXPECT_EQ(refused("eth_call", json{{"to", registry}, {"data", rollups}}, "0x63").stable_code, "E-BLOCK-UNKNOWN");
}

TEST_F(NodeTest, PrecompilesThatFailDoNotRevert) {  // [CHAIN-PRE.2]
    begin();
    const std::string addition = "0x0000000000000000000000000000000000000006";
    EXPECT_EQ(call("eth_call", json{{"to", addition}, {"data", "0x"}}, "latest"), "0x" + std::string(128, '0'));
    const std::string off_curve = "0x" + std::string(63, '0') + "1" + std::string(63, '0') + "1";
    const auto refusal = refused("eth_call", json{{"to", addition}, {"data", off_curve}}, "latest");
    EXPECT_EQ(refusal.code, rpc::server_error);
    EXPECT_EQ(refusal.stable_code, "E-PRECOMPILE-INPUT");
    EXPECT_EQ(refusal.message, "precompile " + addition + " refuses its input of 64 bytes");
    EXPECT_EQ(refused("eth_estimateGas", json{{"to", addition}, {"data", off_curve}}).stable_code,
              "E-PRECOMPILE-INPUT");
    const auto poor = refused("eth_call", json{{"to", addition}, {"data", "0x"}, {"gas", "0x5209"}}, "latest");
    EXPECT_EQ(poor.stable_code, "E-CALL-OUT-OF-GAS");
    EXPECT_EQ(poor.message, "out of gas: the precompile needs 21150, the limit is 21001");
}

TEST_F(NodeTest, OldStatesArePruned) {
    begin();
    call("dev_mine", 300);
    EXPECT_EQ(call("eth_getBalance", address(0), "0x2c"), "0x21e19e0c9bab2400000");
    const auto error = refused("eth_getBalance", address(0), "0x2b");
    EXPECT_EQ(error.code, rpc::resource_not_found);
    EXPECT_EQ(error.message, "state at block 43 is pruned; this node keeps the states of blocks 44 to 300");
    EXPECT_EQ(call("eth_getBlockByNumber", "0x2b", false)["number"], "0x2b") << "blocks are kept";
}

TEST_F(NodeTest, FeeHistory) {
    begin();
    send(sign(transfer(0)));
    call("dev_mine", 2);
    const json history = call("eth_feeHistory", "0x2", "latest", json::array({0, 50, 100}));
    EXPECT_EQ(history["oldestBlock"], "0x1");
    EXPECT_EQ(history["baseFeePerGas"].size(), 3U);
    EXPECT_EQ(history["reward"][0], json::array({"0x3b9aca00", "0x3b9aca00", "0x3b9aca00"}));
    EXPECT_EQ(history["reward"][1], json::array({"0x0", "0x0", "0x0"}));
    EXPECT_EQ(call("eth_maxPriorityFeePerGas"), "0x3b9aca00");
}

TEST_F(NodeTest, TimeOfDevelopmentChains) {
    begin();
    const auto time_of_head = [&] {
        return *codec::parse_quantity_u64(
            call("eth_getBlockByNumber", "latest", false)["timestamp"].get<std::string>());
    };
    const std::uint64_t start = time_of_head();
    call("evm_setNextBlockTimestamp", start + 1000);
    call("evm_mine");
    EXPECT_EQ(time_of_head(), start + 1000);
    call("evm_increaseTime", 5000);
    call("anvil_mine");
    EXPECT_GE(time_of_head(), start + 6000);
    EXPECT_EQ(refused("dev_setNextTimestamp", start).field, "timestamp");
}

TEST_F(NodeTest, RollupMethodsWithoutRollups) {
    begin();
    EXPECT_EQ(call("rollup_list"), json::array());
    const auto expect_unknown = [](const rpc::RpcError& error) { EXPECT_EQ(error.stable_code, "E-ROLLUP-UNKNOWN"); };
    expect_unknown(refused("rollup_status", "0x385"));
    expect_unknown(refused("rollup_getProgram", "0x385"));
    expect_unknown(refused("rollup_getBatch", "0x385", "0x1"));
    expect_unknown(refused("msg_getInbox", "0x385", "0x0", "0x1"));
    expect_unknown(refused("msg_escrow", "0x385"));
    EXPECT_EQ(call("msg_consumed", "0x385", "0x384", "0x0"), false);
    EXPECT_EQ(refused("msg_getInbox", "0x385", "0x0", "0x101").field, "count");
    EXPECT_EQ(call("rollup_getFinality", std::string("0x") + std::string(64, '1')), nullptr);
}

TEST_F(NodeTest, InstantModeMinesEachTransaction) {
    begin(engine::BlockMode::instant);
    client::L1Client l1{make_rpc()};
    client::Wallet wallet{l1, dev_chain_id, dev_accounts()[2].key};
    for (std::uint64_t i = 1; i <= 3; ++i) {
        const auto receipt = wallet.send_and_wait(
            {.to = dev_accounts()[1].address, .value = Amount{std::uint64_t{1}}, .data = {}, .blobs = {}});
        ASSERT_TRUE(receipt.has_value()) << receipt.error().message;
        EXPECT_EQ(receipt->block_number, i);
    }
    Bytes blob(crypto::kzg::blob_bytes);
    blob[1] = 1;
    const auto receipt =
        wallet.send_and_wait({.to = dev_accounts()[1].address, .value = {}, .data = {}, .blobs = {blob}});
    ASSERT_TRUE(receipt.has_value()) << receipt.error().message;
    EXPECT_TRUE(receipt->succeeded);
}

TEST_F(NodeTest, EveryMethodIsDocumented) {
    begin();
    const json document = call("rpc.discover");
    for (const json& method : document["methods"]) {
        EXPECT_FALSE(method.value("summary", method.value("description", "")).empty()) << method["name"];
    }
    EXPECT_EQ(call("enshrine_nodeInfo")["chainId"], "0x384");
    EXPECT_EQ(call("enshrine_nodeInfo")["contracts"]["IInbox"], "0x454e000000000000000000000000000000000001");
}

TEST_F(NodeTest, PlainChainHasNoDevelopmentMethods) {
    auto config = node_config(folder_.path(), engine::BlockMode::manual);
    config.dev = false;
    config.chain_id = 77;
    config.storage.enabled = false;
    config.proposer = dev_accounts()[0].address;
    auto started = Node::start(config, "test");
    ASSERT_TRUE(started.has_value()) << started.error();
    node_ = *std::move(started);
    rpc_ = make_rpc();
    for (const std::string_view method : {"dev_mine", "evm_mine", "anvil_mine", "evm_increaseTime"}) {
        EXPECT_EQ(refused(method).code, rpc::method_not_found) << method;
    }
    EXPECT_EQ(call("eth_getBalance", address(0), "latest"), "0x0");
}

TEST_F(NodeTest, TakenPortMovesOrFails) {
    begin();
    const store::TempFolder other;
    auto config = node_config(other.path(), engine::BlockMode::manual);
    config.rpc.port = node_->port();
    config.rpc_port_fallback = false;
    EXPECT_FALSE(Node::start(config, "test").has_value());
    config.rpc_port_fallback = true;
    const auto moved = Node::start(config, "test");
    ASSERT_TRUE(moved.has_value()) << moved.error();
    EXPECT_NE((*moved)->port(), node_->port());
}

TEST_F(NodeTest, SecondNodeOnTheSameFolderIsRefused) {
    begin();
    const auto second = Node::start(node_config(folder_.path(), engine::BlockMode::manual), "test");
    ASSERT_FALSE(second.has_value());
    EXPECT_NE(second.error().find(folder_.path().string()), std::string::npos) << second.error();
}

}  // namespace
}  // namespace enshrine::node
