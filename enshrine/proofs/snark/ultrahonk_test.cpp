// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/keccak.hpp>
#include <enshrine/proofs/snark/ultrahonk_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::proofs::ultrahonk {
namespace {

using algebra::bn254::Draw;
using algebra::bn254::PointError;
using test::Item;
using test::Layout;
using test::Trapdoor;

std::string name_of(Version version, Flavour flavour) {
    return std::string{version == Version::bb_3_0 ? "bb_3_0" : "bb_5_0"} +
           (flavour == Flavour::plain ? "_plain" : "_zero_knowledge");
}

/// A key of every version and flavour with a proof of two inputs.
class UltraHonk : public testing::TestWithParam<std::tuple<Version, Flavour>> {
protected:
    UltraHonk() : inputs_{test::draw_inputs(draw_, 2)}, proof_{trapdoor_.prove(draw_, inputs_)} {}

    [[nodiscard]] static Header header() { return {std::get<0>(GetParam()), std::get<1>(GetParam()), 6, 2}; }
    [[nodiscard]] bool masked() const { return header().flavour == Flavour::zero_knowledge; }
    [[nodiscard]] Result<void> verify(BytesView proof) const { return trapdoor_.decoded.verify(inputs_, proof); }
    [[nodiscard]] std::string refusal(BytesView proof) const {
        const auto verdict = verify(proof);
        return verdict ? "accepted" : std::string{verdict.error().message()};
    }
    /// Whatever the item becomes, the proof is refused, and would be accepted without the change.
    void expect_bound(const Item& item, const auto& value) {
        Bytes changed = proof_;
        put(changed, item, value);
        EXPECT_NE(refusal(changed), "accepted") << item.name;
    }

