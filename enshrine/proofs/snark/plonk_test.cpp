// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/keccak.hpp>
#include <enshrine/proofs/snark/plonk_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::proofs::plonk {
namespace {

using proofs::test::draw_inputs;
using proofs::test::with;
using test::Draw;
using test::Trapdoor;

/// What the two curves call the same mistakes.
template <class C>
struct PointErrorsOf {
    using Type = algebra::bn254::PointError;
};
template <>
struct PointErrorsOf<Bls12381> {
    using Type = crypto::bls12_381::PointError;
};

/// The sum of two numbers of one size, big-endian.
Bytes sum_of(BytesView a, BytesView b) {
    Bytes out(a.size());
    unsigned carry = 0;
    for (std::size_t i = out.size(); i-- > 0;) {
        carry += unsigned{a[i]} + b[i];
        out[i] = static_cast<Byte>(carry);
        carry >>= 8;
    }
    return out;
}
/// A coordinate and the modulus of the coordinates, which is y + (-y) of any point.
template <class C>
Bytes plus_modulus(BytesView coordinate) {
    const auto point = C::encode(C::g1_generator());
    const auto negated = C::encode(C::negate(C::g1_generator()));
    const std::size_t size = coordinate.size();
    return sum_of(coordinate, sum_of(point.view().subspan(size), negated.view().subspan(size)));
}

template <class C>
class Plonk : public testing::Test {
protected:
    static constexpr std::size_t circuit_at = header_bytes + 2 * 32;
    static constexpr std::size_t x_at = circuit_at + 8 * C::g1_bytes;
    static constexpr std::size_t evaluations_at = 9 * C::g1_bytes;

    struct Sample {
        Trapdoor<C> trapdoor;
        Bytes key;
        std::vector<U256> inputs;
        Bytes proof;

