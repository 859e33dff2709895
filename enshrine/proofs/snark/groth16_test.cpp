// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/proofs/snark/groth16_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::proofs::groth16 {

namespace bn254 = algebra::bn254;

namespace {

using bn254::Draw;
using test::Trapdoor;

constexpr std::size_t g1 = Bn254::g1_bytes;
constexpr std::size_t g2 = Bn254::g2_bytes;
constexpr std::size_t alpha_at = header_bytes;
constexpr std::size_t beta_at = alpha_at + g1;
constexpr std::size_t gamma_at = beta_at + g2;
constexpr std::size_t delta_at = gamma_at + g2;
constexpr std::size_t ic_at = delta_at + g2;

struct Sample {
    Trapdoor trapdoor;
    Bytes key;
    std::vector<U256> inputs;
    Bytes proof;
};
Sample sample(std::uint64_t seed, std::uint16_t count, CommitmentHash commitment = CommitmentHash::none) {
    Draw draw{seed};
    Sample out;
    out.trapdoor = Trapdoor::draw(draw, count, commitment);
    out.key = out.trapdoor.key();
    out.inputs = test::draw_inputs(draw, count);
    out.proof = out.trapdoor.prove(draw, out.inputs);
    return out;
}

Bytes with(Bytes bytes, std::size_t at, BytesView part) {
    ENSHRINE_ASSERT(at + part.size() <= bytes.size());
    std::ranges::copy(part, bytes.begin() + static_cast<std::ptrdiff_t>(at));
    return bytes;
}
Bytes copied(const Bytes& bytes, std::size_t from, std::size_t to, std::size_t size) {
    return with(bytes, to, BytesView{bytes}.subspan(from, size));
}
/// The point of G2 at a place, negated.
Bytes negated_g2(const Bytes& bytes, std::size_t from, std::size_t to) {
    const auto point = bn254::decode_g2(BytesView{bytes}.subspan(from, g2)).value();
    return with(bytes, to, bn254::encode(-point).view());
}
Error key_error(BytesView bytes) {
    const auto key = VerifyingKey::decode(bytes);
    EXPECT_FALSE(key.has_value());
    return key ? Error{SnarkError::does_not_hold} : key.error();
}
Result<void> verify(const Sample& s, std::span<const U256> inputs, BytesView proof) {
    return VerifyingKey::decode(s.key)->verify(inputs, proof);
}

constexpr CommitmentHash commitments[] = {CommitmentHash::none, CommitmentHash::keccak256, CommitmentHash::sha256};

// [GROTH.9]
TEST(Groth16, R9ProofsOfEverySizeOfStatement) {
    for (const CommitmentHash commitment : commitments) {
        for (const int size : {0, 1, 2, 5, 100, 256}) {
            const auto count = static_cast<std::uint16_t>(size);
            const Sample s = sample(1U + count, count, commitment);
            EXPECT_TRUE(verify(s, s.inputs, s.proof).has_value()) << count;
            EXPECT_EQ(proof_bytes(s.trapdoor.header), s.proof.size());
        }
    }
}

// [GROTH.9]
TEST(Groth16, R9AnotherStatementIsRefused) {
    for (const CommitmentHash commitment : commitments) {
        const Sample s = sample(7, 4, commitment);
        for (std::size_t i = 0; i < s.inputs.size(); ++i) {
            auto inputs = s.inputs;
            inputs[i] = inputs[i].is_zero() ? U256{1} : inputs[i] - U256{1};
            EXPECT_TRUE(verify(s, inputs, s.proof).error().is(SnarkError::does_not_hold));
        }
        auto swapped = s.inputs;
        std::swap(swapped[0], swapped[1]);
        EXPECT_TRUE(verify(s, swapped, s.proof).error().is(SnarkError::does_not_hold));
        const Sample other = sample(8, 4, commitment);
        EXPECT_FALSE(verify(s, s.inputs, other.proof).has_value());
    }
}

// [GROTH.6] [GROTH.9]
TEST(Groth16, R6EveryFlippedByteOfAProofIsRefused) {
    for (const CommitmentHash commitment : commitments) {
        const Sample s = sample(9, 2, commitment);
        const auto key = VerifyingKey::decode(s.key);
        for (std::size_t i = 0; i < s.proof.size(); ++i) {
            Bytes damaged = s.proof;
            damaged[i] ^= 1;
            EXPECT_FALSE(key->verify(s.inputs, damaged).has_value()) << i;
        }
    }
}

// [GROTH.6]
TEST(Groth16, R6ProofsHaveTheirBytesAndNoInfinity) {
    for (const CommitmentHash commitment : commitments) {
        const Sample s = sample(10, 2, commitment);
        Bytes longer = s.proof;
        longer.push_back(0);
        EXPECT_TRUE(verify(s, s.inputs, longer).error().is(SnarkError::wrong_size));
        EXPECT_TRUE(
            verify(s, s.inputs, BytesView{s.proof}.first(s.proof.size() - 1)).error().is(SnarkError::wrong_size));
        EXPECT_TRUE(verify(s, s.inputs, {}).error().is(SnarkError::wrong_size));
        EXPECT_TRUE(verify(s, s.inputs, Bytes(s.proof.size())).error().is(SnarkError::infinity_in_proof));
        const std::size_t places[] = {0, g1, g1 + g2, 2 * g1 + g2, 3 * g1 + g2};
        for (const std::size_t at : places) {
            if (at >= s.proof.size()) continue;
            const Bytes zeros(at == g1 ? g2 : g1);
            EXPECT_TRUE(verify(s, s.inputs, with(s.proof, at, zeros)).error().is(SnarkError::infinity_in_proof)) << at;
        }
    }
    const Sample plain = sample(10, 2);
    const Sample committed = sample(10, 2, CommitmentHash::keccak256);
    EXPECT_TRUE(verify(committed, committed.inputs, plain.proof).error().is(SnarkError::wrong_size));
    EXPECT_TRUE(verify(plain, plain.inputs, committed.proof).error().is(SnarkError::wrong_size));
}

// [GROTH.6]
TEST(Groth16, R6PointsAreInTheirGroup) {
    const Sample s = sample(11, 1);
    U256 p;
    p.limbs = bn254::Fp::modulus;
    for (std::size_t at = 0; at < s.proof.size(); at += 32) {
        const U256 coordinate = U256::from_be(BytesView{s.proof}.subspan(at, 32));
        const Bytes lifted = with(s.proof, at, (coordinate + p).to_be().view());
        EXPECT_TRUE(verify(s, s.inputs, lifted).error().is(bn254::PointError::not_below_modulus)) << at;
    }
    const auto outside = bn254::encode(Draw{1}.twist_point());
    EXPECT_TRUE(verify(s, s.inputs, with(s.proof, g1, outside.view())).error().is(bn254::PointError::not_in_subgroup));
}

// [GROTH.6] [GROTH.9]
TEST(Groth16, R6OnBls12381) {
    Draw draw{18};
    const auto trapdoor = test::TrapdoorOn<Bls12381>::draw(draw, 3);
    const auto key = VerifyingKey::decode(trapdoor.key()).value();
    const auto inputs = proofs::test::draw_inputs<Bls12381>(draw, 3);
    const Bytes proof = trapdoor.prove(draw, inputs);
    EXPECT_EQ(proof_bytes(trapdoor.header), proof.size());
    ASSERT_TRUE(key.verify(inputs, proof).has_value());
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        auto other = inputs;
        other[i] = other[i].is_zero() ? U256{1} : other[i] - U256{1};
        EXPECT_TRUE(key.verify(other, proof).error().is(SnarkError::does_not_hold)) << i;
        other[i] = Bls12381::group_order;
        EXPECT_TRUE(key.verify(other, proof).error().is(SnarkError::input_not_below_order)) << i;
    }
    for (std::size_t i = 0; i < proof.size(); ++i) {
        Bytes damaged = proof;
        damaged[i] ^= 1;
        EXPECT_FALSE(key.verify(inputs, damaged).has_value()) << i;
    }
    constexpr auto not_in_subgroup = crypto::bls12_381::PointError::not_in_subgroup;
    const auto outside = proofs::test::draw_outside<Bls12381>(draw);
    constexpr std::size_t c_at = Bls12381::g1_bytes + Bls12381::g2_bytes;
    for (const std::size_t at : {std::size_t{0}, c_at}) {
        EXPECT_TRUE(key.verify(inputs, with(proof, at, outside.g1[0])).error().is(not_in_subgroup)) << at;
        EXPECT_TRUE(key.equations(inputs, with(proof, at, outside.g1[0])).error().is(not_in_subgroup)) << at;
    }
    const Bytes outside_b = with(proof, Bls12381::g1_bytes, outside.g2);
    EXPECT_TRUE(key.verify(inputs, outside_b).error().is(not_in_subgroup));
    EXPECT_TRUE(key.equations(inputs, outside_b).error().is(not_in_subgroup)) << "a batch does not ask again";
}