    Draw draw_{7};
    Trapdoor trapdoor_{Trapdoor::draw(draw_, header())};
    std::vector<U256> inputs_;
    Bytes proof_;
    Layout layout_{header()};
};

INSTANTIATE_TEST_SUITE_P(All, UltraHonk,
                         testing::Combine(testing::Values(Version::bb_3_0, Version::bb_5_0),
                                          testing::Values(Flavour::plain, Flavour::zero_knowledge)),
                         [](const auto& instance) {
                             return name_of(std::get<0>(instance.param), std::get<1>(instance.param));
                         });

TEST_P(UltraHonk, AcceptsAProof) {
    EXPECT_EQ(refusal(proof_), "accepted");
}

TEST_P(UltraHonk, AcceptsEverySizeOfCircuit) {
    const bool older = header().version == Version::bb_3_0;
    const std::vector<int> sizes = older ? std::vector{5, 12, 28} : std::vector{4, 12, 25};
    for (const int log_size : sizes) {
        const std::uint16_t count = log_size < 6 ? 1 : 100;
        const Trapdoor other =
            Trapdoor::draw(draw_, {header().version, header().flavour, static_cast<std::uint8_t>(log_size), count});
        const auto inputs = test::draw_inputs(draw_, count);
        EXPECT_TRUE(other.decoded.verify(inputs, other.prove(draw_, inputs)).has_value()) << log_size;
    }
}

// [HONK.1]
TEST_P(UltraHonk, R1RefusesAnotherKindVersionOrFlavour) {
    for (const auto& [at, value] : {std::pair{0U, 1U}, {0U, 4U}, {1U, 0U}, {1U, 4U}, {1U, 6U}, {2U, 2U}, {2U, 255U}}) {
        Bytes key = trapdoor_.key;
        key[at] = static_cast<Byte>(value);
        EXPECT_TRUE(VerifyingKey::decode(key).error().is(SnarkError::wrong_kind)) << at << " " << value;
    }
}

// [HONK.2]
TEST_P(UltraHonk, R2BoundsTheCircuit) {
    const auto error_of = [&](std::uint8_t log_size, std::uint16_t count) {
        Bytes key = encode({header().version, header().flavour, log_size, count});
        append(key, BytesView{trapdoor_.key}.subspan(header_bytes));
        const auto decoded = VerifyingKey::decode(key);
        return decoded ? std::string{"accepted"} : std::string{decoded.error().message()};
    };
    const std::string out_of_range{error_domain(HonkError{}).message(std::to_underlying(HonkError::size_out_of_range))};
    const bool older = header().version == Version::bb_3_0;
    const std::uint8_t largest = older ? 28 : 25;
    EXPECT_EQ(error_of(largest, 1024), "accepted");
    EXPECT_EQ(error_of(static_cast<std::uint8_t>(largest + 1), 2), out_of_range);
    EXPECT_EQ(error_of(255, 2), out_of_range);
    EXPECT_EQ(error_of(3, 0), out_of_range);
    EXPECT_EQ(error_of(0, 0), out_of_range);
    EXPECT_EQ(error_of(20, 1025), "the key declares more public inputs than are allowed");
    // The last public input has the last row.
    const auto fitting = static_cast<std::uint16_t>(64 - (older ? 1 + 16 : 5 + 8));
    EXPECT_EQ(error_of(6, fitting), "accepted");
    EXPECT_EQ(error_of(6, static_cast<std::uint16_t>(fitting + 1)), out_of_range);
}

// [HONK.3]
TEST_P(UltraHonk, R3RefusesAnotherNumberOfBytes) {
    Bytes longer = trapdoor_.key;
    longer.push_back(0);
    EXPECT_TRUE(VerifyingKey::decode(longer).error().is(SnarkError::wrong_size));
    for (const std::size_t size : {trapdoor_.key.size() - 1, trapdoor_.key.size() - 64, header_bytes}) {
        EXPECT_TRUE(VerifyingKey::decode(BytesView{trapdoor_.key}.first(size)).error().is(SnarkError::wrong_size));
    }
    for (std::size_t size = 0; size < header_bytes; ++size) {
        EXPECT_FALSE(VerifyingKey::decode(BytesView{trapdoor_.key}.first(size)).has_value());
    }
}

// [HONK.4]
TEST_P(UltraHonk, R4RefusesAnSrsThatAnyoneCanOpen) {
    using algebra::bn254::G2Affine;
    const auto with_x = [&](const G2Affine& x) {
        Bytes key = trapdoor_.key;
        std::ranges::copy(algebra::bn254::encode(x), key.begin() + header_bytes);
        return VerifyingKey::decode(key);
    };
    EXPECT_TRUE(with_x(draw_.g2()).has_value());
    EXPECT_TRUE(with_x(G2Affine::infinity()).error().is(SnarkError::infinity_in_key));
    EXPECT_TRUE(with_x(algebra::bn254::g2_generator).error().is(SnarkError::trivial_srs));
    EXPECT_TRUE(with_x(-algebra::bn254::g2_generator).error().is(SnarkError::trivial_srs));
    EXPECT_TRUE(with_x(draw_.twist_point()).error().is(PointError::not_in_subgroup));
    G2Affine off = draw_.g2();
    off.x.c0 = off.x.c0 + algebra::bn254::Fp::one();
    EXPECT_TRUE(with_x(off).error().is(PointError::not_on_curve));
}

// [HONK.5]
TEST_P(UltraHonk, R5RefusesCommitmentsThatAreNone) {
    for (std::size_t i = 0; i < committed_in_key; ++i) {
        const std::size_t at = header_bytes + algebra::bn254::g2_bytes + 64 * i;
        Bytes key = trapdoor_.key;
        key[at + 63] ^= 1;
        EXPECT_TRUE(VerifyingKey::decode(key).error().is(PointError::not_on_curve)) << i;
        key = trapdoor_.key;
        std::ranges::fill(key.begin() + static_cast<std::ptrdiff_t>(at),
                          key.begin() + static_cast<std::ptrdiff_t>(at + 32), 0xff);
        EXPECT_TRUE(VerifyingKey::decode(key).error().is(PointError::not_below_modulus)) << i;
        key = trapdoor_.key;
        std::ranges::fill(key.begin() + static_cast<std::ptrdiff_t>(at),
                          key.begin() + static_cast<std::ptrdiff_t>(at + 64), 0);
        // In 5.0 a selector or a table may be zero: all but the first ten, which are permutation, identity, Lagrange.
        const bool may_be_zero = header().version == Version::bb_5_0 && i >= 10;
        EXPECT_EQ(VerifyingKey::decode(key).has_value(), may_be_zero) << i;
    }
}

// [HONK.6]
TEST_P(UltraHonk, R6IdentifiesAKeyByItsBytes) {
    Bytes preimage = to_bytes(as_bytes("vk"));
    append(preimage, trapdoor_.key);
    EXPECT_EQ(trapdoor_.decoded.id(), hash::keccak256(preimage));
    EXPECT_TRUE(equal(trapdoor_.decoded.bytes(), trapdoor_.key));
}

// [HONK.7]
TEST_P(UltraHonk, R7RefusesOtherEncodings) {
    EXPECT_EQ(layout_.size(), proof_bytes(header()));
    Bytes longer = proof_;
    longer.push_back(0);
    EXPECT_TRUE(verify(longer).error().is(SnarkError::wrong_size));
    EXPECT_TRUE(verify(BytesView{proof_}.first(proof_.size() - 1)).error().is(SnarkError::wrong_size));
    EXPECT_TRUE(verify({}).error().is(SnarkError::wrong_size));
    for (const Item& item : layout_.items()) {
        const std::size_t words = item.is_point ? 2 : 1;
        for (std::size_t word = 0; word < words; ++word) {
            const U256 modulus = item.is_point ? U256{algebra::bn254::Fp::modulus[3], algebra::bn254::Fp::modulus[2],
                                                      algebra::bn254::Fp::modulus[1], algebra::bn254::Fp::modulus[0]}
                                               : U256{Fr::modulus[3], Fr::modulus[2], Fr::modulus[1], Fr::modulus[0]};
            Bytes lifted = proof_;
            const auto at = item.at + 32 * word;
            const U256 value = U256::from_be(BytesView{proof_}.subspan(at, 32));
            std::ranges::copy((value + modulus).to_be(), lifted.begin() + static_cast<std::ptrdiff_t>(at));
            EXPECT_TRUE(verify(lifted).error().is(PointError::not_below_modulus)) << item.name;
        }
        if (!item.is_point) continue;
        Bytes off = proof_;
        off[item.at + 63] ^= 1;
        EXPECT_TRUE(verify(off).error().is(PointError::not_on_curve)) << item.name;
    }
}

// [HONK.7]
TEST_P(UltraHonk, R7RefusesInfinity) {
    const auto infinity = algebra::bn254::G1Affine::infinity();
    for (const Item& item : layout_.items()) {
        if (!item.is_point) continue;
        Bytes changed = proof_;
        put(changed, item, infinity);
        const auto verdict = verify(changed);
        ASSERT_FALSE(verdict.has_value()) << item.name;
        const bool of_witness = item.name.starts_with("w_") || item.name.starts_with("lookup") || item.name == "z_perm";
        const bool may_be_zero = header().version == Version::bb_5_0 && of_witness;
        EXPECT_EQ(verdict.error().is(SnarkError::infinity_in_proof), !may_be_zero) << item.name;
    }
}

// [HONK.7] Circuits without lookups leave three polynomials zero.
TEST_P(UltraHonk, R7AcceptsZeroPolynomialsWhereTheVersionHasThem) {
    if (header().version == Version::bb_3_0) return;
    const auto limbs = test::limbs_of(header().version, trapdoor_.accumulator(draw_));
    const Bytes proof =
        trapdoor_.prove(draw_, inputs_, limbs, {"w_4", "lookup_inverses", "lookup_read_counts", "lookup_read_tags"});
    EXPECT_EQ(refusal(proof), "accepted");
}

// [HONK.8]
TEST_P(UltraHonk, R8RefusesAnotherNumberOfInputsAndInputsThatAreNotReduced) {
    const auto& key = trapdoor_.decoded;
    EXPECT_TRUE(key.verify(std::span{inputs_}.first(1), proof_).error().is(SnarkError::wrong_input_count));
    EXPECT_TRUE(key.verify({}, proof_).error().is(SnarkError::wrong_input_count));
    auto more = inputs_;
    more.emplace_back();
    EXPECT_TRUE(key.verify(more, proof_).error().is(SnarkError::wrong_input_count));
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
        auto lifted = inputs_;
        lifted[i] = lifted[i] + U256{Fr::modulus[3], Fr::modulus[2], Fr::modulus[1], Fr::modulus[0]};
        EXPECT_TRUE(key.verify(lifted, proof_).error().is(SnarkError::input_not_below_order));
    }
}

