// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/messaging/inbox.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/sequencing/runtime.hpp>
#include <enshrine/system/addresses.hpp>

#include <gtest/gtest.h>
#include <sdk/guest/params.hpp>
#include <test/conformance/ledger.hpp>

/// A batch that cannot settle stops its rollup for good (docs/spec/rollup.md, "Security"). So whatever a sequencer puts
/// into a batch, and whatever users put into the inbox, the run has to end within batch_weight_max and its claim within
/// a block.
namespace enshrine::conformance {
namespace {

using codec::abi::Encoder;

/// Any r that is the abscissa of a point recovers to somebody, for every digest: nobody had to sign.
Bytes signed_by_nobody(std::uint64_t nonce) {
    types::Transaction txn;
    txn.type = types::TxnType::legacy;
    txn.chain_id = payments_chain;
    txn.nonce = nonce;
    txn.max_fee_per_gas = txn.max_priority_fee_per_gas = U256{sequencing::rollup_base_fee_wei};
    txn.gas_limit = 21'000;
    txn.to = Address{};
    txn.signature = {.r = U256{1}, .s = U256{1}, .recovery_id = 0};
    return types::encode_transaction(txn);
}

/// As many as fit a batch.
Bytes fill(const std::function<Bytes(std::uint64_t)>& make) {
    std::vector<Bytes> txns;
    std::size_t size = 16;
    while (txns.size() < sequencing::transactions_per_batch_max) {
        Bytes next = make(txns.size());
        size += next.size() + (next.size() < 56 ? 1 : next.size() < 256 ? 2 : 3);
        if (size > sequencing::batch_payload_bytes_max) break;
        txns.push_back(std::move(next));
    }
    return sequencing::encode_payload(txns);
}

class CapacitySlow : public ::testing::TestWithParam<sequencing::PayloadScheme> {
protected:
    Ledger ledger;
    Site& site = ledger.add_rollup(payments_chain, "payments");
    Actor rich = make_actor(0);
    std::uint64_t fresh_ = 0;

