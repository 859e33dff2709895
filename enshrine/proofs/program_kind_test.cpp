// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/adapters/risc0_for_test.hpp>
#include <enshrine/proofs/adapters/sp1_for_test.hpp>
#include <enshrine/proofs/program_kind.hpp>
#include <enshrine/proofs/snark/groth16_for_test.hpp>
#include <enshrine/proofs/snark/hash_to_field.hpp>
#include <enshrine/proofs/snark/snark_error.hpp>
#include <enshrine/proofs/verify_together.hpp>

#include <gtest/gtest.h>

namespace enshrine::proofs {
namespace {

using algebra::bn254::Draw;

/// A zkVM whose proofs the test can make for any 32 bytes: real programs that commit to 32 bytes of ours are not at hand.
/// Its proof is one of Groth16 whose only input is the bytes, modulo the order.
class TestVmKey {
public:
    struct Unwrapped {
        std::vector<U256> inputs;
        BytesView proof;
    };
    explicit TestVmKey(BytesView inner) : inner_{groth16::VerifyingKey::decode(inner).value()} {}

    [[nodiscard]] const Hash32& id() const noexcept { return inner_.id(); }
    [[nodiscard]] const groth16::VerifyingKey& inner() const noexcept { return inner_; }
    [[nodiscard]] Result<Unwrapped> unwrap(BytesView values, BytesView proof) const {
        return Unwrapped{.inputs = {statement_of(values)}, .proof = proof};
    }
    [[nodiscard]] Result<void> verify(BytesView values, BytesView proof) const {
        const std::vector<U256> inputs{statement_of(values)};
        return inner_.verify(inputs, proof);
    }
    [[nodiscard]] static U256 statement_of(BytesView values) { return reduce_to_fr(values).to_u256(); }

private:
    groth16::VerifyingKey inner_;
};

}  // namespace

template <>
struct ProgramKind<TestVmKey> {
    static std::size_t proof_bytes_max(const TestVmKey&) noexcept { return 256; }
    static Cost cost(const TestVmKey&) noexcept { return {}; }
    static BatchKey inner(const TestVmKey& key) noexcept { return &key.inner(); }
};

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

/// Accepts what the program has committed to, high half first, alone and in a batch, and nothing else.
TEST(ProgramKind, Pkind5AcceptsTheHalvesOfWhatTheProgramCommittedTo) {  // [PKIND.5]
    Draw draw{12};
    const auto trapdoor = groth16::test::Trapdoor::draw(draw, 1);
    const ProgramKey<TestVmKey> key{TestVmKey{trapdoor.key()}};
    Hash32 values;
    for (std::size_t i = 0; i < values.size_bytes; ++i) values[i] = static_cast<Byte>(i + 1);
    const Bytes proof = trapdoor.prove(draw, std::vector<U256>{TestVmKey::statement_of(values.view())});
    const U256 high = U256::from_be(values.view().first(16));
    const U256 low = U256::from_be(values.view().last(16));
    const auto in_batch = [&](std::span<const U256> inputs) {
        const auto question = key.batch_question(inputs, proof);
        const std::vector entries{question.value().entry(), question.value().entry()};
        return verify_batch(entries, Hash32{});
    };
    const std::vector<U256> right{high, low};
    EXPECT_TRUE(key.verify(right, proof).has_value());
    for (const auto& verdict : in_batch(right)) EXPECT_TRUE(verdict.has_value());
    for (const std::vector<U256>& wrong : {std::vector<U256>{low, high}, {high, low + U256{1}}, {high + U256{1}, low}}) {
        EXPECT_FALSE(key.verify(wrong, proof).has_value());
        for (const auto& verdict : in_batch(wrong)) EXPECT_FALSE(verdict.has_value());
    }
}

/// A real proof, asked of a commitment that its program has not made.
template <class Sample>
void expect_refused(const Sample& sample, const Bytes& proof, Kind kind) {
    const auto key = AnyKey::decode(encode(sample.program));
    ASSERT_TRUE(key.has_value());
    EXPECT_EQ(key->kind(), kind);
    EXPECT_EQ(key->id(), sample.key().id());
    EXPECT_EQ(key->input_count(), 2U);
    EXPECT_EQ(key->input_bound(), half_bound);
    EXPECT_LE(proof.size(), key->proof_bytes_max());
    const std::vector<U256> inputs{U256{1}, U256{2}};
    EXPECT_FALSE(key->verify(inputs, proof).has_value());
}

TEST(ProgramKind, Pkind5JudgesWhatTheProgramCommittedTo) {  // [PKIND.5]
    for (const auto& real : sp1::test::real_proofs) {
        const auto sample = sp1::test::Sample::of(real);
        expect_refused(sample, sample.proof, Kind::sp1);
    }
    std::size_t active = 0;
    for (const auto& real : risc0::test::real_receipts) {
        const auto sample = risc0::test::Sample::of(real);
        if (!risc0::VerifyingKey::decode(encode(sample.program))) {  // a frozen version [RISC0.4]
            EXPECT_FALSE(AnyKey::decode(encode(sample.program)).has_value());
            continue;
        }
        expect_refused(sample, sample.seal, Kind::risc0);
        ++active;
    }
    EXPECT_GE(active, 3U);
    for (const auto& real : sp1::test::frozen_proofs) {
        EXPECT_FALSE(AnyKey::decode(encode(sp1::test::Sample::of(real).program)).has_value());
    }
}

/// What a program committed to, when it is 32 bytes; else two numbers that it has not committed to.
std::vector<U256> inputs_for(BytesView committed) {
    if (committed.size() != Hash32::size_bytes) return {U256{1}, U256{2}};
    return {U256::from_be(committed.first(16)), U256::from_be(committed.last(16))};
}

TEST(ProgramKind, Batch7TogetherAsAlone) {  // [PROOF-BATCH.1] [PROOF-BATCH.7]
    struct Asked {
        AnyKey key;
        std::vector<U256> inputs;
        Bytes proof;
    };
    std::vector<Asked> asked;
    const auto add = [&](const Bytes& key_bytes, BytesView committed, const Bytes& proof) {
        for (const bool is_cut : {false, true}) {
            auto key = AnyKey::decode(key_bytes);
            if (!key) return;  // a frozen version
            Bytes bytes = proof;
            if (is_cut) bytes.pop_back();
            asked.push_back({*std::move(key), inputs_for(committed), std::move(bytes)});
        }
    };
    for (const auto& real : sp1::test::real_proofs) {
        const auto sample = sp1::test::Sample::of(real);
        add(encode(sample.program), sample.public_values, sample.proof);
    }
    for (const auto& real : risc0::test::real_receipts) {
        const auto sample = risc0::test::Sample::of(real);
        add(encode(sample.program), sample.journal, sample.seal);
    }
    std::vector<Question> questions;
    for (const Asked& one : asked) questions.push_back({&one.key, one.inputs, one.proof});
    VerdictCache known;
    verify_together(questions, known);
    EXPECT_EQ(known.size(), asked.size());
    for (const Asked& one : asked) {
        const auto alone = one.key.verify(one.inputs, one.proof);
        const auto kept = known.find(hash_question(one.key.id(), one.inputs, one.proof));
        ASSERT_TRUE(kept.has_value());
        ASSERT_EQ(kept->has_value(), alone.has_value()) << one.key.kind_name();
        if (!alone) {
            EXPECT_EQ(kept->error().message(), alone.error().message());
        }
    }
}

}  // namespace
}  // namespace enshrine::proofs