// [HONK.9]
TEST_P(UltraHonk, R9BindsTheKey) {
    // A proof of another key of the same SRS, and of a key in which one commitment differs.
    Draw draw{8};
    for (const std::size_t i : {0U, 13U, 27U}) {
        Bytes key = trapdoor_.key;
        const auto at = static_cast<std::ptrdiff_t>(header_bytes + algebra::bn254::g2_bytes + 64 * i);
        std::ranges::copy(algebra::bn254::encode(draw.g1()), key.begin() + at);
        const auto other = VerifyingKey::decode(key).value();
        EXPECT_NE(other.circuit_hash(), trapdoor_.decoded.circuit_hash());
        EXPECT_FALSE(other.verify(inputs_, proof_).has_value()) << i;
    }
}

// [HONK.10]
TEST_P(UltraHonk, R10BindsEveryItem) {
    for (const Item& item : layout_.items()) {
        if (item.is_point) expect_bound(item, draw_.g1());
        if (!item.is_point) expect_bound(item, scalar_at(proof_, item) + Fr::one());
    }
}

// [HONK.10]
TEST_P(UltraHonk, R10BindsTheOrder) {
    const auto& items = layout_.items();
    for (std::size_t i = 0; i + 1 < items.size(); ++i) {
        if (items[i].is_point != items[i + 1].is_point) continue;
        Bytes swapped = proof_;
        const auto from = swapped.begin() + static_cast<std::ptrdiff_t>(items[i].at);
        const auto size = static_cast<std::ptrdiff_t>(items[i].size());
        std::rotate(from, from + size, from + 2 * size);
        if (swapped == proof_) continue;
        EXPECT_NE(refusal(swapped), "accepted") << items[i].name;
    }
}

