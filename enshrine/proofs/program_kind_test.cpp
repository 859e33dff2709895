// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/adapters/risc0_for_test.hpp>
#include <enshrine/proofs/adapters/sp1_for_test.hpp>
#include <enshrine/proofs/program_kind.hpp>
#include <enshrine/proofs/snark/snark_error.hpp>
#include <enshrine/proofs/verify_together.hpp>

#include <gtest/gtest.h>

#include <map>

namespace enshrine::proofs {
namespace {

TEST(ProgramKind, Pkind5InputsAreTheHalves) {  // [PKIND.5]
    Hash32 values;
    for (std::size_t i = 0; i < values.size_bytes; ++i) values[i] = static_cast<Byte>(i + 1);
    const std::vector<U256> halves{U256::from_be(values.view().first(16)), U256::from_be(values.view().last(16))};
    EXPECT_EQ(join_halves(halves), values);
    EXPECT_EQ(half_bound, U256{1} << 128);
    const std::vector<U256> largest{half_bound - U256{1}, half_bound - U256{1}};
    EXPECT_TRUE(join_halves(largest).has_value());
    for (const std::size_t i : {0U, 1U}) {
        std::vector<U256> over = largest;
        over[i] = half_bound;
        EXPECT_TRUE(join_halves(over).error().is(SnarkError::input_not_below_order));
    }
    EXPECT_TRUE(join_halves(std::span{halves}.first(1)).error().is(SnarkError::wrong_input_count));
    EXPECT_TRUE(join_halves(std::vector<U256>(3)).error().is(SnarkError::wrong_input_count));
}

/// The inputs for what a program has committed to.
std::vector<U256> inputs_for(BytesView committed) {
    const Hash32 digest = hash::sha256(committed);
    return {U256::from_be(digest.view().first(16)), U256::from_be(digest.view().last(16))};
}

struct Asked {
    AnyKey key;
    std::vector<U256> inputs;
    Bytes proof;
};
/// Every real proof of a version that is verified on the L1.
std::vector<Asked> real_questions() {
    std::vector<Asked> out;
    const auto add = [&](const Bytes& key_bytes, BytesView committed, const Bytes& proof) {
        auto key = AnyKey::decode(key_bytes);
        if (key && key->check_sound()) out.push_back({*std::move(key), inputs_for(committed), proof});
    };
    for (const auto& real : sp1::test::real_proofs) {
        const auto sample = sp1::test::Sample::of(real);
        add(encode(sample.program), sample.public_values, sample.proof);
    }
    for (const auto& real : risc0::test::real_receipts) {
        const auto sample = risc0::test::Sample::of(real);
        add(encode(sample.program), sample.journal, sample.seal);
    }
    return out;
}

TEST(ProgramKind, Pkind5AcceptsRealProofs) {  // [PKIND.5]
    std::map<Kind, std::size_t> accepted;
    for (const Asked& one : real_questions()) {
        EXPECT_EQ(one.key.input_count(), 2U);
        EXPECT_EQ(one.key.input_bound(), half_bound);
        EXPECT_LE(one.proof.size(), one.key.proof_bytes_max());
        EXPECT_TRUE(one.key.verify(one.inputs, one.proof).has_value()) << one.key.kind_name();
        ++accepted[one.key.kind()];
        const auto refuses = [&](const std::vector<U256>& inputs) {
            EXPECT_FALSE(one.key.verify(inputs, one.proof).has_value()) << one.key.kind_name();
        };
        refuses({one.inputs[1], one.inputs[0]});
        refuses({one.inputs[0], one.inputs[1] + U256{1}});
        refuses({one.inputs[0] + U256{1}, one.inputs[1]});
        refuses({one.inputs[0], one.inputs[1], U256{}});
        refuses({one.inputs[0] + half_bound, one.inputs[1]});
    }
    EXPECT_GE(accepted[Kind::sp1], 3U);
    EXPECT_GE(accepted[Kind::risc0], 3U);
}

/// SP1 binds 253 bits of the digest, RISC Zero all of them.
TEST(ProgramKind, Pkind5HighestBitsOfSp1AreNotBound) {  // [PKIND.5] [SP1.8]
    for (const Asked& one : real_questions()) {
        for (unsigned bit = 124; bit < 128; ++bit) {
            std::vector<U256> inputs = one.inputs;
            const U256 mask = U256{1} << bit;
            const bool is_set = !((inputs[0] >> bit) << 255).is_zero();
            inputs[0] = is_set ? inputs[0] - mask : inputs[0] + mask;
            const bool free = one.key.kind() == Kind::sp1 && bit > 124;
            EXPECT_EQ(one.key.verify(inputs, one.proof).has_value(), free) << one.key.kind_name() << bit;
        }
    }
}

TEST(ProgramKind, Pkind5FrozenVersionsAreNoKeys) {  // [SP1.3] [RISC0.4]
    std::size_t frozen = 0;
    for (const auto& real : risc0::test::real_receipts) {
        const Bytes key = encode(risc0::test::Sample::of(real).program);
        EXPECT_EQ(AnyKey::decode(key).has_value(), risc0::VerifyingKey::decode(key).has_value());
        frozen += AnyKey::decode(key) ? 0U : 1U;
    }
    EXPECT_GE(frozen, 1U);
    for (const auto& real : sp1::test::frozen_proofs) {
        EXPECT_FALSE(AnyKey::decode(encode(sp1::test::Sample::of(real).program)).has_value());
    }
}

TEST(ProgramKind, Batch7TogetherAsAlone) {  // [PROOF-BATCH.1] [PROOF-BATCH.7]
    std::vector<Asked> asked = real_questions();
    for (Asked& changed : real_questions()) {
        changed.proof.pop_back();
        asked.push_back(std::move(changed));
    }
    for (Asked& changed : real_questions()) {
        std::swap(changed.inputs[0], changed.inputs[1]);
        asked.push_back(std::move(changed));
    }
    std::vector<Question> questions;
    for (const Asked& one : asked) questions.push_back({&one.key, one.inputs, one.proof});
    VerdictCache known;
    verify_together(questions, known);
    EXPECT_EQ(known.size(), asked.size());
    std::size_t accepted = 0;
    for (const Asked& one : asked) {
        const auto alone = one.key.verify(one.inputs, one.proof);
        const auto kept = known.find(hash_question(one.key.id(), one.inputs, one.proof));
        ASSERT_TRUE(kept.has_value());
        ASSERT_EQ(kept->has_value(), alone.has_value()) << one.key.kind_name();
        accepted += alone ? 1U : 0U;
        if (!alone) {
            EXPECT_EQ(kept->error().message(), alone.error().message());
        }
    }
    EXPECT_EQ(3 * accepted, asked.size());
}

}  // namespace
}  // namespace enshrine::proofs
