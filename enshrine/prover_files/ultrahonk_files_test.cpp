// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// Files of bb, and what can be wrong with them. testdata/bb_<version>_*: made by tools/bb_fixtures, with an SRS whose
// trapdoor is known, but for bb_3.0_aztec_*, which are proven with Aztec's. `zoo` has a gate of every kind, `recursive`
// verifies a proof and leaves its pairing to us.
#include <enshrine/codec/hex.hpp>
#include <enshrine/prover_files/ultrahonk_for_test.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace enshrine::prover_files {
namespace {

using nlohmann::json;
using proofs::ultrahonk::Flavour;
using proofs::ultrahonk::VerifyingKey;
using test::bytes_of;
using test::content_of;
using test::testdata;
using testing::HasSubstr;

Bytes file(const std::string& name, const std::string& version = "5.0") {
    return content_of(testdata("bb_" + version + "_" + name));
}

struct Files {
    Bytes key;
    Bytes proof;
    Bytes inputs;
    Bytes srs_point;
    Flavour flavour;

    [[nodiscard]] static Files of(const std::string& circuit, Flavour flavour, const std::string& version = "5.0") {
        const std::string suffix = flavour == Flavour::plain ? "_plain" : "_zk";
        return {.key = file(circuit + ".vk", version),
                .proof = file(circuit + suffix + ".proof", version),
                .inputs = file(circuit + ".public_inputs", version),
                .srs_point = file("srs_point", version),
                .flavour = flavour};
    }
    [[nodiscard]] std::string verdict() const { return test::honk_verdict(key, proof, inputs, {flavour, srs_point}); }
};
constexpr std::array flavours{Flavour::plain, Flavour::zero_knowledge};

class UltraHonkFilesOf : public testing::TestWithParam<std::string> {
protected:
    [[nodiscard]] static Files of(const std::string& circuit, Flavour flavour) {
        return Files::of(circuit, flavour, GetParam());
    }
};
INSTANTIATE_TEST_SUITE_P(Versions, UltraHonkFilesOf, testing::Values("3.0", "5.0"),
                         [](const auto& run) { return run.param.substr(0, 1); });

Bytes hex_of(BytesView bytes) {
    return bytes_of(codec::format_hex(bytes) + "\n");
}

TEST_P(UltraHonkFilesOf, RealProofs) {
    for (const std::string circuit : {"square", "zoo", "recursive"}) {
        for (const Flavour flavour : flavours) EXPECT_EQ(of(circuit, flavour).verdict(), "accepted") << circuit;
    }
}

TEST_P(UltraHonkFilesOf, EveryWordOfARealProofIsBound) {
    for (const std::string circuit : {"square", "recursive"}) {
        for (const Flavour flavour : flavours) {
            const Files files = of(circuit, flavour);
            for (std::size_t at = 31; at < files.proof.size(); at += 32) {
                Files changed = files;
                changed.proof[at] ^= 1;
                EXPECT_NE(changed.verdict(), "accepted") << circuit << " " << at / 32;
            }
            for (std::size_t at = 31; at < files.inputs.size(); at += 32) {
                Files changed = files;
                changed.inputs[at] ^= 1;
                EXPECT_THAT(changed.verdict(), HasSubstr("does not hold")) << circuit << " " << at / 32;
            }
        }
    }
}

TEST_P(UltraHonkFilesOf, NothingOfOneStatementServesAnother) {
    for (const Flavour flavour : flavours) {
        const Files square = of("square", flavour);
        const Files zoo = of("zoo", flavour);
        Files changed = zoo;
        changed.inputs = square.inputs;  // as many
        EXPECT_THAT(changed.verdict(), HasSubstr("does not hold"));
        changed = square;
        changed.key = zoo.key;
        EXPECT_THAT(changed.verdict(), HasSubstr("expected " + std::to_string(zoo.proof.size()) + " bytes"));
        changed = square;
        std::swap_ranges(changed.key.begin() + 96, changed.key.begin() + 160, changed.key.begin() + 160);
        EXPECT_THAT(changed.verdict(), HasSubstr("does not hold"));
        changed = square;
        changed.inputs.resize(64);
        EXPECT_THAT(changed.verdict(), HasSubstr("number of public inputs"));
        changed = square;
        changed.srs_point = to_bytes(aztec_srs_point());
        EXPECT_EQ(changed.verdict(), "the proof does not hold for these public inputs");
    }
}

TEST_P(UltraHonkFilesOf, JsonOfBb) {
    const auto json_of = [](const std::string& name) { return file(name, GetParam()); };
    Files files = of("square", Flavour::zero_knowledge);
    files.key = json_of("square_vk.json");
    files.proof = json_of("square_proof.json");
    files.inputs = json_of("square_public_inputs.json");
    EXPECT_EQ(files.verdict(), "accepted");
    files.inputs = of("zoo", Flavour::zero_knowledge).inputs;
    EXPECT_THAT(files.verdict(), HasSubstr("does not hold"));
}

TEST_P(UltraHonkFilesOf, JsonWithHexDigitsAndOtherNames) {
    const Files binary = of("square", Flavour::zero_knowledge);
    const auto with_hex = [](const char* name, BytesView bytes) {
        return bytes_of(json{{name, codec::format_hex(bytes)}}.dump());
    };
    Files files = binary;
    files.key = with_hex("vk", binary.key);
    files.proof = with_hex("proof", binary.proof);
    files.inputs = with_hex("publicInputs", binary.inputs);
    EXPECT_EQ(files.verdict(), "accepted");
    const Bytes words = file("square_vk.json", GetParam());
    files = {.key = bytes_of(json{{"vkAsFields", json::parse(words.begin(), words.end()).at("vk")}}.dump()),
             .proof = file("square_proof.json", GetParam()),
             .inputs = file("square_public_inputs.json", GetParam()),
             .srs_point = binary.srs_point,
             .flavour = Flavour::zero_knowledge};
    EXPECT_EQ(files.verdict(), "accepted");
    files.proof = bytes_of(R"({"proof": "0x123"})");
    EXPECT_EQ(files.verdict(), "proof: proof: expected a string of hex digits, got \"0x123\"");
    files.proof = bytes_of(R"({"proof": "0x1234"})");
    EXPECT_THAT(files.verdict(), HasSubstr("bytes, got 2"));
}

TEST(UltraHonkFiles, ProofsOf30ForAztecsCeremony) {
    for (const Flavour flavour : flavours) {
        const Files good = [&] {
            Files out = Files::of("aztec_square", flavour, "3.0");
            out.srs_point = to_bytes(aztec_srs_point());
            return out;
        }();
        EXPECT_EQ(good.verdict(), "accepted");
        Files changed = good;
        changed.srs_point = file("srs_point", "3.0");
        EXPECT_EQ(changed.verdict(), "the proof does not hold for these public inputs");
        changed = good;
        changed.inputs[31] ^= 1;
        EXPECT_THAT(changed.verdict(), HasSubstr("does not hold"));
        // Pairing points that agree with another ceremony, and none.
        changed = good;
        std::ranges::copy_n(Files::of("square", flavour, "3.0").proof.begin(), 512, changed.proof.begin());
        EXPECT_THAT(changed.verdict(), HasSubstr("does not hold"));
        changed = good;
        std::fill_n(changed.proof.begin(), 512, Byte{0});
        EXPECT_THAT(changed.verdict(), HasSubstr("pairing points"));
    }
}

TEST(UltraHonkFiles, ProofsOfAnotherCircuitOrSrs) {
    Files files = Files::of("square", Flavour::plain);
    files.srs_point = to_bytes(aztec_srs_point());
    EXPECT_EQ(files.verdict(), "the proof does not hold for these public inputs");
    files = Files::of("zoo", Flavour::plain);
    files.key[2 * 32 + 31 + 64] ^= 1;
    EXPECT_EQ(files.verdict(), "key: a point is not on the curve");
    files = Files::of("square", Flavour::zero_knowledge);
    files.proof = Files::of("zoo", Flavour::zero_knowledge).proof;
    EXPECT_EQ(files.verdict(), "proof: expected 4544 bytes, got 8768");
}

TEST(UltraHonkFiles, Json) {
    Files files = Files::of("square", Flavour::zero_knowledge);
    files.key = file("square_vk.json");
    files.proof = file("square_proof.json");
    files.inputs = file("square_public_inputs.json");
    EXPECT_EQ(files.verdict(), "accepted");
    const auto list_of = [](BytesView content, const char* name) {
        return bytes_of(json::parse(content.begin(), content.end()).at(name).dump());
    };
    files.key = list_of(files.key, "vk");
    files.proof = list_of(files.proof, "proof");
    const Bytes inputs = list_of(files.inputs, "public_inputs");
    files.inputs = inputs;
    EXPECT_EQ(files.verdict(), "accepted");
    files.inputs = bytes_of(json{{"publicInputs", json::parse(inputs)}}.dump());
    EXPECT_EQ(files.verdict(), "accepted");
}

TEST(UltraHonkFiles, HexAndTheCanonicalKey) {
    Files files = Files::of("square", Flavour::plain);
    const auto canonical = read_ultrahonk_key(files.key, {files.flavour, files.srs_point});
    ASSERT_TRUE(canonical.has_value());
    EXPECT_EQ(canonical->form, "bb 5.0");
    files.proof = hex_of(files.proof);
    files.inputs = hex_of(files.inputs);
    files.key = hex_of(files.key);
    files.srs_point = read_srs_point(hex_of(files.srs_point)).value();
    EXPECT_EQ(files.verdict(), "accepted");
    // The canonical key says flavour and SRS itself.
    files.key = canonical->key;
    files.flavour = Flavour::zero_knowledge;
    files.srs_point = {};
    EXPECT_EQ(files.verdict(), "accepted");
    EXPECT_EQ(read_ultrahonk_key(files.key)->form, "canonical");
}

TEST(UltraHonkFiles, TheOtherFlavourIsNamed) {
    Files files = Files::of("square", Flavour::zero_knowledge);
    files.flavour = Flavour::plain;
    EXPECT_EQ(files.verdict(), "proof: expected 3904 bytes, got 4544, which is a zero-knowledge proof");
    files = Files::of("square", Flavour::plain);
    files.flavour = Flavour::zero_knowledge;
    EXPECT_EQ(files.verdict(), "proof: expected 4544 bytes, got 3904, which is a plain proof");
}

TEST(UltraHonkFiles, KeysThatAreNone) {
    const Files good = Files::of("square", Flavour::plain);
    const auto reason = [&](const auto& change) {
        Files files = good;
        change(files.key);
        return files.verdict();
    };
    EXPECT_EQ(reason([](Bytes& key) { key.pop_back(); }), "key: no key of bb: expected 1888 bytes, got 1887");
    EXPECT_EQ(reason([](Bytes& key) { key.clear(); }), "key: the file is empty");
    EXPECT_EQ(reason([](Bytes& key) { key[0] = 1; }), "key: log of the circuit's size: expected a number below 65536");
    EXPECT_THAT(reason([](Bytes& key) { key[30] = 1; }),
                HasSubstr("log of the circuit's size: expected at most 28, got 261"));
    EXPECT_THAT(reason([](Bytes& key) { key[31] = 26; }), HasSubstr("rows of the circuit is out of range"));
    EXPECT_EQ(reason([](Bytes& key) { key[63] = 7; }),
              "key: number of public inputs: expected at least the 8 of bb 5.0 itself, got 7");
    EXPECT_EQ(reason([](Bytes& key) { key[95] = 2; }),
              "key: row of the first public input: expected 1 (bb 3.0) or 5 (bb 5.0), got 2");
    EXPECT_EQ(reason([](Bytes& key) { key = bytes_of(R"({"vk": [1, 2]})"); }),
              "key: no key of bb: expected 1888 bytes, got 64");
    EXPECT_EQ(reason([](Bytes& key) { key = bytes_of(R"({"key": []})"); }), "key: vk: missing");
    EXPECT_EQ(reason([](Bytes& key) { key = bytes_of("[1, 2"); }), "key: not well-formed JSON");
}

TEST(UltraHonkFiles, InputsThatAreNone) {
    const auto reason = [](const std::string& text) {
        const auto inputs = read_ultrahonk_inputs(bytes_of(text));
        return inputs ? std::to_string(inputs->size()) + " inputs" : inputs.error().message;
    };
    EXPECT_EQ(reason(""), "0 inputs");
    EXPECT_EQ(reason("[]"), "0 inputs");
    EXPECT_EQ(reason(R"(["0x19", "3"])"), "2 inputs");
    EXPECT_EQ(reason(R"(["-3"])"), "[0]: expected a number in decimal digits, or 0x and hex digits, got \"-3\"");
    EXPECT_EQ(reason(R"({"publicInputs": 5})"), "publicInputs: expected an array, got 5");
    EXPECT_EQ(reason("0x1234"), "expected words of 32 bytes, got 2 bytes");
    // Words that begin as a JSON list would.
    Bytes words(32, 0xff);
    words[0] = ' ';
    words[1] = '[';
    EXPECT_EQ(read_ultrahonk_inputs(words).value().at(0), U256::from_be(words));
}

TEST(UltraHonkFiles, SrsPoints) {
    const Bytes point = file("srs_point");
    Bytes swapped;
    for (const std::size_t word : {1U, 0U, 3U, 2U}) append(swapped, BytesView{point}.subspan(32 * word, 32));
    EXPECT_EQ(read_srs_point(point).value(), point);
    EXPECT_EQ(read_srs_point(swapped).value(), point);
    EXPECT_EQ(read_srs_point(aztec_srs_point()).value(), to_bytes(aztec_srs_point()));
    Bytes off = point;
    off[127] ^= 1;
    EXPECT_EQ(read_srs_point(off).error().message, "no point of G2, in either order of its coordinates");
    EXPECT_EQ(read_srs_point({}).error().message, "the file is empty");
}

TEST(UltraHonkFiles, TheZooHasEveryGate) {
    const auto key = read_ultrahonk_key(file("zoo.vk"));
    const std::string hex = codec::format_hex(VerifyingKey::decode(key->key)->bytes());
    EXPECT_EQ(hex.find(std::string(128, '0')), std::string::npos);  // no selector is zero
}

}  // namespace
}  // namespace enshrine::prover_files
