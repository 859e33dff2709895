// SPDX-License-Identifier: Apache-2.0
#include <enshrine/engine/embedded.hpp>

#include <enshrine/base/assert.hpp>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace enshrine::engine {

class EmbeddedEngine::Worker {
public:
    Worker(Application& application, const EmbeddedEngineConfig& config, Clock clock)
        : application_{application}, config_{config}, clock_{std::move(clock)} {}

    ~Worker() { stop(); }

    void start() {
        if (config_.mode == BlockMode::manual || thread_.joinable()) return;
        thread_ = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
    }

    void stop() {
        if (!thread_.joinable()) return;
        thread_.request_stop();
        thread_.join();
    }

    void notify_pending() {
        {
            const std::scoped_lock lock{wake_mutex_};
            pending_ = true;
        }
        wake_.notify_all();
    }

    std::uint64_t mine(std::uint64_t count) {
        const std::scoped_lock lock{block_mutex_};
        for (std::uint64_t i = 0; i < count; ++i) make_block();
        return application_.info().last_height;
    }

    void add_time(std::chrono::seconds offset) {
        const std::scoped_lock lock{block_mutex_};
        offset_seconds_ += offset.count();
    }

    void set_next_timestamp(std::uint64_t timestamp) {
        const std::scoped_lock lock{block_mutex_};
        next_timestamp_ = timestamp;
    }

private:
    void run(const std::stop_token& stop) {
        auto deadline = std::chrono::steady_clock::now() + config_.interval;
        while (!stop.stop_requested()) {
            {
                std::unique_lock lock{wake_mutex_};
                if (config_.mode == BlockMode::interval) {
                    wake_.wait_until(lock, stop, deadline, [] { return false; });
                } else {
                    wake_.wait(lock, stop, [this] { return pending_; });
                    pending_ = false;
                }
            }
            if (stop.stop_requested()) return;
            const std::scoped_lock lock{block_mutex_};
            if (config_.mode == BlockMode::interval) {
                make_block();
                // A block that took longer than the interval does not make the next ones hurry.
                deadline = std::max(deadline + config_.interval, std::chrono::steady_clock::now());
            } else {
                while (application_.has_pending() && !stop.stop_requested()) make_block();
            }
        }
    }

    std::uint64_t next_timestamp() {
        const auto now = static_cast<std::int64_t>(clock_()) + offset_seconds_;
        std::uint64_t timestamp = now > 0 ? static_cast<std::uint64_t>(now) : 0;
        if (next_timestamp_) {
            // A requested time also moves the clock, so that later blocks continue from it.
            offset_seconds_ += static_cast<std::int64_t>(*next_timestamp_) - now;
            timestamp = *next_timestamp_;
            next_timestamp_.reset();
        }
        return timestamp;
    }

    void make_block() {
        const Info info = application_.info();
        const Proposal proposal =
            application_.prepare_proposal(info.last_height + 1, next_timestamp(), config_.proposer);
        ENSHRINE_ASSERT(application_.process_proposal(proposal) == ProposalStatus::accept);
        application_.finalize_block(proposal);
        application_.commit();
        ENSHRINE_ASSERT(application_.info().last_height == info.last_height + 1);
    }

    Application& application_;
    EmbeddedEngineConfig config_;
    Clock clock_;
    std::mutex block_mutex_;  // one block at a time; also guards the time settings
    std::int64_t offset_seconds_ = 0;
    std::optional<std::uint64_t> next_timestamp_;
    std::mutex wake_mutex_;
    std::condition_variable_any wake_;
    bool pending_ = true;  // transactions may have waited since before the start
    std::jthread thread_;
};

EmbeddedEngine::EmbeddedEngine(Application& application, const EmbeddedEngineConfig& config, Clock clock)
    : worker_{std::make_unique<Worker>(application, config, std::move(clock))} {}
EmbeddedEngine::~EmbeddedEngine() = default;
void EmbeddedEngine::start() { worker_->start(); }
void EmbeddedEngine::stop() { worker_->stop(); }
void EmbeddedEngine::notify_pending() { worker_->notify_pending(); }
std::uint64_t EmbeddedEngine::mine(std::uint64_t count) { return worker_->mine(count); }
void EmbeddedEngine::add_time(std::chrono::seconds offset) { worker_->add_time(offset); }
void EmbeddedEngine::set_next_timestamp(std::uint64_t timestamp) { worker_->set_next_timestamp(timestamp); }

}  // namespace enshrine::engine
