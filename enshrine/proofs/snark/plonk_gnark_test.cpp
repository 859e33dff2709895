// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/keccak.hpp>
#include <enshrine/proofs/snark/plonk_gnark_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::proofs::plonk_gnark {
namespace {

using algebra::bn254::PointError;
using proofs::test::draw_inputs;
using proofs::test::with;
using test::Draw;
using test::Trapdoor;

constexpr std::size_t g1 = Bn254::g1_bytes;
constexpr std::size_t g2 = Bn254::g2_bytes;
constexpr std::size_t base_at = header_bytes;
constexpr std::size_t x_at = base_at + g1;
constexpr std::size_t s_at = x_at + g2;
constexpr std::size_t selectors_at = s_at + 3 * g1;
constexpr std::size_t qcp_at = selectors_at + 5 * g1;
// Parts of a proof.
constexpr std::size_t values_at = 6 * g1;
constexpr std::size_t z_at = values_at + 5 * fr_bytes;
constexpr std::size_t z_next_at = z_at + g1;
constexpr std::size_t openings_at = z_next_at + fr_bytes;
constexpr std::size_t committed_at = openings_at + 2 * g1;

constexpr Header plain{.power = 6, .input_count = 3};
constexpr Header committed{.power = 6, .input_count = 3, .has_commitment = true, .commitment_gate = 40};
constexpr Header headers[] = {plain, committed};

struct Sample {
    Trapdoor trapdoor;
    VerifyingKey key;
    std::vector<U256> inputs;
    Bytes proof;

