// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// Files of provers, and what can be wrong with them. testdata/: snarkjs 0.7.6 and gnark 0.10 and 0.14
// (tools/gnark_oracle).
#include <enshrine/codec/hex.hpp>
#include <enshrine/prover_files/decimal_for_test.hpp>
#include <enshrine/prover_files/file_bytes.hpp>
#include <enshrine/prover_files/groth16_for_test.hpp>
#include <enshrine/prover_files/number_text.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace enshrine::prover_files {
namespace {

using nlohmann::json;
using proofs::groth16::CommitmentHash;
using proofs::groth16::Header;
using test::bytes_of;
using test::content_of;
using test::modulus;
using test::order;
using test::sum;
using test::testdata;
using testing::HasSubstr;

/// The files of snarkjs, as JSON that a test can spoil.
struct Files {
    json key;
    json proof;
    json inputs;

    [[nodiscard]] static Files of(const std::string& curve) {
        const auto load = [&](const std::string& part) {
            return json::parse(std::ifstream{testdata("snarkjs_" + curve + "_" + part + ".json")});
        };
        return {load("vk"), load("proof"), load("public")};
    }
    [[nodiscard]] std::string verdict() const {
        return test::verdict(bytes_of(key.dump()), bytes_of(proof.dump()), bytes_of(inputs.dump()));
    }
};

/// The verdict after a change of the files of BN254.
std::string after(const std::function<void(Files&)>& change) {
    Files files = Files::of("bn128");
    change(files);
    return files.verdict();
}

TEST(Groth16Files, SnarkjsOnBothCurves) {
    EXPECT_EQ(Files::of("bn128").verdict(), "accepted");
    EXPECT_EQ(Files::of("bls12381").verdict(), "accepted");
}

TEST(Groth16Files, GnarkBinariesOldAndNew) {
    for (const std::string version : {"0.10", "0.14"}) {
        for (const std::string circuit : {"plain", "commitment"}) {
            const std::string stem = "gnark_" + version + "_" + circuit;
            const Bytes key = content_of(testdata(stem + ".vk"));
            const Bytes proof = content_of(testdata(stem + ".proof"));
            const Bytes inputs = content_of(testdata(stem + ".pub"));
            EXPECT_EQ(test::verdict(key, proof, inputs), "accepted") << stem;
            const auto hex = [](const Bytes& bytes) { return bytes_of(" " + codec::format_hex(bytes) + "\n"); };
            EXPECT_EQ(test::verdict(hex(key), hex(proof), hex(inputs)), "accepted") << stem << " in hex";
            Bytes other = inputs;
            other.back() ^= 1;
            EXPECT_EQ(test::verdict(key, proof, other), "the proof does not hold for these public inputs") << stem;
        }
    }
}

/// What gnark writes of one statement, in its two forms.
struct GnarkFiles {
    Bytes key;
    Bytes proof;
    Bytes inputs;