// [GROTH.8]
TEST(Groth16, R8InputsHaveOneForm) {
    for (const CommitmentHash commitment : commitments) {
        Sample s = sample(12, 3, commitment);
        Draw draw{13};
        s.inputs[2] = U256{};
        s.proof = s.trapdoor.prove(draw, s.inputs);
        ASSERT_TRUE(verify(s, s.inputs, s.proof).has_value());
        EXPECT_TRUE(verify(s, std::span{s.inputs}.first(2), s.proof).error().is(SnarkError::wrong_input_count))
            << "what is left out is not zero";
        auto longer = s.inputs;
        longer.emplace_back();
        EXPECT_TRUE(verify(s, longer, s.proof).error().is(SnarkError::wrong_input_count));
        EXPECT_TRUE(verify(s, {}, s.proof).error().is(SnarkError::wrong_input_count));
        for (std::size_t i = 0; i < s.inputs.size(); ++i) {
            auto lifted = s.inputs;
            lifted[i] = lifted[i] + Bn254::group_order;
            EXPECT_TRUE(verify(s, lifted, s.proof).error().is(SnarkError::input_not_below_order)) << i;
        }
    }
}

// [GROTH.7] [GROTH.9]
TEST(Groth16, R7CommitmentAndItsChallenge) {
    const Sample s = sample(14, 2, CommitmentHash::keccak256);
    Sample other = s;
    other.key[3] = 2;  // the same points under the other hash
    EXPECT_TRUE(verify(other, s.inputs, s.proof).error().is(SnarkError::does_not_hold));
    // Another commitment with its own proof of knowledge: the first equation sees it.
    Draw draw{15};
    const Bytes again = s.trapdoor.prove(draw, s.inputs);
    const std::size_t at = 2 * g1 + g2;
    EXPECT_TRUE(
        verify(s, s.inputs, with(s.proof, at, BytesView{again}.subspan(at))).error().is(SnarkError::does_not_hold));
    EXPECT_TRUE(verify(s, s.inputs, with(s.proof, at + g1, BytesView{again}.subspan(at + g1)))
                    .error()
                    .is(SnarkError::commitment_does_not_hold));
}

