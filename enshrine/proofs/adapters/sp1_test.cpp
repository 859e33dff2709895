// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/keccak.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/adapters/sp1_for_test.hpp>

#include <gtest/gtest.h>

#include <set>

namespace enshrine::proofs::sp1 {
namespace {

using test::Sample;

constexpr std::size_t selector_at = 2;
// Parts of a proof of 6.1.
constexpr std::size_t exit_code_at = 4;
constexpr std::size_t root_at = exit_code_at + 32;
constexpr std::size_t nonce_at = root_at + 32;
constexpr std::size_t inner_at = nonce_at + 32;

Error key_error(BytesView bytes) {
    const auto key = VerifyingKey::decode(bytes);
    EXPECT_FALSE(key.has_value());
    return key ? Error{SnarkError::does_not_hold} : key.error();
}
Error proof_error(const Sample& s, BytesView proof) {
    const auto verified = s.key().verify(s.public_values, proof);
    EXPECT_FALSE(verified.has_value());
    return verified ? Error{AdapterError::wrong_kind} : verified.error();
}
Bytes flipped(Bytes bytes, std::size_t at) {
    bytes[at] ^= 1;
    return bytes;
}

// [SP1.9]
TEST(Sp1, R9RealProofs) {
    for (const auto& real : test::real_proofs) {
        const Sample s = Sample::of(real);
        const VerifyingKey key = s.key();
        EXPECT_EQ(key.version_name(), real.version);
        EXPECT_EQ(key.system(), real.system);
        EXPECT_EQ(key.proof_bytes(), s.proof.size());
        EXPECT_TRUE(key.verify(s.public_values, s.proof).has_value()) << real.version;
    }
}

/// A row's key, whether its version is frozen or not.
template <class Key>
Key inner_key(const PublishedKey& published) {
    return Key::decode(codec::parse_hex(published.key).value()).value();
}

// [SP1.2] Every row of the table is a key, and selects itself alone, or says why it is frozen.
TEST(Sp1, R2PublishedKeys) {
    std::set<Selector> selectors;
    for (const PublishedKey& published : published_keys()) {
        EXPECT_TRUE(selectors.insert(selector_of(published)).second);
        const std::size_t inputs = published.version == "6.1.0" ? 5 : 2;
        if (published.system == System::groth16) {
            EXPECT_EQ(inner_key<groth16::VerifyingKey>(published).header().input_count, inputs);
        } else {
            EXPECT_EQ(inner_key<plonk_gnark::VerifyingKey>(published).header().input_count, inputs);
        }
        const auto key = VerifyingKey::decode(encode({selector_of(published), Hash32{}}));
        if (published.version == "3.0.0") {
            EXPECT_TRUE(key.error().is(AdapterError::sp1_3_0_unsound));
            continue;
        }
        ASSERT_TRUE(key.has_value()) << published.version;
        EXPECT_EQ(key->version_name(), published.version);
        EXPECT_EQ(key->system(), published.system);
    }
    EXPECT_EQ(selectors.size(), 8U);
}

// [SP1.2] The PLONK keys share their reference string: their claims fold.
TEST(Sp1, R2PlonkKeysShareTheReferenceString) {
    std::optional<Bn254::G2> x;
    for (const PublishedKey& published : published_keys()) {
        if (published.system != System::plonk) continue;
        const auto found = inner_key<plonk_gnark::VerifyingKey>(published).srs().x();
        EXPECT_EQ(x.value_or(found), found);
        x = found;
    }
}

// [SP1.3] Real proofs of circuits that are known to be unsound.
TEST(Sp1, R3VersionsThatAreFrozen) {
    const Sample active = Sample::of("6.1.0", System::groth16);
    for (const auto& real : test::frozen_proofs) {
        const Sample s = Sample::of(real);
        const auto reason = real.version == "3.0.0" ? AdapterError::sp1_3_0_unsound : AdapterError::sp1_6_0_unsound;
        EXPECT_TRUE(key_error(encode(s.program)).is(reason)) << real.version;
        EXPECT_TRUE(proof_error(active, s.proof).is(reason)) << real.version;
    }
    const Selector plonk{{{0xbb, 0x1a, 0x6f, 0x29}}};
    EXPECT_TRUE(key_error(encode({plonk, Hash32{}})).is(AdapterError::sp1_6_0_unsound));
    EXPECT_NE(key_error(encode({plonk, Hash32{}})).message().find("CVE-2026-40323"), std::string_view::npos);
}

// [SP1.3] It is the version that is refused: the inner proofs hold.
TEST(Sp1, R3InnerProofsOfAFrozenVersionHold) {
    for (const auto& real : test::frozen_proofs) {
        const Sample s = Sample::of(real);
        const std::vector<U256> inputs{U256::from_be(s.program.vkey.view()), low_bits(hash::sha256(s.public_values))};
        const BytesView inner = BytesView{s.proof}.subspan(Selector::size_bytes);
        for (const PublishedKey& published : published_keys()) {
            if (selector_of(published) != s.program.selector) continue;
            const bool holds = published.system == System::groth16
                                   ? inner_key<groth16::VerifyingKey>(published).verify(inputs, inner).has_value()
                                   : inner_key<plonk_gnark::VerifyingKey>(published).verify(inputs, inner).has_value();
            EXPECT_TRUE(holds) << real.version;
        }
    }
}

// [SP1.1]
TEST(Sp1, R1Header) {
    const Bytes key = encode(Sample::of("6.1.0", System::groth16).program);
    EXPECT_EQ(key.size(), key_bytes);
    EXPECT_TRUE(key_error(flipped(key, 0)).is(AdapterError::wrong_kind));
    EXPECT_TRUE(key_error(flipped(key, 1)).is(AdapterError::wrong_kind));
    EXPECT_TRUE(key_error(flipped(key, selector_at + 3)).is(AdapterError::unknown_selector));
    for (std::size_t size = 0; size < key.size(); ++size) {
        EXPECT_TRUE(key_error(BytesView{key}.first(size)).is(AdapterError::wrong_size));
    }
    Bytes longer = key;
    longer.push_back(0);
    EXPECT_TRUE(key_error(longer).is(AdapterError::wrong_size));
    Program program = Sample::of("6.1.0", System::groth16).program;
    program.vkey = Bn254::group_order.to_be();
    EXPECT_TRUE(key_error(encode(program)).is(AdapterError::vkey_not_below_order));
    program.vkey = (Bn254::group_order - U256{1}).to_be();
    EXPECT_TRUE(VerifyingKey::decode(encode(program)).has_value());
}

// [SP1.4]
TEST(Sp1, R4IdentifierIsTheHashOfTheBytes) {
    const VerifyingKey key = Sample::of("5.0.0", System::plonk).key();
    Bytes preimage{'v', 'k'};
    append(preimage, key.bytes());
    EXPECT_EQ(key.id(), hash::keccak256(preimage));
}

// [SP1.8] [SP1.9]
TEST(Sp1, R8OtherProgramsAndOtherPublicValues) {
    for (const auto& real : test::real_proofs) {
        Sample s = Sample::of(real);
        for (std::size_t i = 0; i < s.public_values.size(); i += 7) {
            EXPECT_TRUE(s.key().verify(flipped(s.public_values, i), s.proof).error().is(SnarkError::does_not_hold));
        }
        Bytes longer = s.public_values;
        longer.push_back(0);
        EXPECT_TRUE(s.key().verify(longer, s.proof).error().is(SnarkError::does_not_hold));
        EXPECT_TRUE(s.key().verify({}, s.proof).error().is(SnarkError::does_not_hold));
        s.program.vkey[31] ^= 1;
        EXPECT_TRUE(s.key().verify(s.public_values, s.proof).error().is(SnarkError::does_not_hold)) << real.version;
    }
}

// [SP1.8] SHA-256 alone, and the three bits that do not fit are dropped.
TEST(Sp1, R8HashOfPublicValues) {
    for (Byte i = 0; i < 32; ++i) {
        const Bytes values{i};
        const U256 whole = U256::from_be(hash::sha256(values).view());
        EXPECT_EQ(low_bits(hash::sha256(values)), (whole << 3) >> 3);
    }
}

// [SP1.5]
TEST(Sp1, R5ProofsHaveTheirBytes) {
    for (const auto& real : test::real_proofs) {
        const Sample s = Sample::of(real);
        for (const std::size_t size : {0U, 3U, 4U, 19U, 34U, 100U}) {
            EXPECT_TRUE(proof_error(s, BytesView{s.proof}.first(size)).is(AdapterError::wrong_size)) << size;
        }
        EXPECT_TRUE(proof_error(s, BytesView{s.proof}.first(s.proof.size() - 1)).is(AdapterError::wrong_size));
        Bytes longer = s.proof;
        longer.push_back(0);
        EXPECT_TRUE(proof_error(s, longer).is(AdapterError::wrong_size));
    }
}

// [SP1.6]
TEST(Sp1, R6SelectorOfTheProof) {
    const Sample s = Sample::of("4.0.0", System::groth16);
    EXPECT_TRUE(proof_error(s, flipped(s.proof, 0)).is(AdapterError::unknown_selector));
    for (const auto& real : test::real_proofs) {
        const Sample other = Sample::of(real);
        if (other.program.selector == s.program.selector) continue;
        EXPECT_TRUE(proof_error(s, other.proof).is(AdapterError::other_selector)) << real.version;
        Bytes dressed = s.proof;  // the same proof under another version's selector
        std::ranges::copy(other.program.selector, dressed.begin());
        EXPECT_TRUE(proof_error(s, dressed).is(AdapterError::other_selector));
        Sample moved = s;
        moved.program.selector = other.program.selector;
        EXPECT_FALSE(moved.key().verify(s.public_values, dressed).has_value()) << real.version;
    }
}

// [SP1.7]
TEST(Sp1, R7ExitCodeRootAndNonce) {
    const Sample s = Sample::of("6.1.0", System::groth16);
    for (std::size_t i = 0; i < 32; ++i) {
        EXPECT_TRUE(proof_error(s, flipped(s.proof, exit_code_at + i)).is(AdapterError::program_failed)) << i;
        EXPECT_TRUE(proof_error(s, flipped(s.proof, root_at + i)).is(AdapterError::other_recursion_keys)) << i;
        EXPECT_TRUE(proof_error(s, flipped(s.proof, nonce_at + i)).is(SnarkError::does_not_hold)) << i;
    }
    Bytes lifted = s.proof;  // the nonce is 0 in this proof
    std::ranges::copy(Bn254::group_order.to_be(), lifted.begin() + nonce_at);
    EXPECT_TRUE(proof_error(s, lifted).is(SnarkError::input_not_below_order));
    Bytes old_root = s.proof;
    const Sample frozen = Sample::of(test::frozen_proofs[2]);
    ASSERT_EQ(test::frozen_proofs[2].version, "6.0.0");
    std::ranges::copy(BytesView{frozen.proof}.subspan(root_at, 32), old_root.begin() + root_at);
    EXPECT_TRUE(proof_error(s, old_root).is(AdapterError::other_recursion_keys));
}

// [SP1.9]
TEST(Sp1, R9EveryFlippedByteIsRefused) {
    for (const auto& real : test::real_proofs) {
        const Sample s = Sample::of(real);
        const VerifyingKey key = s.key();
        for (std::size_t i = 0; i < s.proof.size(); ++i) {
            EXPECT_FALSE(key.verify(s.public_values, flipped(s.proof, i)).has_value()) << real.version << " " << i;
        }
    }
}

// [SP1.9] What a block's batch is made of.
TEST(Sp1, R9UnwrappedProofsAreThoseOfTheInnerKey) {
    for (const auto& real : test::real_proofs) {
        const Sample s = Sample::of(real);
        const VerifyingKey key = s.key();
        const auto unwrapped = key.unwrap(hash::sha256(s.public_values), s.proof).value();
        const auto verify = [&](const auto& inner) { return inner.verify(unwrapped.inputs, unwrapped.proof); };
        EXPECT_TRUE(std::visit(verify, key.inner()).has_value());
        EXPECT_EQ(unwrapped.inputs.size(), real.version == "6.1.0" ? 5U : 2U);
        EXPECT_TRUE(equal(unwrapped.proof, BytesView{s.proof}.subspan(real.version == "6.1.0" ? inner_at : 4)));
    }
}

}  // namespace
}  // namespace enshrine::proofs::sp1
