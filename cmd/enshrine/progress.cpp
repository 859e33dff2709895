// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <cmd/enshrine/progress.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace enshrine::cli {
namespace {

constexpr std::size_t bar_width = 30;
constexpr std::chrono::milliseconds redraw_after{100};

}  // namespace

Progress::Progress(const Options& options) : shown_{options.wanted && ::isatty(STDERR_FILENO) == 1} {}

Progress::~Progress() {
    if (shown_) fmt::print(stderr, "\r\x1b[K");
}

void Progress::stage(std::string name, std::size_t total) {
    const std::lock_guard lock{mutex_};
    name_ = std::move(name);
    total_ = total;
    done_ = 0;
    drawn_ = {};
    draw(0);
}

void Progress::set(std::size_t done) {
    done_ = done;
    if (!shown_) return;
    const std::lock_guard lock{mutex_};
    draw(done);
}

void Progress::draw(std::size_t done) {
    if (!shown_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - drawn_ < redraw_after && done < total_) return;
    drawn_ = now;
    const std::size_t part = total_ == 0 ? bar_width : std::min(bar_width, bar_width * done / total_);
    fmt::print(stderr, "\r\x1b[K{:<24} [{:#<{}}{:<{}}] {}/{}", name_, "", part, "", bar_width - part, done, total_);
    std::fflush(stderr);
}

void add_progress_option(CLI::App& command, Progress::Options& options) {
    command.add_flag(
        "--no-progress", [&options](std::int64_t) { options.wanted = false; },
        "no progress bar on stderr (there is none when stderr is no terminal)");
}

}  // namespace enshrine::cli
