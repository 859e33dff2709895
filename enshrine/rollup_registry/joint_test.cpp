// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/malformed_matrix_for_test.hpp>
#include <enshrine/rollup_registry/proven_for_test.hpp>
#include <enshrine/state/entries.hpp>

namespace enshrine::rollup_registry::test {
namespace {

using system::refused_with;

constexpr std::uint64_t both = 0xa3;
constexpr std::uint64_t either = 0x93;

/// Rollups whose policy names native and validity. The program commits its batch hash, and emits it as message and
/// receipt.
class JointRollup : public ProvenRollup {
protected:
    JointRollup() {
        constexpr std::uint64_t batch_hash_address = 0x1000 + 136;
        vm::Assembler code;
        for (const std::uint64_t kind : {0U, 1U}) {
            code.load_constant(vm::a0, kind).load_constant(vm::a1, batch_hash_address);
            code.load_constant(vm::a2, 32).call(2);
        }
        code.load_constant(vm::a0, batch_hash_address).call(3).halt(0);
        program = vm::make_elf(code);
        native_genesis = state::encode_entries({});
    }
    vm::Recording record(std::uint64_t sequence) {
        const BatchRecord batch = *load_batch(chain.state, id, sequence);
        const auto arguments =
            compose_arguments(chain.state, messages, id, batch, load_progress(chain.state, id)->settled_state_root);
        vm::PreimageStore store;
        store.add(batch.header);
        const Bytes page = arguments.encode();
        const vm::Program loaded = *vm::Program::load(program);
        return vm::record(runner.memory(), {.program = loaded, .argument_page = page, .compute_machine_root = true},
                          store);
    }
    system::CallResult claim_natively(std::uint64_t sequence = 1) {
        const auto run = record(sequence);
        const vm::Outcome& outcome = run.result.outcome;
        return call(stranger,
                    "claim(uint64 rollup, uint64 sequence, bytes32 stateRoot, bytes32 outboxRoot, bytes32 "
                    "receiptsRoot, uint64 steps, bytes32 machineRoot, bytes witness)",
                    id, sequence, *outcome.state_root, outcome.record_roots[0], outcome.record_roots[1], outcome.steps,
                    *run.result.machine_root, run.witness.encode());
    }
    /// What the program gives, said by a proof.
    Said truth(std::uint64_t sequence = 1) {
        const auto run = record(sequence);
        const vm::Outcome& outcome = run.result.outcome;
        Said said;
        said.first = said.last = sequence;
        said.state_root = *outcome.state_root;
        said.outbox_root = outcome.record_roots[0];
        said.outbox_count = outcome.records[0].size();
        said.receipts_root = outcome.record_roots[1];
        return said;
    }
    /// A batch whose matrix has a row that is not of the code.
    system::CallResult submit_malformed() { return submit_matrix(payload, malformed.commitment()); }
    system::CallResult void_payload(std::uint64_t sequence) {
        const auto evidence = malformed.evidence(layout.shape.data_rows);
        return call(stranger,
                    "voidPayload(uint64 rollup, uint64 sequence, bytes32 rowRoot, bytes combinations, bytes rows)", id,
                    sequence, evidence.row_root, evidence.combinations,
                    data_availability::encode_row_proofs(evidence.rows));
    }
    void expect_settled(const Said& said) {
        EXPECT_EQ(load_progress(chain.state, id)->settled_sequence, said.last);
        EXPECT_EQ(load_progress(chain.state, id)->settled_state_root, said.state_root);
        EXPECT_FALSE(load_agreement(chain.state, id).has_value());
        const Settlement settled = *load_settlement(chain.state, id, said.last);
        EXPECT_EQ(settled.methods, 3);
        EXPECT_GT(settled.steps, 0U);
        EXPECT_FALSE(settled.machine_root.is_zero());
    }

