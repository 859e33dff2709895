// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/proof_chain_for_test.hpp>
#include <enshrine/proofs/records.hpp>
#include <enshrine/proofs/snark/ultrahonk_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::chain {
namespace {

using proofs::groth16::test::Trapdoor;
using test::call_verifier;

class VerifyAhead : public test::ProofChain {};

TEST_F(VerifyAhead, Batch6ABlockIsTheSameWithAndWithout) {  // [PROOF-BATCH.6] [PGAS.1]
    std::vector<ValidTransaction> txns;
    const auto shared = proofs::groth16::test::draw_inputs(draw, 2);
    const Bytes again = trapdoor.prove(draw, shared);
    for (std::size_t sender = 0; sender < test::key_count; ++sender) {
        const std::uint64_t first = sender == 0 ? 1 : 0;  // the registration was the first
        for (std::uint64_t i = 0; i < 4; ++i) {
            auto inputs = proofs::groth16::test::draw_inputs(draw, 2);
            Bytes proof = trapdoor.prove(draw, inputs);
            if (i == 1) inputs[0] = inputs[0] == U256{1} ? U256{2} : U256{1};  // a proof of something else
            if (i == 2) proof = sender % 2 == 0 ? Bytes{1, 2, 3} : again;
            if (i == 2 && sender % 2 == 1) inputs = shared;  // the same question from two accounts
            types::Transaction txn = asking(inputs, proof, first + i);
            if (i == 3 && sender == 2) txn.gas_limit = 150'000;  // does not pay for a verification
            txns.push_back(test::valid(txn, sender));
        }
    }
    const auto alone = build_alone(txns);
    ASSERT_TRUE(alone.has_value() && alone->skipped.empty());
    std::size_t succeeded = 0;
    for (const types::Receipt& receipt : alone->receipts) succeeded += receipt.status ? 1U : 0U;
    EXPECT_GT(succeeded, 0U);
    EXPECT_LT(succeeded, txns.size());

    const auto unprepared = build(txns, enshrined_protocol(cache));  // falls back: the key is not in the cache
    ASSERT_TRUE(unprepared.has_value());
    expect_same(*alone, *unprepared);
    const std::size_t kept = cache.verdicts.size();
    EXPECT_EQ(kept, 14U);  // one pair asks the same, one does not pay
    cache.verdicts = {};
    const auto together = build(txns, enshrined_protocol(cache));
    ASSERT_TRUE(together.has_value());
    expect_same(*alone, *together);
    EXPECT_EQ(cache.verdicts.size(), kept);
    const auto known = build(txns, enshrined_protocol(cache));
    ASSERT_TRUE(known.has_value());
    expect_same(*alone, *known);
}

TEST_F(VerifyAhead, Batch6StaysWithinTheBudget) {  // [PROOF-BATCH.6] [PGAS.3]
    prepare_key();
    const std::uint64_t load = 2'164;  // Groth16 on BN254 with two inputs [PKIND.4]
    const std::size_t fit = proofs::block_verification_microseconds_max / load;
    std::vector<types::Transaction> txns;
    for (std::size_t i = 0; i < fit + 5; ++i) txns.push_back(asking({U256{i}, U256{1}}, Bytes{1}));
    txns.push_back(test::transfer());
    EXPECT_EQ(verified_ahead(txns), fit);
}

/// Calls that are refused before they pay, by what stands before them in the block, would be verified for nothing.
TEST_F(VerifyAhead, Batch6LeavesWhatMayNotPay) {  // [PROOF-BATCH.6] [PGAS.3]
    prepare_key();
    const auto inputs = proofs::groth16::test::draw_inputs(draw, 2);
    const auto others = proofs::groth16::test::draw_inputs(draw, 2);
    EXPECT_EQ(verified_ahead({asking(inputs, Bytes{1}), asking(others, Bytes{2})}), 2U);
    EXPECT_EQ(verified_ahead({asking(inputs, Bytes{1}), asking(inputs, Bytes{2}), asking(others, Bytes{3})}), 2U)
        << "the second asks for the same receipt";

    const auto touching = [&](std::string_view method, const Hash32& key) {
        codec::abi::Encoder arguments{1};
        return call_verifier(method, arguments.bytes32(key), 0);
    };
    for (const std::string_view method : {"retireKey(bytes32 keyId)", "freezeKey(bytes32 keyId)"}) {
        EXPECT_EQ(verified_ahead({asking(inputs, Bytes{1}), touching(method, id)}), 0U) << method;
        EXPECT_EQ(verified_ahead({asking(inputs, Bytes{1}), touching(method, U256{7}.to_be())}), 1U) << method;
    }

    // What has a receipt is refused; another account may ask for its own.
    const std::vector first{test::valid(asking(inputs, trapdoor.prove(draw, inputs)), 1)};
    commit(first);
    EXPECT_EQ(verified_ahead({asking(inputs, Bytes{1}, 1)}, 1), 0U);
    EXPECT_EQ(verified_ahead({asking(inputs, Bytes{1})}, 2), 1U);
}

/// One account cannot fill a block with calls that cost it little: the block has room for as much as is paid.
TEST_F(VerifyAhead, Pgas3RefusedCallsLeaveRoom) {  // [PGAS.3]
    prepare_key();
    std::vector<ValidTransaction> txns;
    constexpr std::size_t many = 250;  // of 2,164 us: more than the budget, were they counted by that
    for (std::size_t i = 0; i < many; ++i) txns.push_back(test::valid(asking({U256{1}}, Bytes{1}, i), 1));
    const auto inputs = proofs::groth16::test::draw_inputs(draw, 2);
    txns.push_back(test::valid(asking(inputs, trapdoor.prove(draw, inputs)), 2));
    const auto block = build(txns, enshrined_protocol(cache));
    ASSERT_TRUE(block.has_value() && block->skipped.empty());
    ASSERT_EQ(block->receipts.size(), many + 1);
    EXPECT_FALSE(block->receipts.front().status);
    EXPECT_TRUE(block->receipts.back().status);
}

TEST_F(VerifyAhead, Batch6TakesPreparedKeys) {  // [PROOF-BATCH.6]
    const auto honk = proofs::ultrahonk::test::Trapdoor::draw(
        draw, {proofs::ultrahonk::Version::bb_5_0, proofs::ultrahonk::Flavour::plain, 6, 2});
    const auto unsound = proofs::ultrahonk::test::Trapdoor::draw(
        draw, {proofs::ultrahonk::Version::bb_3_0, proofs::ultrahonk::Flavour::zero_knowledge, 6, 2});
    const Bytes plain_key = trapdoor.key();
    const auto verdicts = [&](const Bytes& key, bool is_prepared) {
        cache = *ExecutionCache::make();
        state::Overlay state{chain.view};
        const proofs::AnyKey decoded = *proofs::AnyKey::decode(key);
        id = decoded.id();
        proofs::store_key_record(
            state, id,
            {.holders = 1, .input_count = static_cast<std::uint32_t>(decoded.input_count()), .cost = decoded.cost()});
        if (is_prepared) ENSHRINE_ASSERT(cache.keys.load(key).has_value());
        const ValidTransaction txn =
            test::valid(asking(std::vector<U256>(decoded.input_count(), U256{1}), Bytes{1}), 0);
        const std::vector<const ValidTransaction*> txns{&txn};
        verify_ahead(state, txns, next_block(), enshrined_protocol(cache));
        EXPECT_TRUE(find_paid_verification(state, txn, next_block(), enshrined_protocol()).has_value());
        return cache.verdicts.size();
    };
    EXPECT_EQ(verdicts(plain_key, true), 1U);
    EXPECT_EQ(verdicts(plain_key, false), 0U);
    EXPECT_EQ(verdicts(honk.key, true), 1U);
    EXPECT_EQ(verdicts(honk.key, false), 0U);
    EXPECT_EQ(verdicts(unsound.key, true), 0U) << "nothing of bb 3.0 with zero knowledge is verified [PKIND.6]";
}

TEST_F(VerifyAhead, Batch6TakesOnlyWhatWouldBePaid) {  // [PROOF-BATCH.6]
    const auto inputs = proofs::groth16::test::draw_inputs(draw, 2);
    const types::Transaction good = asking(inputs, Bytes{1});
    const auto found = find_paid(good, 2);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->key_id, id);
    EXPECT_EQ(found->inputs, inputs);
    EXPECT_EQ(found->proof, Bytes{1});
    const auto takes = [&](auto change) {
        types::Transaction txn = good;
        change(txn);
        return find_paid(txn, 2).has_value();
    };
    const std::uint64_t needed = intrinsic_gas_of(good.data.size(), {}) + proofs::verify_gas +
                                 proofs::verification_gas(proofs::AnyKey::decode(trapdoor.key())->cost());
    EXPECT_TRUE(takes([&](auto& txn) { txn.gas_limit = needed; }));
    EXPECT_FALSE(takes([&](auto& txn) { txn.gas_limit = needed - 1; }));
    EXPECT_FALSE(takes([](auto& txn) { txn.value = Amount{std::uint64_t{1}}; }));
    EXPECT_FALSE(takes([](auto& txn) { txn.to = test::plain(1); }));
    EXPECT_FALSE(takes([](auto& txn) { txn.data[0] ^= 1; }));
    EXPECT_FALSE(takes([](auto& txn) { txn.data[10] ^= 1; }));  // another key
    EXPECT_FALSE(takes([](auto& txn) { txn.data.pop_back(); }));
    EXPECT_FALSE(takes([](auto& txn) { txn.data.clear(); }));
    EXPECT_FALSE(find_paid(asking({U256{1}}, Bytes{1}), 2).has_value());
    EXPECT_TRUE(find_paid(asking(inputs, Bytes(looked_at_bytes_max - 1'000)), 2).has_value());
    EXPECT_FALSE(find_paid(asking(inputs, Bytes(looked_at_bytes_max)), 2).has_value());
    const system::BlockContext early{
        .chain_id = test::chain_id, .height = 2, .timestamp = 0, .proposer = {}, .base_fee = {}, .blob_base_fee = {}};
    EXPECT_FALSE(find_paid_verification(chain.view, test::valid(good, 2), early, enshrined_protocol()).has_value())
        << "in probation";
}

}  // namespace
}  // namespace enshrine::chain
