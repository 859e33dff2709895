// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/messaging/assets.hpp>
#include <enshrine/messaging/inbox.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/sequencing/certificate.hpp>
#include <enshrine/system/addresses.hpp>

#include <gtest/gtest.h>
#include <sdk/guest/params.hpp>
#include <test/conformance/ledger.hpp>

namespace enshrine::conformance {
namespace {

using codec::abi::Encoder;
using rollup_registry::anchor_age_blocks_max;
using rollup_registry::force_window_blocks;

constexpr std::string_view anchor_out_of_range = "AnchorOutOfRange(uint64,uint64,uint64)";
constexpr std::string_view wrong_inbox_end = "WrongInboxEnd(uint64,uint64)";
constexpr std::string_view escrow_exceeded = "EscrowExceeded(uint64,bytes32,uint256,uint256)";

/// A user with coins on the payments rollup, whose sequencer does not want to serve them.
class Censorship : public ::testing::Test {
protected:
    Ledger ledger;
    Site& site = ledger.add_rollup(payments_chain, "payments");
    Actor victim = make_actor(0);
    Actor stranger = make_actor(1);

    void SetUp() override {
        ASSERT_TRUE(ledger.deposit(victim, site.id, victim.address, U256{10 * coin}).status);
        ASSERT_TRUE(ledger.submit(site, ledger.build(site)).status);
        ASSERT_TRUE(ledger.claim_next(site).status);
    }
    void TearDown() override {
        for (const std::string& problem : ledger.problems()) ADD_FAILURE() << problem;
    }
    Bytes withdrawal(const U256& value) {
        return ledger.sign(site, victim, guest::program_address, value,
                           encode_call("withdraw(address)", Encoder{1}.address(victim.address)));
    }
    /// What the header says after a change, as its sequencer would sign it.
    types::Receipt submit_changed(Batch batch, void (*change)(rollup_node::BatchInputs&)) {
        change(batch.inputs);
        batch.result.batch_hash = sequencing::batch_hash(sequencing::encode_batch_header(batch.inputs.header));
        return ledger.submit(site, batch);
    }
    /// What a sequencer gets that runs other messages than the batch has consumed.
    ClaimFields claim_over(const Batch& registered, std::vector<Bytes> messages) {
        rollup_node::BatchInputs inputs = registered.inputs;
        inputs.inbox_messages = std::move(messages);
        auto result = site.executor->execute(inputs, site);
        // The program itself refuses a number of messages that the header contradicts.
        if (!result) {
            inputs.header.inbox_end = inputs.inbox_first + inputs.inbox_messages.size();
            result = site.executor->execute(inputs, site);
        }
        EXPECT_TRUE(result.has_value());
        return honest_claim({inputs, *result});
    }
    void expect_refused(const types::Receipt& receipt, std::string_view error) {
        EXPECT_FALSE(receipt.status) << error;
        EXPECT_TRUE(is_error(receipt.revert_data, error)) << error;
    }
};

// [BATCH.6]
TEST_F(Censorship, ADepositThatIsDueCannotBeLeftOut) {
    ASSERT_TRUE(ledger.deposit(victim, site.id, victim.address, U256{coin}).status);
    const Batch batch = ledger.build(site);
    ASSERT_EQ(batch.inputs.header.inbox_end, 2U);
    expect_refused(submit_changed(batch, [](auto& inputs) { inputs.header.inbox_end = 1; }), wrong_inbox_end);
    expect_refused(submit_changed(batch, [](auto& inputs) { inputs.header.inbox_end = 3; }), wrong_inbox_end);
    EXPECT_TRUE(ledger.submit(site, batch).status);
}

// [CLAIM.3]: the L1 composes the range of the inbox itself, so no other run can settle.
TEST_F(Censorship, AForcedTransactionIsNeitherSkippedNorReorderedNorReplaced) {
    ASSERT_TRUE(ledger.force(victim, site.id, withdrawal(U256{coin})).status);
    ASSERT_TRUE(ledger.deposit(stranger, site.id, stranger.address, U256{coin}).status);
    const Batch batch = ledger.build(site);
    ASSERT_TRUE(ledger.submit(site, batch).status);
    const std::vector<Bytes>& messages = batch.inputs.inbox_messages;
    ASSERT_EQ(messages.size(), 2U);
    ASSERT_EQ(batch.result.outbox.size(), 1U);

    Bytes other = messages[0];
    other.back() ^= 1;
    const std::vector<std::vector<Bytes>> lies = {{messages[1]}, {}, {messages[1], messages[0]}, {other, messages[1]}};
    for (const std::vector<Bytes>& lie : lies) {
        const ClaimFields fields = claim_over(batch, lie);
        expect_refused(ledger.claim(site, site.sequencer, fields), "WitnessRefused(string,uint256,bytes32)");
        // The results of the lie with the witness of the truth.
        ClaimFields mixed = honest_claim(batch);
        mixed.state_root = fields.state_root;
        mixed.outbox_root = fields.outbox_root;
        mixed.receipts_root = fields.receipts_root;
        const types::Receipt receipt = ledger.claim(site, site.sequencer, mixed);
        EXPECT_FALSE(receipt.status);
    }
    EXPECT_EQ(site.settled, 1U);
    ASSERT_TRUE(ledger.claim_next(site).status);
    const U256 before = ledger.l1_balance(victim.address);
    ASSERT_TRUE(ledger.withdraw(stranger, site, ledger.emitted(site, 2).at(0)).status);
    EXPECT_EQ(ledger.l1_balance(victim.address), before + U256{coin});
}

// [BATCH.5]
TEST_F(Censorship, OldAnchorsDoNotDelayForLong) {
    const std::uint64_t last_anchor = site.batches.back().inputs.header.anchor_height;
    ledger.idle(anchor_age_blocks_max);
    ASSERT_TRUE(ledger.force(victim, site.id, withdrawal(U256{coin})).status);
    const std::uint64_t block = ledger.height() + 1;  // which would register the batch

    expect_refused(ledger.submit(site, ledger.build(site, {}, last_anchor)), anchor_out_of_range);
    expect_refused(ledger.submit(site, ledger.build(site, {}, block + 1 - anchor_age_blocks_max - 1)),
                   anchor_out_of_range);
    expect_refused(submit_changed(ledger.build(site), [](auto& inputs) { inputs.header.anchor_height += 1; }),
                   anchor_out_of_range);

    // The oldest anchor that is allowed leaves the message out, but the next batch cannot go back behind it.
    const std::uint64_t oldest = ledger.height() + 1 - anchor_age_blocks_max;
    const Batch delaying = ledger.build(site, {}, oldest);
    EXPECT_TRUE(delaying.inputs.inbox_messages.empty());
    ASSERT_TRUE(ledger.submit(site, delaying).status);
    expect_refused(ledger.submit(site, ledger.build(site, {}, oldest - 1)), anchor_out_of_range);
}

// A sequencer that registers empty batches with the oldest anchors it may use cannot keep a message out for longer than
// anchor_age_blocks_max, and strangers need not wait that long [BATCH.8].
TEST_F(Censorship, DelayingForeverIsImpossible) {
    ASSERT_TRUE(ledger.force(victim, site.id, withdrawal(U256{coin})).status);
    const std::uint64_t enqueued = ledger.height();
    std::size_t delayed = 0;
    while (messaging::load_inbox_count(ledger.state(), site.id) != site.inbox_end()) {
        const std::uint64_t next = ledger.height() + 1;
        const std::uint64_t oldest = next > anchor_age_blocks_max ? next - anchor_age_blocks_max : 0;
        const std::uint64_t anchor = std::max(oldest, site.batches.back().inputs.header.anchor_height);
        ASSERT_TRUE(ledger.submit(site, ledger.build(site, {}, anchor)).status);
        ++delayed;
        ledger.idle(15);
        ASSERT_LE(ledger.height(), enqueued + anchor_age_blocks_max + 16);
    }
    EXPECT_GT(delayed, 1U);
}

// [BATCH.8], [MSG.8]
TEST_F(Censorship, WhenTheSequencerStopsAStrangerCarriesTheVictimOut) {
    ASSERT_TRUE(ledger.force(victim, site.id, withdrawal(U256{3 * coin})).status);
    const std::uint64_t enqueued = ledger.height();
    expect_refused(ledger.submit_as(site, ledger.build(site), stranger, {}), "NotSequencer(address,address)");
    ledger.idle(enqueued + force_window_blocks - ledger.height() - 1);
    // In the block of exactly that age the lane is still closed.
    expect_refused(ledger.submit_as(site, ledger.build(site), stranger, {}), "NotSequencer(address,address)");

    const Batch batch = ledger.build(site);
    const auto certificate = sequencing::make_certificate(batch.result.batch_hash, {&stranger.key, 1}).value();
    const Batch early = ledger.build(site, {}, enqueued - 1);
    expect_refused(ledger.submit_as(site, batch, stranger, certificate), "CertificateNotEmpty(uint64)");
    expect_refused(ledger.submit_as(site, early, stranger, {}), "NothingForced(uint64)");
    ASSERT_TRUE(ledger.submit_as(site, batch, stranger, {}).status);
    expect_refused(ledger.submit_as(site, ledger.build(site), stranger, {}), "NotSequencer(address,address)");

    ASSERT_TRUE(ledger.claim(site, stranger, honest_claim(batch)).status);
    const auto sent = ledger.emitted(site, site.settled);
    ASSERT_EQ(sent.size(), 1U);
    const U256 before = ledger.l1_balance(victim.address);
    ASSERT_TRUE(ledger.withdraw(stranger, site, sent[0]).status);
    EXPECT_EQ(ledger.l1_balance(victim.address), before + U256{3 * coin});
    expect_refused(ledger.withdraw(victim, site, sent[0]), "AlreadyConsumed(uint64,uint64,uint64)");
}

// The sequencer comes back: it goes on behind what the stranger has registered.
TEST_F(Censorship, TheSequencerGoesOnBehindAForcedBatch) {
    ASSERT_TRUE(ledger.force(victim, site.id, withdrawal(U256{coin})).status);
    ledger.idle(force_window_blocks + 1);
    const Batch own = ledger.build(site);
    ASSERT_TRUE(ledger.submit_as(site, ledger.build(site), stranger, {}).status);
    expect_refused(ledger.submit(site, own), "WrongSequence(uint64,uint64)");
    ASSERT_TRUE(ledger.submit(site, ledger.build(site)).status);
    ledger.settle_all();
    EXPECT_EQ(site.settled, 3U);
}

/// A rollup whose program sends what it likes, beside an honest one full of coins.
class Theft : public ::testing::Test {
protected:
    Ledger ledger;
    Site& honest = ledger.add_rollup(payments_chain, "payments");
    Site& exchange = ledger.add_rollup(exchange_chain, "exchange");
    Site& thief = ledger.add_rollup(thief_chain, "thief");
    Actor robber = make_actor(2);
    Actor saver = make_actor(3);
    static constexpr std::uint64_t stake = 2 * coin;