    const Bytes payload = Bytes(50, 0x55);

private:
    const std::uint64_t size = payload.size();
    const BytesView view{payload};
    const data_availability::MatrixLayout layout = data_availability::layout_of({&size, 1}).value();
    const data_availability::MalformedMatrix malformed{layout.shape, data_availability::frame_blobs(layout, {&view, 1}),
                                                       [](std::vector<Bytes>& rows) { rows[7][1] ^= 2; }};
};

TEST_F(JointRollup, Policy4BothHaveToAgree) {  // [POLICY.4]
    start(both);
    for (const std::uint64_t sequence : {1U, 2U}) {
        ASSERT_TRUE(submit_payload({}).has_value());
        const Said said = truth(sequence);
        const Bytes proof = prove(said);
        if (sequence == 1) {
            ASSERT_TRUE(claim_natively(sequence).has_value());
        } else {
            ASSERT_TRUE(claim(said, proof).has_value());
        }
        EXPECT_EQ(
            chain.logs.back().topics.at(0),
            codec::abi::signature_hash(
                "ClaimAccepted(uint64 rollup, uint64 sequence, uint8 method, bytes32 stateRoot, bytes32 outboxRoot)"));
        EXPECT_EQ(load_progress(chain.state, id)->settled_sequence, sequence - 1);
        EXPECT_EQ(load_agreement(chain.state, id)->methods, sequence);
        const auto twice = sequence == 1 ? claim_natively(sequence) : claim(said, proof);
        EXPECT_TRUE(refused_with(twice, errors::already_accepted));
        const auto second = sequence == 1 ? claim(said, proof) : claim_natively(sequence);
        ASSERT_TRUE(second.has_value());
        expect_settled(said);
    }
}

TEST_F(JointRollup, Policy4DisagreementSettlesNothing) {  // [POLICY.4]
    start(both);
    ASSERT_TRUE(submit_payload({}).has_value());
    ASSERT_TRUE(claim_natively().has_value());
    const Settlement accepted = *load_agreement(chain.state, id);
    for (const auto& change : {+[](Said& s) { s.state_root[31] ^= 1; }, +[](Said& s) { s.outbox_root[0] ^= 1; },
                               +[](Said& s) { s.outbox_count += 1; }, +[](Said& s) { s.receipts_root[9] ^= 1; }}) {
        Said said = truth();
        change(said);
        EXPECT_TRUE(refused_with(claim(said, prove(said)), errors::claims_disagree));
    }
    EXPECT_EQ(load_agreement(chain.state, id), accepted);
    EXPECT_TRUE(settlements.settled.empty());
    EXPECT_EQ(proofs::load_receipt_list(chain.state, proofs::source_of_rollup(id)).count, 0U);
    const Said said = truth();
    ASSERT_TRUE(claim(said, prove(said)).has_value());
    expect_settled(said);
}

TEST_F(JointRollup, Policy4AWrongProofFirstStopsTheMachine) {  // [POLICY.4]
    start(both);
    ASSERT_TRUE(submit_payload({}).has_value());
    Said lie = truth();
    lie.state_root[0] ^= 1;
    ASSERT_TRUE(claim(lie, prove(lie)).has_value());  // whoever knows the trapdoor proves anything
    EXPECT_TRUE(refused_with(claim_natively(), errors::claims_disagree));
    EXPECT_EQ(load_progress(chain.state, id)->settled_sequence, 0U);
}

TEST_F(JointRollup, Policy4OneOfTwoSettlesWithTheFirst) {  // [POLICY.4]
    start(either);
    ASSERT_TRUE(submit_payload({}).has_value());
    ASSERT_TRUE(submit_payload({}).has_value());
    ASSERT_TRUE(claim_natively(1).has_value());
    EXPECT_EQ(load_settlement(chain.state, id, 1)->methods, 1);
    const Said said = truth(2);
    ASSERT_TRUE(claim(said, prove(said)).has_value());
    EXPECT_EQ(load_settlement(chain.state, id, 2)->methods, 2);
}

TEST_F(JointRollup, Policy5OneBatchPerClaim) {  // [POLICY.5]
    start(both);
    ASSERT_TRUE(submit_payload({}).has_value());
    ASSERT_TRUE(submit_payload({}).has_value());
    EXPECT_TRUE(refused_with(ask({.first = 1, .last = 2}), errors::range_too_long));
}

TEST_F(JointRollup, Policy6AVoidPayloadUndoesAcceptance) {  // [POLICY.6]
    start(both);
    ASSERT_TRUE(submit_malformed().has_value());
    const Said before = truth();
    ASSERT_TRUE(claim(before, prove(before)).has_value());
    ASSERT_TRUE(void_payload(1).has_value());
    EXPECT_FALSE(load_agreement(chain.state, id).has_value());
    const Said after = truth();
    ASSERT_TRUE(claim_natively().has_value());
    ASSERT_TRUE(claim(after, prove(after)).has_value());
    expect_settled(after);
}

TEST_F(JointRollup, Policy6AVoidPayloadOfALaterBatchUndoesNothing) {  // [POLICY.6]
    start(both);
    ASSERT_TRUE(submit_payload({}).has_value());
    ASSERT_TRUE(submit_malformed().has_value());
    const Said said = truth(1);
    ASSERT_TRUE(claim(said, prove(said)).has_value());
    ASSERT_TRUE(void_payload(2).has_value());
    EXPECT_TRUE(refused_with(claim(said, prove(said)), errors::already_accepted));
    ASSERT_TRUE(claim_natively(1).has_value());
    expect_settled(said);
}

TEST_F(JointRollup, Proven6AStatementAcceptedAgainKeepsItsReceipt) {  // [PROVEN.6]
    start(both);
    ASSERT_TRUE(submit_payload({}).has_value());
    const Said said = truth(1);
    const Bytes proof = prove(said);
    ASSERT_TRUE(claim(said, proof).has_value());
    erase_agreement(chain.state, id);  // however it may fall
    ASSERT_TRUE(claim(said, proof).has_value());
    EXPECT_EQ(proofs::load_receipt_list(chain.state, proofs::source_of_rollup(id)).count, 1U);
    ASSERT_TRUE(claim_natively(1).has_value());
    expect_settled(said);
}

}  // namespace
}  // namespace enshrine::rollup_registry::test
