// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// Real proofs of SP1 and RISC Zero: the folders snark/sp1 and snark/risc0 of ENSHRINE_VECTORS, every file of them.
#include <enshrine/codec/hex.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/adapters/risc0_keys.hpp>
#include <enshrine/prover_files/gnark_binary.hpp>
#include <enshrine/prover_files/plonk_gnark_files.hpp>
#include <enshrine/prover_files/program_files_for_test.hpp>
#include <enshrine/prover_files/vectors_for_test.hpp>

#include <algorithm>
#include <map>

namespace enshrine::prover_files {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;
namespace sp1 = proofs::sp1;
namespace risc0 = proofs::risc0;

std::vector<fs::path> files_in(const fs::path& folder, const std::string& ending) {
    std::vector<fs::path> out;
    for (const auto& entry : fs::directory_iterator{folder}) {
        if (entry.is_regular_file() && entry.path().string().ends_with(ending)) out.push_back(entry.path());
    }
    std::ranges::sort(out);
    return out;
}

/// The inner proof under a key from SP1's own file, with what the wrapper adds taken as it stands.
std::string inner_verdict(const Bytes& key_file, const json& fixture) {
    const Bytes proof = codec::parse_hex(fixture["proof"].get<std::string>()).value();
    std::vector<U256> inputs;
    for (const json& input : fixture["gnarkPublicInputs"]) {
        inputs.push_back(U256::from_be(codec::parse_hex_fixed<32>(input.get<std::string>()).value().view()));
    }
    const BytesView body = BytesView{proof}.subspan(4 + (inputs.size() == 5 ? 96U : 0U));
    const auto verify = [&](const auto& key) {
        const auto verified = key.verify(inputs, body);
        return verified ? std::string{"accepted"} : std::string{verified.error().message()};
    };
    if (key_file.size() > 1000) {
        return verify(proofs::plonk_gnark::VerifyingKey::decode(read_plonk_gnark_key(key_file)->key).value());
    }
    return verify(proofs::groth16::VerifyingKey::decode(read_groth16_key(key_file)->key).value());
}

class ProgramVectors : public test::VectorsTest {
protected:
    /// Files of keys by the selectors that their digests begin with.
    [[nodiscard]] std::map<sp1::Selector, Bytes> key_files() const {
        std::map<sp1::Selector, Bytes> out;
        for (const fs::path& path : files_in(folder() / "sp1" / "vk", ".bin.hex")) {
            const std::string text{as_text(test::content_of(path))};
            Bytes bytes = codec::parse_hex(std::string_view{text}.substr(0, text.find_last_not_of("\n") + 1)).value();
            out.emplace(sp1::Selector::from(hash::sha256(bytes).view().first(4)), std::move(bytes));
        }
        return out;
    }
};

// [SP1.2] The table holds the keys of SP1's files, and selects them by their digests.
TEST_F(ProgramVectors, R2KeysOfSp1) {
    const auto files = key_files();
    for (const sp1::PublishedKey& published : sp1::published_keys()) {
        const auto found = files.find(sp1::selector_of(published));
        ASSERT_NE(found, files.end()) << published.version;
        EXPECT_EQ(codec::format_hex(hash::sha256(found->second).view()), "0x" + std::string{published.file_sha256});
        const Bytes key = codec::parse_hex(published.key).value();
        if (published.system == sp1::System::groth16) {
            EXPECT_EQ(read_groth16_key(found->second)->key, key) << published.version;
        } else {
            EXPECT_EQ(read_plonk_gnark_key(found->second)->key, key) << published.version;
        }
    }
    std::printf("sp1 vectors: %zu published keys compared with %zu files\n", sp1::published_keys().size(),
                files.size());
}

// [SP1.3] [SP1.9]
TEST_F(ProgramVectors, R9ProofsOfSp1) {
    const auto files = key_files();
    std::map<std::string, std::size_t> verdicts;
    std::size_t inner = 0;
    for (const fs::path& path : files_in(folder() / "sp1", ".json")) {
        const json fixture = json::parse(std::ifstream{path});
        if (!fixture.contains("proof")) continue;
        const Bytes content = test::content_of(path);
        const std::string verdict = test::sp1_verdict(content, content, content);
        const std::string version = fixture["sp1CircuitVersion"].get<std::string>();
        if (version == "v6.0.0") {
            EXPECT_EQ(verdict, "key: SP1 6.0 is frozen: its recursion is unsound (CVE-2026-40323); 6.1 mends it");
        } else if (version == "v3.0.0") {
            EXPECT_TRUE(verdict.starts_with("key: SP1 3.0 is frozen")) << verdict;
        } else if (version == "v2.0.0" || version == "v3.0.0-rc4") {
            EXPECT_EQ(verdict, "key: no version with this selector is known") << path;
        } else {
            EXPECT_EQ(verdict, "accepted") << path;
        }
        ++verdicts[verdict];
        const auto key = files.find(
            sp1::Selector::from(BytesView{codec::parse_hex(fixture["proof"].get<std::string>()).value()}.first(4)));
        if (key == files.end()) continue;
        EXPECT_EQ(inner_verdict(key->second, fixture), "accepted") << path;
        ++inner;
    }
    for (const auto& [verdict, count] : verdicts) std::printf("sp1 vectors: %zu × %s\n", count, verdict.c_str());
    std::printf("sp1 vectors: %zu inner proofs accepted under the keys of SP1's files\n", inner);
    EXPECT_GE(verdicts["accepted"], 6U);
    EXPECT_GE(inner, 10U);
}

// [PLONK-GNARK.14] Old versions of SP1, whose keys are known from their contracts alone, and those known from both.
TEST_F(ProgramVectors, R14PlonkKeysFromConstantsOfContracts) {
    const auto files = key_files();
    std::size_t accepted = 0;
    std::size_t compared = 0;
    for (const fs::path& path : files_in(folder() / "sp1", ".json")) {
        const json fixture = json::parse(std::ifstream{path});
        if (!fixture.contains("proof") || path.string().find("plonk") == std::string::npos) continue;
        const fs::path constants = folder() / "sp1" / "vk_constants" /
                                   ("sp1-" + fixture["sp1CircuitVersion"].get<std::string>() + "-plonk.json");
        if (!fs::exists(constants)) continue;
        const auto read = read_plonk_gnark_key(test::content_of(constants));
        ASSERT_TRUE(read.has_value()) << constants << ": " << read.error().message;
        const Bytes& key_bytes = read->key;
        const auto key = proofs::plonk_gnark::VerifyingKey::decode(key_bytes);
        ASSERT_TRUE(key.has_value()) << path;
        const Bytes proof = codec::parse_hex(fixture["proof"].get<std::string>()).value();
        if (const auto file = files.find(sp1::Selector::from(BytesView{proof}.first(4))); file != files.end()) {
            EXPECT_EQ(read_plonk_gnark_key(file->second)->key, key_bytes) << path;
            ++compared;
        }
        const std::vector<U256> inputs{
            U256::from_be(codec::parse_hex_fixed<32>(fixture["vkey"].get<std::string>()).value().view()),
            sp1::low_bits(hash::sha256(codec::parse_hex(fixture["publicValues"].get<std::string>()).value()))};
        if (key->header().input_count != inputs.size()) continue;
        EXPECT_TRUE(key->verify(inputs, BytesView{proof}.subspan(4)).has_value()) << path;
        ++accepted;
    }
    std::printf("sp1 vectors: %zu plonk proofs accepted under constants of contracts, %zu keys compared\n", accepted,
                compared);
    EXPECT_GE(accepted, 4U);
}

// [GROTH.5] Constants of contracts and files of keys that were published beside them.
TEST_F(ProgramVectors, Groth16KeysFromConstantsOfContracts) {
    std::size_t compared = 0;
    for (const fs::path& path : files_in(folder() / "sp1" / "vk_constants", "-groth16.json")) {
        const fs::path file = folder() / "sp1" / "vk" / (path.stem().string() + "_vk.bin.hex");
        const auto key = read_groth16_key(test::content_of(path));
        ASSERT_TRUE(key.has_value()) << path << ": " << key.error().message;
        EXPECT_EQ(key->key, read_groth16_key(test::content_of(file))->key) << path;
        ++compared;
    }
    const auto key = read_groth16_key(content("risc0/risc0-groth16-vk-constants.json"));
    ASSERT_TRUE(key.has_value()) << key.error().message;
    EXPECT_EQ(key->key, codec::parse_hex(risc0::published_key()).value());
    std::printf("sp1 vectors: %zu groth16 keys of constants compared\n", compared);
    EXPECT_GE(compared, 4U);
}

// [RISC0.4] [RISC0.10]
TEST_F(ProgramVectors, R10ReceiptsOfRiscZero) {
    std::size_t accepted = 0;
    std::size_t frozen = 0;
    for (const fs::path& path : files_in(folder() / "risc0", ".json")) {
        const json receipt = json::parse(std::ifstream{path});
        if (!receipt.contains("seal") && !receipt.contains("SEAL")) continue;
        const Bytes content = test::content_of(path);
        const std::string verdict = test::risc0_verdict(content, content, content);
        const bool is_frozen = verdict.find("frozen") != std::string::npos;
        EXPECT_TRUE(is_frozen || verdict == "accepted") << path << ": " << verdict;
        ++(is_frozen ? frozen : accepted);
        if (!receipt.contains("claimDigest")) continue;
        const auto digest = [&](const char* name) {
            return codec::parse_hex_fixed<32>(receipt[name].get<std::string>()).value();
        };
        const Hash32 journal = hash::sha256(codec::parse_hex(receipt["journal"].get<std::string>()).value());
        EXPECT_EQ(risc0::claim_digest(digest("imageId"), journal), digest("claimDigest")) << path;
        // A version that is frozen has made a real proof all the same.
        std::vector<U256> inputs;
        for (const json& input : receipt["publicInputs"]) {
            inputs.push_back(U256::from_be(codec::parse_hex_fixed<32>(input.get<std::string>()).value().view()));
        }
        const auto current =
            risc0::VerifyingKey::decode(read_risc0_key(test::content_of(test::testdata("risc0_3.0.json")))->key);
        const Bytes seal = codec::parse_hex(receipt["seal"].get<std::string>()).value();
        EXPECT_TRUE(current->inner().verify(inputs, BytesView{seal}.subspan(4)).has_value()) << path;
    }
    std::printf("risc0 vectors: %zu receipts accepted, %zu of frozen versions\n", accepted, frozen);
    EXPECT_GE(accepted, 2U);
    EXPECT_GE(frozen, 2U);
}

// [RISC0.2]
TEST_F(ProgramVectors, R2ParametersOfRiscZero) {
    const json parameters = load("risc0/risc0-selector-params.json");
    std::size_t compared = 0;
    for (const risc0::Groth16Version& version : risc0::groth16_versions()) {
        const json& found = parameters.at(std::string{version.selector});
        EXPECT_EQ(found["controlRoot"], "0x" + std::string{version.control_root}) << version.name;
        EXPECT_EQ(found["bn254ControlId"], "0x" + std::string{version.control_id}) << version.name;
        EXPECT_EQ(found["vkDigest"], "0x" + std::string{risc0::verifying_key_digest});
        ++compared;
    }
    EXPECT_EQ(compared, parameters.size());
}

}  // namespace
}  // namespace enshrine::prover_files
