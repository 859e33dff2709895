// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/prover_files/groth16_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::prover_files::test {

/// Reads the folder snark/ of ENSHRINE_VECTORS. Skips where it is missing, but not in CI.
class VectorsTest : public testing::Test {
protected:
    void SetUp() override {
        const char* configured = std::getenv("ENSHRINE_VECTORS");
        const std::filesystem::path root =
            configured != nullptr ? configured : ENSHRINE_SOURCE_DIR "/../shared/vectors";
        folder_ = root / "snark";
        if (std::filesystem::exists(folder_)) return;
        const char* ci = std::getenv("CI");
        if (ci != nullptr && std::string{ci} == "true") FAIL() << folder_ << " is missing";
        GTEST_SKIP() << folder_ << " is missing; set ENSHRINE_VECTORS to run these vectors";
    }

    [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }
    [[nodiscard]] Bytes content(const std::string& name) const { return content_of(folder_ / name); }
    [[nodiscard]] nlohmann::json load(const std::string& name) const {
        return nlohmann::json::parse(std::ifstream{folder_ / name});
    }

private:
    std::filesystem::path folder_;
};

}  // namespace enshrine::prover_files::test
