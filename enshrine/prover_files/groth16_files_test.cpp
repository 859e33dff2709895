// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// Files of provers, and what can be wrong with them. testdata/: snarkjs 0.7.6 and gnark 0.10 and 0.14
// (tools/gnark_fixtures).
#include <enshrine/codec/hex.hpp>
#include <enshrine/prover_files/decimal_for_test.hpp>
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

TEST(Groth16Files, GnarkCommitmentUnderTheOtherHash) {
    const std::string stem = "gnark_0.14_commitment";
    EXPECT_EQ(test::verdict(content_of(testdata(stem + ".vk")), content_of(testdata(stem + ".proof")),
                            content_of(testdata(stem + ".pub")), {CommitmentHash::keccak256}),
              "the proof does not hold for these public inputs");
}

TEST(Groth16Files, GnarkBinariesAreReadToTheirEnd) {
    for (const std::string stem :
         {"gnark_0.10_plain", "gnark_0.10_commitment", "gnark_0.14_plain", "gnark_0.14_commitment"}) {
        const Bytes key = content_of(testdata(stem + ".vk"));
        const Bytes proof = content_of(testdata(stem + ".proof"));
        const Bytes inputs = content_of(testdata(stem + ".pub"));
        const auto header = proofs::groth16::VerifyingKey::decode(read_groth16_key(key)->key)->header();
        for (std::size_t size = 0; size < key.size(); ++size) {
            EXPECT_FALSE(read_groth16_key(BytesView{key}.first(size)).has_value()) << stem << " " << size;
        }
        for (std::size_t size = 0; size < proof.size(); ++size) {
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

TEST(Groth16Files, LengthBombsOfGnark) {
    Bytes key = content_of(testdata("gnark_0.14_plain.vk"));
    for (std::size_t i = 288; i < 292; ++i) key[i] = 0xff;  // the length of K
    const auto read = read_groth16_key(key);
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().message, "length of K: 4294967295");
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
    EXPECT_EQ(after([](Files& f) { f.key["vk_delta_2"] = f.key["vk_gamma_2"]; }),
              "key: two points of the key that must be independent are equal: anyone could forge proofs for it");
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
