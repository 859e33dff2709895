// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <atomic>
#include <chrono>

namespace enshrine::network {

/// For log lines that strangers can trigger: one per interval. Thread-safe.
class RateLimit {
public:
    explicit RateLimit(std::chrono::steady_clock::duration interval) noexcept : interval_{interval} {}
    [[nodiscard]] bool allows() noexcept {
        const auto now = std::chrono::steady_clock::now().time_since_epoch();
        auto next = next_.load();
        return now >= next && next_.compare_exchange_strong(next, now + interval_);
    }

private:
    std::chrono::steady_clock::duration interval_;
    std::atomic<std::chrono::steady_clock::duration> next_{std::chrono::steady_clock::duration::min()};
};

}  // namespace enshrine::network
