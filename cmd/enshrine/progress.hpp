// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <CLI/CLI.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

namespace enshrine::cli {

/// A bar on stderr while long work runs; nothing when stderr is no terminal, or with --no-progress. Thread-safe.
class Progress {
public:
    struct Options {
        bool wanted = true;
    };
    explicit Progress(const Options& options);
    ~Progress();  ///< wipes the bar
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// Starts the next stage of the work: `total` steps of it.
    void stage(std::string name, std::size_t total);
    void set(std::size_t done);
    void step() { set(++done_); }

private:
    void draw(std::size_t done);

    bool shown_;
    std::atomic<std::size_t> done_{0};
    std::mutex mutex_;  ///< guards what follows
    std::string name_;
    std::size_t total_ = 0;
    std::chrono::steady_clock::time_point drawn_;
};

/// Adds `--no-progress`.
void add_progress_option(CLI::App& command, Progress::Options& options);

}  // namespace enshrine::cli
