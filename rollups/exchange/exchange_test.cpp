// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>

#include <gtest/gtest.h>
#include <rollups/testing/scenario.hpp>

namespace rollups::exchange {
const enshrine::guest::Program& program() noexcept;
}

namespace rollups::testing {
namespace {

using codec::abi::Encoder;
using sequencing::RecordOutcome;

constexpr std::uint64_t chain = 902;

/// Account 5 of the mnemonic "test test test test test test test test test test test junk".
Signer first_owner() {
    return make_signer(crypto::SecretKey::from(
        codec::parse_hex("0x8b3a350cf5c34c9194ca85829a2df0ec3153be0318b5e2d3348e872092edffba").value()));
}

class Exchange : public ::testing::Test {
protected:
    Rollup rollup{exchange::program(), "exchange.elf", chain};
    Signer owner = first_owner();
    Signer trader = make_signer(7);
    const messaging::AssetId token = messaging::make_asset(chain, guest::program_address);
    const U256 supply = U256{1'000'000} * U256{coin};

    void SetUp() override {
        rollup.deposit(owner.address, U256{10 * coin});
        rollup.deposit(trader.address, U256{10 * coin});
        (void)rollup.run_batch();
    }
    void submit(const Signer& signer, const Bytes& data, const U256& value = {}) {
        rollup.submit(
            sign(make_transaction(chain, nonces_[signer.address]++, guest::program_address, value, data), signer));
    }
    sequencing::ReceiptRecord run_one(const Signer& signer, const Bytes& data, const U256& value = {}) {
        submit(signer, data, value);
        return rollup.run_batch().receipts.at(0);
    }
    void add_liquidity() {
        const auto receipt =
            run_one(owner, encode_call("addLiquidity(uint256)", Encoder{1}.u64(4 * coin)), U256{2 * coin});
        ASSERT_EQ(receipt.outcome, RecordOutcome::succeeded);
        ASSERT_EQ(U256::from_be(receipt.return_data), U256{2 * coin});
    }
    U256 view_number(const Bytes& data) {
        const auto answer = rollup.call(trader.address, data);
        EXPECT_TRUE(answer.succeeded);
        return U256::from_be(BytesView{answer.return_data}.first(32));
    }
    U256 tokens(const Address& address) {
        return view_number(encode_call("tokenBalanceOf(address)", Encoder{1}.address(address)));
    }

private:
    std::map<Address, std::uint64_t> nonces_;
};

TEST_F(Exchange, GenesisGivesTheSupplyToTheNamedOwner) {
    EXPECT_EQ(codec::format_address(owner.address), "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc");
    EXPECT_EQ(tokens(owner.address), supply);
    EXPECT_EQ(tokens(trader.address), U256{});
}

TEST_F(Exchange, SwapsBothWaysConserveEveryAsset) {
    add_liquidity();
    const U256 quoted = view_number(encode_call("quote(bool,uint256)", Encoder{2}.boolean(true).u64(coin)));
    const auto bought = run_one(
        trader, encode_call("swapExactIn(bool,uint256,uint256)", Encoder{3}.boolean(true).u64(coin).u256(quoted)),
        U256{coin});
    ASSERT_EQ(bought.outcome, RecordOutcome::succeeded);
    EXPECT_EQ(U256::from_be(bought.return_data), quoted);
    EXPECT_EQ(tokens(trader.address), quoted);
    EXPECT_EQ(bought.logs.at(0).topics.at(0), codec::abi::signature_hash("Swapped(address,bool,uint256,uint256)"));
    const auto sold = run_one(
        trader, encode_call("swapExactIn(bool,uint256,uint256)", Encoder{3}.boolean(false).u256(quoted).u64(1)));
    ASSERT_EQ(sold.outcome, RecordOutcome::succeeded);
    EXPECT_LT(U256::from_be(sold.return_data), U256{coin});
    EXPECT_EQ(tokens(trader.address) + tokens(owner.address) + tokens(guest::program_address), supply);
    EXPECT_EQ(rollup.balance(trader.address) + rollup.balance(owner.address) + rollup.balance(fee_recipient) +
                  rollup.balance(guest::program_address),
              U256{10 * coin} + U256{10 * coin});
    const auto reserves = rollup.call(trader.address, encode_call("reserves()", Encoder{0})).return_data;
    EXPECT_EQ(U256::from_be(BytesView{reserves}.first(32)), rollup.balance(guest::program_address));
    EXPECT_EQ(U256::from_be(BytesView{reserves}.subspan(32, 32)), tokens(guest::program_address));
}

TEST_F(Exchange, LiquidityComesBackWithItsSurplus) {
    add_liquidity();
    // The market holds two tokens per coin: of 1 coin and 1 token half a coin is used.
    const auto added = run_one(owner, encode_call("addLiquidity(uint256)", Encoder{1}.u64(coin)), U256{coin});
    EXPECT_EQ(U256::from_be(added.return_data), U256{coin / 2});
    EXPECT_EQ(rollup.balance(guest::program_address), U256{2 * coin + coin / 2});
    const U256 shares = view_number(encode_call("sharesOf(address)", Encoder{1}.address(owner.address)));
    const auto too_many = run_one(owner, encode_call("removeLiquidity(uint256)", Encoder{1}.u256(shares + U256{1})));
    EXPECT_TRUE(is_error(too_many.return_data, "TooManyShares(uint256,uint256)"));
    EXPECT_EQ(run_one(owner, encode_call("removeLiquidity(uint256)", Encoder{1}.u256(shares))).outcome,
              RecordOutcome::succeeded);
    EXPECT_EQ(tokens(owner.address), supply);
    EXPECT_EQ(rollup.balance(guest::program_address), U256{});
}

TEST_F(Exchange, RefusalsHaveNames) {
    const auto swap_call = [](bool native_in, std::uint64_t amount, std::uint64_t minimum) {
        return encode_call("swapExactIn(bool,uint256,uint256)", Encoder{3}.boolean(native_in).u64(amount).u64(minimum));
    };
    EXPECT_TRUE(is_error(run_one(trader, swap_call(true, 5, 0), U256{5}).return_data, "NoLiquidity()"));
    add_liquidity();
    EXPECT_TRUE(is_error(run_one(trader, swap_call(true, 0, 0)).return_data, "ZeroAmount()"));
    EXPECT_TRUE(is_error(run_one(trader, swap_call(true, 5, 0), U256{4}).return_data, "WrongValue(uint256,uint256)"));
    EXPECT_TRUE(is_error(run_one(trader, swap_call(false, 5, 0), U256{5}).return_data, "WrongValue(uint256,uint256)"));
    EXPECT_TRUE(
        is_error(run_one(trader, swap_call(true, 5, 1000), U256{5}).return_data, "TooLittleOut(uint256,uint256)"));
    EXPECT_TRUE(
        is_error(run_one(trader, swap_call(false, 5, 0)).return_data, guest::insufficient_balance_error.declaration));
    const U256 huge{~0ULL, ~0ULL, ~0ULL, ~0ULL};
    EXPECT_TRUE(is_error(
        run_one(trader, encode_call("swapExactIn(bool,uint256,uint256)", Encoder{3}.boolean(false).u256(huge).u64(0)))
            .return_data,
        "AmountTooLarge()"));
    EXPECT_EQ(rollup.balance(guest::program_address), U256{2 * coin});
    EXPECT_EQ(tokens(owner.address) + tokens(guest::program_address), supply);
}

TEST_F(Exchange, TokensLeaveAndComeHome) {
    submit(owner,
           encode_call("bridgeToken(uint64,address,uint256)", Encoder{3}.u64(901).address(trader.address).u64(100)));
    submit(owner, encode_call("withdrawToken(address,uint256)", Encoder{2}.address(trader.address).u64(50)));
    submit(owner, encode_call("withdraw(address)", Encoder{1}.address(trader.address)), U256{5});
    submit(owner, encode_call("transferToken(address,uint256)", Encoder{2}.address(trader.address).u64(7)));
    submit(trader,
           encode_call("bridgeToken(uint64,address,uint256)", Encoder{3}.u64(901).address(trader.address).u64(8)));
    const BatchResult result = rollup.run_batch();
    ASSERT_EQ(result.outbox.size(), 3U);
    EXPECT_EQ(result.outbox[0].asset, token);
    EXPECT_EQ(result.outbox[0].destination, 901U);
    EXPECT_EQ(result.outbox[1].destination, l1_chain_id);
    EXPECT_EQ(result.outbox[1].sequence, 0U);
    EXPECT_EQ(result.outbox[2].asset, messaging::native_asset);
    EXPECT_EQ(result.outbox[2].sequence, 1U);
    EXPECT_EQ(result.receipts.at(4).outcome, RecordOutcome::reverted);
    EXPECT_EQ(tokens(owner.address), supply - U256{157});
    rollup.send({.source = 901,
                 .destination = chain,
                 .sender = trader.address,
                 .receiver = trader.address,
                 .value = Amount{100},
                 .asset = token});
    (void)rollup.run_batch();
    EXPECT_EQ(tokens(trader.address), U256{107});
}

// [MSG.13]
TEST_F(Exchange, Msg13NothingLeavesForNowhere) {
    const Address zero{};
    struct Case {
        Bytes data;
        std::uint64_t value;
        const char* error;
    };
    const char* receiver = "InvalidReceiver(address)";
    const char* destination = "InvalidDestination(uint64,uint64)";
    const Case cases[] = {
        {encode_call("withdraw(address)", Encoder{1}.address(zero)), 1, receiver},
        {encode_call("withdrawToken(address,uint256)", Encoder{2}.address(zero).u64(1)), 0, receiver},
        {encode_call("transferToken(address,uint256)", Encoder{2}.address(zero).u64(1)), 0, receiver},
        {encode_call("transferToken(address,uint256)", Encoder{2}.address(guest::program_address).u64(1)), 0, receiver},
        {encode_call("bridge(uint64,address)", Encoder{2}.u64(901).address(zero)), 1, receiver},
        {encode_call("bridge(uint64,address)", Encoder{2}.u64(0).address(trader.address)), 1, destination},
        {encode_call("bridgeToken(uint64,address,uint256)", Encoder{3}.u64(0).address(trader.address).u64(1)), 0,
         destination},
        {encode_call("bridgeToken(uint64,address,uint256)", Encoder{3}.u64(chain).address(trader.address).u64(1)), 0,
         "OwnDestination(uint64)"},
    };
    const U256 before = tokens(owner.address);
    for (const Case& c : cases) submit(owner, c.data, U256{c.value});
    const BatchResult result = rollup.run_batch();
    for (std::size_t i = 0; i < std::size(cases); ++i) {
        EXPECT_EQ(result.receipts.at(i).outcome, RecordOutcome::reverted) << i;
        EXPECT_TRUE(is_error(result.receipts.at(i).return_data, cases[i].error)) << i;
    }
    EXPECT_TRUE(result.outbox.empty());
    EXPECT_EQ(tokens(owner.address), before);
}

}  // namespace
}  // namespace rollups::testing
