// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/groth16_for_test.hpp>
#include <enshrine/proofs/snark/plonk_for_test.hpp>
#include <enshrine/proofs/verify_together.hpp>

#include <gtest/gtest.h>

#include <functional>

namespace enshrine::proofs {
namespace {

using algebra::bn254::Draw;
using groth16::test::Trapdoor;

/// A key, and what makes proofs for it.
struct Prover {
    AnyKey key;
    std::function<Bytes(Draw&, std::span<const U256>)> prove;
};
template <class AnyTrapdoor>
Prover prover(const AnyTrapdoor& trapdoor) {
    return {*AnyKey::decode(trapdoor.key()),
            [trapdoor](Draw& draw, std::span<const U256> inputs) { return trapdoor.prove(draw, inputs); }};
}

struct Asked {
    const AnyKey* key;
    std::vector<U256> inputs;
    Bytes proof;
};

TEST(VerifyTogether, Batch7VerdictsAreThoseOfVerify) {  // [PROOF-BATCH.1] [PROOF-BATCH.7]
    Draw draw{21};
    const std::array provers{prover(Trapdoor::draw(draw, 2)), prover(Trapdoor::draw(draw, 0)),
                             prover(Trapdoor::draw(draw, 1, groth16::CommitmentHash::keccak256)),
                             prover(groth16::test::TrapdoorOn<Bls12381>::draw(draw, 2)),
                             prover(plonk::test::Trapdoor<Bls12381>::draw(draw, 4, 1))};
    std::vector<Asked> asked;
    for (std::size_t i = 0; i < 20; ++i) {
        const std::size_t k = i % provers.size();
        const AnyKey& key = provers[k].key;
        auto inputs = groth16::test::draw_inputs(draw, key.input_count());
        Bytes proof = provers[k].prove(draw, inputs);
        if (i % 4 == 1) proof = provers[(k + 1) % provers.size()].prove(draw, {});  // of something else
        if (i % 4 == 3) proof = provers[k].prove(draw, {});  // of other inputs, when there are any
        if (i == 6) proof.pop_back();
        if (i == 9) inputs.assign(inputs.size(), U256{~0ULL, ~0ULL, ~0ULL, ~0ULL});
        asked.push_back({&key, inputs, proof});
        if (i % 3 == 0) asked.push_back(asked.back());
    }
    std::vector<Question> questions;
    for (const Asked& one : asked) questions.push_back({one.key, one.inputs, one.proof});
    VerdictCache known;
    verify_together(questions, known);
    EXPECT_EQ(known.size(), 20U);  // duplicates once
    std::size_t accepted = 0;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const auto alone = asked[i].key->verify(asked[i].inputs, asked[i].proof);
        const auto kept = asked[i].key->verify(asked[i].inputs, asked[i].proof, known);
        ASSERT_EQ(alone.has_value(), kept.has_value()) << i;
        accepted += alone.has_value() ? 1U : 0U;
        if (alone) {
            EXPECT_EQ(alone->inputs_hash(), kept->inputs_hash());
        } else {
            EXPECT_EQ(alone.error().message(), kept.error().message()) << i;
        }
    }
    EXPECT_GT(accepted, 0U);
    EXPECT_LT(accepted, asked.size());
    EXPECT_EQ(known.size(), 20U);
    verify_together({}, known);
    EXPECT_EQ(known.size(), 20U);
}

TEST(VerifyTogether, Batch7AKeptVerdictIsNotComputedAgain) {  // [PROOF-BATCH.7]
    Draw draw{22};
    const Trapdoor trapdoor = Trapdoor::draw(draw, 1);
    const AnyKey key = *AnyKey::decode(trapdoor.key());
    const std::vector<U256> inputs{U256{5}};
    const Bytes good = trapdoor.prove(draw, inputs);
    const Bytes other = trapdoor.prove(draw, inputs);
    VerdictCache known;
    // A verdict that no verification gives shows who was asked.
    known.keep(hash_question(key.id(), inputs, good), fail(KeyError::empty));
    const std::vector<Question> questions{{&key, inputs, good}, {&key, inputs, other}};
    verify_together(questions, known);
    EXPECT_FALSE(key.verify(inputs, good, known).has_value());
    EXPECT_TRUE(key.verify(inputs, other, known).has_value());
    EXPECT_TRUE(key.verify(inputs, good).has_value());
}

TEST(VerdictCache, Batch7IsBoundedAndForgetsTheOldest) {  // [PROOF-BATCH.7]
    VerdictCache cache;
    const auto question = [](std::uint64_t i) { return U256{i}.to_be(); };
    for (std::uint64_t i = 0; i <= VerdictCache::verdicts_max; ++i) {
        cache.keep(question(i), {});
        cache.keep(question(i), fail(KeyError::empty));  // the first stays
    }
    EXPECT_EQ(cache.size(), VerdictCache::verdicts_max);
    EXPECT_FALSE(cache.find(question(0)).has_value());
    for (std::uint64_t i = 1; i <= VerdictCache::verdicts_max; ++i) {
        const auto kept = cache.find(question(i));
        ASSERT_TRUE(kept.has_value() && kept->has_value()) << i;
    }
}

TEST(VerdictCache, Batch7AQuestionIsKeyInputsAndProof) {  // [PROOF-BATCH.7]
    const Hash32 key = U256{1}.to_be();
    const std::vector<U256> inputs{U256{2}};
    const Hash32 question = hash_question(key, inputs, Bytes{3});
    EXPECT_EQ(hash_question(key, inputs, Bytes{3}), question);
    EXPECT_NE(hash_question(U256{9}.to_be(), inputs, Bytes{3}), question);
    EXPECT_NE(hash_question(key, std::vector{U256{9}}, Bytes{3}), question);
    EXPECT_NE(hash_question(key, inputs, Bytes{9}), question);
    // An input that moves into the proof makes another question.
    Bytes moved;
    append(moved, U256{2}.to_be().view());
    moved.push_back(3);
    EXPECT_NE(hash_question(key, {}, moved), question);
}

}  // namespace
}  // namespace enshrine::proofs
