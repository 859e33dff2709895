// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/chain/contracts.hpp>

#include <memory>
#include <mutex>
#include <vector>

namespace enshrine::node {

/// Machines for calls and estimates: one per call that runs at the same time, used again by later ones. Thread-safe.
class RunnerPool {
public:
    /// Borrows a runner until destroyed.
    class Lease {
    public:
        Lease(RunnerPool& pool, std::unique_ptr<chain::ExecutionCache> runner) noexcept
            : pool_{&pool}, runner_{std::move(runner)} {}
        Lease(Lease&&) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease() {
            if (runner_) pool_->give_back(std::move(runner_));
        }
        [[nodiscard]] chain::ExecutionCache& operator*() const noexcept { return *runner_; }

    private:
        RunnerPool* pool_;
        std::unique_ptr<chain::ExecutionCache> runner_;
    };

    /// Error: vm::MemoryError::not_reserved.
    [[nodiscard]] Result<Lease> take() {
        {
            const std::scoped_lock lock{mutex_};
            if (!idle_.empty()) {
                auto runner = std::move(idle_.back());
                idle_.pop_back();
                return Lease{*this, std::move(runner)};
            }
        }
        ENSHRINE_TRY(auto made, chain::ExecutionCache::make());
        return Lease{*this, std::make_unique<chain::ExecutionCache>(std::move(made))};
    }

private:
    void give_back(std::unique_ptr<chain::ExecutionCache> runner) {
        const std::scoped_lock lock{mutex_};
        idle_.push_back(std::move(runner));
    }

    std::mutex mutex_;
    std::vector<std::unique_ptr<chain::ExecutionCache>> idle_;
};

}  // namespace enshrine::node
