// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// Files of PLONK and FFLONK, and what can be wrong with them. testdata/: snarkjs 0.7.6.
#include <enshrine/codec/hex.hpp>
#include <enshrine/prover_files/decimal_for_test.hpp>
#include <enshrine/prover_files/plonk_for_test.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace enshrine::prover_files {
namespace {

using nlohmann::json;
using test::bytes_of;
using test::content_of;
using test::modulus;
using test::order;
using test::sum;
using test::testdata;
using testing::HasSubstr;

/// The files of snarkjs, as JSON that a test can spoil.
struct Files {
    std::string system;
    json key;
    json proof;
    json inputs;

    [[nodiscard]] static Files of(const std::string& curve, const std::string& system) {
        const auto load = [&](const std::string& part) {
            return json::parse(std::ifstream{testdata("snarkjs_" + curve + "_" + system + "_" + part + ".json")});
        };
        return {system, load("vk"), load("proof"), load("public")};
    }
    [[nodiscard]] std::string verdict() const {
        const auto judge = system == "plonk" ? test::plonk_verdict : test::fflonk_verdict;
        return judge(bytes_of(key.dump()), bytes_of(proof.dump()), bytes_of(inputs.dump()));
    }
};

std::string after(const std::string& system, const std::function<void(Files&)>& change) {
    Files files = Files::of("bn128", system);
    change(files);
    return files.verdict();
}
std::string plonk_after(const std::function<void(Files&)>& change) {
    return after("plonk", change);
}
std::string fflonk_after(const std::function<void(Files&)>& change) {
    return after("fflonk", change);
}
std::string plus(const json& number, std::string_view more) {
    return sum(number.get<std::string>(), more);
}

// [PLONK.9…12] [FFLONK.9…12]
TEST(PlonkFiles, Snarkjs) {
    EXPECT_EQ(Files::of("bn128", "plonk").verdict(), "accepted");
    EXPECT_EQ(Files::of("bls12381", "plonk").verdict(), "accepted");
    EXPECT_EQ(Files::of("bn128", "fflonk").verdict(), "accepted");
}

TEST(PlonkFiles, OurOwnEncodingsComeBack) {
    const Files plonk = Files::of("bn128", "plonk");
    const auto plonk_key = read_plonk_key(bytes_of(plonk.key.dump())).value();
    EXPECT_EQ(plonk_key.form, "snarkjs");
    const auto plonk_proof = read_plonk_proof(bytes_of(plonk.proof.dump()), proofs::Curve::bn254).value();
    EXPECT_EQ(read_plonk_key(plonk_key.key)->form, "canonical");
    const auto hex = [](const Bytes& bytes) { return bytes_of(codec::format_hex(bytes)); };
    EXPECT_EQ(test::plonk_verdict(hex(plonk_key.key), hex(plonk_proof), bytes_of(plonk.inputs.dump())), "accepted");

    const Files fflonk = Files::of("bn128", "fflonk");
    const auto fflonk_key = read_fflonk_key(bytes_of(fflonk.key.dump())).value();
    const auto fflonk_proof = read_fflonk_proof(bytes_of(fflonk.proof.dump())).value();
    EXPECT_EQ(read_fflonk_key(fflonk_key.key)->form, "canonical");
    EXPECT_EQ(test::fflonk_verdict(fflonk_key.key, fflonk_proof, bytes_of(fflonk.inputs.dump())), "accepted");
}

// Accepted by snarkjs 0.7.6, each of them.
TEST(PlonkFiles, NumbersHaveOneForm) {
    EXPECT_EQ(plonk_after([](Files& f) { f.proof["A"][0] = plus(f.proof["A"][0], modulus); }),
              "proof: A: a number is not below the modulus of its field");
    EXPECT_EQ(plonk_after([](Files& f) { f.proof["eval_a"] = plus(f.proof["eval_a"], order); }),
              "proof: eval_a: a number is not below the modulus of its field");
    EXPECT_EQ(plonk_after([](Files& f) { f.proof["Wxi"][2] = "2"; }),
              "proof: Wxi: expected an affine point, its third coordinate is not 1");
    EXPECT_EQ(fflonk_after([](Files& f) { f.proof["evaluations"]["ql"] = plus(f.proof["evaluations"]["ql"], order); }),
              "proof: evaluations.ql: a number is not below the modulus of its field");
    for (const std::string prefix : {"+", "-", " ", "0"}) {
        EXPECT_THAT(plonk_after([&](Files& f) { f.proof["eval_zw"] = prefix + f.proof["eval_zw"].get<std::string>(); }),
                    HasSubstr("proof: eval_zw: expected a number"));
    }
    EXPECT_EQ(plonk_after([](Files& f) { f.proof["Wxi"] = f.proof["Wxiw"] = {"0", "1", "0"}; }),
              "a point of the proof is the point at infinity");
}

TEST(PlonkFiles, InputsAreAsManyAsTheKeySaysAndBelowTheOrder) {
    for (const std::string system : {"plonk", "fflonk"}) {
        EXPECT_EQ(after(system, [](Files& f) { f.inputs.erase(2); }),
                  "the number of public inputs is not the one that the key declares")
            << "the last input of this statement is 0";
        EXPECT_EQ(after(system, [](Files& f) { f.inputs.push_back("0"); }),
                  "the number of public inputs is not the one that the key declares");
        for (std::size_t i = 0; i < 3; ++i) {
            EXPECT_EQ(after(system, [&](Files& f) { f.inputs[i] = plus(f.inputs[i], order); }),
                      "a public input is not below the order of the group");
        }
        EXPECT_EQ(after(system, [](Files& f) { f.inputs[2] = "1"; }),
                  "the proof does not hold for these public inputs");
    }
}

// [PLONK.2] [PLONK.4] [PLONK.5]
TEST(PlonkFiles, KeysOfPlonk) {
    for (const char* name : {"protocol", "curve", "nPublic", "power", "k1", "k2", "Qm", "Ql", "Qr", "Qo", "Qc", "S1",
                             "S2", "S3", "X_2", "w"}) {
        EXPECT_EQ(plonk_after([&](Files& f) { f.key.erase(name); }), "key: " + std::string{name} + ": missing");
    }
    EXPECT_EQ(plonk_after([](Files& f) { f.key["power"] = 29; }), "key: power: expected 1 to 28, got 29");
    EXPECT_EQ(plonk_after([](Files& f) { f.key["power"] = 0; }), "key: power: expected 1 to 28, got 0");
    EXPECT_EQ(plonk_after([](Files& f) { f.key["nPublic"] = 257; }), "key: nPublic: expected at most 256, got 257");
    EXPECT_EQ(plonk_after([](Files& f) { f.key["nPublic"] = 17; }),
              "key: the key declares more public inputs than are allowed")
        << "than there are gates";
    const std::string bad_root = "key: w: not the root of unity that snarkjs takes for 2^4";
    EXPECT_EQ(plonk_after([](Files& f) { f.key["w"] = "1"; }), bad_root);
    EXPECT_EQ(plonk_after([](Files& f) { f.key["w"] = sum("1", f.key["w"].get<std::string>()); }), bad_root);
    EXPECT_EQ(plonk_after([](Files& f) { f.key["power"] = 5; }),
              "key: w: not the root of unity that snarkjs takes for 2^5");
    const std::string overlap =
        "key: k1 and k2 do not separate the wires of the circuit: their cosets of the domain overlap";
    for (const char* name : {"k1", "k2"}) {
        EXPECT_EQ(plonk_after([&](Files& f) { f.key[name] = "0"; }), overlap);
        EXPECT_EQ(plonk_after([&](Files& f) { f.key[name] = "1"; }), overlap);
        EXPECT_EQ(plonk_after([&](Files& f) { f.key[name] = f.key["w"]; }), overlap);
        EXPECT_EQ(plonk_after([&](Files& f) { f.key[name] = plus(f.key[name], order); }),
                  "key: " + std::string{name} + ": a number is not below the modulus of its field");
    }
    EXPECT_EQ(plonk_after([](Files& f) { f.key["k2"] = f.key["k1"]; }), overlap);
    EXPECT_EQ(plonk_after([](Files& f) { f.key["X_2"] = json::parse(R"([["0", "0"], ["1", "0"], ["0", "0"]])"); }),
              "key: the secret of the reference string is 0, 1 or -1: anyone could forge proofs for it");
    EXPECT_EQ(plonk_after([](Files& f) { f.key["S3"] = {"0", "1", "0"}; }),
              "key: a point of the key is the point at infinity");
    EXPECT_EQ(plonk_after([](Files& f) { f.key["Qc"] = f.key["Qm"]; }),
              "the proof does not hold for these public inputs");
    EXPECT_THAT(plonk_after([](Files& f) { f.key["curve"] = "mnt4"; }), HasSubstr("key: curve: expected"));
}

// [FFLONK.3] [FFLONK.4]
TEST(PlonkFiles, KeysOfFflonk) {
    for (const char* name :
         {"protocol", "curve", "nPublic", "power", "k1", "k2", "w", "w3", "w4", "w8", "wr", "X_2", "C0"}) {
        EXPECT_EQ(fflonk_after([&](Files& f) { f.key.erase(name); }), "key: " + std::string{name} + ": missing");
    }
    for (const char* name : {"w3", "w4", "w8", "wr"}) {
        EXPECT_THAT(fflonk_after([&](Files& f) { f.key[name] = "1"; }),
                    HasSubstr("key: " + std::string{name} + ": not a"));
    }
    EXPECT_EQ(fflonk_after([](Files& f) { f.key["curve"] = "bls12381"; }),
              "key: curve: FFLONK is supported on bn128 alone");
    EXPECT_EQ(fflonk_after([](Files& f) { f.key["k1"] = "1"; }),
              "key: k1 and k2 do not separate the wires of the circuit: their cosets of the domain overlap");
    EXPECT_EQ(fflonk_after([](Files& f) { f.key["C0"] = {"0", "1", "0"}; }),
              "key: a point of the key is the point at infinity");
}

TEST(PlonkFiles, ProofsAreComplete) {
    for (const char* name : {"protocol", "curve", "A", "B", "C", "Z", "T1", "T2", "T3", "Wxi", "Wxiw", "eval_a",
                             "eval_b", "eval_c", "eval_s1", "eval_s2", "eval_zw"}) {
        EXPECT_EQ(plonk_after([&](Files& f) { f.proof.erase(name); }), "proof: " + std::string{name} + ": missing");
    }
    for (const char* name : {"C1", "C2", "W1", "W2"}) {
        EXPECT_EQ(fflonk_after([&](Files& f) { f.proof["polynomials"].erase(name); }),
                  "proof: polynomials." + std::string{name} + ": missing");
    }
    for (const char* name : {"ql", "qr", "qm", "qo", "qc", "s1", "s2", "s3", "a", "b", "c", "z", "zw", "t1w", "t2w"}) {
        EXPECT_EQ(fflonk_after([&](Files& f) { f.proof["evaluations"].erase(name); }),
                  "proof: evaluations." + std::string{name} + ": missing");
    }
    EXPECT_EQ(fflonk_after([](Files& f) { f.proof["evaluations"]["inv"] = "7"; }), "accepted") << "never read";
    EXPECT_EQ(fflonk_after([](Files& f) { f.proof["evaluations"].erase("inv"); }), "accepted");
    EXPECT_EQ(plonk_after([](Files& f) { f.proof["curve"] = "bls12381"; }),
              "proof: curve: the proof and the key are on different curves");
    EXPECT_THAT(plonk_after([](Files& f) { f.proof = Files::of("bn128", "fflonk").proof; }),
                HasSubstr("proof: protocol: expected \"plonk\", got \"fflonk\""));
    EXPECT_THAT(fflonk_after([](Files& f) { f.key = Files::of("bn128", "plonk").key; }),
                HasSubstr("key: protocol: expected \"fflonk\""));
}

TEST(PlonkFiles, WhatIsNoFileOfOurs) {
    for (const std::string text : {"", "  \n", "hello", "{", "[1,", "{\"a\":}", "0x02", "0x0301"}) {
        const Bytes content = bytes_of(text);
        EXPECT_EQ(read_plonk_proof(content, proofs::Curve::bn254).error().kind, FileError::Kind::unusable) << text;
        EXPECT_EQ(read_fflonk_proof(content).error().kind, FileError::Kind::unusable) << text;
        EXPECT_EQ(read_fflonk_key(content).error().kind, FileError::Kind::unusable) << text;
    }
    // The kind alone is taken for an encoded key, and left to the key's decoder.
    for (const std::string text : {"", "hello", "{", "0x0301"}) {
        EXPECT_EQ(read_plonk_key(bytes_of(text)).error().kind, FileError::Kind::unusable) << text;
    }
    const Files files = Files::of("bn128", "plonk");
    Bytes proof = read_plonk_proof(bytes_of(files.proof.dump()), proofs::Curve::bn254).value();
    EXPECT_FALSE(read_plonk_proof(proof, proofs::Curve::bls12_381).has_value());
    proof.push_back(0);
    EXPECT_FALSE(read_plonk_proof(proof, proofs::Curve::bn254).has_value());
}

TEST(PlonkFiles, KindsOfErrors) {
    const auto kind = [](const std::function<void(json&)>& change) {
        Files files = Files::of("bn128", "plonk");
        change(files.proof);
        return read_plonk_proof(bytes_of(files.proof.dump()), proofs::Curve::bn254).error().kind;
    };
    EXPECT_EQ(kind([](json& p) { p.erase("A"); }), FileError::Kind::unusable);
    EXPECT_EQ(kind([](json& p) { p["eval_a"] = "x"; }), FileError::Kind::unusable);
    EXPECT_EQ(kind([](json& p) { p["A"][0] = "1"; }), FileError::Kind::refused);
    EXPECT_EQ(kind([](json& p) { p["eval_a"] = order; }), FileError::Kind::refused);
}

}  // namespace
}  // namespace enshrine::prover_files