    [[nodiscard]] static GnarkFiles of(const std::string& stem, const std::string& form = "") {
        return {content_of(testdata("gnark_0.14_" + stem + form + ".vk")),
                content_of(testdata("gnark_0.14_" + stem + form + ".proof")),
                content_of(testdata("gnark_0.14_" + stem + ".pub"))};
    }
    [[nodiscard]] std::string verdict() const { return test::verdict(key, proof, inputs); }
};

constexpr const char* forms[] = {"", ".raw"};  // of WriteTo and of WriteRawTo

TEST(Groth16Files, GnarkOnBothCurvesInBothForms) {
    for (const std::string stem : {"plain", "commitment", "bls12381_plain"}) {
        const auto compressed = GnarkFiles::of(stem);
        const auto raw = GnarkFiles::of(stem, ".raw");
        EXPECT_EQ(read_groth16_key(compressed.key)->form, "gnark (binary)");
        EXPECT_EQ(read_groth16_key(raw.key)->form, "gnark (raw binary)");
        const Bytes key = read_groth16_key(compressed.key)->key;
        EXPECT_EQ(key, read_groth16_key(raw.key)->key) << stem;
        const auto header = proofs::groth16::VerifyingKey::decode(key)->header();
        EXPECT_EQ(header.curve == proofs::Curve::bls12_381, stem == "bls12381_plain");
        EXPECT_EQ(header.input_count, 2);
        EXPECT_EQ(read_groth16_proof(compressed.proof, header).value(), read_groth16_proof(raw.proof, header).value());
        for (const std::string form : forms) {
            GnarkFiles files = GnarkFiles::of(stem, form);
            EXPECT_EQ(files.verdict(), "accepted") << stem << form;
            const auto hex = [](const Bytes& bytes) { return bytes_of(codec::format_hex(bytes)); };
            EXPECT_EQ(test::verdict(hex(files.key), hex(files.proof), hex(files.inputs)), "accepted") << stem << form;
            files.inputs.back() ^= 1;
            EXPECT_EQ(files.verdict(), "the proof does not hold for these public inputs") << stem << form;
        }
    }
}

TEST(Groth16Files, GnarkJsonOnBothCurves) {
    for (const std::string stem : {"plain", "commitment", "bls12381_plain"}) {
        const auto files = GnarkFiles::of(stem);
        const Bytes key = content_of(testdata("gnark_0.14_" + stem + ".vk.json"));
        const Bytes proof = content_of(testdata("gnark_0.14_" + stem + ".proof.json"));
        EXPECT_EQ(read_groth16_key(key)->form, "gnark (JSON)");
        EXPECT_EQ(read_groth16_key(key)->key, read_groth16_key(files.key)->key) << stem;
        EXPECT_EQ(test::verdict(key, proof, files.inputs), "accepted") << stem;
        EXPECT_EQ(test::verdict(key, proof, bytes_of(R"(["35", "7"])")),
                  "the proof does not hold for these public inputs");
    }
}

// [GROTH.1]
TEST(Groth16Files, R1CommitmentsOfGnarkAreOnBn254Alone) {
    for (const std::string ending : {".vk", ".raw.vk", ".vk.json"}) {
        EXPECT_EQ(read_groth16_key(content_of(testdata("gnark_0.14_bls12381_commitment" + ending))).error().message,
                  "PublicAndCommitmentCommitted: expected no commitment in a key on bls12-381, got one: they are "
                  "supported on bn254 alone");
    }
}

TEST(Groth16Files, KeysAndProofsOfGnarkOnDifferentCurves) {
    GnarkFiles files = GnarkFiles::of("plain");
    files.proof = GnarkFiles::of("bls12381_plain").proof;
    EXPECT_THAT(files.verdict(), HasSubstr(" on bn254, got 0x"));
    files = GnarkFiles::of("bls12381_plain", ".raw");
    files.proof = GnarkFiles::of("plain", ".raw").proof;
    EXPECT_THAT(files.verdict(), HasSubstr(" on bls12-381, got 0x"));
}

TEST(Groth16Files, GnarkCommitmentUnderTheOtherHash) {
    const std::string stem = "gnark_0.14_commitment";
    EXPECT_EQ(test::verdict(content_of(testdata(stem + ".vk")), content_of(testdata(stem + ".proof")),
                            content_of(testdata(stem + ".pub")), {CommitmentHash::keccak256}),
              "the proof does not hold for these public inputs");
}

TEST(Groth16Files, GnarkBinariesAreReadToTheirEnd) {
    for (const auto& [stem, form] : {std::pair<std::string, std::string>{"gnark_0.10_plain", ""},
                                     {"gnark_0.10_commitment", ""},
                                     {"gnark_0.14_plain", ""},
                                     {"gnark_0.14_commitment", ""},
                                     {"gnark_0.14_bls12381_plain", ""},
                                     {"gnark_0.14_plain", ".raw"},
                                     {"gnark_0.14_commitment", ".raw"},
                                     {"gnark_0.14_bls12381_plain", ".raw"}}) {
        const Bytes key = content_of(testdata(stem + form + ".vk"));
        const Bytes proof = content_of(testdata(stem + form + ".proof"));
        const Bytes inputs = content_of(testdata(stem + ".pub"));
        const auto header = proofs::groth16::VerifyingKey::decode(read_groth16_key(key)->key)->header();
        for (std::size_t size = 0; size < key.size(); ++size) {
            EXPECT_FALSE(read_groth16_key(BytesView{key}.first(size)).has_value()) << stem << " " << size;
        }
        for (std::size_t size = 0; size < proof.size(); ++size) {
            // Our own encoding has no names of fields; whoever cuts gnark's to its size is told by the verifier.
            if (size == proofs::groth16::proof_bytes(header)) continue;
            EXPECT_FALSE(read_groth16_proof(BytesView{proof}.first(size), header).has_value()) << stem << " " << size;
        }
        for (std::size_t size = 0; size < inputs.size(); ++size) {
            EXPECT_FALSE(read_public_inputs(BytesView{inputs}.first(size)).has_value()) << stem << " " << size;
        }
        for (Bytes longer : {key, proof, inputs}) {
            longer.push_back(0);
            EXPECT_FALSE(read_groth16_key(longer).has_value());
            EXPECT_FALSE(read_groth16_proof(longer, header).has_value());
            EXPECT_FALSE(read_public_inputs(longer).has_value());
        }
    }
}

TEST(Groth16Files, WhatFollowsTheLastFieldOfGnark) {
    for (const std::string stem : {"plain", "commitment", "bls12381_plain"}) {
        for (const std::string form : forms) {
            GnarkFiles files = GnarkFiles::of(stem, form);
            files.key.push_back(0);
            EXPECT_EQ(files.verdict(), "key: 1 bytes follow the last field") << stem << form;
            files = GnarkFiles::of(stem, form);
            files.proof.push_back(0);
            EXPECT_EQ(files.verdict(), "proof: 1 bytes follow the last field") << stem << form;
            files = GnarkFiles::of(stem, form);
            files.inputs.push_back(0);
            EXPECT_EQ(files.verdict(), "inputs: bytes of the elements: 32 for each, expected 64, got 65");
        }
    }
}

/// A proof of gnark without a commitment: Ar ‖ Bs ‖ Krs ‖ 0 ‖ CommitmentPok.
struct GnarkProof {
    std::string stem;
    std::string form;
    std::size_t g1;  ///< bytes of a point of G1, half those of G2
    std::size_t field;
    std::string point;  ///< as errors call it

