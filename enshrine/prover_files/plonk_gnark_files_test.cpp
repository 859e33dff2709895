// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// PLONK files of gnark 0.14 (testdata/, made by tools/gnark_oracle), and what can be wrong with them.
#include <enshrine/codec/hex.hpp>
#include <enshrine/prover_files/plonk_gnark_for_test.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace enshrine::prover_files {
namespace {

namespace plonk_gnark = proofs::plonk_gnark;
using test::bytes_of;
using test::content_of;
using test::testdata;
using testing::HasSubstr;

struct Files {
    Bytes key;
    Bytes proof;
    Bytes inputs;

    [[nodiscard]] static Files of(const std::string& circuit, const std::string& form = "") {
        const std::string stem = "gnark_0.14_plonk_" + circuit;
        return {content_of(testdata(stem + form + ".vk")), content_of(testdata(stem + form + ".proof")),
                content_of(testdata(stem + ".pub"))};
    }
    [[nodiscard]] std::string verdict() const { return test::plonk_gnark_verdict(key, proof, inputs); }
    [[nodiscard]] plonk_gnark::VerifyingKey decoded() const {
        return plonk_gnark::VerifyingKey::decode(read_plonk_gnark_key(key)->key).value();
    }
};

constexpr const char* circuits[] = {"plain", "commitment"};

// Where gnark's file has what.
constexpr std::size_t generator_at = 40;
constexpr std::size_t public_at = 72;
constexpr std::size_t shift_at = 80;
constexpr std::size_t qcp_count_at = 368;

// [PLONK-GNARK.14]
TEST(PlonkGnarkFiles, R14BinariesOfGnark) {
    for (const std::string circuit : circuits) {
        const Files files = Files::of(circuit);
        EXPECT_EQ(files.verdict(), "accepted") << circuit;
        const auto hex = [](const Bytes& bytes) { return bytes_of(" " + codec::format_hex(bytes) + "\n"); };
        EXPECT_EQ(test::plonk_gnark_verdict(hex(files.key), hex(files.proof), hex(files.inputs)), "accepted");
        Files other = files;
        other.inputs.back() ^= 1;
        EXPECT_EQ(other.verdict(), "the proof does not hold for these public inputs") << circuit;
    }
}

TEST(PlonkGnarkFiles, BothFormsAreOne) {
    for (const std::string circuit : circuits) {
        const Files files = Files::of(circuit);
        const Files raw = Files::of(circuit, ".raw");
        EXPECT_EQ(read_plonk_gnark_key(files.key)->form, "gnark (binary)");
        EXPECT_EQ(read_plonk_gnark_key(raw.key)->form, "gnark (raw binary)");
        EXPECT_EQ(read_plonk_gnark_key(files.key)->key, read_plonk_gnark_key(raw.key)->key);
        const auto header = files.decoded().header();
        EXPECT_EQ(read_plonk_gnark_proof(files.proof, header).value(),
                  read_plonk_gnark_proof(raw.proof, header).value());
        EXPECT_EQ(raw.verdict(), "accepted");
        Files other = raw;
        other.inputs.back() ^= 1;
        EXPECT_EQ(other.verdict(), "the proof does not hold for these public inputs") << circuit;
        for (std::size_t size = 0; size < raw.proof.size(); ++size) {
            if (size == plonk_gnark::proof_bytes(header)) continue;  // as our own encoding, which the verifier refuses
            EXPECT_FALSE(read_plonk_gnark_proof(BytesView{raw.proof}.first(size), header).has_value()) << size;
        }
        other = raw;
        other.key.push_back(0);
        EXPECT_EQ(other.verdict(), "key: 1 bytes follow the last field");
        other = raw;
        other.proof.push_back(0);
        EXPECT_EQ(other.verdict(), "proof: 1 bytes follow the last field");
    }
}

TEST(PlonkGnarkFiles, FormsAreNotMixed) {
    const Files files = Files::of("plain");
    const Files raw = Files::of("plain", ".raw");
    Files mixed = raw;
    mixed.proof = to_bytes(BytesView{raw.proof}.first(64));
    append(mixed.proof, BytesView{files.proof}.subspan(32));
    EXPECT_THAT(mixed.verdict(), HasSubstr("proof: LRO[1]: expected an uncompressed point of G1 on bn254, got 0x"));
    mixed = files;
    mixed.key = to_bytes(BytesView{files.key}.first(112 + 32));
    append(mixed.key, BytesView{raw.key}.subspan(112 + 64));
    EXPECT_THAT(mixed.verdict(), HasSubstr("key: S[1]: expected a compressed point of G1 on bn254, got 0x"));
    EXPECT_THAT(mixed.verdict(), HasSubstr("by its flag bits uncompressed and other points of the file are not"));
}

// [PLONK-GNARK.7]
TEST(PlonkGnarkFiles, R7BadPointsAndScalarsAreNamed) {
    const auto proof_with = [](std::size_t at, const Bytes& bytes) {
        Files out = Files::of("plain", ".raw");
        std::ranges::copy(bytes, out.proof.begin() + static_cast<std::ptrdiff_t>(at));
        return out.verdict();
    };
    const Bytes proof = Files::of("plain", ".raw").proof;
    EXPECT_EQ(proof_with(3 * 64, Bytes(64)),
              "proof: Z: expected a point other than infinity, got the point at infinity");
    EXPECT_THAT(proof_with(3 * 64 + 63, {static_cast<Byte>(proof[3 * 64 + 63] ^ 1)}),
                HasSubstr("a point is not on the curve"));
    EXPECT_THAT(proof_with(4 * 64 + 32, Bytes(32, 0xff)), HasSubstr("proof: H[0]: expected an uncompressed point"));
    EXPECT_THAT(proof_with(8 * 64 + 4 + 32, Bytes(32, 0xff)),
                HasSubstr("proof: ClaimedValues[1]: expected a number below 2188824287183927522224640574525727508854"));
}

// [PLONK-GNARK.7] gnark's own encoding for its Solidity verifier is ours.
TEST(PlonkGnarkFiles, R7CalldataOfSolidityIsTheCanonicalProof) {
    for (const std::string circuit : circuits) {
        const Files files = Files::of(circuit);
        const auto key = files.decoded();
        const Bytes calldata = content_of(testdata("gnark_0.14_plonk_" + circuit + ".calldata"));
        const Bytes from_calldata = read_plonk_gnark_proof(calldata, key.header()).value();
        EXPECT_EQ(from_calldata, read_plonk_gnark_proof(files.proof, key.header()).value()) << circuit;
        EXPECT_EQ(test::plonk_gnark_verdict(files.key, calldata, files.inputs), "accepted") << circuit;
    }
}

TEST(PlonkGnarkFiles, KeysOfOneReferenceStringHaveOneX) {
    const auto plain = Files::of("plain").decoded();
    const auto commitment = Files::of("commitment").decoded();
    EXPECT_EQ(plain.srs().x(), commitment.srs().x());
    EXPECT_NE(plain.id(), commitment.id());
}

TEST(PlonkGnarkFiles, LinesInTheFileAreNotRead) {
    for (const std::string circuit : circuits) {
        Files files = Files::of(circuit);
        const auto expected = read_plonk_gnark_key(files.key)->key;
        const std::size_t lines_at = qcp_count_at + 4 + (circuit == std::string{"plain"} ? 0 : 32) + 32 + 2 * 64;
        for (std::size_t i = lines_at; i < lines_at + 33'792; ++i) files.key[i] ^= 0xff;
        EXPECT_EQ(read_plonk_gnark_key(files.key)->key, expected);
        EXPECT_EQ(files.verdict(), "accepted");
    }
}

TEST(PlonkGnarkFiles, OurOwnEncodingComesBack) {
    const Files files = Files::of("commitment");
    const auto key = read_plonk_gnark_key(files.key).value();
    EXPECT_EQ(key.form, "gnark (binary)");
    const auto again = read_plonk_gnark_key(bytes_of(codec::format_hex(key.key))).value();
    EXPECT_EQ(again.form, "canonical");
    EXPECT_EQ(again.key, key.key);
    EXPECT_EQ(test::plonk_gnark_verdict(key.key, files.proof, files.inputs), "accepted");
}

TEST(PlonkGnarkFiles, BinariesAreReadToTheirEnd) {
    for (const std::string circuit : circuits) {
        const Files files = Files::of(circuit);
        const auto header = files.decoded().header();
        for (std::size_t size = 0; size < files.key.size(); size += size < 800 ? 1 : 1021) {
            EXPECT_FALSE(read_plonk_gnark_key(BytesView{files.key}.first(size)).has_value()) << size;
        }
        EXPECT_FALSE(read_plonk_gnark_key(BytesView{files.key}.first(files.key.size() - 1)).has_value());
        for (std::size_t size = 0; size < files.proof.size(); ++size) {
            EXPECT_FALSE(read_plonk_gnark_proof(BytesView{files.proof}.first(size), header).has_value()) << size;
        }
        Bytes longer = files.key;
        longer.push_back(0);
        EXPECT_EQ(read_plonk_gnark_key(longer).error().message, "1 bytes follow the last field");
        longer = files.proof;
        longer.push_back(0);
        EXPECT_EQ(read_plonk_gnark_proof(longer, header).error().message, "1 bytes follow the last field");
    }
}

/// The words about a key in which some bytes are others.
std::string key_with(std::size_t at, std::initializer_list<Byte> bytes) {
    Files files = Files::of("commitment");
    std::ranges::copy(bytes, files.key.begin() + static_cast<std::ptrdiff_t>(at));
    return files.verdict();
}

TEST(PlonkGnarkFiles, WhatFollowsFromOtherFieldsMustFollow) {
    EXPECT_THAT(key_with(0, {0xff}), HasSubstr("key: Size: expected a power of two up to 2^28, got 18374"));
    EXPECT_THAT(key_with(7, {7}), HasSubstr("key: Size: expected a power of two"));
    EXPECT_EQ(key_with(7, {8}), "key: SizeInv: expected 1/Size");
    EXPECT_EQ(key_with(generator_at + 31, {0}), "key: Generator: expected 5^((r-1)/Size)");
    EXPECT_EQ(key_with(shift_at + 31, {7}), "key: CosetShift: expected 5");
    EXPECT_EQ(key_with(public_at, {1}), "key: NbPublicVariables: expected at most 256, got 72057594037927938");
    EXPECT_EQ(key_with(qcp_count_at + 4 + 32 + 32, {0x40}),
              "key: Kzg.G2[0]: expected a compressed point of G2 on bn254, got 0x408e9393920d483a…: the flag bits of a "
              "compressed point are wrong");
}

TEST(PlonkGnarkFiles, LengthBombsAndOtherCounts) {
    EXPECT_EQ(key_with(qcp_count_at, {0xff}), "key: length of Qcp: expected at most 1 commitment, got 4278190081");
    const std::size_t end = Files::of("commitment").key.size();
    EXPECT_EQ(key_with(end - 9, {2}), "key: length of CommitmentConstraintIndexes: expected that of Qcp, got 2");
    EXPECT_THAT(key_with(end - 8, {1}), HasSubstr("key: CommitmentConstraintIndexes[0]: expected less than Size"));
    EXPECT_EQ(key_with(end - 1, {15}),
              "key: the scalar field has no evaluation domain of the size that the key declares");

    Files files = Files::of("plain");
    files.proof[8 * 32] = 0xff;
    EXPECT_EQ(files.verdict(), "proof: length of ClaimedValues: expected 6, got 4278190086");
    files = Files::of("plain");
    files.proof.back() = 1;
    EXPECT_EQ(files.verdict(), "proof: length of Bsb22Commitments: the key asks for 0, got 1");
    files = Files::of("plain");
    files.proof = Files::of("commitment").proof;
    EXPECT_EQ(files.verdict(), "proof: length of ClaimedValues: expected 6, got 7");
}

// gnark compares its first claimed value with the one that it computes; we compute it, and nothing depends on the file.
TEST(PlonkGnarkFiles, EveryFlippedBitOfAProofButTheRedundantValueIsRefused) {
    const Files files = Files::of("commitment");
    const auto key = files.decoded();
    const auto inputs = read_public_inputs(files.inputs).value();
    constexpr std::size_t redundant_at = 8 * 32 + 4;
    for (std::size_t i = 0; i < files.proof.size(); ++i) {
        if (i >= redundant_at && i < redundant_at + 32) continue;
        Bytes damaged = files.proof;
        damaged[i] ^= 1;
        const auto proof = read_plonk_gnark_proof(damaged, key.header());
        EXPECT_FALSE(proof.has_value() && key.verify(inputs, *proof).has_value()) << i;
    }
}

TEST(PlonkGnarkFiles, WhatIsNoFileOfGnark) {
    for (const std::string text : {"", "{}", "[]", "hello", "\x03"}) {
        const auto key = read_plonk_gnark_key(bytes_of(text));
        EXPECT_TRUE(!key.has_value() || !plonk_gnark::VerifyingKey::decode(key->key).has_value()) << text;
        EXPECT_FALSE(read_plonk_gnark_proof(bytes_of(text), {}).has_value()) << text;
    }
}

}  // namespace
}  // namespace enshrine::prover_files