    [[nodiscard]] static Sample of(std::uint64_t seed, const Header& header) {
        Draw draw{seed};
        auto trapdoor = Trapdoor::draw(draw, header);
        auto key = VerifyingKey::decode(trapdoor.key).value();
        auto inputs = draw_inputs<Bn254>(draw, header.input_count);
        Bytes proof = trapdoor.prove(draw, key, inputs);
        return {std::move(trapdoor), std::move(key), std::move(inputs), std::move(proof)};
    }
    [[nodiscard]] Result<void> verify(BytesView other) const { return key.verify(inputs, other); }
};

Error key_error(BytesView bytes) {
    const auto key = VerifyingKey::decode(bytes);
    EXPECT_FALSE(key.has_value());
    return key ? Error{SnarkError::does_not_hold} : key.error();
}
Bytes point(std::uint64_t seed) {
    return to_bytes(Bn254::encode(Draw{seed}.g1()).view());
}

// [PLONK-GNARK.14]
TEST(PlonkGnark, R14ProofsOfEverySizeOfStatement) {
    for (const int size : {0, 1, 2, 7, 64, 256}) {
        const auto count = static_cast<std::uint16_t>(size);
        for (const int power : {8, 20, 28}) {
            for (const bool commitment : {false, true}) {
                if (commitment && size == 256 && power == 8) continue;  // no gate is left
                const Header header{static_cast<std::uint8_t>(power), count, commitment, 0};
                const Sample s = Sample::of(1U + count, header);
                EXPECT_TRUE(s.verify(s.proof).has_value()) << size << " " << power;
                EXPECT_EQ(s.proof.size(), proof_bytes(header));
            }
        }
    }
}

// [PLONK-GNARK.14]
TEST(PlonkGnark, R14AnotherStatementIsRefused) {
    for (const Header& header : headers) {
        const Sample s = Sample::of(7, header);
        for (std::size_t i = 0; i < s.inputs.size(); ++i) {
            auto inputs = s.inputs;
            inputs[i] = inputs[i].is_zero() ? U256{1} : inputs[i] - U256{1};
            EXPECT_TRUE(s.key.verify(inputs, s.proof).error().is(SnarkError::does_not_hold));
        }
        auto swapped = s.inputs;
        std::swap(swapped[0], swapped[1]);
        EXPECT_TRUE(s.key.verify(swapped, s.proof).error().is(SnarkError::does_not_hold));
        EXPECT_TRUE(s.verify(Sample::of(8, header).proof).error().is(SnarkError::does_not_hold));
    }
}

// [PLONK-GNARK.7] [PLONK-GNARK.14]
TEST(PlonkGnark, R7EveryFlippedByteOfAProofIsRefused) {
    for (const Header& header : headers) {
        const Sample s = Sample::of(9, header);
        for (std::size_t i = 0; i < s.proof.size(); ++i) {
            Bytes damaged = s.proof;
            damaged[i] ^= 1;
            EXPECT_FALSE(s.verify(damaged).has_value()) << i;
        }
    }
}

// [PLONK-GNARK.7] [PLONK-GNARK.9] Each part alone replaced by another of its form.
TEST(PlonkGnark, R9EachAbsorbedPartIsBound) {
    for (const Header& header : headers) {
        const Sample s = Sample::of(10, header);
        std::vector<std::size_t> points{0, g1, 2 * g1, 3 * g1, 4 * g1, 5 * g1, z_at, openings_at, openings_at + g1};
        std::vector<std::size_t> scalars{z_next_at};
        for (std::size_t i = 0; i < 5; ++i) scalars.push_back(values_at + i * fr_bytes);
        if (header.has_commitment) {
            scalars.push_back(committed_at);
            points.push_back(committed_at + fr_bytes);
        }
        for (const std::size_t at : points) {
            EXPECT_TRUE(s.verify(with(s.proof, at, point(11))).error().is(SnarkError::does_not_hold)) << at;
        }
        for (const std::size_t at : scalars) {
            const Hash32 other = U256{12}.to_be();
            EXPECT_TRUE(s.verify(with(s.proof, at, other.view())).error().is(SnarkError::does_not_hold)) << at;
        }
        for (std::size_t at = s_at; at < s.trapdoor.key.size(); at += g1) {
            const auto key = VerifyingKey::decode(with(s.trapdoor.key, at, point(13)));
            EXPECT_TRUE(key->verify(s.inputs, s.proof).error().is(SnarkError::does_not_hold)) << at;
        }
    }
}

/// The challenges after a change of what they absorb.
Challenges challenges_of(const Sample& s, std::span<const U256> inputs, const Bytes& proof) {
    return derive_challenges(s.key.prepared(), inputs, decode_proof(proof, s.key.header()).value());
}

// [PLONK-GNARK.9] Which challenges depend on what.
TEST(PlonkGnark, R9ChallengesDependOnWhatCameBefore) {
    const Sample s = Sample::of(14, committed);
    const Challenges before = challenges_of(s, s.inputs, s.proof);
    const auto changed = [&](std::span<const U256> inputs, const Bytes& proof) {
        const Challenges after = challenges_of(s, inputs, proof);
        return std::array{after.gamma != before.gamma, after.beta != before.beta, after.alpha != before.alpha,
                          after.zeta != before.zeta};
    };
    constexpr std::array all{true, true, true, true};
    auto inputs = s.inputs;
    inputs[2] = U256{99};
    EXPECT_EQ(changed(inputs, s.proof), all);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(changed(s.inputs, with(s.proof, i * g1, point(15))), all) << i;
    const std::array from_alpha{false, false, true, true};
    EXPECT_EQ(changed(s.inputs, with(s.proof, z_at, point(15))), from_alpha);
    EXPECT_EQ(changed(s.inputs, with(s.proof, committed_at + fr_bytes, point(15))), from_alpha);
    const std::array zeta_alone{false, false, false, true};
    for (std::size_t i = 3; i < 6; ++i) {
        EXPECT_EQ(changed(s.inputs, with(s.proof, i * g1, point(15))), zeta_alone) << i;
    }
    const std::array none{false, false, false, false};
    EXPECT_EQ(changed(s.inputs, with(s.proof, values_at, U256{5}.to_be().view())), none);
}

// [PLONK-GNARK.12] [PLONK-GNARK.13] The last two challenges bind the values at ζ, and both openings.
TEST(PlonkGnark, R12FoldingBindsEveryValueAndBothOpenings) {
    const Sample s = Sample::of(16, committed);
    const Challenges challenges = challenges_of(s, s.inputs, s.proof);
    const auto fold = [&](const Bytes& proof) {
        return fold_openings(s.key, s.inputs, decode_proof(proof, committed).value(), challenges).value();
    };
    const auto u = [&](const Bytes& proof) {
        return derive_u(decode_proof(proof, committed).value(), challenges, fold(proof));
    };
    std::vector<std::size_t> values{z_next_at, committed_at};
    for (std::size_t i = 0; i < 5; ++i) values.push_back(values_at + i * fr_bytes);
    for (const std::size_t at : values) {
        const Bytes other = with(s.proof, at, U256{17}.to_be().view());
        EXPECT_NE(fold(other).v, fold(s.proof).v) << at;
        EXPECT_NE(u(other), u(s.proof)) << at;
    }
    for (const std::size_t at : {openings_at, openings_at + g1}) {
        const Bytes other = with(s.proof, at, point(18));
        EXPECT_EQ(fold(other).v, fold(s.proof).v) << at;
        EXPECT_NE(u(other), u(s.proof)) << at;
    }
}

// [PLONK-GNARK.13] Errors at ζ and ωζ that would cancel if u were one.
TEST(PlonkGnark, R13TheTwoOpeningsDoNotMakeGoodEachOther) {
    const Sample s = Sample::of(19, plain);
    const Challenges c = challenges_of(s, s.inputs, s.proof);
    const Fr next = c.zeta * s.key.prepared().domain.root();
    const auto moved = [&](std::size_t at, const Fr& by) {
        const G1 before = Bn254::decode_g1(BytesView{s.proof}.subspan(at, g1)).value();
        G1Combination<Bn254> sum;
        sum.add(before, Fr::one());
        sum.add(Bn254::g1_generator(), by);
        return sum.sum();
    };
    const Fr first = (s.trapdoor.x - c.zeta).inverse();
    const Fr second = -(s.trapdoor.x - next).inverse();
    Bytes forged = with(s.proof, openings_at, Bn254::encode(moved(openings_at, first)).view());
    forged = with(forged, openings_at + g1, Bn254::encode(moved(openings_at + g1, second)).view());
    EXPECT_TRUE(s.verify(forged).error().is(SnarkError::does_not_hold));
}

// [PLONK-GNARK.10]
TEST(PlonkGnark, R10AChallengeInTheDomainIsRefused) {
    for (const Header& header : headers) {
        const Sample s = Sample::of(20, header);
        const ProofParts proof = decode_proof(s.proof, header).value();
        Challenges challenges = derive_challenges(s.key.prepared(), s.inputs, proof);
        ASSERT_TRUE(fold_openings(s.key, s.inputs, proof, challenges).has_value());
        Fr element = Fr::one();
        for (std::uint64_t i = 0; i < s.key.prepared().domain.size(); ++i) {
            challenges.zeta = element;
            EXPECT_TRUE(fold_openings(s.key, s.inputs, proof, challenges).error().is(SnarkError::challenge_in_domain));
            element = element * s.key.prepared().domain.root();
        }
        EXPECT_EQ(element, Fr::one());
    }
}

// [PLONK-GNARK.7]
TEST(PlonkGnark, R7ProofsHaveTheirBytesAndNoInfinity) {
    for (const Header& header : headers) {
        const Sample s = Sample::of(21, header);
        Bytes longer = s.proof;
        longer.push_back(0);
        EXPECT_TRUE(s.verify(longer).error().is(SnarkError::wrong_size));
        for (const std::size_t size : {std::size_t{0}, std::size_t{1}, s.proof.size() - 1}) {
            EXPECT_TRUE(s.verify(BytesView{s.proof}.first(size)).error().is(SnarkError::wrong_size)) << size;
        }
        EXPECT_TRUE(s.verify(Bytes(s.proof.size())).error().is(SnarkError::infinity_in_proof));
        std::vector<std::size_t> points{0, g1, 2 * g1, 3 * g1, 4 * g1, 5 * g1, z_at, openings_at, openings_at + g1};
        if (header.has_commitment) points.push_back(committed_at + fr_bytes);
        for (const std::size_t at : points) {
            EXPECT_TRUE(s.verify(with(s.proof, at, Bytes(g1))).error().is(SnarkError::infinity_in_proof)) << at;
        }
    }
    EXPECT_TRUE(Sample::of(21, plain).verify(Sample::of(21, committed).proof).error().is(SnarkError::wrong_size));
    EXPECT_TRUE(Sample::of(21, committed).verify(Sample::of(21, plain).proof).error().is(SnarkError::wrong_size));
}

// [PLONK-GNARK.7]
TEST(PlonkGnark, R7NumbersHaveOneForm) {
    const Sample s = Sample::of(22, committed);
    U256 p;
    p.limbs = algebra::bn254::Fp::modulus;
    const auto lifted = [&](std::size_t at, const U256& modulus) {
        const U256 number = U256::from_be(BytesView{s.proof}.subspan(at, 32));
        return s.verify(with(s.proof, at, (number + modulus).to_be().view())).error();
    };
    for (std::size_t at = 0; at < values_at; at += 32) {
        EXPECT_TRUE(lifted(at, p).is(PointError::not_below_modulus)) << at;
    }
    for (const std::size_t at : {values_at, values_at + 4 * fr_bytes, z_next_at, committed_at}) {
        EXPECT_TRUE(lifted(at, Bn254::group_order).is(PointError::not_below_modulus)) << at;
    }
}

// [PLONK-GNARK.8]
TEST(PlonkGnark, R8InputsHaveOneForm) {
    const Sample s = Sample::of(23, plain);
    EXPECT_TRUE(s.key.verify(std::span{s.inputs}.first(2), s.proof).error().is(SnarkError::wrong_input_count));
    auto longer = s.inputs;
    longer.emplace_back();
    EXPECT_TRUE(s.key.verify(longer, s.proof).error().is(SnarkError::wrong_input_count));
    for (std::size_t i = 0; i < s.inputs.size(); ++i) {
        auto lifted = s.inputs;
        lifted[i] = lifted[i] + Bn254::group_order;
        EXPECT_TRUE(s.key.verify(lifted, s.proof).error().is(SnarkError::input_not_below_order)) << i;
    }
}

// [PLONK-GNARK.11] The gate that takes the commitment's challenge is part of the statement of a key.
TEST(PlonkGnark, R11AnotherGateForTheChallengeIsAnotherKey) {
    const Sample s = Sample::of(24, committed);
    Bytes key = s.trapdoor.key;
    key[header_bytes - 1] ^= 1;
    EXPECT_TRUE(VerifyingKey::decode(key)->verify(s.inputs, s.proof).error().is(SnarkError::does_not_hold));
}

// [PLONK-GNARK.14] Claims of one reference string fold.
TEST(PlonkGnark, R14ClaimsFold) {
    const Sample s = Sample::of(25, committed);
    const auto first = s.key.reduce(s.inputs, s.proof).value();
    Draw draw{26};
    const auto second = s.key.reduce(s.inputs, s.trapdoor.prove(draw, s.key, s.inputs)).value();
    EXPECT_TRUE(s.key.srs().holds(first));
    EXPECT_TRUE(s.key.srs().holds(second));
    const Fr weight = draw.fr();
    const auto folded = [&](const G1& a, const G1& b) {
        G1Combination<Bn254> sum;
        sum.add(a, Fr::one());
        sum.add(b, weight);
        return sum.sum();
    };
    EXPECT_TRUE(s.key.srs().holds({folded(first.p, second.p), folded(first.q, second.q)}));
    EXPECT_FALSE(s.key.srs().holds({folded(first.p, second.p), folded(first.q, first.q)}));
    EXPECT_FALSE(s.key.srs().holds({first.p, second.q}));
}

// [PLONK-GNARK.1]
TEST(PlonkGnarkKey, R1Header) {
    const Sample s = Sample::of(30, plain);
    for (const std::size_t at : {0U, 1U, 2U, 6U}) {
        for (int value = 0; value < 256; ++value) {
            Bytes key = s.trapdoor.key;
            if (key[at] == value) continue;
            key[at] = static_cast<Byte>(value);
            EXPECT_FALSE(VerifyingKey::decode(key).has_value()) << at << " " << value;
        }
    }
    Bytes key = s.trapdoor.key;
    key[header_bytes - 1] = 1;
    EXPECT_TRUE(key_error(key).is(SnarkError::wrong_kind)) << "a gate without a commitment";
}

// [PLONK-GNARK.2]
TEST(PlonkGnarkKey, R2SizesAndDomains) {
    for (const Header& header : headers) {
        const Bytes key = Sample::of(31, header).trapdoor.key;
        Bytes longer = key;
        longer.push_back(0);
        EXPECT_TRUE(key_error(longer).is(SnarkError::wrong_size));
        for (const std::size_t size : {header_bytes, key.size() - g1, key.size() - 1}) {
            EXPECT_TRUE(key_error(BytesView{key}.first(size)).is(SnarkError::wrong_size)) << size;
        }
        for (std::size_t size = 0; size < header_bytes; ++size) {
            EXPECT_FALSE(VerifyingKey::decode(BytesView{key}.first(size)).has_value());
        }
    }
    const auto error = [](const Header& header) { return key_error(encode(header)); };
    for (const int power : {0, 29, 64, 255}) {
        EXPECT_TRUE(error({.power = static_cast<std::uint8_t>(power)}).is(SnarkError::no_such_domain)) << power;
    }
    EXPECT_TRUE(error({.power = 10, .input_count = 257}).is(SnarkError::too_many_inputs));
    EXPECT_TRUE(error({.power = 2, .input_count = 5}).is(SnarkError::too_many_inputs));
    EXPECT_TRUE(error({2, 3, true, 1}).is(SnarkError::no_such_domain)) << "the gate is outside of the circuit";
    EXPECT_TRUE(error({2, 3, true, 0xffffffff}).is(SnarkError::no_such_domain));
    EXPECT_TRUE(error({2, 3, true, 0}).is(SnarkError::wrong_size)) << "the last gate";
}

// [PLONK-GNARK.3]
TEST(PlonkGnarkKey, R3InfinityAndPointsOutside) {
    const Bytes key = Sample::of(32, committed).trapdoor.key;
    for (const std::size_t at : {base_at, s_at, s_at + g1, s_at + 2 * g1, qcp_at}) {
        EXPECT_TRUE(key_error(with(key, at, Bytes(g1))).is(SnarkError::infinity_in_key)) << at;
    }
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_TRUE(VerifyingKey::decode(with(key, selectors_at + i * g1, Bytes(g1))).has_value())
            << "a circuit without such gates";
    }
    for (std::size_t at = base_at; at < key.size(); at += at == x_at ? g2 : g1) {
        Bytes damaged = key;
        damaged[at + (at == x_at ? g2 : g1) - 1] ^= 1;
        EXPECT_TRUE(key_error(damaged).is(PointError::not_on_curve)) << at;
    }
    const auto outside = Bn254::encode(Draw{33}.twist_point());
    EXPECT_TRUE(key_error(with(key, x_at, outside.view())).is(PointError::not_in_subgroup));
}