    [[nodiscard]] GnarkFiles files() const { return GnarkFiles::of(stem, form); }
    /// The verdict when some bytes are others.
    [[nodiscard]] std::string with(std::size_t at, const Bytes& bytes) const {
        GnarkFiles out = files();
        std::ranges::copy(bytes, out.proof.begin() + static_cast<std::ptrdiff_t>(at));
        return out.verdict();
    }
    [[nodiscard]] Bytes bytes(std::size_t at, std::size_t size) const {
        return to_bytes(BytesView{files().proof}.subspan(at, size));
    }
};
const GnarkProof gnark_proofs[] = {
    {"plain", "", 32, 32, "compressed point of G1 on bn254"},
    {"plain", ".raw", 64, 32, "uncompressed point of G1 on bn254"},
    {"bls12381_plain", "", 48, 48, "compressed point of G1 on bls12-381"},
    {"bls12381_plain", ".raw", 96, 48, "uncompressed point of G1 on bls12-381"},
};

TEST(Groth16Files, CoordinatesOfGnarkAreBelowTheModulus) {
    for (const GnarkProof& proof : gnark_proofs) {
        const bool raw = proof.form == ".raw";
        // The last coordinate of Ar, which has no flags in the uncompressed form.
        Bytes all_ones(proof.field, 0xff);
        const std::size_t at = proof.g1 - proof.field;
        if (!raw) all_ones[0] = proof.field == 32 ? 0xbf : 0x9f;
        EXPECT_THAT(proof.with(at, all_ones),
                    testing::AllOf(HasSubstr("proof: Ar: expected a"), HasSubstr(proof.point + ", got 0x"),
                                   HasSubstr(": a number is not below the modulus of its field")));
    }
}

TEST(Groth16Files, PointsOfGnarkAreOnTheirCurve) {
    for (const GnarkProof& proof : gnark_proofs) {
        if (proof.form.empty()) continue;
        Bytes y = proof.bytes(proof.field, proof.field);
        y.back() ^= 1;
        EXPECT_THAT(proof.with(proof.field, y), HasSubstr("a point is not on the curve"));
        Bytes part = proof.bytes(3 * proof.g1 - 1, 1);
        part[0] ^= 1;
        EXPECT_THAT(proof.with(3 * proof.g1 - 1, part), HasSubstr("proof: Bs: expected an uncompressed point of G2"));
    }
    // Half of all x are those of no point, and nearly all of the others on BLS12-381 those of one outside of the group.
    for (const GnarkProof& proof : gnark_proofs) {
        if (!proof.form.empty()) continue;
        bool off_curve = false;
        bool off_group = false;
        for (Byte last = 0; last < 40; ++last) {
            for (const std::size_t at : {proof.g1 - 1, 3 * proof.g1 - 1}) {
                const std::string verdict = proof.with(at, {last});
                off_curve = off_curve || verdict.find("a point is not on the curve") != std::string::npos;
                off_group = off_group || verdict.find("on the curve but not in the subgroup") != std::string::npos;
            }
        }
        EXPECT_TRUE(off_curve && off_group) << proof.point;
    }
}

TEST(Groth16Files, UncompressedPointsOfGnarkAreInTheirGroup) {
    const GnarkProof& proof = gnark_proofs[3];
    Bytes outside(96);  // (0, 2), of order 3
    outside.back() = 2;
    EXPECT_THAT(proof.with(0, outside), HasSubstr("proof: Ar: expected an uncompressed point of G1 on bls12-381, got "
                                                  "0x0000000000000000…: a point is on the curve but not in the"));
}

TEST(Groth16Files, InfinityOfGnarkIsNamed) {
    for (const GnarkProof& proof : gnark_proofs) {
        Bytes infinity(proof.g1);
        if (proof.field == 32) infinity[0] = proof.form.empty() ? 0x40 : 0;
        if (proof.field == 48) infinity[0] = proof.form.empty() ? 0xc0 : 0x40;
        EXPECT_EQ(proof.with(0, infinity),
                  "proof: Ar: expected a point other than infinity, got the point at infinity");
        EXPECT_EQ(proof.with(3 * proof.g1 + proof.g1 + 4, infinity), "accepted") << "CommitmentPok is not used";
        infinity.back() = 1;
        EXPECT_THAT(proof.with(0, infinity), HasSubstr("proof: Ar: expected a")) << "one encoding alone";
    }
    // Zeros without the flag of infinity.
    EXPECT_THAT(gnark_proofs[3].with(0, Bytes(96)), HasSubstr("the flag bits of a point are wrong"));
    for (const auto& [stem, at, name] : {std::tuple{"plain", 0, "Alpha"}, {"plain", 292 + 32, "K[1]"}}) {
        GnarkFiles files = GnarkFiles::of(stem);
        std::ranges::fill_n(files.key.begin() + at, 32, Byte{0});
        files.key[static_cast<std::size_t>(at)] = 0x40;
        EXPECT_EQ(files.verdict(),
                  std::string{"key: "} + name + ": expected a point other than infinity, got the point at infinity");
    }
}

TEST(Groth16Files, FormsOfGnarkAreNotMixed) {
    for (const GnarkProof& proof : gnark_proofs) {
        const std::string other = proof.form.empty() ? ".raw" : "";
        const GnarkFiles ours = proof.files();
        const GnarkFiles theirs = GnarkFiles::of(proof.stem, other);
        const std::size_t their_g1 = other.empty() ? proof.g1 / 2 : proof.g1 * 2;
        Bytes mixed = to_bytes(BytesView{ours.proof}.first(proof.g1));
        append(mixed, BytesView{theirs.proof}.subspan(their_g1));
        EXPECT_THAT(
            test::verdict(ours.key, mixed, ours.inputs),
            testing::AllOf(HasSubstr("proof: Bs: expected a"), HasSubstr("and other points of the file are not")));
        // Keys and proofs may have different forms, though.
        EXPECT_EQ(test::verdict(ours.key, theirs.proof, ours.inputs), "accepted");
    }
}

TEST(Groth16Files, FlagBitsOfGnark) {
    const GnarkProof& bls = gnark_proofs[2];
    for (const Byte flags : Bytes{0x20, 0x60, 0xe0}) {
        const Bytes first{static_cast<Byte>((bls.bytes(0, 1)[0] & 0x1f) | flags)};
        EXPECT_THAT(bls.with(0, first), HasSubstr("no point has such flag bits")) << int{flags};
    }
    for (const GnarkProof& proof : gnark_proofs) {
        if (!proof.form.empty()) continue;
        const Bytes negated{static_cast<Byte>(proof.bytes(0, 1)[0] ^ (proof.field == 32 ? 0x40 : 0x20))};
        EXPECT_EQ(proof.with(0, negated), "the proof does not hold for these public inputs");
    }
}

// [GROTH.6] gnark 0.14 adds a commitment that the key does not ask for to the statement, unchecked.
TEST(Groth16Files, R6NoCommitmentsButThoseOfTheKey) {
    GnarkFiles files = GnarkFiles::of("plain");
    files.proof = GnarkFiles::of("commitment").proof;
    EXPECT_EQ(files.verdict(), "proof: number of commitments: as many as the key has, expected 0, got 1");
    files = GnarkFiles::of("commitment", ".raw");
    files.proof = GnarkFiles::of("plain", ".raw").proof;
    EXPECT_EQ(files.verdict(), "proof: number of commitments: as many as the key has, expected 1, got 0");
}

TEST(Groth16Files, EveryFlippedBitOfAProofOfGnarkIsRefused) {
    for (const GnarkProof& proof : gnark_proofs) {
        const std::size_t used = 4 * proof.g1 + 4;  // CommitmentPok follows
        for (std::size_t at = 0; at < used; ++at) {
            const Byte flipped = static_cast<Byte>(proof.bytes(at, 1)[0] ^ (1 << at % 8));
            EXPECT_NE(proof.with(at, {flipped}), "accepted") << proof.point << " " << at;
        }
    }
}

TEST(Groth16Files, LengthBombsOfGnark) {
    for (const auto& [stem, form, at] : {std::tuple{"plain", "", 288UL},
                                         {"plain", ".raw", 576UL},
                                         {"bls12381_plain", "", 432UL},
                                         {"bls12381_plain", ".raw", 864UL}}) {
        Bytes key = GnarkFiles::of(stem, form).key;
        for (std::size_t i = at; i < at + 4; ++i) key[i] = 0xff;  // the length of K
        const auto read = read_groth16_key(key);
        ASSERT_FALSE(read.has_value());
        EXPECT_THAT(read.error().message, HasSubstr("length of K: expected 1 to 258, got "));
        EXPECT_THAT(read.error().message, HasSubstr("4294967295 where it stands in a key on "));
    }
    Bytes inputs = content_of(testdata("gnark_0.14_plain.pub"));
    for (const std::size_t at : {0UL, 8UL}) {
        for (std::size_t i = at; i < at + 4; ++i) inputs[i] = 0xff;
    }
    EXPECT_FALSE(read_public_inputs(inputs).has_value());
}

TEST(Groth16Files, OurOwnEncodingsComeBack) {
    const Files files = Files::of("bn128");
    const auto key = read_groth16_key(bytes_of(files.key.dump())).value();
    EXPECT_EQ(key.form, "snarkjs");
    const auto proof = read_groth16_proof(bytes_of(files.proof.dump()), Header{}).value();
    const auto again = read_groth16_key(bytes_of(codec::format_hex(key.key))).value();
    EXPECT_EQ(again.form, "canonical");
    EXPECT_EQ(again.key, key.key);
    EXPECT_EQ(test::verdict(key.key, proof, bytes_of(files.inputs.dump())), "accepted");
    EXPECT_EQ(test::verdict(bytes_of(codec::format_hex(key.key)), bytes_of(codec::format_hex(proof)),
                            bytes_of(files.inputs.dump())),
              "accepted");
}

// Each was accepted by snarkjs 0.7.6, or is an old trap of JSON.
TEST(Groth16Files, NumbersHaveOneForm) {
    const auto x = [](const std::function<std::string(std::string)>& change) {
        return after([&](Files& f) { f.proof["pi_a"][0] = change(f.proof["pi_a"][0].get<std::string>()); });
    };
    EXPECT_EQ(x([](const std::string& n) { return sum(n, modulus); }),
              "proof: pi_a: a number is not below the modulus of its field");
    for (const std::string prefix : {"+", "-", " ", "0"}) {
        EXPECT_THAT(x([&](const std::string& n) { return prefix + n; }),
                    HasSubstr("proof: pi_a[0]: expected a number"));
    }
    for (const std::string text : {"", "0x", "0xg1", "1e3", "1.0", "one", "٣"}) {
        EXPECT_THAT(x([&](const std::string&) { return text; }), HasSubstr("proof: pi_a[0]: expected a number"));
    }
    EXPECT_THAT(x([](const std::string&) { return std::string(401, '1'); }), HasSubstr("expected a number"));
    EXPECT_THAT(x([](const std::string&) { return std::string(400, '1'); }), HasSubstr("is not below the modulus"));
    EXPECT_THAT(after([](Files& f) { f.proof["pi_a"][0] = 1.5; }), HasSubstr("proof: pi_a[0]: expected a number"));
    EXPECT_THAT(after([](Files& f) { f.proof["pi_a"][0] = -1; }), HasSubstr("proof: pi_a[0]: expected a number"));
    EXPECT_THAT(after([](Files& f) { f.proof["pi_a"][0] = nullptr; }), HasSubstr("proof: pi_a[0]: expected a number"));
}

TEST(Groth16Files, PointsAreAffine) {
    EXPECT_EQ(after([](Files& f) { f.proof["pi_a"][2] = "2"; }),
              "proof: pi_a: expected an affine point, its third coordinate is not 1");
    EXPECT_EQ(after([](Files& f) { f.proof["pi_b"][2][1] = "1"; }),
              "proof: pi_b: expected an affine point, its third coordinate is not 1");
    EXPECT_EQ(after([](Files& f) { f.proof["pi_a"] = {"0", "1", "0"}; }),
              "a point of the proof is the point at infinity");
    // Infinity as snarkjs writes it, and no other way.
    EXPECT_EQ(after([](Files& f) { f.proof["pi_a"] = {"5", "7", "0"}; }),
              "proof: pi_a: expected an affine point, its third coordinate is not 1");
    EXPECT_EQ(after([](Files& f) { f.proof["pi_b"][2][0] = "0"; }),
              "proof: pi_b: expected an affine point, its third coordinate is not 1");
    EXPECT_EQ(after([](Files& f) { f.proof["pi_a"] = {"0", "0", "1"}; }), "proof: pi_a: a point is not on the curve");
    EXPECT_EQ(after([](Files& f) { f.proof["pi_b"] = json::parse(R"([["0", "0"], ["0", "0"], ["1", "0"]])"); }),
              "proof: pi_b: a point is not on the curve");
    EXPECT_EQ(after([](Files& f) { f.key["IC"][1] = {"0", "1", "0"}; }),
              "key: a point of the key is the point at infinity");
    EXPECT_EQ(after([](Files& f) { std::swap(f.proof["pi_b"][0][0], f.proof["pi_b"][0][1]); }),
              "proof: pi_b: a point is not on the curve")
        << "the order of coordinates in Solidity";
    EXPECT_EQ(after([](Files& f) { f.proof["pi_a"] = f.proof["pi_c"]; }),
              "the proof does not hold for these public inputs");
    EXPECT_EQ(after([](Files& f) { f.proof["pi_a"][1] = "1"; }), "proof: pi_a: a point is not on the curve");
}

TEST(Groth16Files, InputsAreAsManyAsTheKeySaysAndBelowTheOrder) {
    EXPECT_EQ(after([](Files& f) { f.inputs.erase(2); }),
              "the number of public inputs is not the one that the key declares")
        << "the last input of this statement is 0";
    EXPECT_EQ(after([](Files& f) { f.inputs.push_back("0"); }),
              "the number of public inputs is not the one that the key declares");
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(after([&](Files& f) { f.inputs[i] = sum(f.inputs[i].get<std::string>(), order); }),
                  "a public input is not below the order of the group");
    }
    EXPECT_THAT(after([](Files& f) { f.inputs[0] = "0x1" + std::string(64, '0'); }), HasSubstr("inputs: [0]: "));
    EXPECT_THAT(after([](Files& f) { f.inputs = json::array({json::array({"1"})}); }),
                HasSubstr("inputs: [0]: expected a number"));
    EXPECT_THAT(after([](Files& f) { f.inputs = json::object(); }), HasSubstr("inputs: : expected an array"));
}

