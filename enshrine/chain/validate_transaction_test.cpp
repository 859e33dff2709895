// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/chain_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::chain {
namespace {

using test::transfer;

template <ErrorEnum E>
void expect_refused(const types::Transaction& txn, E reason) {
    const auto result = validate_transaction(test::sign(txn, 0), test::chain_id);
    ASSERT_FALSE(result.has_value());
    EXPECT_TRUE(result.error().is(reason)) << result.error().message();
}

TEST(ValidateTransaction, AcceptsEveryType) {
    for (const types::TxnType type :
         {types::TxnType::legacy, types::TxnType::access_list, types::TxnType::dynamic_fee}) {
        types::Transaction txn = transfer();
        txn.type = type;
        if (type != types::TxnType::dynamic_fee) txn.max_priority_fee_per_gas = txn.max_fee_per_gas;
        const Bytes encoding = test::sign(txn, 2);
        const auto result = validate_transaction(encoding, test::chain_id);
        ASSERT_TRUE(result.has_value()) << result.error().message();
        EXPECT_EQ(result->sender(), test::account(2));
        EXPECT_EQ(result->hash(), types::transaction_hash(encoding));
        EXPECT_EQ(result->encoding(), encoding);
        EXPECT_EQ(result->encoded_size(), encoding.size());
        EXPECT_EQ(result->blob_gas(), 0U);
    }
    EXPECT_EQ(test::valid(test::blob_transfer(3), 0).blob_gas(), 3 * gas_per_blob);
}

// [CHAIN-TXN.1]
TEST(ValidateTransaction, R1RefusesWhatIsNotCanonical) {
    Bytes encoding = test::sign(transfer(), 0);
    encoding.push_back(0);
    EXPECT_FALSE(validate_transaction(encoding, test::chain_id).has_value());
    EXPECT_FALSE(validate_transaction({}, test::chain_id).has_value());
    const Bytes oversized(transaction_bytes_max + 1, 0xc0);
    const auto result = validate_transaction(oversized, test::chain_id);
    ASSERT_FALSE(result.has_value());
    EXPECT_TRUE(result.error().is(types::TxnError::over_size));
}

TEST(ValidateTransaction, R1BlobHashesHaveAVersionAndABound) {
    types::Transaction txn = test::blob_transfer(1);
    txn.blob_versioned_hashes[0][0] = 0x02;
    expect_refused(txn, types::TxnError::blob_hash_version);
    expect_refused(test::blob_transfer(0), types::TxnError::blob_hashes_empty);
    expect_refused(test::blob_transfer(types::blobs_per_txn_max + 1), types::TxnError::blob_hashes_over_bound);
    EXPECT_TRUE(validate_transaction(test::sign(test::blob_transfer(types::blobs_per_txn_max), 0), test::chain_id));
}

// [CHAIN-TXN.2]
TEST(ValidateTransaction, R2NamesThisChain) {
    types::Transaction other = transfer();
    other.chain_id = test::chain_id + 1;
    expect_refused(other, ChainError::wrong_chain_id);
    types::Transaction unprotected = transfer();
    unprotected.type = types::TxnType::legacy;
    unprotected.max_priority_fee_per_gas = unprotected.max_fee_per_gas;
    unprotected.chain_id.reset();
    expect_refused(unprotected, ChainError::unprotected_transaction);
}

// [CHAIN-TXN.3]
TEST(ValidateTransaction, R3RefusesContractCreation) {
    types::Transaction txn = transfer();
    txn.to.reset();
    expect_refused(txn, ChainError::contract_creation);
}

// [CHAIN-TXN.4]
TEST(ValidateTransaction, R4PriorityFeeIsAtMostTheMaxFee) {
    types::Transaction txn = transfer();
    txn.max_priority_fee_per_gas = txn.max_fee_per_gas;
    EXPECT_TRUE(validate_transaction(test::sign(txn, 0), test::chain_id).has_value());
    txn.max_priority_fee_per_gas = txn.max_fee_per_gas + U256{1};
    expect_refused(txn, ChainError::priority_fee_above_max_fee);
}

// [CHAIN-TXN.5]
TEST(ValidateTransaction, R5GasLimitCoversTheIntrinsicGas) {
    types::Transaction txn = transfer();
    txn.gas_limit = 20'999;
    expect_refused(txn, ChainError::intrinsic_gas_too_low);
    txn.data = Bytes{0, 1, 2};
    txn.access_list = {{.address = {}, .storage_keys = {Hash32{}, Hash32{}}}, {.address = {}, .storage_keys = {}}};
    txn.gas_limit = 21'000 + 3 * 4 + 2 * 2'400 + 2 * 1'900;
    EXPECT_TRUE(validate_transaction(test::sign(txn, 0), test::chain_id).has_value());
    txn.gas_limit -= 1;
    expect_refused(txn, ChainError::intrinsic_gas_too_low);
}

// [CHAIN-TXN.6] r = 5 is the x-coordinate of no point on the curve.
TEST(ValidateTransaction, R6ASenderCanBeRecovered) {
    types::Transaction txn = transfer();
    txn.signature = {.r = U256{5}, .s = U256{1}, .recovery_id = 0};
    const auto result = validate_transaction(types::encode_transaction(txn), test::chain_id);
    ASSERT_FALSE(result.has_value());
    EXPECT_TRUE(result.error().is(crypto::SignatureError::not_recoverable)) << result.error().message();
}

TEST(ValidateTransaction, ABatchFailsWithItsFirstError) {
    const Bytes good = test::sign(transfer(), 0);
    types::Transaction other = transfer();
    other.to.reset();
    EXPECT_EQ(validate_transactions(std::vector{good, good}, test::chain_id)->size(), 2U);
    const auto result = validate_transactions(std::vector{good, test::sign(other, 0), Bytes{}}, test::chain_id);
    ASSERT_FALSE(result.has_value());
    EXPECT_TRUE(result.error().is(ChainError::contract_creation));
}

class AgainstState : public testing::Test {
protected:
    [[nodiscard]] Result<void> check(const types::Transaction& txn) const {
        return validate_against_state(test::valid(txn, 0), chain_.view, prices_);
    }
    void expect_state_refused(const types::Transaction& txn, ChainError reason) const {
        const auto result = check(txn);
        ASSERT_FALSE(result.has_value());
        EXPECT_TRUE(result.error().is(reason)) << result.error().message();
    }
    test::Chain chain_;
    BlockPrices prices_{.base_fee = U256{1000}, .blob_base_fee = U256{50}, .gas_limit = 1'000'000};
};

// [CHAIN-TXN.7]
TEST_F(AgainstState, R7NonceIsTheSenders) {
    EXPECT_TRUE(check(transfer()).has_value());
    types::Transaction gap = transfer();
    gap.nonce = 1;
    expect_state_refused(gap, ChainError::nonce_too_high);
    state::Overlay overlay{chain_.view};
    system::store_account(overlay, test::account(0), {.nonce = 1, .balance = chain_.at(test::account(0)).balance});
    chain_.view.apply(overlay.changes());
    EXPECT_TRUE(check(gap).has_value());
    expect_state_refused(transfer(), ChainError::nonce_too_low);
}

// [CHAIN-TXN.8]
TEST_F(AgainstState, R8GasLimitIsAtMostTheBlocks) {
    types::Transaction txn = transfer();
    txn.gas_limit = prices_.gas_limit;
    EXPECT_TRUE(check(txn).has_value());
    txn.gas_limit += 1;
    expect_state_refused(txn, ChainError::gas_limit_above_block);
}

// [CHAIN-TXN.9]
TEST_F(AgainstState, R9MaxFeeCoversTheBaseFee) {
    types::Transaction txn = transfer();
    txn.max_priority_fee_per_gas = U256{0};
    txn.max_fee_per_gas = prices_.base_fee;
    EXPECT_TRUE(check(txn).has_value());
    txn.max_fee_per_gas = prices_.base_fee - U256{1};
    expect_state_refused(txn, ChainError::max_fee_below_base_fee);
}

// [CHAIN-TXN.10]
TEST_F(AgainstState, R10MaxBlobFeeCoversTheBlobBaseFee) {
    types::Transaction txn = test::blob_transfer(1);
    txn.max_fee_per_blob_gas = prices_.blob_base_fee;
    EXPECT_TRUE(check(txn).has_value());
    txn.max_fee_per_blob_gas = prices_.blob_base_fee - U256{1};
    expect_state_refused(txn, ChainError::max_blob_fee_below_blob_base_fee);
}

// [CHAIN-TXN.11]
TEST_F(AgainstState, R11BalanceCoversTheMaximalCost) {
    types::Transaction txn = test::blob_transfer(2);
    txn.max_fee_per_blob_gas = U256{70};
    const Amount balance = chain_.at(test::account(0)).balance;
    const U256 fees = txn.max_fee_per_gas * U256{txn.gas_limit} + U256{70 * 2 * gas_per_blob};
    txn.value = Amount{balance.wei() - fees};
    EXPECT_EQ(*max_cost(test::valid(txn, 0)), balance);
    EXPECT_TRUE(check(txn).has_value());
    txn.value = *checked_add(txn.value, Amount{std::uint64_t{1}});
    expect_state_refused(txn, ChainError::insufficient_funds);
}

TEST_F(AgainstState, R11ACostThatDoesNotFitIsNotCovered) {
    constexpr U256 all_ones{~0ULL, ~0ULL, ~0ULL, ~0ULL};
    types::Transaction fee = transfer();
    fee.max_fee_per_gas = all_ones;
    expect_state_refused(fee, ChainError::insufficient_funds);
    types::Transaction value = transfer();
    value.value = Amount{all_ones};
    expect_state_refused(value, ChainError::insufficient_funds);
}

}  // namespace
}  // namespace enshrine::chain
