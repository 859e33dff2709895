// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/hex.hpp>
#include <enshrine/codec/vector_archive_for_test.hpp>
#include <enshrine/types/transaction.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace enshrine::types {
namespace {

using nlohmann::json;

constexpr std::uint64_t vectors_chain_id = 1;

/// The expectation of the newest fork that the vector knows.
const json& newest_result(const json& results) {
    for (const char* fork : {"Prague", "Cancun", "Shanghai", "Paris", "London"}) {
        if (results.contains(fork)) return results.at(fork);
    }
    return results.front();
}

/// Well-formed transactions that a chain refuses by its fee and gas rules.
bool is_rule_of_chain(const std::string& exception) {
    for (const char* name : {"INTRINSIC_GAS_TOO_LOW", "INITCODE_SIZE_EXCEEDED", "GASLIMIT_PRICE_PRODUCT_OVERFLOW",
                             "PRIORITY_GREATER_THAN_MAX_FEE_PER_GAS"}) {
        if (exception.find(name) != std::string::npos) return true;
    }
    return false;
}

Bytes transaction_bytes(const json& test) {
    return codec::parse_hex(test.at("txbytes").get<std::string>()).value();
}

bool acceptable(BytesView bytes) {
    const auto txn = decode_transaction(bytes);
    if (!txn || !recover_sender(*txn)) return false;
    return !txn->chain_id || *txn->chain_id == vectors_chain_id;
}

void expect_accepted(const std::string& name, const json& expected, BytesView bytes) {
    const auto txn = decode_transaction(bytes);
    ASSERT_TRUE(txn.has_value()) << name << ": " << txn.error().message();
    EXPECT_EQ(encode_transaction(*txn), to_bytes(bytes)) << name;
    EXPECT_EQ(codec::format_hex(transaction_hash(*txn).view()), expected.at("hash").get<std::string>()) << name;
    const auto sender = recover_sender(*txn);
    ASSERT_TRUE(sender.has_value()) << name;
    EXPECT_EQ(codec::format_hex(sender->view()), expected.at("sender").get<std::string>()) << name;
}

TEST(TransactionVectors, EthereumTransactionTests) {
    const auto archive = codec::VectorArchive::open("evm.tar.xz", "evm/TransactionTests");
    if (!archive) return;
    std::size_t accepted = 0;
    std::size_t refused = 0;
    for (const auto& path : archive->files()) {
        std::ifstream file{path};
        const json tests = json::parse(file);
        for (const auto& [name, test] : tests.items()) {
            const Bytes bytes = transaction_bytes(test);
            const json& expected = newest_result(test.at("result"));
            if (!expected.contains("exception")) {
                expect_accepted(name, expected, bytes);
                ++accepted;
            } else if (is_rule_of_chain(expected.at("exception"))) {
                EXPECT_TRUE(acceptable(bytes)) << name;
                ++accepted;
            } else {
                EXPECT_FALSE(acceptable(bytes)) << name << ": " << expected.at("exception");
                ++refused;
            }
        }
    }
    EXPECT_GT(accepted, 0U);
    EXPECT_GT(refused, 0U);
    std::printf("transaction vectors: %zu well-formed, %zu refused\n", accepted, refused);
}

}  // namespace
}  // namespace enshrine::types
