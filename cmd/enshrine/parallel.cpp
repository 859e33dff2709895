// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <cmd/enshrine/parallel.hpp>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace enshrine::cli {

data_availability::ParallelFor parallel_with_progress(unsigned threads, Progress& progress, std::string stage) {
    const std::size_t wanted = threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
    return
        [wanted, &progress, stage = std::move(stage)](std::size_t count, const std::function<void(std::size_t)>& task) {
            progress.stage(stage, count);
            std::atomic<std::size_t> next{0};
            const auto work = [&] {
                for (std::size_t i = next++; i < count; i = next++) {
                    task(i);
                    progress.step();
                }
            };
            std::vector<std::jthread> helpers;
            for (std::size_t i = 1; i < std::min(wanted, count); ++i) helpers.emplace_back(work);
            work();
        };
}

}  // namespace enshrine::cli