// [PLONK-GNARK.4]
TEST(PlonkGnarkKey, R4ColumnsOfThePermutationDiffer) {
    const Bytes key = Sample::of(34, plain).trapdoor.key;
    for (const auto& [from, to] : {std::pair{0, 1}, {1, 2}, {2, 0}}) {
        const auto copied = BytesView{key}.subspan(s_at + static_cast<std::size_t>(from) * g1, g1);
        const Bytes same = with(key, s_at + static_cast<std::size_t>(to) * g1, to_bytes(copied));
        EXPECT_TRUE(key_error(same).is(SnarkError::degenerate_key)) << from;
    }
}

// [PLONK-GNARK.5]
TEST(PlonkGnarkKey, R5ReferenceStringsWithAKnownSecret) {
    const Bytes key = Sample::of(35, plain).trapdoor.key;
    const auto generator = Bn254::g2_generator();
    for (const auto& x : {Bn254::G2::infinity(), generator, -generator}) {
        EXPECT_TRUE(key_error(with(key, x_at, Bn254::encode(x).view())).is(SnarkError::trivial_srs));
    }
}

// [PLONK-GNARK.6]
TEST(PlonkGnarkKey, R6IdentifierIsTheHashOfTheBytes) {
    const Sample s = Sample::of(36, plain);
    Bytes preimage{'v', 'k'};
    append(preimage, s.trapdoor.key);
    EXPECT_EQ(s.key.id(), hash::keccak256(preimage));
    EXPECT_TRUE(equal(s.key.bytes(), s.trapdoor.key));
}

}  // namespace
}  // namespace enshrine::proofs::plonk_gnark
