// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/proof_chain_for_test.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/rollup_registry/validity.hpp>
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/sequencing/certificate.hpp>

namespace enshrine::chain {
namespace {

/// Claims of a rollup that settles by proof, verified before their block runs.
class ClaimAhead : public test::ProofChain {
protected:
    static constexpr std::uint64_t rollup = 911;
    static constexpr std::size_t owner = 0;  // holds the key
    static constexpr std::size_t claimer = 2;

    ClaimAhead() {
        const rollup_registry::Validity validity{.key_id = id, .inbox_max = 2, .payload_max = 100};
        codec::abi::Encoder registration{7};
        registration.u64(rollup).bytes(Bytes{1}).bytes(U256{7}.to_be().view()).address(test::account(owner)).u64(1);
        registration.bytes(rollup_registry::encode_validity(validity)).bytes(as_bytes("proven"));
        run(owner,
            "registerProven(uint64 rollup, bytes program, bytes genesis, address sequencer, uint8 policy, bytes "
            "validity, string name)",
            registration);
        run(owner, submit_method, submission());
        prepare_key();
    }
    types::Transaction call_registry(std::string_view method, const codec::abi::Encoder& arguments,
                                     std::size_t sender) {
        return test::call_contract(system::rollup_registry_address, method, arguments,
                                   chain.at(test::account(sender)).nonce);
    }
    void run(std::size_t sender, std::string_view method, const codec::abi::Encoder& arguments) {
        types::Transaction txn = call_registry(method, arguments, sender);
        txn.gas_limit = 5'000'000;
        const std::vector txns{test::valid(txn, sender)};
        const auto block = build(txns, enshrined_protocol(cache));
        ENSHRINE_ASSERT(block && block->receipts.size() == 1 && block->receipts[0].status);
        chain.commit(*block);
    }
    /// The next batch, which is empty.
    codec::abi::Encoder submission() {
        const Bytes status =
            ask(system::rollup_registry_address, "status(uint64 rollup)", codec::abi::Encoder{1}.u64(rollup));
        const auto word = [&](std::size_t i) { return Hash32::from(BytesView{status}.subspan(32 * i, 32)); };
        sequencing::BatchHeader header;
        header.rollup = rollup;
        header.sequence = U256::from_be(word(6).view()).low_u64() + 1;
        header.previous_hash = word(7);
        header.anchor_height = chain.header.number;
        header.anchor_hash = types::block_hash(chain.header);
        const Bytes bytes = sequencing::encode_batch_header(header);
        const crypto::SecretKey secret = test::key(owner);
        codec::abi::Encoder out{2};
        out.bytes(bytes).bytes(*sequencing::make_certificate(sequencing::batch_hash(bytes), {&secret, 1}));
        return out;
    }
    static codec::abi::Encoder claim_arguments(std::size_t count, std::uint64_t state_root) {
        codec::abi::Encoder out{count};
        out.u64(rollup).u64(1).u64(1).bytes32(U256{state_root}.to_be()).bytes32({}).u64(0).bytes32({});
        out.bytes(Bytes{}).bytes(Bytes{});
        return out;
    }
    std::vector<U256> question(std::uint64_t state_root) {
        const Bytes answer = ask(system::rollup_registry_address,
                                 "settlementInputs(uint64 rollup, uint64 firstSequence, uint64 lastSequence, bytes32 "
                                 "stateRoot, bytes32 outboxRoot, uint64 outboxCount, bytes32 receiptsRoot, bytes data, "
                                 "bytes outbox)",
                                 claim_arguments(9, state_root));
        const auto word = [&](std::size_t i) { return U256::from_be(BytesView{answer}.subspan(32 * i, 32)); };
        return {word(3), word(4)};
    }
    types::Transaction claiming(std::uint64_t state_root, const Bytes& proof) {
        auto arguments = claim_arguments(10, state_root);
        return call_registry(
            "claimProven(uint64 rollup, uint64 firstSequence, uint64 lastSequence, bytes32 stateRoot, "
            "bytes32 outboxRoot, uint64 outboxCount, bytes32 receiptsRoot, bytes data, bytes outbox, "
            "bytes proof)",
            arguments.bytes(proof), claimer);
    }
    types::Transaction naming(std::uint64_t other) {
        return call_registry("setSequencer(uint64 rollup, address sequencer)",
                             codec::abi::Encoder{2}.u64(other).address(test::account(1)), claimer);
    }

