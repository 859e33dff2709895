// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/data_tree.hpp>
#include <enshrine/data_availability/malformed_matrix_for_test.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/system/addresses.hpp>

#include <gtest/gtest.h>
#include <test/conformance/ledger.hpp>

/// Whoever publishes the payload of a batch can fill rows that nobody checks with what he likes. He must neither stop
/// the rollup by it nor bring it to a state that nobody else can compute (docs/spec/data_availability.md, "Batches of
/// rollups").
namespace enshrine::conformance {
namespace {

using data_availability::MalformedMatrix;

/// A rollup whose lane is open, and a stranger who carries the victim's message in with a payload of his own.
class Availability : public ::testing::Test {
protected:
    Ledger ledger;
    Site& site = ledger.add_rollup(payments_chain, "payments");
    Actor victim = make_actor(0);
    Actor stranger = make_actor(1);
    Actor attacker = make_actor(2);
    Bytes payload;

    void SetUp() override {
        ASSERT_TRUE(ledger.deposit(victim, site.id, victim.address, U256{10 * coin}).status);
        ASSERT_TRUE(ledger.deposit(attacker, site.id, attacker.address, U256{10 * coin}).status);
        ASSERT_TRUE(ledger.submit(site, ledger.build(site)).status);
        ASSERT_TRUE(ledger.claim_next(site).status);
        ASSERT_TRUE(ledger.deposit(victim, site.id, victim.address, U256{coin}).status);
        ledger.idle(rollup_registry::force_window_blocks + 1);
        payload = sequencing::encode_payload(
            std::vector<Bytes>{ledger.sign(site, attacker, stranger.address, U256{coin}, {})});
    }
    void TearDown() override {
        for (const std::string& problem : ledger.problems()) ADD_FAILURE() << problem;
    }
    MalformedMatrix make_matrix(const std::function<void(std::vector<Bytes>&)>& tamper) {
        const std::uint64_t size = payload.size();
        const BytesView blob{payload};
        const auto layout = data_availability::layout_of({&size, 1}).value();
        return {layout.shape, data_availability::frame_blobs(layout, {&blob, 1}), tamper};
    }
    /// The batch that names the matrix, run by somebody who has all of its rows.
    Batch build_knowing(const MalformedMatrix& matrix) {
        rollup_node::BatchInputs inputs = naming(matrix);
        inputs.payload_preimages = data_availability::program_preimages(
            matrix.shape(), matrix.data_rows(),
            {.siblings = data_availability::anchor_siblings(matrix.shape(), matrix.prove(0)),
             .combination_root = matrix.combination_root()});
        return ledger.try_build_over(site, std::move(inputs), ledger.height()).value();
    }
    rollup_node::BatchInputs naming(const MalformedMatrix& matrix) {
        rollup_node::BatchInputs inputs;
        inputs.header.scheme = sequencing::PayloadScheme::native;
        inputs.header.payload_bytes = narrow<std::uint32_t>(payload.size());
        inputs.header.references = {matrix.commitment()};
        return inputs;
    }
    static void tamper_row_2(std::vector<Bytes>& rows) { rows[2][0] ^= 1; }
    U256 balance(const Actor& actor) { return site.account(actor.address).balance.wei(); }
};

// [DA-BATCH.2]: the one who knows the row gains nothing by it: his batch is as empty as everybody's.
TEST_F(Availability, WhoKnowsABadRowSettlesWhatEverybodySees) {
    const MalformedMatrix matrix = make_matrix(tamper_row_2);
    const Batch batch = build_knowing(matrix);
    EXPECT_EQ(batch.result.receipts.size(), 1U);  // the victim's deposit
    ASSERT_TRUE(ledger.submit_as(site, batch, attacker, {}).status);
    ASSERT_TRUE(ledger.claim(site, attacker, honest_claim(batch)).status);
    EXPECT_EQ(balance(victim), U256{11 * coin});
    EXPECT_EQ(balance(stranger), U256{});
}

// [DA-BATCH.3, DA-BATCH.4]: nobody has the row. Whoever has enough others shows that, and the rollup goes on.
TEST_F(Availability, ABadRowThatNobodyHasDoesNotStopTheRollup) {
    const MalformedMatrix matrix = make_matrix(tamper_row_2);
    const Batch knowing = build_knowing(matrix);
    ASSERT_FALSE(ledger.try_build_over(site, naming(matrix), ledger.height()).has_value());
    rollup_node::BatchInputs unknowing = naming(matrix);
    unknowing.payload_void = true;
    const Batch batch = ledger.try_build_over(site, std::move(unknowing), ledger.height()).value();
    EXPECT_EQ(batch.result.state_root, knowing.result.state_root);
    ASSERT_TRUE(ledger.submit_as(site, batch, attacker, {}).status);

    const types::Receipt early = ledger.claim(site, stranger, honest_claim(batch));
    EXPECT_TRUE(is_error(early.revert_data, "WitnessRefused(string,uint256,bytes32)"));
    ASSERT_TRUE(ledger.void_payload(stranger, site, 2, matrix.evidence(matrix.shape().data_rows)).status);
    ASSERT_TRUE(ledger.claim(site, stranger, honest_claim(batch)).status);
    EXPECT_EQ(balance(victim), U256{11 * coin});
    ledger.queue(site, victim, stranger.address, U256{coin}, {});
    ASSERT_TRUE(ledger.submit(site, ledger.build(site)).status);
    ledger.settle_all();
    EXPECT_EQ(site.settled, 3U);
    EXPECT_EQ(balance(stranger), U256{coin});
}

// [DA-BATCH.4]: parity that is no codeword's is nobody's business but the storage nodes'.
TEST_F(Availability, BadParityNeitherEmptiesThePayloadNorIsEvidence) {
    const MalformedMatrix matrix = make_matrix([](std::vector<Bytes>& rows) { rows[rows.size() - 1][0] ^= 1; });
    const Batch batch = build_knowing(matrix);
    EXPECT_EQ(batch.result.receipts.size(), 2U);
    ASSERT_TRUE(ledger.submit_as(site, batch, attacker, {}).status);
    const auto refused = ledger.void_payload(attacker, site, 2, matrix.evidence(1));
    EXPECT_TRUE(is_error(refused.revert_data, "EvidenceRefused(string)"));
    ASSERT_TRUE(ledger.claim(site, stranger, honest_claim(batch)).status);
    EXPECT_EQ(balance(stranger), U256{coin});
}

// [DA-BATCH.5]
TEST_F(Availability, ABatchNamesNoMatrixThatIsNotPublishedForIt) {
    const MalformedMatrix matrix = make_matrix([](std::vector<Bytes>&) {});
    const Batch batch = build_knowing(matrix);
    EXPECT_EQ(batch.result.receipts.size(), 2U);
    const auto refused_with = [&](std::string_view error) {
        codec::abi::Encoder arguments{2};
        arguments.bytes(sequencing::encode_batch_header(batch.inputs.header)).bytes({});
        const auto receipt =
            ledger.send(stranger, {.to = system::rollup_registry_address,
                                   .data = encode_call("submitBatch(bytes header, bytes certificate)", arguments)});
        return !receipt.status && is_error(receipt.revert_data, error);
    };
    EXPECT_TRUE(refused_with("NotPublished(bytes32)"));
    Site& other = ledger.add_rollup(exchange_chain, "exchange");
    ASSERT_TRUE(ledger.publish(attacker, other.id, matrix.commitment(), payload.size()).status);
    EXPECT_TRUE(refused_with("WrongNamespace(bytes32,bytes32)"));
    ASSERT_TRUE(ledger.publish(attacker, site.id, matrix.commitment(), payload.size() + 1).status);
    EXPECT_TRUE(refused_with("WrongPayloadSize(uint64,uint64)"));
    ASSERT_TRUE(ledger.publish(attacker, site.id, matrix.commitment(), payload.size()).status);
    ASSERT_TRUE(ledger.submit_as(site, batch, stranger, {}).status);
}

}  // namespace
}  // namespace enshrine::conformance