        [[nodiscard]] Result<void> verify(std::span<const U256> statement, BytesView bytes) const {
            return VerifyingKey::decode(key)->verify(statement, bytes);
        }
    };
    static Sample sample(std::uint64_t seed, std::uint16_t input_count, std::uint8_t power = 9) {
        Draw draw{seed};
        Sample out;
        out.trapdoor = Trapdoor<C>::draw(draw, power, input_count);
        out.key = out.trapdoor.key();
        out.inputs = draw_inputs<C>(draw, input_count);
        out.proof = out.trapdoor.prove(draw, out.inputs);
        return out;
    }
    static Error key_error(BytesView bytes) {
        const auto key = VerifyingKey::decode(bytes);
        EXPECT_FALSE(key.has_value());
        return key ? Error{SnarkError::does_not_hold} : key.error();
    }
    static Bytes g1_of(std::uint64_t number) {
        Bytes out;
        test::append_g1<C>(out, C::Fr::from(number));
        return out;
    }
    static Bytes scalar_of(const typename C::Fr& number) {
        Bytes out;
        test::append_scalar(out, number);
        return out;
    }
};
using Curves = testing::Types<Bn254, Bls12381>;
TYPED_TEST_SUITE(Plonk, Curves);

// [PLONK.9…12]
TYPED_TEST(Plonk, R12ProofsOfEverySizeOfStatement) {
    for (const int size : {0, 1, 2, 7, 256}) {
        const auto count = static_cast<std::uint16_t>(size);
        const auto s = this->sample(1U + count, count, 8);
        EXPECT_TRUE(s.verify(s.inputs, s.proof).has_value()) << count;
        EXPECT_EQ(proof_bytes(TypeParam::id), s.proof.size());
    }
    for (const unsigned power : {1U, 2U, TypeParam::two_adicity}) {
        const auto s = this->sample(power, 2, static_cast<std::uint8_t>(power));
        EXPECT_TRUE(s.verify(s.inputs, s.proof).has_value()) << power;
    }
}

// [PLONK.11] [PLONK.12]
TYPED_TEST(Plonk, R12AnotherStatementIsRefused) {
    const auto s = this->sample(7, 4);
    for (std::size_t i = 0; i < s.inputs.size(); ++i) {
        auto inputs = s.inputs;
        inputs[i] = inputs[i].is_zero() ? U256{1} : inputs[i] - U256{1};
        EXPECT_TRUE(s.verify(inputs, s.proof).error().is(SnarkError::does_not_hold));
    }
    auto swapped = s.inputs;
    std::swap(swapped[0], swapped[1]);
    EXPECT_TRUE(s.verify(swapped, s.proof).error().is(SnarkError::does_not_hold));
    const auto other = this->sample(8, 4);
    EXPECT_TRUE(s.verify(s.inputs, other.proof).error().is(SnarkError::does_not_hold));
}

// [PLONK.7] [PLONK.12]
TYPED_TEST(Plonk, R7EveryFlippedByteOfAProofIsRefused) {
    const auto s = this->sample(9, 2);
    const auto key = VerifyingKey::decode(s.key);
    for (std::size_t i = 0; i < s.proof.size(); ++i) {
        Bytes damaged = s.proof;
        damaged[i] ^= 1;
        EXPECT_FALSE(key->verify(s.inputs, damaged).has_value()) << i;
    }
}

// [PLONK.9] Each item that a challenge absorbs, replaced alone by another that is well formed.
TYPED_TEST(Plonk, R9EveryAbsorbedItemIsBound) {
    constexpr std::size_t g1 = TypeParam::g1_bytes;
    const auto s = this->sample(10, 2);
    const auto key = VerifyingKey::decode(s.key);
    for (std::size_t i = 0; i < 9; ++i) {
        const Bytes changed = with(s.proof, i * g1, this->g1_of(5));
        EXPECT_TRUE(key->verify(s.inputs, changed).error().is(SnarkError::does_not_hold)) << "point " << i;
    }
    for (std::size_t i = 0; i < 6; ++i) {
        const Bytes changed = with(s.proof, this->evaluations_at + i * 32, this->scalar_of(TypeParam::Fr::from(5)));
        EXPECT_TRUE(key->verify(s.inputs, changed).error().is(SnarkError::does_not_hold)) << "evaluation " << i;
    }
    for (std::size_t i = 0; i < 8; ++i) {
        const auto other = VerifyingKey::decode(with(s.key, this->circuit_at + i * g1, this->g1_of(5)));
        ASSERT_TRUE(other.has_value());
        EXPECT_TRUE(other->verify(s.inputs, s.proof).error().is(SnarkError::does_not_hold)) << "circuit " << i;
    }
}

// [PLONK.9] The same for the transcript alone: a change moves exactly the challenges that come after it.
TYPED_TEST(Plonk, R9ChallengesFollowWhatTheyAbsorb) {
    const auto s = this->sample(11, 2);
    const auto decoded = VerifyingKey::decode(s.key).value();
    const auto& key = std::get<PreparedKey<TypeParam>>(decoded.prepared().of_curve);
    const auto moved = [&](std::span<const U256> inputs, const Bytes& proof) {
        const auto a = challenges_of(key, std::span<const U256>{s.inputs}, s.proof);
        const auto b = challenges_of(key, inputs, proof);
        return std::array{a.beta != b.beta, a.gamma != b.gamma, a.alpha != b.alpha,
                          a.xi != b.xi,     a.v != b.v,         a.u != b.u};
    };
    const auto flipped = [&](std::size_t at) {
        Bytes out = s.proof;
        out[at] ^= 1;
        return out;
    };
    constexpr std::array from_beta{true, true, true, true, true, false};
    auto inputs = s.inputs;
    inputs[1] = inputs[1] + U256{1};
    EXPECT_EQ(moved(inputs, s.proof), from_beta);
    constexpr std::size_t g1 = TypeParam::g1_bytes;
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(moved(s.inputs, flipped(i * g1)), from_beta) << i;
    EXPECT_EQ(moved(s.inputs, flipped(3 * g1)), (std::array{false, false, true, true, true, false}));
    for (std::size_t i = 4; i < 7; ++i) {
        EXPECT_EQ(moved(s.inputs, flipped(i * g1)), (std::array{false, false, false, true, true, false})) << i;
    }
    for (std::size_t i = 7; i < 9; ++i) {
        EXPECT_EQ(moved(s.inputs, flipped(i * g1)), (std::array{false, false, false, false, false, true})) << i;
    }
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_EQ(moved(s.inputs, flipped(9 * g1 + i * 32)), (std::array{false, false, false, false, true, false}));
    }
}

