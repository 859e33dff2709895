// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/chain_error.hpp>
#include <enshrine/data_availability/sidecar.hpp>
#include <enshrine/mempool/mempool.hpp>
#include <enshrine/rpc/admission_error.hpp>
#include <enshrine/rpc/backend_for_test.hpp>
#include <enshrine/rpc/eth.hpp>
#include <enshrine/rpc/revert.hpp>
#include <enshrine/sequencing/rollup_transaction.hpp>
#include <enshrine/types/blob_sidecar.hpp>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>

namespace enshrine::rpc {
namespace {

using Json = nlohmann::json;
using testing::test_address;
using testing::test_hash;
using testing::TestBackend;

class Eth : public ::testing::Test {
protected:
    Eth() {
        static constexpr std::array declarations{testing::test_error};
        add_eth_methods(endpoint_, backend_, {.client_version = "enshrine/test", .error_declarations = declarations});
    }
    Json ask(const std::string& method, const Json& params = Json::array()) {
        const Json body{{"jsonrpc", "2.0"}, {"id", 1}, {"method", method}, {"params", params}};
        return Json::parse(endpoint_.handle(body.dump()));
    }
    Json result(const std::string& method, const Json& params = Json::array()) {
        const Json answer = ask(method, params);
        EXPECT_TRUE(answer.contains("result")) << method << answer;
        return answer.value("result", Json{});
    }
    Json error(const std::string& method, const Json& params = Json::array()) {
        const Json answer = ask(method, params);
        EXPECT_TRUE(answer.contains("error")) << method << answer;
        return answer.value("error", Json{});
    }
    static std::string text(const Address& address) { return codec::format_hex(address.view()); }
    static std::string text(const Hash32& hash) { return codec::format_hex(hash.view()); }

