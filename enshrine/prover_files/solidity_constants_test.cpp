// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// Keys as the constants of verifiers of Solidity: those that gnark 0.14 and snarkjs 0.7 export for keys of testdata.
#include <enshrine/codec/hex.hpp>
#include <enshrine/prover_files/groth16_for_test.hpp>
#include <enshrine/prover_files/plonk_gnark_for_test.hpp>
#include <enshrine/prover_files/solidity_constants.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace enshrine::prover_files {
namespace {

using nlohmann::json;
using proofs::groth16::CommitmentHash;
using test::bytes_of;
using test::content_of;
using test::testdata;
using testing::HasSubstr;

/// What a contract with these constants looks like.
std::string source_of(const json& constants) {
    std::string out =
        "// uint256 constant ALPHA_X = 1;\npragma solidity ^0.8.0;\ncontract Verifier {\n"
        "    string constant note = \"uint256 constant IC0x = 2; /* \";\n    bytes32 x;\n";
    std::size_t count = 0;
    for (const auto& [name, value] : constants.items()) {
        std::string digits = value.get<std::string>();
        if (digits.size() > 40) digits.insert(9, "_");
        const char* const visibility = count++ % 2 == 0 ? "" : "private ";
        out += "    uint256 " + std::string{visibility} + "constant " + name + " =\n        " + digits + "; // " +
               name + "\n";
    }
    return out +
           "    function verify(uint256[2] calldata a) public view { uint256 s = 5; assembly { let x := R } }\n}\n";
}

json constants_of(const std::string& key) {
    return json::parse(std::ifstream{testdata(key + ".constants.json")});
}

struct Case {
    const char* key;
    bool plonk = false;
};
constexpr Case cases[] = {{"gnark_0.14_plain.vk"},
                          {"gnark_0.14_commitment.vk"},
                          {"gnark_0.14_plonk_plain.vk", true},
                          {"gnark_0.14_plonk_commitment.vk", true},
                          {"snarkjs_bn128_vk"}};

/// The key, or the words with which it is refused.
std::string read(const Case& which, BytesView content) {
    if (which.plonk) {
        const auto key = read_plonk_gnark_key(content);
        return key ? codec::format_hex(key->key) : key.error().message;
    }
    const auto key = read_groth16_key(content, {CommitmentHash::keccak256});
    return key ? codec::format_hex(key->key) : key.error().message;
}
std::string read_json(const Case& which, const json& constants) {
    return read(which, bytes_of(constants.dump()));
}

// [GROTH.5] [PLONK-GNARK.6]
TEST(SolidityConstants, AreTheKeyThatTheirContractWasMadeFor) {
    for (const Case& each : cases) {
        const std::string name = each.key;
        const std::string key = read(each, content_of(testdata(name.starts_with("snarkjs") ? name + ".json" : name)));
        ASSERT_TRUE(key.starts_with("0x")) << name << ": " << key;
        EXPECT_EQ(read_json(each, constants_of(name)), key) << name;
        EXPECT_EQ(read(each, bytes_of(source_of(constants_of(name)))), key) << name;
    }
    EXPECT_EQ(read_groth16_key(content_of(testdata("snarkjs_bn128_vk.constants.json")))->form,
              "snarkjs (constants of Solidity)");
    // gnark's contracts hash with Keccak-256, whatever is asked for.
    const auto key =
        read_groth16_key(content_of(testdata("gnark_0.14_commitment.vk.constants.json")), {CommitmentHash::sha256});
    EXPECT_EQ(key->form, "gnark (constants of Solidity)");
    EXPECT_EQ(key->key[3], std::to_underlying(CommitmentHash::keccak256));
}

TEST(SolidityConstants, VerifyProofs) {
    const Bytes snarkjs = bytes_of(source_of(constants_of("snarkjs_bn128_vk")));
    EXPECT_EQ(test::verdict(snarkjs, content_of(testdata("snarkjs_bn128_proof.json")),
                            content_of(testdata("snarkjs_bn128_public.json"))),
              "accepted");
    const Bytes gnark = bytes_of(source_of(constants_of("gnark_0.14_plonk_commitment.vk")));
    const std::string stem = "gnark_0.14_plonk_commitment";
    EXPECT_EQ(
        test::plonk_gnark_verdict(gnark, content_of(testdata(stem + ".proof")), content_of(testdata(stem + ".pub"))),
        "accepted");
}

/// The words about constants of which one is another, or is not there.
std::string with(const Case& which, const std::string& name, const json& value) {
    json constants = constants_of(which.key);
    if (value.is_null()) {
        constants.erase(name);
    } else {
        constants[name] = value;
    }
    return read_json(which, constants);
}

TEST(SolidityConstants, OfGroth16AreNamedWhenWrong) {
    const Case gnark = cases[1];
    const Case snarkjs = cases[4];
    EXPECT_EQ(with(gnark, "BETA_NEG_X_1", nullptr), "BETA_NEG_X_1: missing");
    EXPECT_EQ(with(gnark, "ALPHA_Y", "5 + 1"),
              "ALPHA_Y: expected a number in decimal digits, or 0x and hex digits, got \"5 + 1\"");
    EXPECT_EQ(with(gnark, "ALPHA_Y", "5"), "ALPHA: a point is not on the curve");
    EXPECT_EQ(with(gnark, "GAMMA_NEG_Y_0", "5"), "GAMMA_NEG: a point is not on the curve");
    EXPECT_THAT(with(gnark, "R", "7"), HasSubstr("R: expected 21888242871839275222246405745257275088548364400416"));
    EXPECT_EQ(with(gnark, "PUB_1_X", nullptr), "PUB_1_X: missing");
    EXPECT_EQ(with(gnark, "PEDERSEN_GSIGMANEG_Y_1", nullptr), "PEDERSEN_GSIGMANEG_Y_1: missing");
    EXPECT_EQ(with(snarkjs, "deltay2", nullptr), "deltay2: missing");
    EXPECT_EQ(with(snarkjs, "IC0x", "1"), "IC0: a point is not on the curve");
    EXPECT_EQ(with(snarkjs, "alphax", nullptr), "protocol: missing");
    EXPECT_EQ(with(snarkjs, "IC200x", "1"), "IC199x: missing, and IC200x is there");
    json constants = constants_of("snarkjs_bn128_vk");
    constants.erase("IC1x");
    constants.erase("IC1y");
    EXPECT_EQ(read_json(snarkjs, constants), "IC1x: missing, and IC2x is there");
    constants = constants_of("snarkjs_bn128_vk");
    for (int i = 1; i <= 257; ++i) {
        for (const std::string axis : {"x", "y"}) constants["IC" + std::to_string(i) + axis] = constants["IC1" + axis];
    }
    EXPECT_EQ(read_json(snarkjs, constants), "IC257x: expected at most 257 points");
}

TEST(SolidityConstants, OfPlonkAreNamedWhenWrong) {
    const Case plonk = cases[3];
    EXPECT_EQ(with(plonk, "VK_OMEGA", nullptr), "VK_OMEGA: missing");
    EXPECT_THAT(with(plonk, "VK_OMEGA", "7"), HasSubstr("VK_OMEGA: expected "));
    EXPECT_THAT(with(plonk, "VK_INV_DOMAIN_SIZE", "7"), HasSubstr("VK_INV_DOMAIN_SIZE: expected "));
    EXPECT_EQ(with(plonk, "VK_COSET_SHIFT", "7"), "VK_COSET_SHIFT: expected 5, got 7");
    EXPECT_EQ(with(plonk, "VK_DOMAIN_SIZE", "15"), "VK_DOMAIN_SIZE: expected a power of two, got 15");
    EXPECT_EQ(with(plonk, "VK_DOMAIN_SIZE", "536870912"), "VK_DOMAIN_SIZE: expected at most 268435456, got 536870912");
    EXPECT_EQ(with(plonk, "VK_NB_CUSTOM_GATES", "2"), "VK_NB_CUSTOM_GATES: expected at most 1, got 2");
    EXPECT_EQ(with(plonk, "VK_NB_PUBLIC_INPUTS", "257"), "VK_NB_PUBLIC_INPUTS: expected at most 256, got 257");
    EXPECT_THAT(with(plonk, "VK_INDEX_COMMIT_API_0", "4096"), HasSubstr("VK_INDEX_COMMIT_API_0: expected at most "));
    EXPECT_EQ(with(plonk, "VK_QCP_0_Y", "5"), "VK_QCP_0: a point is not on the curve");
    EXPECT_THAT(with(plonk, "P_MOD", "7"), HasSubstr("P_MOD: expected "));
    json constants = constants_of(plonk.key);
    for (const std::string ending : {"_X_0", "_X_1", "_Y_0", "_Y_1"})
        constants["G2_SRS_0" + ending] = constants["G2_SRS_1" + ending];
    EXPECT_EQ(read_json(plonk, constants), "G2_SRS_0: expected the generator of G2");
    EXPECT_THAT(with(plonk, "PROOF_QUOTIENT_POLYNOMIAL_AT_ZETA", "0x280"),
                HasSubstr("expected a verifier of gnark 0.10"));
    EXPECT_THAT(with(plonk, "VK_DOMAIN_SIZE", nullptr), HasSubstr("VK_DOMAIN_SIZE: missing"));
}

TEST(SolidityConstants, OfAnotherProofSystem) {
    EXPECT_THAT(read(cases[0], bytes_of(source_of(constants_of(cases[2].key)))), HasSubstr("no verifier of Groth16"));
    EXPECT_THAT(read(cases[2], bytes_of(source_of(constants_of(cases[0].key)))), HasSubstr("VK_DOMAIN_SIZE: missing"));
}

TEST(SolidityConstants, Source) {
    const auto parsed = [](const std::string& source) {
        const auto constants = SolidityConstants::parse(bytes_of(source));
        return constants ? constants->members().dump() : constants.error().message;
    };
    EXPECT_EQ(parsed("uint256 constant A = 1; uint constant B=0x2;uint256 constant private C = 3;"),
              R"({"A":"1","B":"0x2","C":"3"})");
    EXPECT_EQ(parsed("contract X { uint256 internal constant A = /* one */ 1_000; }"), R"({"A":"1000"})");
    EXPECT_EQ(parsed("uint256 constant A = 1 << 8;"), R"({"A":"1 < < 8"})");
    EXPECT_EQ(parsed("uint256 a = 1; uint256 immutable b = 2; uint32 constant c = 3; uint256 constant;"), "{}");
    EXPECT_EQ(parsed("/* uint256 constant A = 1; */ // uint256 constant B = 2;"), "{}");
    EXPECT_EQ(parsed("string constant s = '\\'; uint256 constant A = 1;"), "{}");
    EXPECT_EQ(parsed("uint256 constant A = 1; uint256 constant A = 1;"), R"({"A":"1"})");
    EXPECT_EQ(parsed("uint256 constant A = 1; uint256 constant A = 2;"),
              "A: expected one value, got 1 and 2: has the file more than one verifier?");
    EXPECT_EQ(parsed(""), "{}");
    EXPECT_EQ(parsed("/* "), "{}");
    EXPECT_EQ(parsed("uint256 constant A = 1"), "{}");
    EXPECT_TRUE(looks_like_solidity(bytes_of("uint256 constant A = 1;")));
    EXPECT_FALSE(looks_like_solidity(bytes_of("{\"uint256 constant\": 1}")));
    EXPECT_FALSE(looks_like_solidity(bytes_of(std::string{"uint256 constant A = 1;\x01"})));
    EXPECT_FALSE(looks_like_solidity(bytes_of("0x1234")));
}

}  // namespace
}  // namespace enshrine::prover_files
