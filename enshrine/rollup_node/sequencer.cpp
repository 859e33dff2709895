// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rollup_node/lane.hpp>
#include <enshrine/rollup_node/sequencer.hpp>

#include <spdlog/spdlog.h>

namespace enshrine::rollup_node {
namespace {

constexpr std::chrono::seconds retry_interval{1};

rpc::RpcError catching_up() {
    return {.code = rpc::server_error,
            .message = "the sequencer is catching up with the L1; try again",
            .stable_code = "E-ROLLUP-CATCHING-UP"};
}

}  // namespace

/// Keeps a lane open: replaces the one that the L1 has left behind, and answers for whichever there is.
class Sequencer::Worker {
public:
    explicit Worker(const SequencerConfig& config) : config_{config} {}
    ~Worker() { stop(); }

    std::expected<void, std::string> start() {
        if (auto opened = open(); !opened) return opened;
        endpoint_ = make_endpoint();
        supervisor_ = std::jthread{[this](const std::stop_token& stop) { supervise(stop); }};
        return {};
    }

    void stop() {
        supervisor_.request_stop();
        if (supervisor_.joinable()) supervisor_.join();
        close();
    }

    std::shared_ptr<const rpc::Endpoint> endpoint() const { return endpoint_; }

    Status status() {
        const Visit visit{*this};
        if (visit.lane != nullptr) return visit.lane->status();
        const std::scoped_lock lock{mutex_};
        return last_status_;
    }

private:
    /// While it lives, the lane stays. Null when there is none to visit.
    struct Visit {
        explicit Visit(Worker& visited) : worker{visited} {
            const std::scoped_lock lock{worker.mutex_};
            lane = worker.closing_ ? nullptr : worker.lane_.get();
            if (lane != nullptr) worker.visits_ += 1;
        }
        ~Visit() {
            if (lane == nullptr) return;
            const std::scoped_lock lock{worker.mutex_};
            worker.visits_ -= 1;
            worker.changed_.notify_all();
        }
        Visit(const Visit&) = delete;
        Visit& operator=(const Visit&) = delete;
        Worker& worker;
        Lane* lane = nullptr;
    };

    std::expected<void, std::string> open() {
        auto lane = Lane::open(config_, [this](const std::string& reason) {
            const std::scoped_lock lock{mutex_};
            superseded_ = reason;
            changed_.notify_all();
        });
        if (!lane) return std::unexpected{lane.error()};
        (*lane)->start();
        const std::scoped_lock lock{mutex_};
        lane_ = *std::move(lane);
        closing_ = false;
        return {};
    }

    /// Lets visitors out, then ends the lane.
    void close() {
        std::unique_lock lock{mutex_};
        closing_ = true;
        if (lane_) last_status_ = lane_->status();
        changed_.wait(lock, [this] { return visits_ == 0; });
        const std::unique_ptr<Lane> ending = std::move(lane_);
        lock.unlock();  // its threads may want to say that it is superseded
    }

    void supervise(const std::stop_token& stop) {
        while (true) {
            std::string reason;
            {
                std::unique_lock lock{mutex_};
                if (!changed_.wait(lock, stop, [this] { return !superseded_.empty(); })) return;
                reason = superseded_;
            }
            spdlog::warn("rollup {}: {}; catching up", config_.rollup, reason);
            close();
            {
                const std::scoped_lock lock{mutex_};
                superseded_.clear();
            }
            if (!reopen(stop)) return;
            spdlog::info("rollup {}: caught up", config_.rollup);
        }
    }

    /// Tries until it succeeds, since the L1 may not answer for a while; false when the sequencer is to stop.
    bool reopen(const std::stop_token& stop) {
        while (true) {
            const auto opened = open();
            if (opened) return true;
            std::unique_lock lock{mutex_};
            if (last_status_.last_error != opened.error())
                spdlog::warn("rollup {}: {}", config_.rollup, opened.error());
            last_status_.last_error = opened.error();
            changed_.wait_for(lock, stop, retry_interval, [] { return false; });
            if (stop.stop_requested()) return false;
        }
    }

    /// The methods of a lane, asked of the lane of the day.
    std::shared_ptr<const rpc::Endpoint> make_endpoint() {
        auto out = std::make_shared<rpc::Endpoint>();
        for (const auto& [name, entry] : lane_->endpoint().methods()) {
            const auto ask = [this, method = name](const rpc::Params& params) -> rpc::RpcResult<std::string> {
                const Visit visit{*this};
                if (visit.lane == nullptr) return std::unexpected{catching_up()};
                return visit.lane->endpoint().methods().at(method).handler(params);
            };
            out->add(name, {ask, entry.parameters, entry.documentation});
        }
        return out;
    }

    SequencerConfig config_;
    std::shared_ptr<const rpc::Endpoint> endpoint_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::unique_ptr<Lane> lane_;
    std::size_t visits_ = 0;
    bool closing_ = false;
    std::string superseded_;
    Status last_status_;  ///< while there is no lane
    std::jthread supervisor_;
};

std::expected<std::unique_ptr<Sequencer>, std::string> Sequencer::start(const SequencerConfig& config) {
    auto worker = std::make_unique<Worker>(config);
    if (auto started = worker->start(); !started) return std::unexpected{started.error()};
    return std::unique_ptr<Sequencer>{new Sequencer{std::move(worker)}};
}

Sequencer::Sequencer(std::unique_ptr<Worker> worker) noexcept : worker_{std::move(worker)} {}
Sequencer::~Sequencer() = default;
std::shared_ptr<const rpc::Endpoint> Sequencer::endpoint() const {
    return worker_->endpoint();
}
void Sequencer::stop() {
    worker_->stop();
}
Sequencer::Status Sequencer::status() const {
    return worker_->status();
}

}  // namespace enshrine::rollup_node
