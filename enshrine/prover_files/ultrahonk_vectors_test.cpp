// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// Proofs of other people's bb, and of ours with another SRS: the folder snark/ of ENSHRINE_VECTORS. Whatever proof its
// folders hold is verified.
#include <enshrine/codec/hex.hpp>
#include <enshrine/prover_files/ultrahonk_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::prover_files {
namespace {

namespace fs = std::filesystem;
using proofs::ultrahonk::Flavour;

class UltraHonkVectors : public testing::Test {
protected:
    void SetUp() override {
        const char* configured = std::getenv("ENSHRINE_VECTORS");
        folder_ = fs::path{configured != nullptr ? configured : ENSHRINE_SOURCE_DIR "/../shared/vectors"} / "snark";
        if (fs::exists(folder_)) return;
        const char* ci = std::getenv("CI");
        if (ci != nullptr && std::string{ci} == "true") FAIL() << folder_ << " is missing";
        GTEST_SKIP() << folder_ << " is missing; set ENSHRINE_VECTORS to run these vectors";
    }

    /// "plain" and "zk", as far as the folder has them.
    [[nodiscard]] static std::vector<std::string> flavours_of(const fs::path& folder) {
        std::vector<std::string> out;
        for (const auto& entry : fs::directory_iterator{folder}) {
            const std::string name = entry.path().filename().string();
            const auto end = name.find("-proof.hex");
            if (end != std::string::npos) out.push_back(name.substr(0, end));
        }
        std::ranges::sort(out);
        return out;
    }
    static UltraHonkKeyOptions options_of(const std::string& flavour, BytesView srs_point) {
        return {flavour == "plain" ? Flavour::plain : Flavour::zero_knowledge, srs_point};
    }

    fs::path folder_;
};

TEST_F(UltraHonkVectors, Bb30) {
    const fs::path folder = folder_ / "ultrahonk-bb3.0";
    const auto flavours = flavours_of(folder);
    ASSERT_FALSE(flavours.empty());
    for (const std::string& flavour : flavours) {
        const Bytes key = test::content_of(folder / (flavour + "-vk.hex"));
        const Bytes proof = test::content_of(folder / (flavour + "-proof.hex"));
        const Bytes inputs = test::content_of(folder / (flavour + "-pubs.hex"));
        const auto options = options_of(flavour, aztec_srs_point());
        EXPECT_EQ(test::honk_verdict(key, proof, inputs, options), "accepted") << flavour;
        EXPECT_NE(test::honk_verdict(key, proof, test::bytes_of(std::string(64, '0')), options), "accepted") << flavour;
    }
}

TEST_F(UltraHonkVectors, Bb50) {
    const fs::path folder = folder_ / "generated/ultrahonk-bb5.0-local-srs";
    const auto srs_point = read_srs_point(test::content_of(folder / "srs-g2-tau-c0c1-be.hex"));
    ASSERT_TRUE(srs_point.has_value());
    const auto flavours = flavours_of(folder);
    ASSERT_EQ(flavours, (std::vector<std::string>{"plain", "zk"}));
    for (const std::string& flavour : flavours) {
        const Bytes key = test::content_of(folder / (flavour + "-vk.hex"));
        const Bytes proof = test::content_of(folder / (flavour + "-proof.hex"));
        const Bytes inputs = test::content_of(folder / (flavour + "-public_inputs.hex"));
        const auto options = options_of(flavour, *srs_point);
        EXPECT_EQ(test::honk_verdict(key, proof, inputs, options), "accepted") << flavour;
        EXPECT_EQ(test::honk_verdict(key, proof, inputs, options_of(flavour, aztec_srs_point())),
                  "the proof does not hold for these public inputs");
        const auto file = read_ultrahonk_key(key, options);
        const auto hash = proofs::ultrahonk::VerifyingKey::decode(file->key)->circuit_hash();
        const Bytes named = test::content_of(folder / (flavour + "-vk_hash.hex"));
        EXPECT_EQ(codec::format_hex(hash.view()).substr(2), std::string(named.begin(), named.end()));
    }
}

}  // namespace
}  // namespace enshrine::prover_files