// [HONK.11]
TEST_P(UltraHonk, R11BindsTheInputs) {
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
        auto other = inputs_;
        other[i] = other[i] == U256{1} ? U256{2} : U256{1};
        EXPECT_FALSE(trapdoor_.decoded.verify(other, proof_).has_value());
    }
    EXPECT_FALSE(trapdoor_.decoded.verify(std::vector{inputs_[1], inputs_[0]}, proof_).has_value());
}

// [HONK.12]
TEST_P(UltraHonk, R12RefusesRoundsOfAnotherPolynomial) {
    for (unsigned round = 0; round < header().log_size; ++round) {
        const std::string name = "round " + std::to_string(round) + ",";
        const Item& first = layout_.item(name + " 0");
        const Item& second = layout_.item(name + " 1");
        Bytes same_sum = proof_;
        put(same_sum, first, scalar_at(proof_, first) + Fr::one());
        put(same_sum, second, scalar_at(proof_, second) - Fr::one());
        const auto verdict = verify(same_sum);
        ASSERT_FALSE(verdict.has_value());
        const bool last = round + 1 == header().log_size;
        EXPECT_TRUE(verdict.error().is(last ? HonkError::relations_fail : HonkError::sumcheck_fails)) << round;
        Bytes other_sum = proof_;
        put(other_sum, first, scalar_at(proof_, first) + Fr::one());
        EXPECT_TRUE(verify(other_sum).error().is(HonkError::sumcheck_fails)) << round;
    }
}

// [HONK.13]
TEST_P(UltraHonk, R13RefusesEvaluationsThatBreakARelation) {
    for (std::size_t i = 0; i < columns; ++i) {
        const Item& item = layout_.item("evaluation " + std::to_string(i));
        Bytes changed = proof_;
        put(changed, item, scalar_at(proof_, item) + Fr::one());
        EXPECT_TRUE(verify(changed).error().is(HonkError::relations_fail)) << i;
    }
}

// [HONK.14]
TEST_P(UltraHonk, R14RefusesMasksThatAreNotConsistent) {
    if (!masked()) return;
    for (std::size_t i = 0; i < mask_claims; ++i) {
        const Item& item = layout_.item("mask claim " + std::to_string(i));
        Bytes changed = proof_;
        put(changed, item, scalar_at(proof_, item) + Fr::one());
        EXPECT_TRUE(verify(changed).error().is(HonkError::masking_fails)) << i;
    }
}

