// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rollups/testing/scenario.hpp>

#include <fstream>

namespace rollups::payments {
const enshrine::guest::Program& program() noexcept;
}

namespace rollups::testing {
namespace {

using codec::abi::Encoder;
using sequencing::RecordOutcome;
using sequencing::RecordSource;

constexpr std::uint64_t chain = 901;
constexpr std::uint64_t effective_price = guest::base_fee_wei + 1'000'000;
constexpr std::uint64_t payment_fee = 21'000 * effective_price;

class Payments : public ::testing::Test {
protected:
    Rollup rollup{payments::program(), "payments.elf", chain};
    Signer alice = make_signer(1);
    Signer bob = make_signer(2);

    void fund() {
        rollup.deposit(alice.address, U256{10 * coin});
        EXPECT_EQ(rollup.run_batch().receipts.at(0).outcome, RecordOutcome::succeeded);
    }
    Bytes pay(std::uint64_t nonce, const U256& value) {
        return sign(make_transaction(chain, nonce, bob.address, value), alice);
    }
    /// A call of the program by Alice.
    Bytes call(std::uint64_t nonce, const Bytes& data, const U256& value = {}) {
        return sign(make_transaction(chain, nonce, guest::program_address, value, data), alice);
    }
    /// A message of rollup 902, in which Bob sends her some of that rollup's asset.
    void send_to_alice(const messaging::AssetId& asset, std::uint64_t amount) {
        rollup.send({.source = 902,
                     .destination = chain,
                     .sender = bob.address,
                     .receiver = alice.address,
                     .value = Amount{amount},
                     .asset = asset});
    }
    U256 circulating() {
        return rollup.balance(alice.address) + rollup.balance(bob.address) + rollup.balance(fee_recipient) +
               rollup.balance(guest::program_address);
    }
    std::string drop_reason(const Bytes& transaction) {
        rollup.submit(transaction);
        const Hash32 before = rollup.root();
        const BatchResult result = rollup.run_batch();
        EXPECT_EQ(result.receipts.at(0).outcome, RecordOutcome::dropped);
        EXPECT_EQ(result.receipts.at(0).gas_used, 0U);
        EXPECT_EQ(result.root, before);
        return reason_of(result.receipts.at(0));
    }
};

TEST_F(Payments, EmptyBatchKeepsTheRoot) {
    const Hash32 before = rollup.root();
    const BatchResult result = rollup.run_batch();
    EXPECT_EQ(result.root, before);
    EXPECT_TRUE(result.receipts.empty());
}

// [MSG.7]
TEST_F(Payments, Msg7DepositCreditsTheReceiver) {
    rollup.deposit(alice.address, U256{coin});
    rollup.deposit(alice.address, U256{coin});
    const BatchResult result = rollup.run_batch();
    ASSERT_EQ(result.receipts.size(), 2U);  // [REC.1]
    EXPECT_EQ(result.receipts[1].source, RecordSource::inbox);
    EXPECT_EQ(result.receipts[1].index, 1U);
    EXPECT_EQ(result.receipts[1].outcome, RecordOutcome::succeeded);
    EXPECT_EQ(rollup.balance(alice.address), U256{2 * coin});
    EXPECT_EQ(rollup.balance(bob.address), U256{});
}

TEST_F(Payments, TransferMovesValueAndPaysTheFee) {
    fund();
    const Bytes transaction = pay(0, U256{coin});
    rollup.submit(transaction);
    const BatchResult result = rollup.run_batch();
    const sequencing::ReceiptRecord& receipt = result.receipts.at(0);
    EXPECT_EQ(receipt.source, RecordSource::payload);
    EXPECT_EQ(receipt.outcome, RecordOutcome::succeeded);
    EXPECT_EQ(receipt.hash, types::transaction_hash(transaction));
    EXPECT_EQ(receipt.gas_used, 21'000U);
    EXPECT_EQ(receipt.effective_gas_price, U256{effective_price});
    EXPECT_EQ(receipt.from, alice.address);
    EXPECT_EQ(receipt.to, bob.address);
    EXPECT_EQ(rollup.balance(bob.address), U256{coin});
    EXPECT_EQ(rollup.balance(alice.address), U256{9 * coin - payment_fee});
    EXPECT_EQ(rollup.balance(fee_recipient), U256{payment_fee});
    EXPECT_EQ(rollup.nonce(alice.address), 1U);
    EXPECT_EQ(circulating(), U256{10 * coin});
}

TEST_F(Payments, InvalidTransactionsAreDroppedWithTheirReason) {
    fund();
    EXPECT_EQ(drop_reason(pay(1, U256{1})), "nonce too high");
    EXPECT_EQ(drop_reason(pay(0, U256{10 * coin})), "insufficient funds for gas and value");
    EXPECT_EQ(drop_reason(sign(make_transaction(902, 0, bob.address, U256{1}), alice)),
              "chain id is not this rollup's");
    types::Transaction cheap = make_transaction(chain, 0, bob.address, U256{1});
    cheap.max_fee_per_gas = cheap.max_priority_fee_per_gas = U256{guest::base_fee_wei - 1};
    EXPECT_EQ(drop_reason(sign(cheap, alice)), "fee cap below base fee");
    types::Transaction tip = make_transaction(chain, 0, bob.address, U256{1});
    tip.max_priority_fee_per_gas = tip.max_fee_per_gas + U256{1};
    EXPECT_EQ(drop_reason(sign(tip, alice)), "priority fee above fee cap");
    types::Transaction low_gas = make_transaction(chain, 0, bob.address, U256{1});
    low_gas.gas_limit = 20'999;
    EXPECT_EQ(drop_reason(sign(low_gas, alice)), "gas limit below intrinsic gas");
    types::Transaction high_gas = make_transaction(chain, 0, bob.address, U256{1});
    high_gas.gas_limit = guest::txn_gas_max + 1;
    EXPECT_EQ(drop_reason(sign(high_gas, alice)), "gas limit above the maximum of a transaction");
    types::Transaction creation = make_transaction(chain, 0, bob.address, U256{1}, Bytes{1});
    creation.to.reset();
    EXPECT_EQ(drop_reason(sign(creation, alice)), "a rollup has one program; contracts cannot be created");
    types::Transaction unprotected = make_transaction(chain, 0, bob.address, U256{1});
    unprotected.type = types::TxnType::legacy;
    unprotected.chain_id.reset();
    unprotected.max_priority_fee_per_gas = unprotected.max_fee_per_gas;
    EXPECT_EQ(drop_reason(sign(unprotected, alice)), "transaction without a chain id");
    types::Transaction blob = make_transaction(chain, 0, bob.address, U256{1});
    blob.type = types::TxnType::blob;
    blob.blob_versioned_hashes = {Hash32{{1}}};
    EXPECT_EQ(drop_reason(sign(blob, alice)), "blob transactions are not accepted on a rollup");
    EXPECT_FALSE(drop_reason(Bytes{0x02, 0xc0}).empty());
    EXPECT_FALSE(drop_reason(Bytes{}).empty());
    // A signature that nobody made recovers to a stranger without funds, or to nobody.
    Bytes forged = pay(0, U256{1});
    forged.back() ^= 1;
    EXPECT_FALSE(drop_reason(forged).empty());
    rollup.submit(pay(0, U256{1}));
    EXPECT_EQ(rollup.run_batch().receipts.at(0).outcome, RecordOutcome::succeeded);
    EXPECT_EQ(drop_reason(pay(0, U256{1})), "nonce too low");
    EXPECT_EQ(circulating(), U256{10 * coin});
}

TEST_F(Payments, LegacyAndAccessListTransactionsPayTheirGasPrice) {
    fund();
    for (const auto type : {types::TxnType::legacy, types::TxnType::access_list}) {
        types::Transaction txn = make_transaction(chain, rollup.nonce(alice.address), bob.address, U256{1});
        txn.type = type;
        txn.max_priority_fee_per_gas = txn.max_fee_per_gas = U256{20'000'000};
        if (type == types::TxnType::access_list) {
            txn.access_list = {{bob.address, {Hash32{}}}};
            txn.gas_limit = 21'000 + 2'400 + 1'900;
        }
        rollup.submit(sign(txn, alice));
        const BatchResult result = rollup.run_batch();
        EXPECT_EQ(result.receipts.at(0).outcome, RecordOutcome::succeeded) << reason_of(result.receipts.at(0));
        EXPECT_EQ(result.receipts.at(0).effective_gas_price, U256{20'000'000});
        EXPECT_EQ(result.receipts.at(0).gas_used, txn.gas_limit);
    }
    EXPECT_EQ(circulating(), U256{10 * coin});
}

TEST_F(Payments, PayWithMemoEmitsPayment) {
    fund();
    const Hash32 memo{{0xab}};
    rollup.submit(
        call(0, encode_call("pay(address,bytes32)", Encoder{2}.address(bob.address).bytes32(memo)), U256{coin}));
    const BatchResult result = rollup.run_batch();
    const sequencing::ReceiptRecord& receipt = result.receipts.at(0);
    ASSERT_EQ(receipt.outcome, RecordOutcome::succeeded);
    ASSERT_EQ(receipt.logs.size(), 1U);
    const types::Log& log = receipt.logs[0];
    EXPECT_EQ(log.address, guest::program_address);
    ASSERT_EQ(log.topics.size(), 3U);
    EXPECT_EQ(log.topics[0], codec::abi::signature_hash("Payment(address,address,uint256,bytes32)"));
    EXPECT_EQ(log.topics[1], guest::topic_of(alice.address));
    EXPECT_EQ(log.topics[2], guest::topic_of(bob.address));
    EXPECT_EQ(log.data, Encoder{2}.u256(U256{coin}).bytes32(memo).finish());
    EXPECT_EQ(rollup.balance(bob.address), U256{coin});
    EXPECT_EQ(rollup.balance(guest::program_address), U256{});
    EXPECT_EQ(circulating(), U256{10 * coin});
}

Bytes pay_many(std::span<const Address> receivers, std::span<const std::uint64_t> amounts) {
    std::vector<Hash32> first;
    std::vector<Hash32> second;
    for (const Address& receiver : receivers) first.push_back(guest::topic_of(receiver));
    for (const std::uint64_t amount : amounts) second.push_back(U256{amount}.to_be());
    return encode_call("payMany(address[],uint256[])", Encoder{2}.words(first).words(second));
}

TEST_F(Payments, PayManyPaysAllOrNobody) {
    fund();
    const Address receivers[] = {bob.address, fee_recipient, bob.address};
    const std::uint64_t amounts[] = {1, 2, 3};
    rollup.submit(call(0, pay_many(receivers, amounts), U256{6}));
    rollup.submit(call(1, pay_many(receivers, amounts), U256{7}));
    rollup.submit(call(2, pay_many(receivers, std::span{amounts}.first(2)), U256{3}));
    const BatchResult result = rollup.run_batch();
    EXPECT_EQ(result.receipts.at(0).outcome, RecordOutcome::succeeded);
    EXPECT_EQ(result.receipts.at(0).logs.size(), 3U);
    EXPECT_EQ(result.receipts.at(1).outcome, RecordOutcome::reverted);
    EXPECT_TRUE(is_error(result.receipts[1].return_data, "WrongTotal(uint256,uint256)"));
    EXPECT_TRUE(result.receipts[1].logs.empty());
    EXPECT_GT(result.receipts[1].gas_used, 21'000U);
    EXPECT_TRUE(is_error(result.receipts.at(2).return_data, "LengthMismatch(uint256,uint256)"));
    EXPECT_EQ(rollup.balance(bob.address), U256{4});
    EXPECT_EQ(rollup.nonce(alice.address), 3U);
    EXPECT_EQ(circulating(), U256{10 * coin});
}

TEST_F(Payments, Rec2RecordThatDoesNotFitReverts) {
    fund();
    const std::vector<Address> receivers(30, bob.address);
    const std::vector<std::uint64_t> amounts(30, 1);
    rollup.submit(call(0, pay_many(receivers, amounts), U256{30}));
    const BatchResult result = rollup.run_batch();
    EXPECT_EQ(result.receipts.at(0).outcome, RecordOutcome::reverted);
    EXPECT_TRUE(is_error(result.receipts[0].return_data, "RecordTooLarge(uint256,uint256)"));
    EXPECT_EQ(rollup.balance(bob.address), U256{});
    EXPECT_EQ(circulating(), U256{10 * coin});
}

TEST_F(Payments, RevertsKeepStateAndChargeTheFee) {
    fund();
    types::Transaction poor = make_transaction(chain, 1, guest::program_address, U256{coin},
                                               encode_call("withdraw(address)", Encoder{1}.address(bob.address)));
    poor.gas_limit = 21'000 + 4 * 16 + 32 * 16;  // the intrinsic gas at most; none for the method
    rollup.submit(call(0, Bytes{1, 2, 3, 4}, U256{coin}));
    rollup.submit(sign(poor, alice));
    rollup.submit(call(2, encode_call("balanceOf(address)", Encoder{1}.address(bob.address)), U256{1}));
    rollup.submit(call(3, encode_call("pay(address,bytes32)", Encoder{1}.address(bob.address)), U256{1}));
    const BatchResult result = rollup.run_batch();
    const char* expected[] = {"UnknownSelector(bytes4)", "OutOfGas(uint256,uint256)", "NotPayable(uint256)",
                              "BadArgument(uint256,string,string)"};
    U256 fees;
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(result.receipts.at(i).outcome, RecordOutcome::reverted);
        EXPECT_TRUE(is_error(result.receipts[i].return_data, expected[i])) << i;
        fees = fees + result.receipts[i].effective_gas_price * U256{result.receipts[i].gas_used};
    }
    EXPECT_TRUE(result.outbox.empty());
    EXPECT_EQ(rollup.balance(fee_recipient), fees);
    EXPECT_EQ(rollup.balance(alice.address), U256{10 * coin} - fees);
    EXPECT_EQ(rollup.nonce(alice.address), 4U);
}

TEST_F(Payments, OutboxMessagesAreNumberedPerStream) {
    fund();
    const Bytes home = encode_call("withdraw(address)", Encoder{1}.address(bob.address));
    const Bytes across = encode_call("bridge(uint64,address)", Encoder{2}.u64(902).address(bob.address));
    const Bytes nowhere = encode_call("bridge(uint64,address)", Encoder{2}.u64(chain).address(bob.address));
    rollup.submit(call(0, home, U256{5}));
    rollup.submit(call(1, across, U256{6}));
    rollup.submit(call(2, home, U256{7}));
    rollup.submit(call(3, nowhere, U256{8}));
    const BatchResult first = rollup.run_batch();
    ASSERT_EQ(first.outbox.size(), 3U);
    EXPECT_EQ(first.outbox[0].source, chain);
    EXPECT_EQ(first.outbox[0].destination, l1_chain_id);
    EXPECT_EQ(first.outbox[0].sequence, 0U);
    EXPECT_EQ(first.outbox[0].sender, alice.address);
    EXPECT_EQ(first.outbox[0].receiver, bob.address);
    EXPECT_EQ(first.outbox[0].value, Amount{5});
    EXPECT_EQ(first.outbox[0].asset, messaging::native_asset);
    EXPECT_EQ(first.outbox[1].destination, 902U);
    EXPECT_EQ(first.outbox[1].sequence, 0U);
    EXPECT_EQ(first.outbox[2].sequence, 1U);
    EXPECT_TRUE(is_error(first.receipts.at(3).return_data, "OwnDestination(uint64)"));
    EXPECT_EQ(circulating(), U256{10 * coin - 18});
    rollup.submit(call(4, home, U256{9}));
    EXPECT_EQ(rollup.run_batch().outbox.at(0).sequence, 2U);
}

TEST_F(Payments, AssetsOfOtherChainsArriveMoveAndLeave) {
    fund();
    const messaging::AssetId asset = messaging::make_asset(902, guest::program_address);
    const Hash32 word = Hash32::from(asset.view());
    send_to_alice(asset, 100);
    rollup.submit(call(
        0, encode_call("payAsset(bytes32,address,uint256)", Encoder{3}.bytes32(word).address(bob.address).u64(30))));
    rollup.submit(call(1, encode_call("bridgeAsset(bytes32,uint64,address,uint256)",
                                      Encoder{4}.bytes32(word).u64(902).address(bob.address).u64(50))));
    rollup.submit(call(2, encode_call("bridgeAsset(bytes32,uint64,address,uint256)",
                                      Encoder{4}.bytes32(word).u64(902).address(bob.address).u64(50))));
    const BatchResult result = rollup.run_batch();
    EXPECT_EQ(result.receipts.at(1).logs.size(), 1U);
    ASSERT_EQ(result.outbox.size(), 1U);
    EXPECT_EQ(result.outbox[0].asset, asset);
    EXPECT_EQ(result.outbox[0].value, Amount{50});
    EXPECT_TRUE(is_error(result.receipts.at(3).return_data, guest::insufficient_balance_error.declaration));
    const auto owned = [&](const Address& owner) {
        const auto answer =
            rollup.call(owner, encode_call("assetBalanceOf(address,bytes32)", Encoder{2}.address(owner).bytes32(word)));
        return U256::from_be(answer.return_data);
    };
    EXPECT_EQ(owned(alice.address), U256{20});
    EXPECT_EQ(owned(bob.address), U256{30});
    EXPECT_EQ(owned(guest::program_address), U256{});
}

TEST_F(Payments, Msg8ForcedTransactionRunsLikeAnyOther) {
    fund();
    const Bytes transaction = pay(0, U256{coin});
    rollup.force(transaction);
    rollup.force(transaction);
    rollup.force(Bytes{1, 2, 3});
    const BatchResult result = rollup.run_batch();
    ASSERT_EQ(result.receipts.size(), 3U);
    EXPECT_EQ(result.receipts[0].source, RecordSource::inbox);
    EXPECT_EQ(result.receipts[0].index, 1U);
    EXPECT_EQ(result.receipts[0].outcome, RecordOutcome::succeeded);
    EXPECT_EQ(result.receipts[0].hash, types::transaction_hash(transaction));
    EXPECT_EQ(reason_of(result.receipts[1]), "nonce too low");
    EXPECT_EQ(result.receipts[2].outcome, RecordOutcome::dropped);
    EXPECT_EQ(rollup.balance(bob.address), U256{coin});
    EXPECT_EQ(circulating(), U256{10 * coin});
}

// [MSG.7]
TEST_F(Payments, Msg7CallMessageCallsTheProgramAndGivesTheValueBackWhenItFails) {
    messaging::Message message{.kind = messaging::MessageKind::call,
                               .source = l1_chain_id,
                               .destination = chain,
                               .sender = alice.address,
                               .receiver = guest::program_address,
                               .value = Amount{100}};
    message.data = encode_call("pay(address,bytes32)", Encoder{2}.address(bob.address).bytes32({}));
    rollup.send(message);
    message.source = 902;
    rollup.send(message);
    message.data = Bytes{9, 9, 9, 9};
    rollup.send(message);
    message.receiver = alice.address;
    rollup.send(message);
    const BatchResult result = rollup.run_batch();
    EXPECT_EQ(result.receipts.at(0).outcome, RecordOutcome::succeeded);
    EXPECT_EQ(result.receipts[0].logs.at(0).topics.at(1), guest::topic_of(alice.address));
    // Another rollup vouches for its senders alone.
    EXPECT_EQ(result.receipts.at(1).outcome, RecordOutcome::succeeded);
    EXPECT_NE(result.receipts[1].logs.at(0).topics.at(1), guest::topic_of(alice.address));
    EXPECT_EQ(result.receipts.at(2).outcome, RecordOutcome::reverted);
    EXPECT_EQ(result.receipts.at(3).outcome, RecordOutcome::succeeded);
    EXPECT_EQ(rollup.balance(bob.address), U256{200});
    EXPECT_EQ(rollup.balance(guest::program_address), U256{});
    EXPECT_EQ(rollup.balance(alice.address), U256{200});
}

// [MSG.7]
TEST_F(Payments, Msg7WhatNobodyOwnsGoesToTheSender) {
    for (const Address& nobody : {Address{}, guest::program_address}) {
        rollup.send({.source = l1_chain_id,
                     .destination = chain,
                     .sender = alice.address,
                     .receiver = nobody,
                     .value = Amount{100}});
        const BatchResult result = rollup.run_batch();
        EXPECT_EQ(result.receipts.at(0).outcome, RecordOutcome::succeeded);
        EXPECT_EQ(result.receipts[0].to, alice.address);
        EXPECT_EQ(rollup.balance(nobody), U256{});
    }
    EXPECT_EQ(rollup.balance(alice.address), U256{200});
}

// [MSG.14]
TEST_F(Payments, Msg14ValueWithoutDataReverts) {
    fund();
    rollup.submit(call(0, {}, U256{5}));
    rollup.submit(call(1, {}));
    const BatchResult result = rollup.run_batch();
    for (const auto& receipt : {result.receipts.at(0), result.receipts.at(1)}) {
        EXPECT_EQ(receipt.outcome, RecordOutcome::reverted);
        EXPECT_TRUE(is_error(receipt.return_data, "ValueWithoutCall(uint256)"));
    }
    EXPECT_EQ(rollup.balance(guest::program_address), U256{});
    EXPECT_EQ(circulating(), U256{10 * coin});
}

// [MSG.13]
TEST_F(Payments, Msg13NothingLeavesForNowhere) {
    fund();
    const messaging::AssetId asset = messaging::make_asset(902, guest::program_address);
    const Hash32 word = Hash32::from(asset.view());
    send_to_alice(asset, 100);
    const auto withdraw = [](const Address& to) { return encode_call("withdraw(address)", Encoder{1}.address(to)); };
    const auto bridge = [](std::uint64_t destination, const Address& to) {
        return encode_call("bridge(uint64,address)", Encoder{2}.u64(destination).address(to));
    };
    const auto bridge_asset = [&](std::uint64_t destination, const Address& to) {
        return encode_call("bridgeAsset(bytes32,uint64,address,uint256)",
                           Encoder{4}.bytes32(word).u64(destination).address(to).u64(1));
    };
    const auto pay = [](const Address& to) {
        return encode_call("pay(address,bytes32)", Encoder{2}.address(to).bytes32({}));
    };
    const auto pay_asset = [&](const Address& to) {
        return encode_call("payAsset(bytes32,address,uint256)", Encoder{3}.bytes32(word).address(to).u64(1));
    };
    const Address zero{};
    const Address& self = guest::program_address;
    const char* receiver = "InvalidReceiver(address)";
    const char* destination = "InvalidDestination(uint64,uint64)";
    struct Case {
        Bytes data;
        bool with_value;
        const char* error;
    };
    const Address nobodies[] = {zero};
    const std::uint64_t amounts[] = {1};
    const Case cases[] = {
        {withdraw(zero), true, receiver},
        {withdraw(self), true, receiver},
        {bridge(902, zero), true, receiver},
        {bridge(902, self), true, receiver},
        {bridge(0, bob.address), true, destination},
        {bridge(sequencing::rollup_id_max + 1, bob.address), true, destination},
        {bridge(chain, bob.address), true, "OwnDestination(uint64)"},
        {bridge_asset(902, zero), false, receiver},
        {bridge_asset(0, bob.address), false, destination},
        {bridge_asset(chain, bob.address), false, "OwnDestination(uint64)"},
        {pay(zero), true, receiver},
        {pay(self), true, receiver},
        {pay_many(nobodies, amounts), true, receiver},
        {pay_asset(zero), false, receiver},
        {pay_asset(self), false, receiver},
    };
    std::uint64_t nonce = 0;
    for (const Case& c : cases) rollup.submit(call(nonce++, c.data, U256{c.with_value ? 1U : 0U}));
    rollup.submit(call(nonce++, withdraw(bob.address), U256{1}));
    rollup.submit(call(nonce++, bridge(sequencing::rollup_id_max, bob.address), U256{1}));
    rollup.submit(call(nonce++, bridge_asset(l1_chain_id, bob.address)));
    const BatchResult result = rollup.run_batch();
    for (std::size_t i = 0; i < std::size(cases); ++i) {
        const auto& receipt = result.receipts.at(1 + i);
        EXPECT_EQ(receipt.outcome, RecordOutcome::reverted) << i;
        EXPECT_TRUE(is_error(receipt.return_data, cases[i].error)) << i;
    }
    EXPECT_EQ(result.outbox.size(), 3U);
    EXPECT_EQ(circulating(), U256{10 * coin - 2});
}

TEST_F(Payments, Batch3MalformedPayloadCountsAsEmpty) {
    fund();
    const Hash32 before = rollup.root();
    for (const Bytes& payload : {Bytes{0xff, 0xff}, Bytes{0x80}, Bytes(5000, 0xc1), Bytes{0}}) {
        const BatchResult result = rollup.run_payload(payload);
        EXPECT_EQ(result.root, before);
        EXPECT_TRUE(result.receipts.empty());
    }
}

TEST_F(Payments, RunsThatDoNotFitTheirArgumentsEndWithoutEffect) {
    rollup.deposit(alice.address, U256{coin});
    const vm::ProgramArguments good = rollup.prepare({});
    EXPECT_TRUE(rollup.run_raw(good).succeeded());
    const auto exit_of = [&](auto change) {
        vm::ProgramArguments bad = good;
        change(bad);
        const guest::HostRun run = rollup.run_raw(bad);
        EXPECT_FALSE(run.state_root.has_value());
        return run.exit_code;
    };
    EXPECT_EQ(exit_of([](auto& a) { a.rollup_id = 902; }), 2U);
    EXPECT_EQ(exit_of([](auto& a) { a.batch_sequence = 2; }), 2U);
    EXPECT_EQ(exit_of([](auto& a) { a.l1_height += 1; }), 2U);
    EXPECT_EQ(exit_of([](auto& a) { a.inbox_count = 0; }), 2U);
    EXPECT_EQ(exit_of([](auto& a) { a.inbox_start[0] = 1; }), 3U);
    const Hash32 text = rollup.preimages().put(as_bytes("no header"));
    EXPECT_EQ(exit_of([&](auto& a) { a.batch_hash = text; }), 2U);
    EXPECT_EQ(exit_of([&](auto& a) { a.inbox_end = text; }), 3U);
    EXPECT_EQ(exit_of([&](auto& a) { a.previous_state_root = text; }), 5U);
    EXPECT_EQ(exit_of([&](auto& a) { a.mode = vm::RunMode::view; }), 6U);
    vm::ProgramArguments unknown = good;
    unknown.batch_hash = Hash32{{1}};
    EXPECT_TRUE(rollup.run_raw(unknown).panicked);
}

TEST_F(Payments, ViewsAnswerWithoutChangingAnything) {
    fund();
    const Hash32 before = rollup.root();
    const Bytes balance = encode_call("balanceOf(address)", Encoder{1}.address(alice.address));
    const sequencing::ViewAnswer answer = rollup.call(bob.address, balance);
    EXPECT_TRUE(answer.succeeded);
    EXPECT_EQ(U256::from_be(answer.return_data), U256{10 * coin});
    EXPECT_GT(answer.gas_used, 21'000U);
    // A simulated payment succeeds, and its effects are gone afterwards: gas estimation.
    const Bytes pay_bob = encode_call("pay(address,bytes32)", Encoder{2}.address(bob.address).bytes32({}));
    EXPECT_TRUE(rollup.call(alice.address, pay_bob, U256{coin}).succeeded);
    const sequencing::ViewAnswer poor = rollup.call(bob.address, pay_bob, U256{coin});
    EXPECT_FALSE(poor.succeeded);
    EXPECT_TRUE(is_error(poor.return_data, guest::insufficient_balance_error.declaration));
    // As much data as a transaction can have [VIEW.2].
    const std::vector<Address> receivers(500, bob.address);
    const std::vector<std::uint64_t> amounts(500, 1);
    const sequencing::ViewAnswer many = rollup.call(alice.address, pay_many(receivers, amounts), U256{500});
    EXPECT_TRUE(many.succeeded);
    EXPECT_GT(many.gas_used, 500U * 12'000U);
    const sequencing::ViewAnswer starved =
        rollup.view({.from = alice.address, .to = guest::program_address, .gas_limit = 20'000, .data = balance});
    EXPECT_TRUE(is_error(starved.return_data, "OutOfGas(uint256,uint256)"));
    const sequencing::ViewAnswer transfer = rollup.view({.from = alice.address, .to = bob.address, .value = Amount{1}});
    EXPECT_TRUE(transfer.succeeded);
    EXPECT_EQ(transfer.gas_used, 21'000U);
    EXPECT_EQ(rollup.root(), before);
}

TEST_F(Payments, ExampleInboxRuns) {
    std::ifstream file{std::string{ENSHRINE_SOURCE_DIR} + "/rollups/payments/example_inbox.json"};
    const nlohmann::json example = nlohmann::json::parse(file);
    for (const auto& message : example.at("messages")) {
        ASSERT_EQ(message.at("kind"), "token");
        rollup.send({.source = message.at("source").get<std::uint64_t>(),
                     .destination = example.at("chain_id").get<std::uint64_t>(),
                     .sender = codec::parse_address(message.at("sender").get<std::string>()).value(),
                     .receiver = codec::parse_address(message.at("receiver").get<std::string>()).value(),
                     .value = Amount{codec::parse_decimal(message.at("value").get<std::string>()).value()}});
    }
    for (const auto& transaction : example.at("transactions")) {
        rollup.submit(codec::parse_hex(transaction.get<std::string>()).value());
    }
    const BatchResult result = rollup.run_batch();
    ASSERT_EQ(result.receipts.size(), 4U);
    for (const auto& receipt : result.receipts) EXPECT_EQ(receipt.outcome, RecordOutcome::succeeded);
    EXPECT_EQ(result.outbox.at(0).value, Amount{coin / 4});
}

TEST_F(Payments, GasUsedInTransactionEqualsTheEstimate) {
    fund();
    const Bytes data = encode_call("pay(address,bytes32)", Encoder{2}.address(bob.address).bytes32({}));
    const std::uint64_t estimate = rollup.call(alice.address, data, U256{1}).gas_used;
    types::Transaction txn = make_transaction(chain, 0, guest::program_address, U256{1}, data);
    txn.gas_limit = estimate;
    rollup.submit(sign(txn, alice));
    const BatchResult result = rollup.run_batch();
    EXPECT_EQ(result.receipts.at(0).outcome, RecordOutcome::succeeded);
    EXPECT_EQ(result.receipts[0].gas_used, estimate);
}

TEST_F(Payments, ThousandPaymentsStayWithinTheirBudget) {
    constexpr std::size_t payments = 1000;
    std::vector<Signer> payers;
    for (std::size_t i = 0; i < 200; ++i) {
        payers.push_back(make_signer(1000 + i));
        rollup.deposit(payers.back().address, U256{coin});
    }
    (void)rollup.run_batch();
    const BatchResult empty = rollup.run_batch();
    for (std::size_t i = 0; i < payments; ++i) {
        const Signer& payer = payers[i % payers.size()];
        Address to = payers[(7 * i + 1) % payers.size()].address;
        if (i % 4 == 0) to[0] ^= 0x55;  // a new account every fourth time
        rollup.submit(sign(make_transaction(chain, i / payers.size(), to, U256{1'000 + i}), payer));
    }
    const BatchResult result = rollup.run_batch();
    ASSERT_EQ(result.receipts.size(), payments);
    for (const auto& receipt : result.receipts) ASSERT_EQ(receipt.outcome, RecordOutcome::succeeded);
    const std::uint64_t steps = (result.steps - empty.steps) / payments;
    const std::uint64_t weight = (result.weight - empty.weight) / payments;
    std::printf("%zu payments: %llu steps and %llu weight each; witness %zu bytes; replay %.1f ms\n", payments,
                static_cast<unsigned long long>(steps), static_cast<unsigned long long>(weight), result.witness_bytes,
                1000 * result.replay_seconds);
    EXPECT_LT(steps, 60'000U);
    EXPECT_LT(weight, 100'000U);
}

}  // namespace
}  // namespace rollups::testing