    void SetUp() override {
        ledger.publish_as(GetParam());
        ASSERT_TRUE(ledger.deposit(rich, site.id, rich.address, U256{100'000} * U256{coin}).status);
        ASSERT_TRUE(ledger.submit(site, ledger.build(site)).status);
        ledger.settle_all();
    }
    Address fresh() {
        Address out{{0x77}};
        store_be(out.data() + 12, ++fresh_ * 0x9e3779b97f4a7c15ULL);
        ledger.know(out);
        return out;
    }
    Bytes call(std::uint64_t nonce, Bytes data, const U256& value, std::uint64_t gas) {
        const Address to = data.empty() ? fresh() : guest::program_address;
        return signed_call(rich, nonce, to, std::move(data), value, gas);
    }
    Bytes signed_call(const Actor& from, std::uint64_t nonce, const Address& to, Bytes data, const U256& value,
                      std::uint64_t gas) {
        types::Transaction txn;
        txn.type = types::TxnType::dynamic_fee;
        txn.chain_id = site.id;
        txn.nonce = nonce;
        txn.max_fee_per_gas = U256{100'000'000};
        txn.gas_limit = gas;
        txn.to = to;
        txn.value = Amount{value};
        txn.data = std::move(data);
        txn.signature = crypto::sign(types::signing_hash(txn), from.key).value();
        return types::encode_transaction(txn);
    }
    Bytes pay_many(std::size_t receivers) {
        std::vector<Hash32> to;
        std::vector<Hash32> amounts;
        for (std::size_t i = 0; i < receivers; ++i) {
            Hash32 word;
            const Address address = fresh();
            std::copy(address.begin(), address.end(), word.begin() + 12);
            to.push_back(word);
            amounts.push_back(U256{1}.to_be());
        }
        return encode_call("payMany(address[],uint256[])", Encoder{2}.words(to).words(amounts));
    }
    void expect_settles(const Bytes& payload) {
        const auto built = ledger.try_build(site, payload, ledger.height());
        ASSERT_TRUE(built.has_value()) << built.error();
        std::cout << built->result.receipts.size() << " receipts, weight " << built->result.weight << ", witness "
                  << built->result.witness.size() << " bytes\n";
        EXPECT_LE(built->result.weight, rollup_registry::batch_weight_max);
        ASSERT_TRUE(ledger.submit(site, *built).status);
        const types::Receipt receipt = ledger.claim(site, rich, honest_claim(*built));
        EXPECT_TRUE(receipt.status);
        EXPECT_LE(receipt.gas_used, 60'000'000U);
        for (const std::string& problem : ledger.problems()) ADD_FAILURE() << problem;
    }
};

TEST_P(CapacitySlow, TransactionsOfNobody) {
    expect_settles(fill(signed_by_nobody));
}

TEST_P(CapacitySlow, ItemsThatAreNoTransactions) {
    expect_settles(fill([](std::uint64_t) { return Bytes{0x02}; }));
}

TEST_P(CapacitySlow, PaymentsToNewAccounts) {
    expect_settles(fill([&](std::uint64_t i) { return call(i, {}, U256{1}, 21'000); }));
}

TEST_P(CapacitySlow, PaymentsBetweenNewAccounts) {
    constexpr std::uint64_t first_actor = 10'000;
    expect_settles(fill([&](std::uint64_t i) {
        const Address to = make_actor(first_actor + i).address;
        ledger.know(to);
        return signed_call(rich, i, to, {}, U256{coin}, 21'000);
    }));
    expect_settles(fill(
        [&](std::uint64_t i) { return signed_call(make_actor(first_actor + i), 0, fresh(), {}, U256{1}, 21'000); }));
}

TEST_P(CapacitySlow, PaymentsToManyNewAccounts) {
    expect_settles(fill([&](std::uint64_t i) { return call(i, pay_many(8), U256{8}, 300'000); }));
}

TEST_P(CapacitySlow, LargePaymentsThatRevert) {
    expect_settles(fill([&](std::uint64_t i) { return call(i, pay_many(1'000), U256{1'000}, 29'000'000); }));
}

TEST_P(CapacitySlow, AnInboxFullOfCallsAndForcedTransactions) {
    const auto call_message = [&] {
        return ledger.send(
            rich, {.to = system::inbox_address,
                   .value = U256{13},
                   .data = encode_call("depositAndCall(uint64,address,bytes)",
                                       Encoder{3}.u64(site.id).address(guest::program_address).bytes(pay_many(13)))});
    };
    for (std::uint64_t i = 0; i < sequencing::inbox_messages_per_batch_max / 2; ++i) {
        ASSERT_TRUE(call_message().status);
        const Bytes forced = call(i, pay_many(11), U256{11}, 300'000);
        ASSERT_LE(forced.size(), messaging::message_data_bytes_max);
        ASSERT_TRUE(ledger.force(rich, site.id, forced).status);
    }
    expect_settles({});
    EXPECT_EQ(site.batches.back().inputs.inbox_messages.size(), sequencing::inbox_messages_per_batch_max);
    for (const auto& receipt : site.batches.back().result.receipts) {
        EXPECT_EQ(receipt.outcome, sequencing::RecordOutcome::succeeded);
    }
}

/// The largest payload that is nothing at all costs what reading it costs.
TEST_P(CapacitySlow, BytesThatAreNoList) {
    expect_settles(Bytes(sequencing::batch_payload_bytes_max, 0xff));
}

INSTANTIATE_TEST_SUITE_P(Schemes, CapacitySlow,
                         ::testing::Values(sequencing::PayloadScheme::native, sequencing::PayloadScheme::eip4844),
                         [](const auto& scheme) { return std::string{sequencing::to_text(scheme.param)}; });

}  // namespace
}  // namespace enshrine::conformance