// [HONK.15]
TEST_P(UltraHonk, R15RefusesQuotientsOfOtherPolynomials) {
    for (const std::string name : {"quotient", "kzg quotient"}) {
        const Item& item = layout_.item(name);
        Bytes changed = proof_;
        put(changed, item, -test::point_at(proof_, item));
        EXPECT_TRUE(verify(changed).error().is(SnarkError::does_not_hold)) << name;
    }
    for (unsigned i = 0; i < header().log_size; ++i) {
        const Item& item = layout_.item("fold value " + std::to_string(i));
        Bytes changed = proof_;
        put(changed, item, scalar_at(proof_, item) + Fr::one());
        EXPECT_TRUE(verify(changed).error().is(SnarkError::does_not_hold)) << i;
    }
}

// [HONK.16]
TEST_P(UltraHonk, R16FoldsThePairingPointsOfTheCircuit) {
    const auto prove = [&](const PairingPoints& points) {
        return trapdoor_.prove(draw_, inputs_, test::limbs_of(header().version, points));
    };
    const PairingPoints good = trapdoor_.accumulator(draw_);
    EXPECT_TRUE(verify(prove(good)).has_value());
    EXPECT_TRUE(verify(prove({good.first, -good.second})).error().is(SnarkError::does_not_hold));
    EXPECT_TRUE(verify(prove({good.second, good.first})).error().is(SnarkError::does_not_hold));
    EXPECT_TRUE(verify(prove({draw_.g1(), draw_.g1()})).error().is(SnarkError::does_not_hold));
}

// [HONK.16]
TEST_P(UltraHonk, R16RefusesPointsThatAreNotEncodedAsTheVersionDoes) {
    const Dialect& form = dialect(header().version);
    auto limbs = test::limbs_of(header().version, trapdoor_.accumulator(draw_));
    ASSERT_TRUE(points_of_limbs(form, limbs).has_value());
    const std::size_t each = limbs.size() / 4;
    for (std::size_t i = 0; i + 1 < limbs.size(); ++i) {
        if (i % each == each - 1) continue;
        // 2^bits moves from a limb to the next: the same number, written in another way.
        auto moved = limbs;
        const Fr unit = Fr::from(U256{1} << form.limb_bits);
        moved[i] = moved[i] + unit;
        moved[i + 1] = moved[i + 1] - Fr::one();
        EXPECT_TRUE(points_of_limbs(form, moved).error().is(HonkError::bad_accumulator)) << i;
    }
    for (std::size_t i = each - 1; i < limbs.size(); i += each) {
        auto wide = limbs;
        wide[i] = Fr::from(U256{1} << static_cast<unsigned>(256 - (each - 1) * form.limb_bits));
        EXPECT_TRUE(points_of_limbs(form, wide).error().is(HonkError::bad_accumulator)) << i;
        wide[i] = Fr::from((U256{1} << static_cast<unsigned>(256 - (each - 1) * form.limb_bits)) - U256{1});
        EXPECT_TRUE(points_of_limbs(form, wide).error().is(PointError::not_below_modulus)) << i;
    }
    auto off = limbs;
    off[0] = off[0] + Fr::one();
    EXPECT_TRUE(points_of_limbs(form, off).error().is(PointError::not_on_curve));
    for (const std::size_t half : {std::size_t{0}, limbs.size() / 2}) {
        auto one_is_infinity = limbs;
        std::fill_n(one_is_infinity.begin() + static_cast<std::ptrdiff_t>(half), limbs.size() / 2, Fr::zero());
        EXPECT_TRUE(points_of_limbs(form, one_is_infinity).error().is(HonkError::bad_accumulator));
    }
}

// [HONK.16]
TEST_P(UltraHonk, R16LimbsThatAreZeroSayThatThereIsNothing) {
    const Dialect& form = dialect(header().version);
    const std::vector<Fr> zeros(form.accumulator_limbs);
    const auto points = points_of_limbs(form, zeros);
    if (header().version == Version::bb_3_0) {
        EXPECT_TRUE(points.error().is(HonkError::bad_accumulator));
        return;
    }
    ASSERT_TRUE(points.has_value());
    EXPECT_FALSE(points->has_value());
    EXPECT_TRUE(verify(trapdoor_.prove(draw_, inputs_, zeros)).has_value());
}

