// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/keccak.hpp>
#include <enshrine/proofs/snark/fflonk_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::proofs::fflonk {

namespace bn254 = algebra::bn254;

namespace {

using bn254::PointError;
using proofs::test::draw_inputs;
using proofs::test::with;
using test::Draw;
using test::Fr;
using test::Trapdoor;

constexpr std::size_t g1 = Bn254::g1_bytes;
constexpr std::size_t k1_at = header_bytes;
constexpr std::size_t c0_at = k1_at + 64;
constexpr std::size_t x_at = c0_at + g1;
constexpr std::size_t evaluations_at = 4 * g1;

struct Sample {
    Trapdoor trapdoor;
    Bytes key;
    std::vector<U256> inputs;
    Bytes proof;

    [[nodiscard]] Result<void> verify(std::span<const U256> statement, BytesView bytes) const {
        return VerifyingKey::decode(key)->verify(statement, bytes);
    }
};
Sample sample(std::uint64_t seed, std::uint16_t input_count, std::uint8_t power = 9) {
    Draw draw{seed};
    Sample out;
    out.trapdoor = Trapdoor::draw(draw, power, input_count);
    out.key = out.trapdoor.key();
    out.inputs = draw_inputs<Bn254>(draw, input_count);
    out.proof = out.trapdoor.prove(draw, out.inputs);
    return out;
}
Error key_error(BytesView bytes) {
    const auto key = VerifyingKey::decode(bytes);
    EXPECT_FALSE(key.has_value());
    return key ? Error{SnarkError::does_not_hold} : key.error();
}
Bytes g1_of(std::uint64_t number) {
    Bytes out;
    test::append_g1<Bn254>(out, Fr::from(number));
    return out;
}
Bytes scalar_of(const Fr& number) {
    Bytes out;
    test::append_scalar(out, number);
    return out;
}

// [FFLONK.9…12] The trapdoor proves over the roots, as the paper has it.
TEST(Fflonk, R11ProofsOfEverySizeOfStatement) {
    for (const int size : {0, 1, 2, 7, 256}) {
        const auto count = static_cast<std::uint16_t>(size);
        const Sample s = sample(1U + count, count, 8);
        EXPECT_TRUE(s.verify(s.inputs, s.proof).has_value()) << count;
        EXPECT_EQ(s.proof.size(), proof_bytes);
    }
    for (const unsigned power : {1U, 2U, 3U, 28U}) {
        const Sample s = sample(power, 2, static_cast<std::uint8_t>(power));
        EXPECT_TRUE(s.verify(s.inputs, s.proof).has_value()) << power;
    }
}

// [FFLONK.11] [FFLONK.12]
TEST(Fflonk, R12AnotherStatementIsRefused) {
    const Sample s = sample(7, 4);
    for (std::size_t i = 0; i < s.inputs.size(); ++i) {
        auto inputs = s.inputs;
        inputs[i] = inputs[i].is_zero() ? U256{1} : inputs[i] - U256{1};
        EXPECT_TRUE(s.verify(inputs, s.proof).error().is(SnarkError::does_not_hold));
    }
    auto swapped = s.inputs;
    std::swap(swapped[0], swapped[1]);
    EXPECT_TRUE(s.verify(swapped, s.proof).error().is(SnarkError::does_not_hold));
    EXPECT_TRUE(s.verify(s.inputs, sample(8, 4).proof).error().is(SnarkError::does_not_hold));
}

// [FFLONK.7] [FFLONK.12]
TEST(Fflonk, R7EveryFlippedByteOfAProofIsRefused) {
    const Sample s = sample(9, 2);
    const auto key = VerifyingKey::decode(s.key);
    for (std::size_t i = 0; i < s.proof.size(); ++i) {
        Bytes damaged = s.proof;
        damaged[i] ^= 1;
        EXPECT_FALSE(key->verify(s.inputs, damaged).has_value()) << i;
    }
}

// [FFLONK.9] Each item that a challenge absorbs, replaced alone by another that is well formed.
TEST(Fflonk, R9EveryAbsorbedItemIsBound) {
    const Sample s = sample(10, 2);
    const auto key = VerifyingKey::decode(s.key);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_TRUE(key->verify(s.inputs, with(s.proof, i * g1, g1_of(5))).error().is(SnarkError::does_not_hold)) << i;
    }
    for (std::size_t i = 0; i < 15; ++i) {
        const Bytes changed = with(s.proof, evaluations_at + i * 32, scalar_of(Fr::from(5)));
        EXPECT_TRUE(key->verify(s.inputs, changed).error().is(SnarkError::does_not_hold)) << "evaluation " << i;
    }
    const auto other = VerifyingKey::decode(with(s.key, c0_at, g1_of(5)));
    EXPECT_TRUE(other->verify(s.inputs, s.proof).error().is(SnarkError::does_not_hold));
}