    static constexpr std::string_view submit_method = "submitBatch(bytes header, bytes certificate)";
};

// [PROOF-BATCH.6] What is asked ahead is what the claim asks when it runs.
TEST_F(ClaimAhead, Batch6AClaimIsVerifiedBeforeItsBlock) {
    const auto inputs = question(77);
    const Bytes right = trapdoor.prove(draw, inputs);
    const Bytes wrong = trapdoor.prove(draw, question(78));
    const auto found = find_paid(claiming(77, right), claimer);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->key_id, id);
    EXPECT_EQ(found->inputs, inputs);
    EXPECT_EQ(found->proof, right);
    for (const auto& [proof, accepted] : {std::pair{wrong, false}, std::pair{right, true}}) {
        const std::vector txns{test::valid(claiming(77, proof), claimer)};
        const auto alone = build_alone(txns);
        ASSERT_TRUE(alone && alone->receipts.size() == 1);
        EXPECT_EQ(alone->receipts[0].status, accepted);
        EXPECT_EQ(verified_ahead({claiming(77, proof)}, claimer), 1U);
        const auto known = build(txns, enshrined_protocol(cache));
        ASSERT_TRUE(known.has_value());
        EXPECT_EQ(cache.verdicts.size(), 1U) << "execution asks what was asked ahead";
        expect_same(*alone, *known);
    }
}

// [PROOF-BATCH.6]
TEST_F(ClaimAhead, Batch6WhatMayChangeTheQuestionComesFirst) {
    const types::Transaction first = claiming(77, trapdoor.prove(draw, question(77)));
    const types::Transaction second = claiming(78, trapdoor.prove(draw, question(78)));
    EXPECT_EQ(verified_ahead({first, second}, claimer), 1U);
    EXPECT_EQ(verified_ahead({naming(rollup), first}, claimer), 0U);
    EXPECT_EQ(verified_ahead({first, naming(rollup)}, claimer), 1U);
    EXPECT_EQ(verified_ahead({naming(rollup + 1), first}, claimer), 1U);
    const auto freezing = test::call_verifier("freezeKey(bytes32 keyId)", codec::abi::Encoder{1}.bytes32(id), 0);
    EXPECT_EQ(verified_ahead({first, freezing}, claimer), 0U);
    // A further batch changes nothing about the one that is claimed.
    EXPECT_EQ(verified_ahead({call_registry(submit_method, submission(), claimer), first}, claimer), 1U);
}

// [PROOF-BATCH.6]
TEST_F(ClaimAhead, Batch6TakesOnlyClaimsThatPay) {
    const types::Transaction good = claiming(77, Bytes{1});
    const auto takes = [&](auto change) {
        types::Transaction txn = good;
        change(txn);
        return find_paid(txn, claimer).has_value();
    };
    const std::uint64_t needed = intrinsic_gas_of(good.data.size(), {}) + rollup_registry::claim_proven_gas +
                                 rollup_registry::proven_batch_gas +
                                 proofs::verification_gas(proofs::AnyKey::decode(trapdoor.key())->cost());
    EXPECT_TRUE(takes([&](auto& txn) { txn.gas_limit = needed; }));
    EXPECT_FALSE(takes([&](auto& txn) { txn.gas_limit = needed - 1; }));
    EXPECT_FALSE(takes([](auto& txn) { txn.value = Amount{std::uint64_t{1}}; }));
    EXPECT_FALSE(takes([](auto& txn) { txn.data[4 + 31] ^= 1; }));          // another rollup
    EXPECT_FALSE(takes([](auto& txn) { txn.data[4 + 2 * 32 - 1] ^= 2; }));  // another first batch
    EXPECT_FALSE(takes([](auto& txn) { txn.data[4 + 3 * 32 - 1] ^= 2; }));  // a last batch that is not registered
    EXPECT_FALSE(takes([](auto& txn) { txn.data.pop_back(); }));
    const std::vector settled{test::valid(claiming(77, trapdoor.prove(draw, question(77))), claimer)};
    commit(settled);
    EXPECT_FALSE(find_paid(claiming(77, Bytes{1}), claimer).has_value());
}

}  // namespace
}  // namespace enshrine::chain
