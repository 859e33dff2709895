// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

/// For tests alone: external vectors, which come as archives in the folder that ENSHRINE_VECTORS names.
namespace enshrine::codec {

/// One family (a folder) of an archive, unpacked into a temporary folder that goes away with the object.
class VectorArchive {
public:
    /// Without the archive: fails the running test on CI, skips it elsewhere, and returns nothing.
    [[nodiscard]] static std::optional<VectorArchive> open(const std::string& archive, const std::string& family) {
        namespace fs = std::filesystem;
        const char* named = std::getenv("ENSHRINE_VECTORS");
        const fs::path folder = named != nullptr ? fs::path{named} : fs::path{ENSHRINE_SOURCE_DIR "/../shared/vectors"};
        const fs::path file = folder / archive;
        if (!fs::exists(file)) {
            report_missing(file.string());
            return std::nullopt;
        }
        std::string temporary = (fs::temp_directory_path() / "enshrine_vectors_XXXXXX").string();
        if (::mkdtemp(temporary.data()) == nullptr) {
            ADD_FAILURE() << "no temporary folder";
            return std::nullopt;
        }
        VectorArchive out{temporary};
        const std::string command = "tar -xJf '" + file.string() + "' -C '" + temporary + "' '" + family + "'";
        if (std::system(command.c_str()) != 0) {
            ADD_FAILURE() << "cannot unpack " << family << " from " << file;
            return std::nullopt;
        }
        for (const auto& entry : fs::recursive_directory_iterator{temporary}) {
            if (entry.path().extension() == ".json") out.files_.push_back(entry.path());
        }
        std::sort(out.files_.begin(), out.files_.end());
        EXPECT_FALSE(out.files_.empty());
        return out;
    }

    VectorArchive(VectorArchive&& other) noexcept : folder_{std::exchange(other.folder_, {})}, files_{other.files_} {}
    VectorArchive& operator=(VectorArchive&&) = delete;
    ~VectorArchive() {
        std::error_code ignored;
        if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
    }

    /// Every .json file, sorted by path.
    [[nodiscard]] const std::vector<std::filesystem::path>& files() const noexcept { return files_; }

private:
    explicit VectorArchive(std::string folder) : folder_{std::move(folder)} {}

    static void report_missing(const std::string& file) {
        const char* ci = std::getenv("CI");
        if (ci != nullptr && std::string{ci} == "true") {
            FAIL() << file << " is missing";
        } else {
            GTEST_SKIP() << file << " is missing; set ENSHRINE_VECTORS to run these vectors";
        }
    }

    std::string folder_;
    std::vector<std::filesystem::path> files_;
};

}  // namespace enshrine::codec