// [FFLONK.9] The same for the transcript alone: a change moves exactly the challenges that come after it.
TEST(Fflonk, R9ChallengesFollowWhatTheyAbsorb) {
    const Sample s = sample(11, 2);
    const auto key = VerifyingKey::decode(s.key).value();
    const auto moved = [&](std::span<const U256> inputs, const Bytes& proof) {
        const Challenges a = challenges_of(key.prepared(), s.inputs, s.proof);
        const Challenges b = challenges_of(key.prepared(), inputs, proof);
        return std::array{a.beta != b.beta, a.gamma != b.gamma, a.xi != b.xi, a.alpha != b.alpha, a.y != b.y};
    };
    const auto flipped = [&](std::size_t at) {
        Bytes out = s.proof;
        out[at] ^= 1;
        return out;
    };
    constexpr std::array all{true, true, true, true, true};
    auto inputs = s.inputs;
    inputs[1] = inputs[1] + U256{1};
    EXPECT_EQ(moved(inputs, s.proof), all);
    EXPECT_EQ(moved(s.inputs, flipped(0)), all);
    EXPECT_EQ(moved(s.inputs, flipped(g1)), (std::array{false, false, true, true, true}));
    EXPECT_EQ(moved(s.inputs, flipped(2 * g1)), (std::array{false, false, false, false, true}));
    EXPECT_EQ(moved(s.inputs, flipped(3 * g1)), (std::array{false, false, false, false, false}));
    for (std::size_t i = 0; i < 15; ++i) {
        EXPECT_EQ(moved(s.inputs, flipped(evaluations_at + 32 * i)), (std::array{false, false, false, true, true}));
    }
}

// [FFLONK.7]
TEST(Fflonk, R7ProofsHaveTheirBytesAndNoInfinity) {
    const Sample s = sample(12, 2);
    Bytes longer = s.proof;
    longer.push_back(0);
    EXPECT_TRUE(s.verify(s.inputs, longer).error().is(SnarkError::wrong_size));
    EXPECT_TRUE(s.verify(s.inputs, BytesView{s.proof}.first(s.proof.size() - 1)).error().is(SnarkError::wrong_size));
    EXPECT_TRUE(s.verify(s.inputs, {}).error().is(SnarkError::wrong_size));
    EXPECT_TRUE(s.verify(s.inputs, Bytes(s.proof.size())).error().is(SnarkError::infinity_in_proof));
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_TRUE(s.verify(s.inputs, with(s.proof, i * g1, Bytes(g1))).error().is(SnarkError::infinity_in_proof));
    }
}

// [FFLONK.7]
TEST(Fflonk, R7NumbersHaveOneForm) {
    const Sample s = sample(13, 1);
    U256 p;
    p.limbs = bn254::Fp::modulus;
    for (std::size_t at = 0; at < s.proof.size(); at += 32) {
        const U256 number = U256::from_be(BytesView{s.proof}.subspan(at, 32));
        const U256 modulus = at < evaluations_at ? p : Bn254::group_order;
        const Bytes lifted = with(s.proof, at, (number + modulus).to_be().view());
        EXPECT_TRUE(s.verify(s.inputs, lifted).error().is(PointError::not_below_modulus)) << at;
    }
    Bytes off_curve = s.proof;
    off_curve[g1 - 1] ^= 1;
    EXPECT_TRUE(s.verify(s.inputs, off_curve).error().is(PointError::not_on_curve));
}

