// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// Files of SP1 and RISC Zero (testdata/: real proofs, values as their makers published them; see
// enshrine/proofs/adapters/*_for_test.hpp), and what can be wrong with them.
#include <enshrine/codec/hex.hpp>
#include <enshrine/prover_files/program_files_for_test.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace enshrine::prover_files {
namespace {

using nlohmann::json;
using test::bytes_of;
using test::content_of;
using test::risc0_verdict;
using test::sp1_verdict;
using test::testdata;
using testing::HasSubstr;

json load(const std::string& name) {
    return json::parse(std::ifstream{testdata(name)});
}
/// The verdict on a file that holds everything, after a change.
std::string sp1_after(const std::string& name, const std::function<void(json&)>& change) {
    json document = load(name);
    change(document);
    const Bytes content = bytes_of(document.dump());
    return sp1_verdict(content, content, content);
}
std::string risc0_after(const std::string& name, const std::function<void(json&)>& change) {
    json document = load(name);
    change(document);
    const Bytes content = bytes_of(document.dump());
    return risc0_verdict(content, content, content);
}
void nothing(json&) {}

// [SP1.9]
TEST(Sp1Files, R9FixturesOfSp1) {
    EXPECT_EQ(sp1_after("sp1_6.1.0_groth16.json", nothing), "accepted");
    EXPECT_EQ(sp1_after("sp1_6.1.0_plonk.json", nothing), "accepted");
    EXPECT_EQ(sp1_after("sp1_5.0.0_plonk.json", nothing), "accepted");
}

// [SP1.3]
TEST(Sp1Files, R3FrozenVersionsSayWhy) {
    EXPECT_EQ(sp1_after("sp1_6.0.0_groth16.json", nothing),
              "key: SP1 6.0 is frozen: its recursion is unsound (CVE-2026-40323); 6.1 mends it");
}

TEST(Sp1Files, PartsInFilesOfTheirOwn) {
    const json document = load("sp1_6.1.0_groth16.json");
    const Bytes vkey = bytes_of(document["vkey"].get<std::string>() + "\n");
    const Bytes proof = bytes_of(document["proof"].get<std::string>());
    const Bytes values = bytes_of(document["publicValues"].get<std::string>());
    EXPECT_EQ(sp1_verdict(vkey, proof, values), "accepted");
    const Bytes raw_proof = codec::parse_hex(document["proof"].get<std::string>()).value();
    const Bytes raw_values = codec::parse_hex(document["publicValues"].get<std::string>()).value();
    EXPECT_EQ(sp1_verdict(vkey, raw_proof, raw_values), "accepted");
    EXPECT_EQ(read_sp1_key(vkey).error().message,
              "a program's identifier says no version; a proof, or the key of 38 bytes, does");
    const Bytes key = read_sp1_key(vkey, raw_proof)->key;
    EXPECT_EQ(read_sp1_key(key)->form, "canonical");
    EXPECT_EQ(sp1_verdict(bytes_of(codec::format_hex(key)), proof, values), "accepted");
}

// [SP1.5] [SP1.6] [SP1.7] [SP1.8]
TEST(Sp1Files, R7WhatIsRefused) {
    const std::string name = "sp1_6.1.0_groth16.json";
    const auto with_digit = [](const char* member, std::size_t at, char digit) {
        return [=](json& document) {
            std::string text = document[member].get<std::string>();
            text[2 + at] = digit;
            document[member] = text;
        };
    };
    EXPECT_EQ(sp1_after(name, with_digit("proof", 8 + 63, '1')),
              "the program ended with an exit code that is not zero");
    EXPECT_EQ(sp1_after(name, with_digit("proof", 8 + 64 + 63, '3')),
              "the root of the recursion keys is not the one of this version");
    EXPECT_EQ(sp1_after(name, with_digit("proof", 8 + 2 * 64 + 63, '3')),
              "the proof does not hold for these public inputs");
    EXPECT_EQ(sp1_after(name, with_digit("proof", 0, '5')), "key: no version with this selector is known");
    EXPECT_EQ(sp1_after(name, with_digit("publicValues", 0, '1')), "the proof does not hold for these public inputs");
    EXPECT_EQ(sp1_after(name, with_digit("vkey", 63, '7')), "the proof does not hold for these public inputs");
    EXPECT_EQ(sp1_after(name, with_digit("vkey", 0, 'f')),
              "key: the program's key is not below the order of the group");
    EXPECT_EQ(sp1_after(name, [](json& d) { d["proof"] = d["proof"].get<std::string>().substr(0, 2 + 2 * 100); }),
              "the number of bytes is not the one of this version");
    const json plonk = load("sp1_5.0.0_plonk.json");
    const Bytes other = bytes_of(plonk.dump());
    const Bytes content = bytes_of(load(name).dump());
    EXPECT_EQ(sp1_verdict(read_sp1_key(content)->key, other, content),
              "the selector of the proof is not the one of the key");
}

TEST(Sp1Files, WhatIsNoFixture) {
    const std::string name = "sp1_5.0.0_plonk.json";
    for (const char* member : {"vkey", "proof", "publicValues"}) {
        EXPECT_THAT(sp1_after(name, [&](json& d) { d.erase(member); }), HasSubstr(std::string{member} + ": missing"));
        for (const json& other : {json(12), json(nullptr), json("0x1"), json("0xzz"), json::array({1})}) {
            EXPECT_THAT(sp1_after(name, [&](json& d) { d[member] = other; }),
                        HasSubstr(std::string{member} + ": expected a string of hex digits, got "));
        }
    }
    EXPECT_THAT(sp1_after(name, [](json& d) { d["vkey"] = "0x00"; }), HasSubstr("vkey: expected 32 bytes"));
    EXPECT_THAT(sp1_after(name, [](json& d) { d["proof"] = "0xd4e8ec"; }), HasSubstr("expected a selector of 4 bytes"));
    for (const std::string text : {"", "{", "[1,", "hello"}) {
        EXPECT_FALSE(read_sp1_key(bytes_of(text)).has_value()) << text;
        EXPECT_EQ(read_sp1_key(bytes_of(text)).error().kind, FileError::Kind::unusable);
    }
}

// [RISC0.10]
TEST(Risc0Files, R10Receipts) {
    EXPECT_EQ(risc0_after("risc0_3.0.json", nothing), "accepted");
    EXPECT_EQ(risc0_after("risc0_set_0.9.json", nothing), "accepted");
}

// [RISC0.4]
TEST(Risc0Files, R4FrozenVersionsSayWhy) {
    EXPECT_THAT(risc0_after("risc0_2.1.json", nothing), HasSubstr("key: RISC Zero 2.1 is frozen"));
}

TEST(Risc0Files, NamesOfSolidityAndPartsInFilesOfTheirOwn) {
    const json document = load("risc0_3.0.json");
    const auto text = [&](const char* member) { return document[member].get<std::string>(); };
    const json solidity{{"IMAGE_ID", text("imageId").substr(2)},
                        {"JOURNAL", text("journal").substr(2)},
                        {"SEAL", text("seal").substr(2)}};
    const Bytes content = bytes_of(solidity.dump());
    EXPECT_EQ(risc0_verdict(content, content, content), "accepted");
    EXPECT_EQ(risc0_verdict(bytes_of(text("imageId")), bytes_of(text("seal")), bytes_of(text("journal"))), "accepted");
    EXPECT_EQ(risc0_verdict(bytes_of(text("imageId")), bytes_of(text("seal")), bytes_of("just a simple receipt")),
              "accepted")
        << "the journal itself";
}

// [RISC0.6] [RISC0.7]
TEST(Risc0Files, R7WhatIsRefused) {
    const std::string name = "risc0_3.0.json";
    EXPECT_EQ(risc0_after(name, [](json& d) { d["journal"] = d["journal"].get<std::string>() + "00"; }),
              "the proof does not hold for these public inputs");
    EXPECT_EQ(risc0_after(name, [](json& d) { d["imageId"] = load("risc0_2.1.json")["imageId"]; }),
              "the proof does not hold for these public inputs");
    EXPECT_EQ(risc0_after(name, [](json& d) { d["seal"] = d["seal"].get<std::string>() + "00"; }),
              "the number of bytes is not the one of this version");
    EXPECT_EQ(risc0_after(name, [](json& d) { d["seal"] = "0x12345678" + d["seal"].get<std::string>().substr(10); }),
              "key: no version with this selector is known");
    EXPECT_EQ(risc0_after(name, [](json& d) { d["seal"] = "0x12345678"; }),
              "key: seal: expected a proof of RISC Zero, got 4 bytes that begin with 0x12345678: no version has this "
              "selector or this size");
    EXPECT_EQ(risc0_after("risc0_set_0.9.json", [](json& d) { d["seal"] = d["seal"].get<std::string>() + "00"; }),
              "the set inclusion is not the ABI encoding of a path and of the Groth16 seal of its root");
    for (const char* member : {"imageId", "seal", "journal"}) {
        EXPECT_THAT(risc0_after(name, [&](json& d) { d.erase(member); }), HasSubstr(std::string{member} + ": missing"));
    }
}

}  // namespace
}  // namespace enshrine::prover_files
