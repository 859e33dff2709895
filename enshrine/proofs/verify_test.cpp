// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/adapters/risc0_for_test.hpp>
#include <enshrine/proofs/adapters/sp1_for_test.hpp>
#include <enshrine/proofs/key_cache.hpp>
#include <enshrine/proofs/kinds.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/snark/fflonk_for_test.hpp>
#include <enshrine/proofs/snark/groth16_for_test.hpp>
#include <enshrine/proofs/snark/plonk_for_test.hpp>
#include <enshrine/proofs/snark/plonk_gnark_for_test.hpp>
#include <enshrine/proofs/snark/ultrahonk_for_test.hpp>

#include <gtest/gtest.h>

#include <set>

namespace enshrine::proofs {
namespace {

using algebra::bn254::Draw;
using groth16::test::Trapdoor;

TEST(AnyKey, Pkind1KindAndVersionChooseTheRow) {  // [PKIND.1]
    Draw draw{1};
    Bytes bytes = Trapdoor::draw(draw, 2).key();
    const auto key = AnyKey::decode(bytes);
    ASSERT_TRUE(key.has_value());
    EXPECT_EQ(key->kind(), Kind::groth16);
    EXPECT_EQ(key->version(), 1);
    EXPECT_EQ(key->kind_name(), "groth16");
    EXPECT_EQ(key->id(), groth16::VerifyingKey::decode(bytes)->id());
    EXPECT_EQ(key->input_count(), 2U);

    bytes[0] = 0;
    EXPECT_TRUE(AnyKey::decode(bytes).error().is(KeyError::unknown_kind));
    bytes[0] = 1;
    bytes[1] = 9;
    EXPECT_TRUE(AnyKey::decode(bytes).error().is(KeyError::unknown_version));
    EXPECT_TRUE(AnyKey::decode(Bytes{}).error().is(KeyError::empty));
    EXPECT_TRUE(AnyKey::decode(Bytes{1}).error().is(KeyError::empty));
}

TEST(AnyKey, Pkind2SaysWhatTheKindSays) {  // [PKIND.2]
    Draw draw{2};
    const Trapdoor trapdoor = Trapdoor::draw(draw, 3);
    const auto key = AnyKey::decode(trapdoor.key());
    ASSERT_TRUE(key.has_value());
    auto inputs = groth16::test::draw_inputs(draw, 3);
    const Bytes proof = trapdoor.prove(draw, inputs);
    EXPECT_LE(proof.size(), key->proof_bytes_max());
    const auto verified = key->verify(inputs, proof);
    ASSERT_TRUE(verified.has_value());
    EXPECT_EQ(verified->key_id(), key->id());
    EXPECT_EQ(verified->inputs_hash(), hash_inputs(inputs));

    inputs[1] = inputs[1] + U256{1};
    EXPECT_TRUE(key->verify(inputs, proof).error().is(SnarkError::does_not_hold));
    inputs[1] = key->input_bound();
    EXPECT_TRUE(key->verify(inputs, proof).error().is(SnarkError::input_not_below_order));
    inputs.pop_back();
    EXPECT_TRUE(key->verify(inputs, proof).error().is(SnarkError::wrong_input_count));
    EXPECT_TRUE(key->verify(groth16::test::draw_inputs(draw, 3), Bytes{}).error().is(SnarkError::wrong_size));
}

TEST(AnyKey, Pkind3RowsAreDistinct) {  // [PKIND.3]
    const auto rows = kind_rows();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_FALSE(rows[i].name.empty());
        for (std::size_t k = 0; k < i; ++k) {
            EXPECT_FALSE(rows[i].kind == rows[k].kind && rows[i].version == rows[k].version);
        }
    }
}

/// The shortest keys of each kind are those that could cost more than they pay.
TEST(AnyKey, Pgas2RegistrationPaysForDecoding) {  // [PGAS.2]
    Draw draw{6};
    std::vector<Bytes> keys;
    for (const std::uint16_t inputs : std::array<std::uint16_t, 3>{0, 2, 256}) {
        for (const auto hash : {groth16::CommitmentHash::none, groth16::CommitmentHash::keccak256}) {
            keys.push_back(Trapdoor::draw(draw, inputs, hash).key());
        }
    }
    keys.push_back(plonk::test::Trapdoor<Bn254>::draw(draw, 8, 0).key());
    keys.push_back(plonk::test::Trapdoor<Bls12381>::draw(draw, 8, 0).key());
    keys.push_back(fflonk::test::Trapdoor::draw(draw, 8, 1).key());
    keys.push_back(plonk_gnark::test::Trapdoor::draw(draw, {6, 1, false, 0}).key);
    keys.push_back(
        ultrahonk::test::Trapdoor::draw(draw, {ultrahonk::Version::bb_5_0, ultrahonk::Flavour::plain, 6, 0}).key);
    keys.push_back(encode(sp1::test::Sample::of(sp1::test::real_proofs[0]).program));
    keys.push_back(encode(risc0::test::Sample::of("3.0").program));
    std::set<Kind> kinds;
    for (const Bytes& bytes : keys) {
        const auto key = AnyKey::decode(bytes);
        ASSERT_TRUE(key.has_value());
        EXPECT_GE(registration_gas(bytes.size()), key->cost().decode_microseconds * gas_per_microsecond)
            << key->kind_name();
        kinds.insert(key->kind());
    }
    for (const KindRow& row : kind_rows()) EXPECT_TRUE(kinds.contains(row.kind)) << row.name;
}

TEST(AnyKey, Pkind4CostsAreBoundedByTheHeader) {  // [PKIND.4]
    Draw draw{4};
    std::uint32_t before = 0;
    for (const std::uint16_t inputs : std::array<std::uint16_t, 4>{0, 2, 16, 256}) {
        const auto key = AnyKey::decode(Trapdoor::draw(draw, inputs).key());
        ASSERT_TRUE(key.has_value());
        const Cost cost = key->cost();
        EXPECT_GT(cost.verify_microseconds, before);
        EXPECT_LT(cost.verify_microseconds + cost.decode_microseconds, block_verification_microseconds_max);
        before = cost.verify_microseconds;
    }
    const auto committed = AnyKey::decode(Trapdoor::draw(draw, 2, groth16::CommitmentHash::sha256).key());
    const auto plain = AnyKey::decode(Trapdoor::draw(draw, 2).key());
    EXPECT_GT(committed->cost().verify_microseconds, plain->cost().verify_microseconds);
}

TEST(KeyCache, KeepsWhatIsUsed) {
    Draw draw{3};
    KeyCache cache;
    const Bytes first = Trapdoor::draw(draw, 0).key();
    const Hash32 first_id = (*cache.load(first))->id();
    Hash32 second_id;
    for (std::size_t i = 1; i <= KeyCache::keys_max; ++i) {
        ASSERT_NE(cache.find(first_id), nullptr);
        const auto other = cache.load(Trapdoor::draw(draw, 0).key());
        ASSERT_TRUE(other.has_value());
        if (i == 1) second_id = (*other)->id();
    }
    EXPECT_NE(cache.find(first_id), nullptr);
    EXPECT_EQ(cache.find(second_id), nullptr);
    EXPECT_FALSE(cache.load(Bytes{1, 1, 1}).has_value());
    EXPECT_EQ((*cache.load(first))->id(), first_id);
}

}  // namespace
}  // namespace enshrine::proofs