// [GROTH.9] An error in one equation that the other makes good in the product of both.
TEST(Groth16, R9EquationsAreCheckedOneByOne) {
    const Sample s = sample(16, 1, CommitmentHash::keccak256);
    const auto point = [&](std::size_t at) { return bn254::decode_g1(BytesView{s.proof}.subspan(at, g1)).value(); };
    // C + x P and K - x (δ/H_2) P multiply the equations by e(P, δ)^x and its inverse.
    const bn254::Fr ratio = s.trapdoor.delta * s.trapdoor.second.inverse();
    const bn254::G1Affine shift = bn254::g1_generator;
    const auto c = (bn254::G1{point(g1 + g2)} + shift).affine();
    const auto k = (bn254::G1{point(3 * g1 + g2)} + -bn254::multiply(shift, ratio)).affine();
    Bytes forged = with(s.proof, g1 + g2, bn254::encode(c).view());
    forged = with(forged, 3 * g1 + g2, bn254::encode(k).view());
    EXPECT_FALSE(verify(s, s.inputs, forged).has_value());
}

// [GROTH.10] What one proof is turned into without its witness is accepted, and half of each change is not.
TEST(Groth16, R10OneProofIsTurnedIntoOthers) {
    const Sample s = sample(17, 2);
    const auto a = bn254::decode_g1(BytesView{s.proof}.first(g1)).value();
    const auto b = bn254::decode_g2(BytesView{s.proof}.subspan(g1, g2)).value();
    const auto c = bn254::decode_g1(BytesView{s.proof}.subspan(g1 + g2)).value();
    const auto accepted = [&](const bn254::G1Affine& new_a, const bn254::G2Affine& new_b,
                              const bn254::G1Affine& new_c) {
        Bytes proof = to_bytes(bn254::encode(new_a).view());
        append(proof, bn254::encode(new_b).view());
        append(proof, bn254::encode(new_c).view());
        return verify(s, s.inputs, proof).has_value();
    };
    const bn254::Fr t = bn254::Fr::from(U256{12'345});
    const auto scaled_a = bn254::multiply(a, t).affine();
    const auto scaled_b = bn254::multiply(b, t.inverse()).affine();
    const auto shifted_b = (bn254::multiply(bn254::g2_generator, t * s.trapdoor.delta) + b).affine();
    const auto shifted_c = (bn254::G1{c} + bn254::multiply(a, t)).affine();
    EXPECT_TRUE(accepted(-a, -b, c));
    EXPECT_TRUE(accepted(scaled_a, scaled_b, c));
    EXPECT_TRUE(accepted(a, shifted_b, shifted_c));
    EXPECT_FALSE(accepted(-a, b, c));
    EXPECT_FALSE(accepted(scaled_a, b, c));
    EXPECT_FALSE(accepted(a, scaled_b, c));
    EXPECT_FALSE(accepted(a, shifted_b, c));
    EXPECT_FALSE(accepted(a, b, shifted_c));
}

// [GROTH.1]
TEST(Groth16Key, R1Header) {
    const Sample s = sample(20, 1);
    for (std::size_t i = 0; i < 4; ++i) {
        for (int value = 0; value < 256; ++value) {
            Bytes key = s.key;
            if (key[i] == value) continue;
            key[i] = static_cast<Byte>(value);
            EXPECT_FALSE(VerifyingKey::decode(key).has_value()) << i << " " << value;
        }
    }
    Bytes committed_bls = s.key;
    committed_bls[2] = 2;
    committed_bls[3] = 1;
    EXPECT_TRUE(key_error(committed_bls).is(SnarkError::wrong_kind));
}

// [GROTH.2]
TEST(Groth16Key, R2Sizes) {
    const Sample s = sample(21, 2);
    Bytes longer = s.key;
    longer.push_back(0);
    EXPECT_TRUE(key_error(longer).is(SnarkError::wrong_size));
    for (const std::size_t size : {header_bytes, s.key.size() - g1, s.key.size() - 1}) {
        EXPECT_TRUE(key_error(BytesView{s.key}.first(size)).is(SnarkError::wrong_size)) << size;
    }
    for (std::size_t size = 0; size < header_bytes; ++size) {
        EXPECT_FALSE(VerifyingKey::decode(BytesView{s.key}.first(size)).has_value());
    }
    EXPECT_TRUE(key_error(encode(Header{Curve::bn254, CommitmentHash::none, 257})).is(SnarkError::too_many_inputs));
    EXPECT_TRUE(key_error(encode(Header{Curve::bn254, CommitmentHash::none, 0xffff})).is(SnarkError::too_many_inputs));
    Bytes more = s.key;
    more[5] = 3;  // as many inputs as there are points
    EXPECT_TRUE(key_error(more).is(SnarkError::wrong_size));
}

// [GROTH.3]
TEST(Groth16Key, R3InfinityAndPointsOutside) {
    const Sample s = sample(22, 2, CommitmentHash::sha256);
    const std::size_t h1_at = ic_at + 4 * g1;
    for (const std::size_t at : {beta_at, gamma_at, delta_at, h1_at, h1_at + g2}) {
        EXPECT_TRUE(key_error(with(s.key, at, Bytes(g2))).is(SnarkError::infinity_in_key)) << at;
        const auto outside = bn254::encode(Draw{at}.twist_point());
        EXPECT_TRUE(key_error(with(s.key, at, outside.view())).is(bn254::PointError::not_in_subgroup)) << at;
    }
    for (const std::size_t at : {alpha_at, ic_at + g1, ic_at + 2 * g1, ic_at + 3 * g1}) {
        EXPECT_TRUE(key_error(with(s.key, at, Bytes(g1))).is(SnarkError::infinity_in_key)) << at;
    }
    EXPECT_TRUE(VerifyingKey::decode(with(s.key, ic_at, Bytes(g1))).has_value()) << "IC_0 binds no input";
}

// [GROTH.4]
TEST(Groth16Key, R4PointsThatMustBeIndependent) {
    const Sample s = sample(23, 2, CommitmentHash::sha256);
    const std::size_t h1_at = ic_at + 4 * g1;
    const std::tuple<std::size_t, std::size_t, SnarkError> places[] = {{gamma_at, delta_at, SnarkError::gamma_is_delta},
                                                                       {beta_at, gamma_at, SnarkError::gamma_is_beta},
                                                                       {beta_at, delta_at, SnarkError::delta_is_beta},
                                                                       {h1_at, h1_at + g2, SnarkError::degenerate_key}};
    for (const auto& [from, to, error] : places) {
        EXPECT_TRUE(key_error(copied(s.key, from, to, g2)).is(error)) << from;
        EXPECT_TRUE(key_error(negated_g2(s.key, from, to)).is(error)) << from;
    }
}

// [GROTH.5]
TEST(Groth16Key, R5IdentifierIsTheHashOfTheBytes) {
    const Sample s = sample(24, 1);
    const auto key = VerifyingKey::decode(s.key);
    Bytes preimage{'v', 'k'};
    append(preimage, s.key);
    EXPECT_EQ(key->id(), hash::keccak256(preimage));
    EXPECT_TRUE(equal(key->bytes(), s.key));
    EXPECT_NE(VerifyingKey::decode(sample(25, 1).key)->id(), key->id());
}

TEST(HashToField, ExpandMessageOfTheRfc) {
    // RFC 9380, K.1: SHA-256, DST "QUUX-V01-CS02-with-expander-SHA256-128", 0x20 bytes.
    constexpr std::string_view tag = "QUUX-V01-CS02-with-expander-SHA256-128";
    const auto expand = [&](std::string_view message, std::size_t size) {
        return expand_message_sha256(as_bytes(message), tag, size);
    };
    EXPECT_EQ(U256::from_be(expand("", 32)),
              U256(0x68a985b87eb6b469, 0x52128911f2a4412b, 0xbc302a9d759667f8, 0x7f7a21d803f07235));
    EXPECT_EQ(U256::from_be(expand("abc", 32)),
              U256(0xd8ccab23b5985cce, 0xa865c6c97b6e5b83, 0x50e794e603b4b979, 0x02f53a8a0d605615));
    EXPECT_EQ(expand("abc", 48).size(), 48U);
}

}  // namespace
}  // namespace enshrine::proofs::groth16