    TestBackend backend_;
    Endpoint endpoint_;
};

TEST_F(Eth, Constants) {
    EXPECT_EQ(result("eth_chainId"), "0x384");
    EXPECT_EQ(result("net_version"), "900");
    EXPECT_EQ(result("net_listening"), true);
    EXPECT_EQ(result("web3_clientVersion"), "enshrine/test");
    EXPECT_EQ(result("web3_sha3", {"0x"}), "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    EXPECT_EQ(result("eth_blockNumber"), "0x1");
    EXPECT_EQ(result("eth_accounts"), Json::array());
    EXPECT_EQ(result("eth_syncing"), false);
    EXPECT_EQ(result("eth_gasPrice"), "0x59682f00");
    EXPECT_EQ(result("eth_maxPriorityFeePerGas"), "0x1dcd6500");
    EXPECT_EQ(result("eth_blobBaseFee"), "0x1");
    EXPECT_EQ(error("eth_fillTransaction").at("code"), method_not_found);
}

TEST_F(Eth, Accounts) {
    EXPECT_EQ(result("eth_getBalance", {"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", "latest"}), "0xde0b6b3a7640000");
    EXPECT_EQ(result("eth_getTransactionCount", {text(test_address(1)), "pending"}), "0x5");
    EXPECT_EQ(result("eth_getTransactionCount", {text(test_address(1))}), "0x4");
    EXPECT_EQ(result("eth_getCode", {text(test_address(0x22)), "latest"}), "0xfe");
    EXPECT_EQ(result("eth_getCode", {text(test_address(1)), "latest"}), "0x");
    EXPECT_EQ(result("eth_getStorageAt", {text(test_address(1)), "0x2", "latest"}), "0x" + std::string(63, '0') + "2");
    EXPECT_EQ(error("eth_getBalance", {"0x12"}).at("data").at("field"), "address");
    EXPECT_EQ(error("eth_getBalance", {text(test_address(1)), "newest"}).at("data").at("field"), "block");
}

TEST_F(Eth, Blocks) {
    const Json block = result("eth_getBlockByNumber", {"latest", false});
    for (const auto* field : {"hash",
                              "parentHash",
                              "sha3Uncles",
                              "miner",
                              "stateRoot",
                              "transactionsRoot",
                              "receiptsRoot",
                              "logsBloom",
                              "difficulty",
                              "number",
                              "gasLimit",
                              "gasUsed",
                              "timestamp",
                              "extraData",
                              "mixHash",
                              "nonce",
                              "baseFeePerGas",
                              "blobGasUsed",
                              "excessBlobGas",
                              "size",
                              "uncles",
                              "transactions",
                              "dataAvailabilityRoot",
                              "messageHubRoot"}) {
        EXPECT_TRUE(block.contains(field)) << field;
    }
    EXPECT_FALSE(block.contains("withdrawals"));
    EXPECT_FALSE(block.contains("parentBeaconBlockRoot"));
    EXPECT_EQ(block.at("sha3Uncles"), "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347");
    EXPECT_EQ(block.at("nonce"), "0x0000000000000000");
    EXPECT_EQ(block.at("difficulty"), "0x0");
    EXPECT_EQ(block.at("miner"), text(test_address(0x77)));
    EXPECT_EQ(block.at("size"), "0x4d2");
    EXPECT_EQ(block.at("extraData"), "0x");
    EXPECT_EQ(block.at("dataAvailabilityRoot"), text(test_hash(0xda)));
    EXPECT_EQ(block.at("transactions").size(), 4U);
    EXPECT_TRUE(block.at("transactions")[0].is_string());
    EXPECT_EQ(result("eth_getBlockByHash", {block.at("hash"), true}).at("transactions")[3].at("type"), "0x3");
    EXPECT_TRUE(result("eth_getBlockByNumber", {"0x63", false}).is_null());
    EXPECT_TRUE(result("eth_getBlockByHash", {text(test_hash(9)), false}).is_null());
    EXPECT_EQ(result("eth_getBlockTransactionCountByNumber", {"0x1"}), "0x4");
    EXPECT_EQ(result("eth_getBlockTransactionCountByHash", Json::array({block.at("hash")})), "0x4");
    EXPECT_TRUE(result("eth_getBlockTransactionCountByNumber", {"0x63"}).is_null());
    EXPECT_EQ(error("eth_getBlockByNumber", {"latest", "yes"}).at("data").at("field"), "fullTransactions");
}

TEST_F(Eth, TransactionsOfEveryType) {
    for (std::size_t i = 0; i < 4; ++i) {
        const TxnView& view = backend_.block_1().txns[i];
        const Json txn = result("eth_getTransactionByHash", {text(view.hash)});
        EXPECT_EQ(txn.at("type"), fmt::format("{:#x}", i));
        EXPECT_EQ(txn.at("hash"), text(view.hash));
        EXPECT_EQ(txn.at("from"), "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
        EXPECT_EQ(txn.at("to"), text(test_address(0x22)));
        EXPECT_EQ(txn.at("input"), "0xdead");
        EXPECT_EQ(txn.at("value"), "0x7");
        EXPECT_EQ(txn.at("gas"), "0xc350");
        EXPECT_EQ(txn.at("chainId"), "0x384");
        EXPECT_EQ(txn.at("transactionIndex"), fmt::format("{:#x}", i));
        EXPECT_EQ(txn.at("blockNumber"), "0x1");
        EXPECT_EQ(txn.contains("accessList"), i >= 1);
        EXPECT_EQ(txn.contains("yParity"), i >= 1);
        EXPECT_EQ(txn.contains("maxFeePerGas"), i >= 2);
        EXPECT_EQ(txn.contains("blobVersionedHashes"), i == 3);
        const std::uint64_t parity = view.txn.signature.recovery_id;
        EXPECT_EQ(txn.at("v"), fmt::format("{:#x}", i == 0 ? 2 * 900 + 35 + parity : parity));
        EXPECT_EQ(txn.at("gasPrice"), i >= 2 ? "0x59682f00" : "0x77359400");
        EXPECT_EQ(result("eth_getTransactionByBlockNumberAndIndex", {"0x1", txn.at("transactionIndex")}), txn);
        EXPECT_EQ(result("eth_getTransactionByBlockHashAndIndex", {txn.at("blockHash"), txn.at("transactionIndex")}),
                  txn);
    }
    EXPECT_TRUE(result("eth_getTransactionByHash", {text(test_hash(1))}).is_null());
    EXPECT_TRUE(result("eth_getTransactionByBlockNumberAndIndex", {"0x1", "0x4"}).is_null());
    const Json pending = result("eth_getTransactionByHash", {text(backend_.pending.hash)});
    EXPECT_TRUE(pending.at("blockHash").is_null());
    EXPECT_TRUE(pending.at("blockNumber").is_null());
    EXPECT_TRUE(pending.at("transactionIndex").is_null());
    EXPECT_EQ(pending.at("gasPrice"), "0x77359400");
}

TEST_F(Eth, Receipts) {
    const Json all = result("eth_getBlockReceipts", {"latest"});
    ASSERT_EQ(all.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) {
        const Json receipt = result("eth_getTransactionReceipt", {text(backend_.block_1().txns[i].hash)});
        EXPECT_EQ(receipt, all[i]);
        EXPECT_EQ(receipt.at("status"), i == 1 ? "0x0" : "0x1");
        EXPECT_EQ(receipt.contains("revertData"), i == 1);
        EXPECT_EQ(receipt.contains("revertReason"), i == 1);
        EXPECT_EQ(receipt.contains("blobGasUsed"), i == 3);
        EXPECT_EQ(receipt.contains("blobGasPrice"), i == 3);
        EXPECT_TRUE(receipt.at("contractAddress").is_null());
        EXPECT_EQ(receipt.at("effectiveGasPrice"), "0x59682f00");
        EXPECT_EQ(receipt.at("cumulativeGasUsed"), fmt::format("{:#x}", 21'000 * (i + 1)));
        EXPECT_EQ(receipt.at("logsBloom").get<std::string>().size(), 2U + 512U);
        EXPECT_EQ(receipt.at("logs").size(), i == 2 ? 1U : 0U);
    }
    const Json log = all[2].at("logs")[0];
    EXPECT_EQ(log.at("topics").size(), 2U);
    EXPECT_EQ(log.at("data"), "0x010203");
    EXPECT_EQ(log.at("logIndex"), "0x0");
    EXPECT_EQ(log.at("removed"), false);
    EXPECT_TRUE(result("eth_getTransactionReceipt", {text(backend_.pending.hash)}).is_null());
    EXPECT_TRUE(result("eth_getBlockReceipts", {"0x63"}).is_null());
}

TEST_F(Eth, Calls) {
    const std::string to = text(test_address(0x22));
    EXPECT_EQ(result("eth_call", {{{"to", to}, {"data", "0x0102"}}, "latest"}), "0x0102");
    EXPECT_EQ(result("eth_call", {{{"to", to}, {"input", "0x01"}, {"data", "0x01"}, {"chainId", "0x384"}}}), "0x01");
    result("eth_call", {{{"from", to}, {"to", to}, {"gas", "0x5208"}, {"value", "0x1"}, {"maxFeePerGas", "0x1"}},
                        {{"blockNumber", "0x1"}}});
    EXPECT_EQ(backend_.last_call.from, test_address(0x22));
    EXPECT_EQ(backend_.last_call.gas_limit, 0x5208U);
    EXPECT_EQ(backend_.last_call.value, Amount{1});
    EXPECT_EQ(error("eth_call", {{{"to", to}, {"input", "0x01"}, {"data", "0x02"}}}).at("data").at("field"),
              "transaction.data");
    EXPECT_EQ(error("eth_call", {{{"to", to}, {"chainId", "0x1"}}}).at("data").at("field"), "transaction.chainId");
    EXPECT_EQ(error("eth_call", {{{"to", "0x1"}}}).at("data").at("field"), "transaction.to");
    EXPECT_EQ(error("eth_call", {"0x"}).at("data").at("field"), "transaction");
    EXPECT_EQ(error("eth_call", {{{"to", to}}, "latest", {{to, {{"balance", "0x1"}}}}}).at("data").at("field"),
              "stateOverrides");
    EXPECT_EQ(result("eth_call", {{{"to", to}}, "latest", Json::object()}), "0x");
    EXPECT_EQ(result("eth_estimateGas", {{{"to", to}}}), "0x5ba0");
}

TEST_F(Eth, ParametersThatNobodyReadsAreRefused) {
    const Json to = {{"to", text(test_address(0xee))}};
    const Json overrides = error("eth_call", {to, "latest", Json::object(), Json::object(), 1});
    EXPECT_EQ(overrides.at("code"), -32602);
    EXPECT_EQ(overrides.at("message"), "too many arguments, want at most 4");
    EXPECT_EQ(overrides.at("data").at("field"), "params");
    EXPECT_EQ(error("eth_getBalance", {text(test_address(1)), "latest", 1}).at("data").at("got"), "3");
}

TEST_F(Eth, RevertsAreNamed) {
    const Json custom = error("eth_call", {{{"to", text(test_address(0xee))}}});
    EXPECT_EQ(custom.at("code"), 3);
    EXPECT_EQ(custom.at("data"), codec::format_hex(TestBackend::revert_data()));
    EXPECT_EQ(custom.at("message"), "execution reverted: BondTooSmall(rollup: 901, required: 5, owner: " +
                                        codec::format_address(test_address(0x11)) + ")");
    EXPECT_EQ(error("eth_estimateGas", {{{"to", text(test_address(0xee))}}}), custom);
    const auto message = [&](const Bytes& data) {
        return error("eth_call", {{{"to", text(test_address(0xdd))}, {"data", codec::format_hex(data)}}}).at("message");
    };
    const auto reason = codec::abi::Encoder{1}.bytes(as_bytes(std::string_view{"not yours"})).finish_call(0x08c379a0);
    EXPECT_EQ(message(reason), "execution reverted: not yours");
    EXPECT_EQ(message({}), "execution reverted");
    EXPECT_EQ(message({1, 2}), "execution reverted: data 0x0102");
    EXPECT_EQ(message({1, 2, 3, 4, 5}), "execution reverted: unknown error 0x01020304");
    EXPECT_EQ(message({0x08, 0xc3, 0x79, 0xa0, 1}), "execution reverted: Error with malformed arguments");
    EXPECT_EQ(message(codec::abi::Encoder{1}.u64(0x11).finish_call(0x4e487b71)), "execution reverted: panic 0x11");
}

TEST(RevertDecoder, ShowsEveryType) {
    constexpr std::array<std::string_view, 1> declarations{
        "All(bool a, uint8 b, bytes4 c, bytes d, string e, uint64[] f, address[] g, bytes32)"};
    const RevertDecoder decoder{declarations};
    Hash32 four;
    four[0] = 0xaa;
    Hash32 one;
    one[31] = 1;
    codec::abi::Encoder encoder{8};
    encoder.boolean(true).u64(7).bytes32(four).bytes(Bytes{1, 2}).bytes(as_bytes(std::string_view{"hi"}));
    encoder.words(std::vector{one, one}).words({}).bytes32(Hash32{});
    const Bytes data = encoder.finish_call(codec::abi::selector(declarations[0]));
    EXPECT_EQ(decoder.text(data), "All(a: true, b: 7, c: 0xaa000000, d: 0x0102, e: \"hi\", f: [1, 1], g: [], 0x" +
                                      std::string(64, '0') + ")");
}

TEST_F(Eth, FeeHistory) {
    const Json history = result("eth_feeHistory", {"0x2", "latest", {25, 75.5}});
    EXPECT_EQ(history.at("oldestBlock"), "0x0");
    EXPECT_EQ(history.at("baseFeePerGas").size(), 3U);
    EXPECT_EQ(history.at("gasUsedRatio"), Json::parse("[0.25,0.25]"));
    EXPECT_EQ(history.at("reward").size(), 2U);
    EXPECT_EQ(history.at("reward")[0].size(), 2U);
    EXPECT_EQ(history.at("baseFeePerBlobGas").size(), 3U);
    EXPECT_FALSE(result("eth_feeHistory", {10, "latest", Json::array()}).contains("reward"));
    EXPECT_FALSE(result("eth_feeHistory", {"0xffffffff", "latest"}).contains("reward"));
    EXPECT_EQ(error("eth_feeHistory", {"0x1", "latest", {50, 10}}).at("data").at("field"), "rewardPercentiles[1]");
    EXPECT_EQ(error("eth_feeHistory", {"0x1", "latest", {101}}).at("code"), invalid_params);
    EXPECT_EQ(error("eth_feeHistory", {"0x0", "latest"}).at("code"), invalid_params);
    EXPECT_EQ(error("eth_feeHistory", {"0x1", "latest", Json(std::vector<int>(101, 1))}).at("code"), limit_exceeded);
}

TEST_F(Eth, Logs) {
    const std::string address = text(test_address(0x22));
    const std::string topic = text(test_hash(0xaa));
    EXPECT_EQ(result("eth_getLogs", {{{"fromBlock", "earliest"}, {"toBlock", "latest"}}}).size(), 1U);
    EXPECT_EQ(backend_.last_filter.from_block, 0U);
    EXPECT_EQ(backend_.last_filter.to_block, 1U);
    result("eth_getLogs", {{{"address", address}, {"topics", {nullptr, topic, {topic, topic}, {nullptr, topic}}}}});
    EXPECT_EQ(backend_.last_filter.from_block, 1U);
    EXPECT_EQ(backend_.last_filter.addresses.size(), 1U);
    ASSERT_EQ(backend_.last_filter.topics.size(), 4U);
    EXPECT_TRUE(backend_.last_filter.topics[0].empty());
    EXPECT_EQ(backend_.last_filter.topics[1].size(), 1U);
    EXPECT_EQ(backend_.last_filter.topics[2].size(), 2U);
    EXPECT_TRUE(backend_.last_filter.topics[3].empty());
    result("eth_getLogs", {{{"blockHash", text(test_hash(1))}, {"address", {address, address}}}});
    EXPECT_EQ(backend_.last_filter.block_hash, test_hash(1));
    EXPECT_EQ(error("eth_getLogs", {{{"blockHash", topic}, {"fromBlock", "0x0"}}}).at("code"), invalid_params);
    EXPECT_EQ(error("eth_getLogs", {{{"fromBlock", "0x1"}, {"toBlock", "0x0"}}}).at("data").at("field"),
              "filter.fromBlock");
    EXPECT_EQ(error("eth_getLogs", {{{"topics", {1}}}}).at("data").at("field"), "filter.topics[0]");
    EXPECT_EQ(error("eth_getLogs", {{{"topics", {nullptr, nullptr, nullptr, nullptr, nullptr}}}}).at("code"),
              invalid_params);
    EXPECT_EQ(error("eth_getLogs", {{{"address", Json(std::vector<std::string>(1001, address))}}}).at("code"),
              limit_exceeded);
    EXPECT_EQ(error("eth_getLogs").at("data").at("field"), "filter");
}

TEST_F(Eth, LogsOfTooManyBlocks) {
    backend_.head = 20'000;
    EXPECT_EQ(result("eth_getLogs", {{{"fromBlock", "0x1"}, {"toBlock", "0x2710"}}}).size(), 1U);
    const Json refused = error("eth_getLogs", {{{"fromBlock", "0x0"}, {"toBlock", "0x2710"}}});
    EXPECT_EQ(refused.at("code"), limit_exceeded);
    EXPECT_EQ(refused.at("message"), "filter.toBlock: expected a range of at most 10000 blocks, got blocks 0 to 10000");
    EXPECT_EQ(result("eth_getLogs", {{{"fromBlock", "0x4e1f"}, {"toBlock", "0xffffffffffffffff"}}}).size(), 1U);
}

TEST_F(Eth, SendsRawTransactions) {
    const auto txn = testing::signed_transaction(types::TxnType::dynamic_fee, 9);
    const Bytes raw = types::encode_transaction(txn);
    EXPECT_EQ(result("eth_sendRawTransaction", {codec::format_hex(raw)}), text(types::transaction_hash(txn)));
    EXPECT_EQ(error("eth_sendRawTransaction", {"0xzz"}).at("data").at("field"), "transaction");
}

TEST(AdmissionError, WordsThatClientsLookFor) {
    const RpcError low = from_error(mempool::MempoolError::nonce_too_low, {}, "5", "3");
    EXPECT_EQ(low.code, transaction_rejected);
    EXPECT_EQ(low.message, "nonce too low: next nonce 5, tx nonce 3");
    EXPECT_EQ(low.stable_code, "E-TXN-NONCE-TOO-LOW");
    EXPECT_EQ(low.field, "nonce");
    EXPECT_TRUE(from_error(chain::ChainError::insufficient_funds).message.starts_with("insufficient funds"));
    EXPECT_EQ(from_error(mempool::MempoolError::replacement_underpriced).message,
              "replacement transaction underpriced");
    const RpcError malformed = from_error(types::TxnError::gas_limit_malformed);
    EXPECT_EQ(malformed.code, invalid_params);
    EXPECT_EQ(malformed.field, "gas");
    EXPECT_EQ(malformed.message, "gas is not a canonical integer");
    EXPECT_EQ(from_error(chain::ChainError::wrong_chain_id, {}, "900", "1").message,
              "invalid chain id for signer: expected 900, got 1");
    EXPECT_EQ(from_error(codec::HexError::empty).stable_code, "E-HEX-4");
}

/// Every enumerator from 1 on, as far as the domain has messages for them.
template <ErrorEnum E>
void expect_listed(E last) {
    for (std::uint16_t code = 1; code <= std::to_underlying(last); ++code) {
        const Error error{E{code}};
        const RpcError answer = from_error(error);
        EXPECT_NE(answer.stable_code, fmt::format("E-{}-{}", error.domain(), code));
        EXPECT_FALSE(answer.stable_code.ends_with(fmt::format("-{}", code)))
            << error.domain() << ": " << error.message();
    }
}

TEST(AdmissionError, TheTableIsComplete) {
    expect_listed(types::TxnError::s_too_high);
    expect_listed(types::SidecarError::proof_count_mismatch);
    expect_listed(data_availability::BlobError::versioned_hash_mismatch);
    expect_listed(crypto::kzg::KzgError::indices_not_ascending);
    expect_listed(crypto::SignatureError::bad_secret_key);
    expect_listed(chain::ChainError::block_bytes_exhausted);
    expect_listed(mempool::MempoolError::batch_overfull);
    expect_listed(sequencing::DropReason::insufficient_funds);
    for (const ErrorRow& row : admission_errors()) EXPECT_TRUE(row.stable_code.starts_with("E-"));
}

}  // namespace
}  // namespace enshrine::rpc