// [PLONK.7]
TYPED_TEST(Plonk, R7ProofsHaveTheirBytesAndNoInfinity) {
    const auto s = this->sample(12, 2);
    Bytes longer = s.proof;
    longer.push_back(0);
    EXPECT_TRUE(s.verify(s.inputs, longer).error().is(SnarkError::wrong_size));
    EXPECT_TRUE(s.verify(s.inputs, BytesView{s.proof}.first(s.proof.size() - 1)).error().is(SnarkError::wrong_size));
    EXPECT_TRUE(s.verify(s.inputs, {}).error().is(SnarkError::wrong_size));
    EXPECT_TRUE(s.verify(s.inputs, Bytes(s.proof.size())).error().is(SnarkError::infinity_in_proof));
    constexpr std::size_t g1 = TypeParam::g1_bytes;
    for (std::size_t i = 0; i < 9; ++i) {
        EXPECT_TRUE(s.verify(s.inputs, with(s.proof, i * g1, Bytes(g1))).error().is(SnarkError::infinity_in_proof))
            << i;
    }
    const Bytes no_openings = with(s.proof, 7 * g1, Bytes(2 * g1));
    EXPECT_TRUE(s.verify(s.inputs, no_openings).error().is(SnarkError::infinity_in_proof));
}

// [PLONK.7]
TYPED_TEST(Plonk, R7NumbersHaveOneForm) {
    using PointError = typename PointErrorsOf<TypeParam>::Type;
    const auto s = this->sample(13, 1);
    constexpr std::size_t coordinate = TypeParam::g1_bytes / 2;
    for (std::size_t i = 0; i < 18; ++i) {
        const Bytes lifted = with(s.proof, i * coordinate,
                                  plus_modulus<TypeParam>(BytesView{s.proof}.subspan(i * coordinate, coordinate)));
        EXPECT_TRUE(s.verify(s.inputs, lifted).error().is(PointError::not_below_modulus)) << i;
    }
    for (std::size_t i = 0; i < 6; ++i) {
        const std::size_t at = this->evaluations_at + i * 32;
        const U256 number = U256::from_be(BytesView{s.proof}.subspan(at, 32));
        const Bytes lifted = with(s.proof, at, (number + TypeParam::group_order).to_be().view());
        EXPECT_TRUE(s.verify(s.inputs, lifted).error().is(PointError::not_below_modulus)) << i;
    }
    Bytes off_curve = s.proof;
    off_curve[TypeParam::g1_bytes - 1] ^= 1;
    EXPECT_TRUE(s.verify(s.inputs, off_curve).error().is(PointError::not_on_curve));
}

// [PLONK.8]
TYPED_TEST(Plonk, R8InputsHaveOneForm) {
    auto s = this->sample(14, 3);
    Draw draw{15};
    s.inputs[2] = U256{};
    s.proof = s.trapdoor.prove(draw, s.inputs);
    ASSERT_TRUE(s.verify(s.inputs, s.proof).has_value());
    EXPECT_TRUE(s.verify(std::span{s.inputs}.first(2), s.proof).error().is(SnarkError::wrong_input_count))
        << "what is left out is not zero";
    auto longer = s.inputs;
    longer.emplace_back();
    EXPECT_TRUE(s.verify(longer, s.proof).error().is(SnarkError::wrong_input_count));
    EXPECT_TRUE(s.verify({}, s.proof).error().is(SnarkError::wrong_input_count));
    for (std::size_t i = 0; i < s.inputs.size(); ++i) {
        auto lifted = s.inputs;
        lifted[i] = lifted[i] + TypeParam::group_order;
        EXPECT_TRUE(s.verify(lifted, s.proof).error().is(SnarkError::input_not_below_order)) << i;
    }
}