TEST(Groth16Files, KeysAreComplete) {
    for (const char* name :
         {"protocol", "curve", "nPublic", "vk_alpha_1", "vk_beta_2", "vk_gamma_2", "vk_delta_2", "IC"}) {
        EXPECT_EQ(after([&](Files& f) { f.key.erase(name); }), "key: " + std::string{name} + ": missing");
    }
    EXPECT_THAT(after([](Files& f) { f.key["protocol"] = "plonk"; }), HasSubstr("key: protocol: expected \"groth16\""));
    EXPECT_THAT(after([](Files& f) { f.key["curve"] = "mnt4"; }), HasSubstr("key: curve: expected"));
    EXPECT_THAT(after([](Files& f) { f.key["nPublic"] = 4; }), HasSubstr("key: nPublic: expected one less"));
    EXPECT_THAT(after([](Files& f) { f.key["IC"] = json::array(); }), HasSubstr("key: "));
    EXPECT_EQ(
        after([](Files& f) { f.key["vk_delta_2"] = f.key["vk_gamma_2"]; }),
        "key: gamma and delta are equal, as in a key without the second phase of its setup: anyone could forge proofs "
        "for it");
    EXPECT_EQ(after([](Files& f) { f.key["vk_alphabeta_12"] = "nonsense"; }), "accepted") << "never read";
}

