// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <spawn.h>
#include <sys/wait.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

extern char** environ;

namespace enshrine::store {

inline constexpr const char* child_folder_variable = "ENSHRINE_STORE_TEST_FOLDER";

/// Runs one disabled test of this program in a process of its own (RocksDB's threads do not survive a fork) and kills
/// it without warning `delay` after it has written the file `started` into the folder. True when it was killed alive.
inline bool run_and_kill(const std::string& test_name, const std::filesystem::path& folder,
                         std::chrono::microseconds delay) {
    const std::filesystem::path started = folder / "started";
    std::filesystem::remove(started);
    ::setenv(child_folder_variable, folder.c_str(), 1);
    const std::string filter = "--gtest_filter=" + test_name;
    std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
    std::string also_disabled = "--gtest_also_run_disabled_tests";
    std::string brief = "--gtest_brief=1";
    char* arguments[] = {program.data(), const_cast<char*>(filter.data()), also_disabled.data(), brief.data(), nullptr};
    pid_t child = 0;
    if (::posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments, environ) != 0) return false;
    int status = 0;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (!std::filesystem::exists(started) && std::chrono::steady_clock::now() < deadline &&
           ::waitpid(child, &status, WNOHANG) == 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    std::this_thread::sleep_for(delay);
    ::kill(child, SIGKILL);
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

inline void tell_started(const std::filesystem::path& folder) {
    std::ofstream{folder / "started"} << "1";
}

}  // namespace enshrine::store