    void SetUp() override {
        ASSERT_TRUE(ledger.deposit(saver, payments_chain, saver.address, U256{100 * coin}).status);
        ASSERT_TRUE(ledger.deposit(token_owner(), exchange_chain, token_owner().address, U256{100 * coin}).status);
        ASSERT_TRUE(ledger.deposit(robber, thief_chain, robber.address, U256{stake}).status);
        for (Site* site : {&honest, &exchange, &thief}) ASSERT_TRUE(ledger.submit(*site, ledger.build(*site)).status);
        ledger.settle_all();
    }
    void TearDown() override {
        for (const std::string& problem : ledger.problems()) ADD_FAILURE() << problem;
        EXPECT_EQ(escrow(payments_chain), U256{100 * coin});
        EXPECT_EQ(escrow(exchange_chain), U256{100 * coin});
    }
    U256 escrow(std::uint64_t rollup) {
        return messaging::load_escrow(ledger.state(), rollup, messaging::native_asset).wei();
    }
    messaging::Message message(std::uint64_t destination, std::uint64_t sequence, const U256& value) const {
        return {.source = thief_chain,
                .destination = destination,
                .sequence = sequence,
                .sender = robber.address,
                .receiver = robber.address,
                .value = Amount{value}};
    }
    /// Makes the program send the messages, and settles that. Its claim is honest: the program is not.
    std::vector<Ledger::Emitted> send(const std::vector<messaging::Message>& messages) {
        for (const messaging::Message& item : messages) {
            ledger.queue(thief, robber, guest::program_address, {},
                         encode_call("emitMessage(bytes message)", Encoder{1}.bytes(messaging::encode_message(item))));
        }
        EXPECT_TRUE(ledger.submit(thief, ledger.build(thief)).status);
        ledger.settle_all();
        const auto all = ledger.emitted(thief, thief.settled);
        EXPECT_GE(all.size(), messages.size());
        return {all.end() - static_cast<std::ptrdiff_t>(messages.size()), all.end()};
    }
    void expect_refused(const types::Receipt& receipt, std::string_view error) {
        EXPECT_FALSE(receipt.status) << error;
        EXPECT_TRUE(is_error(receipt.revert_data, error)) << error;
    }
};

// [MSG.5]
TEST_F(Theft, NeverMoreThanTheEscrowLeaves) {
    const U256 before = ledger.l1_balance(robber.address);
    const auto sent = send({message(l1_chain, 0, U256{stake} + U256{1}), message(l1_chain, 1, U256{100 * coin}),
                            message(l1_chain, 2, U256{~0ULL, ~0ULL, ~0ULL, ~0ULL}), message(l1_chain, 3, U256{stake}),
                            message(l1_chain, 4, U256{1})});
    const U256 spent = before - ledger.l1_balance(robber.address);
    for (const std::size_t i : {0U, 1U, 2U}) expect_refused(ledger.withdraw(saver, thief, sent[i]), escrow_exceeded);
    ASSERT_TRUE(ledger.withdraw(saver, thief, sent[3]).status);  // its own stake it may pay out
    expect_refused(ledger.withdraw(saver, thief, sent[4]), escrow_exceeded);
    EXPECT_TRUE(escrow(thief_chain).is_zero());
    EXPECT_EQ(ledger.l1_balance(robber.address) + spent, before + U256{stake});
    // A refused message stays unconsumed: with new coins it passes.
    ASSERT_TRUE(ledger.deposit(saver, thief_chain, saver.address, U256{1}).status);
    EXPECT_TRUE(ledger.withdraw(saver, thief, sent[4]).status);
}

TEST_F(Theft, NothingFlowsIntoOtherRollupsEither) {
    const auto sent =
        send({message(payments_chain, 0, U256{stake} + U256{1}), message(exchange_chain, 0, U256{100 * coin})});
    for (const auto& item : sent) expect_refused(ledger.relay(robber, thief, item), escrow_exceeded);
}

// [MSG.11]
TEST_F(Theft, TokensOfAnotherIssuerAreNotMinted) {
    messaging::Message to_issuer = message(exchange_chain, 0, U256{coin});
    to_issuer.asset = exchange_token();
    messaging::Message to_holder = message(payments_chain, 0, U256{coin});
    to_holder.asset = exchange_token();
    messaging::Message to_l1 = message(l1_chain, 0, U256{coin});
    to_l1.asset = exchange_token();
    const auto sent = send({to_issuer, to_holder, to_l1});
    expect_refused(ledger.relay(robber, thief, sent[0]), escrow_exceeded);
    expect_refused(ledger.relay(robber, thief, sent[1]), escrow_exceeded);
    expect_refused(ledger.withdraw(robber, thief, sent[2]), escrow_exceeded);
}

// [MSG.3]: a message counts where its source's outbox is, whatever the program claims the source to be.
TEST_F(Theft, ItDoesNotSpeakForAnotherRollup) {
    messaging::Message forged = message(l1_chain, 0, U256{50 * coin});
    forged.source = payments_chain;
    const auto sent = send({forged});
    EXPECT_FALSE(ledger.withdraw(robber, thief, sent[0]).status);
    // The same position in an existing batch of the other one.
    Ledger::Emitted aimed = sent[0];
    ledger.queue(honest, saver, guest::program_address, U256{coin},
                 encode_call("withdraw(address)", Encoder{1}.address(saver.address)));
    ASSERT_TRUE(ledger.submit(honest, ledger.build(honest)).status);
    ledger.settle_all();
    ASSERT_EQ(sent[0].batch, 2U);
    ASSERT_EQ(honest.settled, 2U);
    expect_refused(ledger.withdraw(robber, thief, aimed), "ProofMismatch(bytes32,bytes32)");
}

// [MSG.9]
TEST_F(Theft, ItDoesNotForceTransactions) {
    messaging::Message forced = message(payments_chain, 0, {});
    forced.kind = messaging::MessageKind::forced_transaction;
    forced.data = ledger.sign(honest, saver, robber.address, U256{coin}, {});
    const auto sent = send({forced});
    expect_refused(ledger.relay(robber, thief, sent[0]), "WrongKind(uint8)");
}

// A call from another rollup comes under an address that nobody owns: naming a victim as its sender gives nothing.
TEST_F(Theft, ItDoesNotCallInTheNameOfOthers) {
    messaging::Message call = message(exchange_chain, 0, {});
    call.kind = messaging::MessageKind::call;
    call.sender = token_owner().address;
    call.receiver = guest::program_address;
    call.data = encode_call("transferToken(address,uint256)", Encoder{2}.address(robber.address).u64(coin));
    const auto sent = send({call});
    ASSERT_TRUE(ledger.relay(robber, thief, sent[0]).status);
    ASSERT_TRUE(ledger.submit(exchange, ledger.build(exchange)).status);
    const auto& receipts = exchange.batches.back().result.receipts;
    ASSERT_EQ(receipts.size(), 1U);
    EXPECT_EQ(receipts[0].outcome, sequencing::RecordOutcome::reverted);
    EXPECT_TRUE(exchange.asset(robber.address, exchange_token()).is_zero());
}

// A repeated sequence number is one message, even if the program sends two.
TEST_F(Theft, ARepeatedSequenceIsConsumedOnce) {
    const auto sent = send({message(l1_chain, 7, U256{coin}), message(l1_chain, 7, U256{coin / 2})});
    ASSERT_TRUE(ledger.withdraw(saver, thief, sent[1]).status);
    expect_refused(ledger.withdraw(saver, thief, sent[0]), "AlreadyConsumed(uint64,uint64,uint64)");
}

}  // namespace
}  // namespace enshrine::conformance