// [FFLONK.8]
TEST(Fflonk, R8InputsHaveOneForm) {
    Sample s = sample(14, 3);
    Draw draw{15};
    s.inputs[2] = U256{};
    s.proof = s.trapdoor.prove(draw, s.inputs);
    ASSERT_TRUE(s.verify(s.inputs, s.proof).has_value());
    EXPECT_TRUE(s.verify(std::span{s.inputs}.first(2), s.proof).error().is(SnarkError::wrong_input_count));
    auto longer = s.inputs;
    longer.emplace_back();
    EXPECT_TRUE(s.verify(longer, s.proof).error().is(SnarkError::wrong_input_count));
    EXPECT_TRUE(s.verify({}, s.proof).error().is(SnarkError::wrong_input_count));
    for (std::size_t i = 0; i < s.inputs.size(); ++i) {
        auto lifted = s.inputs;
        lifted[i] = lifted[i] + Bn254::group_order;
        EXPECT_TRUE(s.verify(lifted, s.proof).error().is(SnarkError::input_not_below_order)) << i;
    }
}

// [FFLONK.10]
TEST(Fflonk, R10PlacesWhereNothingCanBeCheckedAreRefused) {
    const Sample s = sample(16, 3);
    const auto decoded = VerifyingKey::decode(s.key).value();
    const auto& key = decoded.prepared();
    const auto parts = decode_proof(s.proof).value();
    const Challenges honest = challenges_of(key, s.inputs, s.proof);
    const auto claim = reduce(key, s.inputs, parts, honest);
    ASSERT_TRUE(claim.has_value());
    EXPECT_TRUE(key.srs.holds(*claim));
    const auto refuses = [&](const Challenges& challenges) {
        const auto reduced = reduce(key, s.inputs, parts, challenges);
        return !reduced && reduced.error().is(SnarkError::challenge_in_domain);
    };
    const Fr w = key.domain.root();
    for (const Fr& xi : {Fr::zero(), Fr::one(), w, w.power({77, 0, 0, 0})}) {
        Challenges challenges = honest;
        challenges.xi = xi;
        EXPECT_TRUE(refuses(challenges));
    }
    // y among the places where C0, C1 and C2 are opened.
    const Fr y = honest.y;
    const Fr fourth = y.square().square();
    for (const Fr& xi : {fourth.square(), fourth, y.square() * y, y.square() * y * w.inverse()}) {
        Challenges challenges = honest;
        challenges.xi = xi;
        EXPECT_TRUE(refuses(challenges));
    }
}

// [FFLONK.12] Claims about one [x]_2 fold, and one that is wrong spoils the sum.
TEST(Fflonk, R12ClaimsFold) {
    const Sample s = sample(17, 2);
    const auto decoded = VerifyingKey::decode(s.key).value();
    const auto& key = decoded.prepared();
    Draw draw{18};
    G1Combination<Bn254> p;
    G1Combination<Bn254> q;
    for (std::size_t i = 0; i < 3; ++i) {
        const auto inputs = draw_inputs<Bn254>(draw, 2);
        const auto claim = reduce(key, inputs, s.trapdoor.prove(draw, inputs)).value();
        const Fr factor = draw.fr();
        p.add(claim.p, factor);
        q.add(claim.q, factor);
    }
    EXPECT_TRUE(key.srs.holds({p.sum(), q.sum()}));
    q.add(Bn254::g1_generator(), Fr::one());
    EXPECT_FALSE(key.srs.holds({p.sum(), q.sum()}));
}

