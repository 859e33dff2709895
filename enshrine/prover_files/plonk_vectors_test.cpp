// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// Every proof of PLONK and FFLONK that snarkjs made in the folder snark/ of ENSHRINE_VECTORS, found by what its file
// says.
#include <enshrine/prover_files/plonk_for_test.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace enshrine::prover_files {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class PlonkVectors : public testing::Test {
protected:
    void SetUp() override {
        const char* configured = std::getenv("ENSHRINE_VECTORS");
        folder_ = fs::path{configured != nullptr ? configured : ENSHRINE_SOURCE_DIR "/../shared/vectors"} / "snark";
        if (fs::exists(folder_)) return;
        const char* ci = std::getenv("CI");
        if (ci != nullptr && std::string{ci} == "true") FAIL() << folder_ << " is missing";
        GTEST_SKIP() << folder_ << " is missing; set ENSHRINE_VECTORS to run these vectors";
    }

    /// The files of a protocol that have a member, in the order of their names.
    [[nodiscard]] std::vector<fs::path> files_of(const std::string& protocol, const char* member) const {
        std::vector<fs::path> out;
        for (const auto& entry : fs::recursive_directory_iterator{folder_}) {
            if (entry.path().extension() != ".json") continue;
            const json document = json::parse(std::ifstream{entry.path()}, nullptr, false);
            if (!document.is_object() || document.value("protocol", json{}) != protocol) continue;
            if (document.contains(member)) out.push_back(entry.path());
        }
        std::ranges::sort(out);
        return out;
    }
    [[nodiscard]] static fs::path inputs_beside(const fs::path& proof) {
        std::string path = proof.string();
        path.replace(path.rfind("proof"), 5, "public");
        return path;
    }

    fs::path folder_;
};

/// Of snarkjs's own repository; snarkjs 0.7.6 itself answers false to it.
bool is_stale(const fs::path& proof) {
    return proof.filename() == "plonk_circuit-proof.json";
}
fs::path key_beside(const fs::path& proof) {
    for (const std::string end : {"vk.json", "verification_key.json"}) {
        std::string path = proof.string();
        path.replace(path.rfind("proof.json"), std::string::npos, end);
        if (fs::exists(path)) return path;
    }
    return {};
}

// [PLONK.9…12]
TEST_F(PlonkVectors, SnarkjsProofs) {
    std::size_t accepted = 0;
    std::size_t stale = 0;
    for (const fs::path& proof : files_of("plonk", "Wxiw")) {
        const fs::path key = key_beside(proof);
        ASSERT_FALSE(key.empty()) << proof;
        const std::string verdict =
            test::plonk_verdict(test::content_of(key), test::content_of(proof), test::content_of(inputs_beside(proof)));
        if (is_stale(proof)) {
            EXPECT_EQ(verdict, "the proof does not hold for these public inputs") << proof;
            ++stale;
            continue;
        }
        EXPECT_EQ(verdict, "accepted") << proof;
        ++accepted;
        json inputs = json::parse(std::ifstream{inputs_beside(proof)});
        inputs[0] = inputs[0] == "1" ? "2" : "1";
        EXPECT_EQ(test::plonk_verdict(test::content_of(key), test::content_of(proof), test::bytes_of(inputs.dump())),
                  "the proof does not hold for these public inputs")
            << proof;
    }
    EXPECT_GE(accepted, 2U);
    EXPECT_EQ(stale, 1U);
    std::printf("plonk vectors: %zu proofs accepted, %zu stale one refused\n", accepted, stale);
}

// [FFLONK.1…5] There is no proof beside the key.
TEST_F(PlonkVectors, SnarkjsKeysOfFflonk) {
    std::size_t count = 0;
    for (const fs::path& path : files_of("fflonk", "C0")) {
        const auto file = read_fflonk_key(test::content_of(path));
        ASSERT_TRUE(file.has_value()) << path << " " << file.error().message;
        EXPECT_TRUE(proofs::fflonk::VerifyingKey::decode(file->key).has_value()) << path;
        ++count;
    }
    EXPECT_GE(count, 1U);
}

}  // namespace
}  // namespace enshrine::prover_files