TEST(Groth16Files, ProofsOfRapidsnarkDoNotNameTheirCurve) {
    EXPECT_EQ(after([](Files& f) { f.proof.erase("curve"); }), "accepted");
    const auto nameless = [](const std::function<void(Files&)>& change) {
        return after([&](Files& f) {
            f.proof.erase("curve");
            change(f);
        });
    };
    EXPECT_EQ(nameless([](Files& f) { f.inputs[0] = "1"; }), "the proof does not hold for these public inputs");
    EXPECT_EQ(nameless([](Files& f) { f.proof["pi_a"][1] = "1"; }), "proof: pi_a: a point is not on the curve");
    EXPECT_EQ(nameless([](Files& f) { f.proof.erase("pi_c"); }), "proof: pi_c: missing");
    Files mixed = Files::of("bls12381");
    mixed.proof = Files::of("bn128").proof;
    EXPECT_EQ(mixed.verdict(), "proof: curve: the proof and the key are on different curves");
    mixed.proof.erase("curve");
    EXPECT_EQ(mixed.verdict(), "proof: pi_a: a point is not on the curve");
}

TEST(Groth16Files, WhatIsNoJson) {
    for (const std::string text : {"{", "[1,", "{\"a\":}", "{} trailing"}) {
        EXPECT_EQ(read_groth16_key(bytes_of(text)).error().message, "not well-formed JSON");
        EXPECT_EQ(read_public_inputs(bytes_of(text)).error().kind, FileError::Kind::unusable);
    }
    for (const std::string text : {"", "  \n", "hello"}) {
        EXPECT_FALSE(read_groth16_key(bytes_of(text)).has_value());
        EXPECT_FALSE(read_groth16_proof(bytes_of(text), Header{}).has_value());
        EXPECT_FALSE(read_public_inputs(bytes_of(text)).has_value());
    }
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    EXPECT_FALSE(read_public_inputs(bytes_of(deep)).has_value());
    EXPECT_FALSE(read_groth16_key(bytes_of("{\"vk\":" + deep + "}")).has_value());
}

