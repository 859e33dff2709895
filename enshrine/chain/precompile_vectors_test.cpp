// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// Precompiles against Ethereum's vectors: precompiles/<name>.json of go-ethereum (Input, Expected, Gas) for every
// function of the table, and the verify_kzg_proof cases of kzg.tar.xz, put as calls of the point evaluation.
#include <enshrine/chain/precompiles.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/kzg.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>
#include <yaml-cpp/yaml.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

namespace enshrine::chain {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// The files of vectors, by precompile.
const std::multimap<Byte, std::string>& vector_files() {
    static const std::multimap<Byte, std::string> files{{Byte{0x0a}, "pointEvaluation"}};
    return files;
}

fs::path folder_of_vectors() {
    const char* configured = std::getenv("ENSHRINE_VECTORS");  // NOLINT(concurrency-mt-unsafe): one thread
    return configured != nullptr ? configured : ENSHRINE_SOURCE_DIR "/../shared/vectors";
}

bool is_there(const fs::path& path) {
    if (fs::exists(path)) return true;
    const char* ci = std::getenv("CI");  // NOLINT(concurrency-mt-unsafe): one thread
    if (ci != nullptr && std::string{ci} == "true") ADD_FAILURE() << path << " is missing";
    return false;
}

Bytes bytes(const std::string& hex) {
    return codec::parse_hex(hex).value();
}

const Precompile& at(Byte number) {
    const Precompile* found = find_precompile(precompiles(), precompile_address(number));
    if (found == nullptr) throw std::runtime_error{"no precompile " + std::to_string(number)};
    return *found;
}

void check_case(const Precompile& precompile, const json& test) {
    SCOPED_TRACE(test.at("Name").get<std::string>());
    const Bytes input = bytes(test.at("Input").get<std::string>());
    const auto output = precompile.run(input);
    if (test.contains("ExpectedError")) {
        EXPECT_FALSE(output.has_value());
        return;
    }
    ASSERT_TRUE(output.has_value());
    EXPECT_EQ(*output, bytes(test.at("Expected").get<std::string>()));
    EXPECT_EQ(precompile.gas(input), test.at("Gas").get<std::uint64_t>());
}

TEST(PrecompileVectors, EveryCaseOfEveryFunction) {
    if (!is_there(folder_of_vectors() / "precompiles")) GTEST_SKIP() << "no vectors; set ENSHRINE_VECTORS";
    for (const Precompile& precompile : precompiles()) {
        EXPECT_TRUE(vector_files().contains(precompile.address[19])) << precompile.name << " has vectors";
    }
    for (const auto& [number, name] : vector_files()) {
        std::ifstream file{folder_of_vectors() / "precompiles" / (name + ".json")};
        const json cases = json::parse(file);
        ASSERT_FALSE(cases.empty()) << name;
        for (const json& test : cases) check_case(at(number), test);
        std::printf("precompile vectors: %-20s %zu cases\n", name.c_str(), cases.size());
    }
}

/// Nothing when an input does not fit its field of the call.
std::optional<Bytes> call_of(const YAML::Node& in) {
    const auto field = [&](const char* name) { return bytes(in[name].as<std::string>()); };
    const Bytes commitment = field("commitment");
    const Bytes z = field("z");
    const Bytes y = field("y");
    const Bytes proof = field("proof");
    if (commitment.size() != 48 || z.size() != 32 || y.size() != 32 || proof.size() != 48) return std::nullopt;
    Bytes out = to_bytes(crypto::kzg::versioned_hash(crypto::kzg::Commitment::from(commitment)).view());
    for (const Bytes& part : {z, y, commitment, proof}) append(out, part);
    return out;
}

TEST(PrecompileVectors, PointEvaluationAgreesWithProofVerification) {
    const fs::path archive = folder_of_vectors() / "kzg.tar.xz";
    if (!is_there(archive)) GTEST_SKIP() << archive << " is missing";
    std::string folder = (fs::temp_directory_path() / "enshrine-precompiles-XXXXXX").string();
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    const std::string command =
        "tar xJf '" + archive.string() + "' -C '" + folder + "' kzg/verify_kzg_proof/kzg-mainnet";
    ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT(cert-env33-c, concurrency-mt-unsafe)
    std::map<std::string, std::size_t> verdicts;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().filename() != "data.yaml") continue;
        const YAML::Node data = YAML::LoadFile(entry.path().string());
        const auto call = call_of(data["input"]);
        const std::string expected = data["output"].IsNull() ? "error" : data["output"].as<std::string>();
        const bool succeeded = call && at(0x0a).run(*call).has_value();
        EXPECT_EQ(succeeded, expected == "true") << entry.path();
        ++verdicts[expected];
    }
    fs::remove_all(folder);
    for (const auto& [verdict, count] : verdicts) std::printf("point evaluation: %s %zu\n", verdict.c_str(), count);
    EXPECT_EQ(verdicts.size(), 3U) << "true, false and error all occur";
}

}  // namespace
}  // namespace enshrine::chain