// [FFLONK.1] [FFLONK.2]
TEST(FflonkKey, R1Header) {
    const Sample s = sample(20, 1, 8);
    for (std::size_t i = 0; i < 3; ++i) {
        for (int value = 0; value < 256; ++value) {
            Bytes key = s.key;
            if (key[i] == value) continue;
            key[i] = static_cast<Byte>(value);
            EXPECT_TRUE(key_error(key).is(SnarkError::wrong_kind)) << i << " " << value;
        }
    }
    const auto with_header = [&](std::uint8_t power, std::uint16_t count) {
        return with(s.key, 0, encode(Header{power, count}));
    };
    for (const unsigned power : {0U, 29U, 64U, 255U}) {
        EXPECT_TRUE(key_error(with_header(static_cast<std::uint8_t>(power), 1)).is(SnarkError::no_such_domain));
    }
    EXPECT_TRUE(VerifyingKey::decode(with_header(28, 256)).has_value());
    EXPECT_TRUE(key_error(with_header(20, 257)).is(SnarkError::too_many_inputs));
    EXPECT_TRUE(VerifyingKey::decode(with_header(2, 4)).has_value());
    EXPECT_TRUE(key_error(with_header(2, 5)).is(SnarkError::too_many_inputs)) << "more inputs than gates";
}

// [FFLONK.2]
TEST(FflonkKey, R2Sizes) {
    const Sample s = sample(21, 2);
    EXPECT_EQ(s.key.size(), 262U);
    Bytes longer = s.key;
    longer.push_back(0);
    EXPECT_TRUE(key_error(longer).is(SnarkError::wrong_size));
    for (std::size_t size = header_bytes; size < s.key.size(); ++size) {
        EXPECT_TRUE(key_error(BytesView{s.key}.first(size)).is(SnarkError::wrong_size)) << size;
    }
    for (std::size_t size = 0; size < header_bytes; ++size) {
        EXPECT_FALSE(VerifyingKey::decode(BytesView{s.key}.first(size)).has_value());
    }
}

// [FFLONK.3] [FFLONK.5]
TEST(FflonkKey, R3Points) {
    const Sample s = sample(22, 2);
    EXPECT_TRUE(key_error(with(s.key, c0_at, Bytes(g1))).is(SnarkError::infinity_in_key));
    Bytes off_curve = s.key;
    off_curve[c0_at + g1 - 1] ^= 1;
    EXPECT_TRUE(key_error(off_curve).is(PointError::not_on_curve));
    const auto outside = bn254::encode(Draw{1}.twist_point());
    EXPECT_TRUE(key_error(with(s.key, x_at, outside.view())).is(PointError::not_in_subgroup));
    for (const Fr& x : {Fr::zero(), Fr::one(), -Fr::one()}) {
        Bytes point;
        test::append_g2(point, x);
        EXPECT_TRUE(key_error(with(s.key, x_at, point)).is(SnarkError::trivial_srs));
    }
}

// [FFLONK.4]
TEST(FflonkKey, R4CosetsDoNotOverlap) {
    const Sample s = sample(23, 2, 5);
    const Fr w = EvaluationDomain<Bn254>{5}.root();
    const auto with_cosets = [&](const Fr& k1, const Fr& k2) {
        return with(with(s.key, k1_at, scalar_of(k1)), k1_at + 32, scalar_of(k2));
    };
    EXPECT_TRUE(VerifyingKey::decode(with_cosets(Fr::from(7), Fr::from(11))).has_value());
    const std::pair<Fr, Fr> bad[] = {{Fr::zero(), Fr::from(3)},  {Fr::from(2), Fr::zero()},
                                     {w, Fr::from(3)},           {Fr::from(2), -Fr::one()},
                                     {Fr::from(2), Fr::from(2)}, {Fr::from(2), Fr::from(2) * w}};
    for (const auto& [k1, k2] : bad) EXPECT_TRUE(key_error(with_cosets(k1, k2)).is(SnarkError::cosets_overlap));
    const Bytes lifted = with(s.key, k1_at, (Bn254::group_order + U256{2}).to_be().view());
    EXPECT_TRUE(key_error(lifted).is(PointError::not_below_modulus));
}

// [FFLONK.6]
TEST(FflonkKey, R6IdentifierIsTheHashOfTheBytes) {
    const Sample s = sample(26, 1);
    const auto key = VerifyingKey::decode(s.key);
    Bytes preimage{'v', 'k'};
    append(preimage, s.key);
    EXPECT_EQ(key->id(), hash::keccak256(preimage));
    EXPECT_TRUE(equal(key->bytes(), s.key));
}

}  // namespace
}  // namespace enshrine::proofs::fflonk
