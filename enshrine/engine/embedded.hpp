// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/engine/application.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace enshrine::engine {

enum class BlockMode { interval, instant, manual };

struct EmbeddedEngineConfig {
    BlockMode mode = BlockMode::interval;
    std::chrono::milliseconds interval{1000};  ///< 100 ms at least
    Address proposer;
};

/// One process, one validator: drives an Application block after block on its own thread.
/// interval: a block every interval (also empty ones); instant: a block as soon as a transaction waits; manual: mine() alone.
class EmbeddedEngine {
public:
    using Clock = std::function<std::uint64_t()>;  ///< seconds since 1970; injected by tests

    EmbeddedEngine(Application& application, const EmbeddedEngineConfig& config, Clock clock);
    ~EmbeddedEngine();  ///< finishes the running block
    void start();
    void stop();
    /// Wakes the instant mode; called by the mempool's owner after each admission.
    void notify_pending();
    /// Makes `count` blocks now, in any mode; returns the new height.
    std::uint64_t mine(std::uint64_t count);
    void add_time(std::chrono::seconds offset);
    void set_next_timestamp(std::uint64_t timestamp);

private:
    class Worker;
    std::unique_ptr<Worker> worker_;
};

}  // namespace enshrine::engine