// [PLONK.10]
TYPED_TEST(Plonk, R10ChallengesInTheDomainAreRefused) {
    const auto s = this->sample(16, 3);
    const auto decoded = VerifyingKey::decode(s.key).value();
    const auto& key = std::get<PreparedKey<TypeParam>>(decoded.prepared().of_curve);
    const auto parts = decode_proof<TypeParam>(s.proof).value();
    const std::span<const U256> inputs{s.inputs};
    auto challenges = challenges_of(key, inputs, s.proof);
    const auto claim = reduce(key, inputs, parts, challenges);
    ASSERT_TRUE(claim.has_value());
    EXPECT_TRUE(key.srs.holds(*claim));
    for (const std::uint64_t i : {0UL, 1UL, 2UL, 77UL, 511UL}) {
        challenges.xi = key.domain.root().power({i, 0, 0, 0});
        EXPECT_TRUE(reduce(key, inputs, parts, challenges).error().is(SnarkError::challenge_in_domain)) << i;
    }
}

// [PLONK.12] Claims about one [x]_2 fold, and one that is wrong spoils the sum.
TYPED_TEST(Plonk, R12ClaimsFold) {
    const auto s = this->sample(17, 2);
    const auto decoded = VerifyingKey::decode(s.key).value();
    const auto& key = std::get<PreparedKey<TypeParam>>(decoded.prepared().of_curve);
    Draw draw{18};
    G1Combination<TypeParam> p;
    G1Combination<TypeParam> q;
    for (std::size_t i = 0; i < 3; ++i) {
        const auto inputs = draw_inputs<TypeParam>(draw, 2);
        const auto claim =
            reduce(key, std::span<const U256>{inputs}, BytesView{s.trapdoor.prove(draw, inputs)}).value();
        const auto factor = proofs::test::draw_scalar<TypeParam>(draw);
        p.add(claim.p, factor);
        q.add(claim.q, factor);
    }
    EXPECT_TRUE(key.srs.holds({p.sum(), q.sum()}));
    q.add(TypeParam::g1_generator(), TypeParam::Fr::one());
    EXPECT_FALSE(key.srs.holds({p.sum(), q.sum()}));
}

// [PLONK.1] [PLONK.2]
TYPED_TEST(Plonk, R1Header) {
    const auto s = this->sample(20, 1, 8);
    for (std::size_t i = 0; i < 3; ++i) {
        for (int value = 0; value < 256; ++value) {
            Bytes key = s.key;
            if (key[i] == value) continue;
            key[i] = static_cast<Byte>(value);
            EXPECT_FALSE(VerifyingKey::decode(key).has_value()) << i << " " << value;
        }
    }
    const auto with_header = [&](std::uint8_t power, std::uint16_t count) {
        return with(s.key, 0, encode(Header{TypeParam::id, power, count}));
    };
    for (const unsigned power : {0U, TypeParam::two_adicity + 1, 64U, 255U}) {
        EXPECT_TRUE(this->key_error(with_header(static_cast<std::uint8_t>(power), 1)).is(SnarkError::no_such_domain));
    }
    EXPECT_TRUE(VerifyingKey::decode(with_header(TypeParam::two_adicity, 256)).has_value());
    EXPECT_TRUE(this->key_error(with_header(20, 257)).is(SnarkError::too_many_inputs));
    EXPECT_TRUE(this->key_error(with_header(20, 0xffff)).is(SnarkError::too_many_inputs));
    EXPECT_TRUE(VerifyingKey::decode(with_header(2, 4)).has_value());
    EXPECT_TRUE(this->key_error(with_header(2, 5)).is(SnarkError::too_many_inputs)) << "more inputs than gates";
}

