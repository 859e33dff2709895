// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/node/node_for_test.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/snark/groth16_for_test.hpp>
#include <enshrine/system/addresses.hpp>

#include <gtest/gtest.h>

#include <thread>

namespace enshrine::node {
namespace {

using namespace test;
using algebra::bn254::Draw;
using proofs::groth16::test::draw_inputs;
using proofs::groth16::test::Trapdoor;
using store::TempFolder;

class ProofAdmissionTest : public testing::Test {
protected:
    ProofAdmissionTest() {
        const Bytes key = trapdoor.key();
        codec::abi::Encoder arguments{1};
        types::Transaction txn = call_verifier("registerKey(bytes key)", arguments.bytes(key));
        txn.value = Amount{U256{key.size()} * U256{proofs::key_deposit_per_byte}};
        txn.gas_limit = 3'000'000;
        ENSHRINE_ASSERT(application->submit(sign(txn)).has_value());
        for (std::uint64_t i = 0; i <= proofs::probation_blocks; ++i) mine(*application);
        id = proofs::AnyKey::decode(key)->id();
    }
    types::Transaction call_verifier(std::string_view method, const codec::abi::Encoder& arguments) {
        types::Transaction txn = transfer(nonce++);
        txn.to = system::proof_verifier_address;
        txn.value = Amount{};
        txn.gas_limit = 1'000'000;
        txn.data = arguments.finish_call(codec::abi::selector(method));
        return txn;
    }
    types::Transaction verification(const std::vector<U256>& inputs, const Bytes& proof, std::uint64_t with_nonce) {
        std::vector<Hash32> words;
        for (const U256& input : inputs) words.push_back(input.to_be());
        codec::abi::Encoder arguments{3};
        auto out = call_verifier("verify(bytes32 keyId, uint256[] inputs, bytes proof)",
                                 arguments.bytes32(id).words(words).bytes(proof));
        nonce -= 1;
        out.nonce = with_nonce;
        return out;
    }
    Hash32 ask(const std::vector<U256>& inputs, const Bytes& proof) {
        const auto hash = application->submit(sign(verification(inputs, proof, nonce++)));
        ENSHRINE_ASSERT(hash.has_value());
        return *hash;
    }
    [[nodiscard]] bool at_last(const std::function<bool()>& condition) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{60};
        while (!condition() && std::chrono::steady_clock::now() < end) std::this_thread::yield();
        return condition();
    }
    [[nodiscard]] std::vector<bool> statuses() {
        std::vector<bool> out;
        const auto receipts = application->chain().receipts(application->info().last_height).value().value();
        for (const auto& receipt : receipts) {
            out.push_back(receipt.status);
        }
        return out;
    }

    TempFolder folder;
    std::unique_ptr<ChainApplication> application = test::open(folder.path());
    std::uint64_t nonce = 0;
    Draw draw{7};
    Trapdoor trapdoor = Trapdoor::draw(draw, 2);
    Hash32 id;
};

// [PROOF-BATCH.8] Verdicts are there before the block; right proofs succeed, wrong ones revert and pay.
TEST_F(ProofAdmissionTest, Batch8ProofsAreVerifiedWhenAdmitted) {
    const auto first = draw_inputs(draw, 2);
    const Bytes good = trapdoor.prove(draw, first);
    const auto second = draw_inputs(draw, 2);
    ask(first, good);
    ask(second, good);           // a proof of something else
    ask(first, Bytes{1, 2, 3});  // no proof
    ask(second, trapdoor.prove(draw, second));
    EXPECT_TRUE(at_last([&] { return application->proof_admission().verified() == 4; }));
    EXPECT_GE(application->proof_admission().batches(), 1U);
    EXPECT_LE(application->proof_admission().batches(), 4U);
    mine(*application);
    EXPECT_EQ(statuses(), (std::vector<bool>{true, false, false, true}));
}

// What is not known before, because nobody waited for it, comes out the same.
TEST_F(ProofAdmissionTest, Batch8ABlockThatDoesNotWaitIsTheSame) {
    std::vector<bool> expected;
    for (int i = 0; i < 12; ++i) {
        const auto inputs = draw_inputs(draw, 2);
        const bool right = i % 3 != 0;
        ask(right ? inputs : draw_inputs(draw, 2), trapdoor.prove(draw, inputs));
        expected.push_back(right);
    }
    mine(*application);
    EXPECT_EQ(statuses(), expected);
}

// What waits for a nonce that has not come may never pay.
TEST_F(ProofAdmissionTest, Batch8ProofsBehindAGapAreLeftAlone) {
    const std::uint64_t missing = nonce++;
    const auto gapped = draw_inputs(draw, 2);
    ask(gapped, trapdoor.prove(draw, gapped));
    ASSERT_TRUE(application->submit(sign(transfer(missing))).has_value());
    const auto inputs = draw_inputs(draw, 2);
    ask(inputs, trapdoor.prove(draw, inputs));
    EXPECT_TRUE(at_last([&] { return application->proof_admission().verified() > 0; }));
    mine(*application);
    EXPECT_EQ(statuses(), (std::vector<bool>{true, true, true}));
    EXPECT_EQ(application->proof_admission().verified(), 1U);
}

// Nor does what is below the price of gas, or takes the place of what has been verified.
TEST_F(ProofAdmissionTest, Batch8ProofsThatCostNothingAreLeftAlone) {
    const auto inputs = draw_inputs(draw, 2);
    const U256 base_fee = base_fee_after(application->head()->header);
    const auto send = [&](std::uint64_t with_nonce, const U256& fee, const U256& tip) {
        auto txn = verification(draw_inputs(draw, 2), trapdoor.prove(draw, inputs), with_nonce);
        txn.max_fee_per_gas = fee;
        txn.max_priority_fee_per_gas = tip;
        return application->submit(sign(txn)).has_value();
    };
    const std::uint64_t first = nonce++;
    ASSERT_TRUE(send(first, base_fee * U256{2}, U256{1'000}));
    for (std::uint64_t i = 1; i <= 5; ++i) {
        ASSERT_TRUE(send(first, base_fee * U256{2 + i}, U256{1'000 * (1 + i)})) << "replaces the one before";
    }
    (void)send(nonce, base_fee - U256{1}, U256{1});
    ask(inputs, trapdoor.prove(draw, inputs));
    EXPECT_TRUE(at_last([&] { return application->proof_admission().verified() == 2; }));
    mine(*application);
    EXPECT_EQ(application->proof_admission().verified(), 2U);
    EXPECT_EQ(statuses(), (std::vector<bool>{false, true}));
}

TEST_F(ProofAdmissionTest, Batch8OtherTransactionsAreLeftAlone) {
    ASSERT_TRUE(application->submit(sign(transfer(nonce++))).has_value());
    const auto txn = call_verifier("withdrawDeposit(bytes32 keyId)", codec::abi::Encoder{1}.bytes32(id));
    (void)application->submit(sign(txn));
    const auto inputs = draw_inputs(draw, 2);
    ask(inputs, trapdoor.prove(draw, inputs));
    EXPECT_TRUE(at_last([&] { return application->proof_admission().verified() == 1; }));
}

}  // namespace
}  // namespace enshrine::node
