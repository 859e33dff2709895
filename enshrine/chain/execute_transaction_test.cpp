// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/chain_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::chain {
namespace {

using test::transfer;

constexpr std::uint64_t base_fee = 1'000'000'000;
constexpr std::uint64_t blob_price = 3;

class ExecuteTransaction : public testing::Test {
protected:
    ExecuteTransaction() {
        environment_.block.chain_id = test::chain_id;
        environment_.block.height = 1;
        environment_.block.proposer = test::plain(99);
        environment_.block.base_fee = U256{base_fee};
        environment_.block.blob_base_fee = U256{blob_price};
    }
    [[nodiscard]] Result<types::Receipt> run(const types::Transaction& txn) {
        const ValidTransaction valid = test::valid(txn, 0);
        const auto records = test::records_of(txn);
        return execute_transaction(state_, valid, records, environment_);
    }
    [[nodiscard]] types::Account at(const Address& address) const { return system::load_account(state_, address); }
    [[nodiscard]] U256 paid() const {
        return chain_.at(test::account(0)).balance.wei() - at(test::account(0)).balance.wei();
    }

    test::Chain chain_;
    state::Overlay state_{chain_.view};
    Protocol protocol_ = test::protocol();
    ExecutionEnvironment environment_{.protocol = protocol_, .block = {}, .block_gas_limit = 60'000'000};
};

// [CHAIN-CALL.1] [CHAIN-CALL.2] [CHAIN-TXN.13]
TEST_F(ExecuteTransaction, TransferMovesValueAndData) {
    types::Transaction txn = transfer();
    txn.value = Amount{std::uint64_t{12345}};
    txn.data = Bytes{1, 2, 3};
    txn.gas_limit = 30'000;
    const auto receipt = run(txn);
    ASSERT_TRUE(receipt.has_value());
    EXPECT_TRUE(receipt->status);
    EXPECT_EQ(receipt->gas_used, 21'012U);
    EXPECT_EQ(receipt->cumulative_gas_used, 21'012U);
    EXPECT_EQ(receipt->txn_type, types::TxnType::dynamic_fee);
    EXPECT_EQ(at(test::plain(1)).balance, txn.value);
    EXPECT_EQ(at(test::account(0)).nonce, 1U);
}

// [CHAIN-FEE.5] [CHAIN-FEE.6] [CHAIN-FEE.7]
TEST_F(ExecuteTransaction, R5SenderPaysForTheGasUsedAlone) {
    types::Transaction txn = transfer();
    txn.gas_limit = 50'000;
    const auto receipt = run(txn);
    ASSERT_TRUE(receipt.has_value());
    const std::uint64_t price = base_fee + 1'000'000;
    EXPECT_EQ(receipt->effective_gas_price, U256{price});
    EXPECT_EQ(paid(), U256{21'000 * price + 1});
    EXPECT_EQ(at(test::plain(99)).balance.wei(), U256{21'000 * std::uint64_t{1'000'000}});
}

TEST_F(ExecuteTransaction, R5MaxFeeCapsThePriorityFee) {
    types::Transaction txn = transfer();
    txn.max_fee_per_gas = U256{base_fee + 10};
    const auto receipt = run(txn);
    ASSERT_TRUE(receipt.has_value());
    EXPECT_EQ(receipt->effective_gas_price, U256{base_fee + 10});
    EXPECT_EQ(at(test::plain(99)).balance.wei(), U256{21'000 * 10});
}

TEST_F(ExecuteTransaction, R5BlobsArePaidAtTheBlobBaseFee) {
    const auto receipt = run(test::blob_transfer(2));
    ASSERT_TRUE(receipt.has_value());
    EXPECT_EQ(receipt->blob_gas_used, 2 * gas_per_blob);
    EXPECT_EQ(paid(), U256{21'000 * (base_fee + 1'000'000) + 1 + 2 * gas_per_blob * blob_price});
}

// [CHAIN-CALL.3]
TEST_F(ExecuteTransaction, R3CallReachesTheContract) {
    types::Transaction txn = test::call_of(test::store_declaration, 77);
    txn.value = Amount{std::uint64_t{5}};
    const auto receipt = run(txn);
    ASSERT_TRUE(receipt.has_value());
    EXPECT_TRUE(receipt->status);
    EXPECT_EQ(receipt->gas_used, 21'000 + 36 * 4 + test::method_gas);
    ASSERT_EQ(receipt->logs.size(), 1U);
    EXPECT_EQ(receipt->logs[0].address, test::contract_address);
    EXPECT_EQ(receipt->bloom, types::bloom_of(receipt->logs));
    EXPECT_TRUE(state_.get(test::stored_key()).has_value());
    EXPECT_EQ(at(test::contract_address).balance.wei(), U256{5});
}

// [CHAIN-CALL.4] [CHAIN-TXN.13]
TEST_F(ExecuteTransaction, R4RevertUndoesTheCallAndKeepsTheFee) {
    types::Transaction txn = test::call_of(test::refuse_declaration, 3);
    txn.value = Amount{std::uint64_t{5}};
    const auto receipt = run(txn);
    ASSERT_TRUE(receipt.has_value());
    EXPECT_FALSE(receipt->status);
    EXPECT_TRUE(receipt->logs.empty());
    EXPECT_EQ(load_be<std::uint32_t>(receipt->revert_data.data()), codec::abi::selector(test::refused_declaration));
    EXPECT_FALSE(state_.get(test::stored_key()).has_value());
    EXPECT_TRUE(at(test::contract_address).balance.is_zero());
    EXPECT_EQ(at(test::account(0)).nonce, 1U);
    EXPECT_EQ(paid(), U256{receipt->gas_used} * receipt->effective_gas_price);
}

TEST_F(ExecuteTransaction, R4OutOfGasUsesTheWholeLimit) {
    const auto receipt = run(test::call_of(test::spend_declaration, 1'000'000));
    ASSERT_TRUE(receipt.has_value());
    EXPECT_FALSE(receipt->status);
    EXPECT_EQ(receipt->gas_used, 100'000U);
    EXPECT_EQ(load_be<std::uint32_t>(receipt->revert_data.data()),
              codec::abi::selector("OutOfGas(uint256 limit, uint256 needed)"));
}

TEST_F(ExecuteTransaction, R4RevertDataIsCut) {
    const auto receipt = run(test::call_of(test::refuse_declaration, 100'000));
    ASSERT_TRUE(receipt.has_value());
    EXPECT_EQ(receipt->revert_data.size(), types::revert_data_bytes_max);
    EXPECT_TRUE(types::decode_receipt(types::encode_receipt(*receipt)).has_value());
}

TEST_F(ExecuteTransaction, R4EmptyCalldataWithValueIsAnUnknownSelector) {
    types::Transaction txn = transfer();
    txn.to = test::contract_address;
    const auto receipt = run(txn);
    ASSERT_TRUE(receipt.has_value());
    EXPECT_FALSE(receipt->status);
    EXPECT_EQ(load_be<std::uint32_t>(receipt->revert_data.data()),
              codec::abi::selector("UnknownSelector(bytes4 selector)"));
    EXPECT_TRUE(at(test::contract_address).balance.is_zero());
}

// [CHAIN-CALL.5]
TEST_F(ExecuteTransaction, R5LogsOverTheBoundsFailTheCall) {
    const auto fits = run(test::call_of(test::log_declaration, types::log_data_bytes_max));
    ASSERT_TRUE(fits.has_value());
    EXPECT_TRUE(fits->status);
    types::Transaction larger = test::call_of(test::log_declaration, types::log_data_bytes_max + 1);
    larger.nonce = 1;
    const auto receipt = run(larger);
    ASSERT_TRUE(receipt.has_value());
    EXPECT_FALSE(receipt->status);
    EXPECT_TRUE(receipt->logs.empty());
    EXPECT_TRUE(receipt->revert_data.empty());
}

TEST_F(ExecuteTransaction, R1AReceiverThatWouldOverflowFailsTheCall) {
    system::store_account(state_, test::plain(1), {.nonce = 0, .balance = Amount{U256{~0ULL, ~0ULL, ~0ULL, ~0ULL}}});
    const auto receipt = run(transfer());
    ASSERT_TRUE(receipt.has_value());
    EXPECT_FALSE(receipt->status);
    EXPECT_EQ(paid(), U256{21'000} * receipt->effective_gas_price);
}

TEST_F(ExecuteTransaction, TransferToOneselfCostsTheFee) {
    types::Transaction txn = transfer();
    txn.to = test::account(0);
    txn.value = Amount{std::uint64_t{1'000'000}};
    const auto receipt = run(txn);
    ASSERT_TRUE(receipt.has_value());
    EXPECT_TRUE(receipt->status);
    EXPECT_EQ(paid(), U256{21'000} * receipt->effective_gas_price);
}

// [CHAIN-TXN.12]
TEST_F(ExecuteTransaction, R12BlobRecordsAreThoseOfTheHashes) {
    const types::Transaction txn = test::blob_transfer(2);
    const ValidTransaction valid = test::valid(txn, 0);
    auto records = test::records_of(txn);
    std::swap(records[0], records[1]);
    for (const auto& wrong : {records, std::vector{records[1]}, std::vector<types::BlobRecord>{}}) {
        const auto result = execute_transaction(state_, valid, wrong, environment_);
        ASSERT_FALSE(result.has_value());
        EXPECT_TRUE(result.error().is(ChainError::blob_records_mismatch));
    }
    EXPECT_TRUE(state_.changes().empty());
}

TEST_F(ExecuteTransaction, R2ATransactionOfAnotherChainIsRefused) {
    environment_.block.chain_id = test::chain_id + 1;
    const auto result = run(transfer());
    ASSERT_FALSE(result.has_value());
    EXPECT_TRUE(result.error().is(ChainError::wrong_chain_id));
}

TEST_F(ExecuteTransaction, ARefusedTransactionChangesNothing) {
    types::Transaction txn = transfer();
    txn.nonce = 1;
    ASSERT_FALSE(run(txn).has_value());
    EXPECT_TRUE(state_.changes().empty());
}

// [CHAIN-CALL.6]
TEST_F(ExecuteTransaction, R6CallAnswersWithoutChangingAnything) {
    CallRequest request;
    request.caller = test::account(1);
    request.receiver = test::contract_address;
    request.value = Amount{std::uint64_t{5}};
    request.data = test::call_of(test::store_declaration, 9).data;
    request.gas_limit = 60'000'000;
    const auto outcome = call(chain_.view, request, environment_.block, protocol_);
    ASSERT_TRUE(outcome.has_value());
    EXPECT_TRUE(outcome->succeeded);
    EXPECT_EQ(U256::from_be(outcome->output), U256{9});
    EXPECT_EQ(outcome->gas_used, 21'000 + 36 * 4 + test::method_gas);

    types::Transaction txn = test::call_of(test::store_declaration, 9);
    txn.gas_limit = outcome->gas_used;
    EXPECT_TRUE(run(txn)->status);
}

TEST_F(ExecuteTransaction, R6CallRefusesWhatATransactionCouldNotDo) {
    CallRequest request;
    request.caller = test::plain(7);
    request.receiver = test::plain(8);
    request.gas_limit = 20'999;
    EXPECT_TRUE(
        call(chain_.view, request, environment_.block, protocol_).error().is(ChainError::intrinsic_gas_too_low));
    request.gas_limit = 21'000;
    EXPECT_EQ(call(chain_.view, request, environment_.block, protocol_)->gas_used, 21'000U);
    request.value = Amount{std::uint64_t{1}};
    EXPECT_TRUE(call(chain_.view, request, environment_.block, protocol_).error().is(ChainError::insufficient_funds));
    request.receiver.reset();
    EXPECT_TRUE(call(chain_.view, request, environment_.block, protocol_).error().is(ChainError::contract_creation));
}

// [CHAIN-CALL.7]
TEST(SystemContractCode, R7IsTheInvalidOpcode) {
    EXPECT_EQ(system_contract_code, 0xfe);
}

}  // namespace
}  // namespace enshrine::chain