// [PLONK.2]
TYPED_TEST(Plonk, R2Sizes) {
    const auto s = this->sample(21, 2);
    Bytes longer = s.key;
    longer.push_back(0);
    EXPECT_TRUE(this->key_error(longer).is(SnarkError::wrong_size));
    for (const std::size_t size : {header_bytes, s.key.size() - TypeParam::g1_bytes, s.key.size() - 1}) {
        EXPECT_TRUE(this->key_error(BytesView{s.key}.first(size)).is(SnarkError::wrong_size)) << size;
    }
    for (std::size_t size = 0; size < header_bytes; ++size) {
        EXPECT_FALSE(VerifyingKey::decode(BytesView{s.key}.first(size)).has_value());
    }
}

// [PLONK.3]
TYPED_TEST(Plonk, R3PointsOfTheCircuit) {
    using PointError = typename PointErrorsOf<TypeParam>::Type;
    constexpr std::size_t g1 = TypeParam::g1_bytes;
    const auto s = this->sample(22, 2);
    for (std::size_t i = 0; i < 8; ++i) {
        const Bytes key = with(s.key, this->circuit_at + i * g1, Bytes(g1));
        if (i < 5) {
            EXPECT_TRUE(VerifyingKey::decode(key).has_value()) << "a selector may be zero everywhere";
        } else {
            EXPECT_TRUE(this->key_error(key).is(SnarkError::infinity_in_key)) << i;
        }
        Bytes off_curve = s.key;
        off_curve[this->circuit_at + i * g1 + g1 - 1] ^= 1;
        EXPECT_TRUE(this->key_error(off_curve).is(PointError::not_on_curve)) << i;
    }
}

// [PLONK.4]
TYPED_TEST(Plonk, R4CosetsDoNotOverlap) {
    using Fr = typename TypeParam::Fr;
    const auto s = this->sample(23, 2, 5);
    const EvaluationDomain<TypeParam> domain{5};
    const auto with_cosets = [&](const Fr& k1, const Fr& k2) {
        return with(with(s.key, header_bytes, this->scalar_of(k1)), header_bytes + 32, this->scalar_of(k2));
    };
    EXPECT_TRUE(VerifyingKey::decode(with_cosets(Fr::from(7), Fr::from(11))).has_value());
    const Fr w = domain.root();
    const std::pair<Fr, Fr> bad[] = {{Fr::zero(), Fr::from(3)},  {Fr::from(2), Fr::zero()},
                                     {Fr::one(), Fr::from(3)},   {Fr::from(2), -Fr::one()},
                                     {w, Fr::from(3)},           {Fr::from(2), w.square()},
                                     {Fr::from(2), Fr::from(2)}, {Fr::from(2), Fr::from(2) * w}};
    for (const auto& [k1, k2] : bad) {
        EXPECT_TRUE(this->key_error(with_cosets(k1, k2)).is(SnarkError::cosets_overlap));
    }
    using PointError = typename PointErrorsOf<TypeParam>::Type;
    const Bytes lifted = with(s.key, header_bytes, (TypeParam::group_order + U256{2}).to_be().view());
    EXPECT_TRUE(this->key_error(lifted).is(PointError::not_below_modulus));
}

// [PLONK.5]
TYPED_TEST(Plonk, R5TheSecretIsNoKnownNumber) {
    using Fr = typename TypeParam::Fr;
    const auto s = this->sample(24, 2);
    for (const Fr& x : {Fr::zero(), Fr::one(), -Fr::one()}) {
        Bytes point;
        test::append_g2(point, x);
        EXPECT_TRUE(this->key_error(with(s.key, this->x_at, point)).is(SnarkError::trivial_srs));
    }
    Bytes off_curve = s.key;
    off_curve.back() ^= 1;
    EXPECT_TRUE(this->key_error(off_curve).is(PointErrorsOf<TypeParam>::Type::not_on_curve));
}