// [HONK.17]
TEST_P(UltraHonk, R17IsTheClaimUnderTheSrsOfTheKey) {
    const auto claim = trapdoor_.decoded.reduce(inputs_, proof_).value();
    EXPECT_EQ(algebra::bn254::multiply(claim.p, trapdoor_.x).affine(), claim.q);
    Bytes key = trapdoor_.key;
    std::ranges::copy(algebra::bn254::encode(draw_.g2()), key.begin() + header_bytes);
    const auto other = VerifyingKey::decode(key).value();
    EXPECT_EQ(other.reduce(inputs_, proof_)->p, claim.p);
    EXPECT_EQ(other.reduce(inputs_, proof_)->q, claim.q);
    EXPECT_TRUE(other.verify(inputs_, proof_).error().is(SnarkError::does_not_hold));
}

// [HONK.18]
TEST_P(UltraHonk, R18RefusesPoles) {
    const Proof good = read_proof(header(), trapdoor_.decoded.circuit_hash(), inputs_, proof_).value();
    const auto& commitments = trapdoor_.decoded.prepared().commitments;
    ASSERT_TRUE(reduce_opening(header().version, commitments, good).has_value());
    const auto expect_pole = [&](const auto& change) {
        Proof proof = good;
        change(proof.opening);
        EXPECT_TRUE(reduce_opening(header().version, commitments, proof).error().is(HonkError::pole_hit));
    };
    expect_pole([](Opening& o) { o.r = Fr::zero(); });
    expect_pole([](Opening& o) { o.z = o.r; });
    expect_pole([](Opening& o) { o.z = -o.r.square().square(); });
    expect_pole([](Opening& o) { o.z = Fr::one(); });
    expect_pole([](Opening& o) { o.z = mask_generator * o.r; });
    // r (1 - u) + u = 0
    const Fr& u = good.sumcheck.point[0];
    expect_pole([&](Opening& o) { o.r = -u * (Fr::one() - u).inverse(); });
    if (masked()) {
        EXPECT_TRUE(check_mask(*good.mask, good.sumcheck.point, good.opening.r).has_value());
        for (const Fr& r : {Fr::one(), mask_generator, -Fr::one()}) {
            EXPECT_TRUE(check_mask(*good.mask, good.sumcheck.point, r).error().is(HonkError::pole_hit));
        }
    }
    const Dialect& form = dialect(header().version);
    const Fr beta = draw_.fr();
    const Fr gamma = draw_.fr();
    const std::vector<Fr> inputs{draw_.fr(), -(gamma - beta * Fr::from(std::uint64_t{form.first_input_row} + 2))};
    EXPECT_TRUE(public_inputs_delta(form, inputs, beta, gamma).error().is(HonkError::pole_hit));
}

// [HONK.19] There are many proofs of a statement, which is why no identity contains the bytes of one.
TEST_P(UltraHonk, R19AcceptsManyProofsOfAStatement) {
    const Bytes other = trapdoor_.prove(draw_, inputs_);
    EXPECT_NE(other, proof_);
    EXPECT_EQ(refusal(other), "accepted");
}

TEST_P(UltraHonk, FlippedBitsAreRefused) {
    for (std::size_t i = 0; i < proof_.size(); i += 7) {
        Bytes flipped = proof_;
        flipped[i] = static_cast<Byte>(flipped[i] ^ (1U << (i % 8)));
        EXPECT_NE(refusal(flipped), "accepted") << i;
    }
}

// [HONK.1]
TEST(UltraHonkVersions, RefuseTheProofsOfEachOther) {
    Draw draw{9};
    const auto inputs = test::draw_inputs(draw, 2);
    const Trapdoor older = Trapdoor::draw(draw, {Version::bb_3_0, Flavour::plain, 6, 2});
    const Trapdoor newer = Trapdoor::draw(draw, {Version::bb_5_0, Flavour::plain, 6, 2});
    EXPECT_FALSE(newer.decoded.verify(inputs, older.prove(draw, inputs)).has_value());
    EXPECT_FALSE(older.decoded.verify(inputs, newer.prove(draw, inputs)).has_value());
    Bytes key = older.key;
    key[1] = 5;
    EXPECT_NE(VerifyingKey::decode(key)->circuit_hash(), older.decoded.circuit_hash());
}

}  // namespace
}  // namespace enshrine::proofs::ultrahonk