TEST(Groth16Files, BinariesThatBeginLikeJson) {
    Bytes key = GnarkFiles::of("plain", ".raw").key;
    key[0] = ' ';
    key[1] = '[';
    EXPECT_FALSE(looks_like_json(key));
    EXPECT_THAT(read_groth16_key(key).error().message, HasSubstr("Alpha: expected an uncompressed point"));
    EXPECT_TRUE(looks_like_json(bytes_of(" \t\r\n[1, \"é\"]\n")));
    EXPECT_FALSE(looks_like_json(bytes_of(" \n")));
}

TEST(Groth16Files, KindsOfErrors) {
    const auto kind = [](const std::function<void(json&)>& change) {
        Files files = Files::of("bn128");
        change(files.proof);
        return read_groth16_proof(bytes_of(files.proof.dump()), Header{}).error().kind;
    };
    EXPECT_EQ(kind([](json& p) { p.erase("pi_a"); }), FileError::Kind::unusable);
    EXPECT_EQ(kind([](json& p) { p["pi_a"][0] = "x"; }), FileError::Kind::unusable);
    EXPECT_EQ(kind([](json& p) { p["pi_a"][0] = "1"; }), FileError::Kind::refused);
    EXPECT_EQ(kind([](json& p) { p["pi_a"][2] = "3"; }), FileError::Kind::refused);
}

TEST(NumberText, DecimalAndHex) {
    EXPECT_EQ(number_to_bytes("0", 2), (Bytes{0, 0}));
    EXPECT_EQ(number_to_bytes("65535", 2), (Bytes{0xff, 0xff}));
    EXPECT_EQ(number_to_bytes("65536", 2), std::nullopt);
    EXPECT_EQ(number_to_bytes("0x00ffFF", 2), (Bytes{0xff, 0xff}));
    EXPECT_EQ(number_to_bytes("0x10000", 2), std::nullopt);
    EXPECT_TRUE(is_number("10"));
    for (const char* text : {"", "01", "00", "0x", "1 ", "-1", "+1", "1_0", "0b1", "0X1", "x"}) {
        EXPECT_FALSE(is_number(text)) << text;
    }
}

}  // namespace
}  // namespace enshrine::prover_files