// [PLONK.3] [PLONK.5] [PLONK.7]
TEST(PlonkPoints, R5PointsOutsideTheirGroup) {
    Draw draw{25};
    const auto trapdoor = Trapdoor<Bn254>::draw(draw, 4, 1);
    const auto twist = algebra::bn254::encode(draw.twist_point());
    const Bytes key = trapdoor.key();
    const auto outside = VerifyingKey::decode(with(key, key.size() - Bn254::g2_bytes, twist.view()));
    EXPECT_TRUE(outside.error().is(algebra::bn254::PointError::not_in_subgroup));

    // (0, 2) is on the curve of BLS12-381 and has order 3.
    Bytes order_three(Bls12381::g1_bytes);
    order_three.back() = 2;
    const auto bls = Trapdoor<Bls12381>::draw(draw, 4, 1);
    const auto error = crypto::bls12_381::PointError::not_in_subgroup;
    EXPECT_TRUE(VerifyingKey::decode(with(bls.key(), header_bytes + 64, order_three)).error().is(error));
    const auto inputs = draw_inputs<Bls12381>(draw, 1);
    const Bytes proof = bls.prove(draw, inputs);
    const auto verifier = VerifyingKey::decode(bls.key()).value();
    for (std::size_t i = 0; i < 9; ++i) {
        const Bytes changed = with(proof, i * Bls12381::g1_bytes, order_three);
        EXPECT_TRUE(verifier.verify(inputs, changed).error().is(error)) << i;
    }
}

// [PLONK.6]
TYPED_TEST(Plonk, R6IdentifierIsTheHashOfTheBytes) {
    const auto s = this->sample(26, 1);
    const auto key = VerifyingKey::decode(s.key);
    Bytes preimage{'v', 'k'};
    append(preimage, s.key);
    EXPECT_EQ(key->id(), hash::keccak256(preimage));
    EXPECT_TRUE(equal(key->bytes(), s.key));
    EXPECT_NE(VerifyingKey::decode(this->sample(27, 1).key)->id(), key->id());
}

// The root of unity is part of the transcript's meaning: ω = 5^((r-1)/n), as in keys of snarkjs.
TEST(EvaluationDomain, RootsOfSnarkjs) {
    // w of a key with power 3: 19540430494807482326159819597004422086093766032135589407132600596362845576832.
    EXPECT_EQ(EvaluationDomain<Bn254>{3}.root().to_u256(),
              U256(0x2b337de1c8c14f22, 0xec9b9e2f96afef36, 0x52627366f8170a0a, 0x948dad4ac1bd5e80));
}

template <class C>
void check_domain() {
    using Fr = typename C::Fr;
    for (const unsigned power : {0U, 1U, 4U, C::two_adicity}) {
        const EvaluationDomain<C> domain{power};
        EXPECT_TRUE(domain.contains(domain.root()));
        if (power > 0) {
            EXPECT_EQ(domain.root().power({domain.size() / 2, 0, 0, 0}), -Fr::one());
        }
        EXPECT_FALSE(domain.contains(Fr::zero()));
        EXPECT_FALSE(domain.contains(Fr::from(5)));
    }
    const EvaluationDomain<C> domain{4};
    const Fr x = Fr::from(123456789);
    const auto values = domain.lagrange(x, 16);
    Fr sum;
    for (std::size_t i = 0; i < 16; ++i) {
        EXPECT_EQ(values[i], proofs::test::lagrange_at(domain, i, x)) << i;
        sum = sum + values[i];
    }
    EXPECT_EQ(sum, Fr::one());
}
TEST(EvaluationDomain, LagrangeOnBothCurves) {
    check_domain<Bn254>();
    check_domain<Bls12381>();
}

}  // namespace
}  // namespace enshrine::proofs::plonk
