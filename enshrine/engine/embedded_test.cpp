// SPDX-License-Identifier: Apache-2.0
#include <enshrine/engine/embedded.hpp>

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

namespace enshrine::engine {
namespace {

/// Records the calls it gets and checks their grammar: prepare, process, finalize, commit, each once per height.
class RecordingApplication final : public Application {
public:
    Info info() const override {
        const std::scoped_lock lock{mutex_};
        return Info{height_, {}};
    }
    Proposal prepare_proposal(std::uint64_t height, std::uint64_t timestamp, const Address& proposer) override {
        const std::scoped_lock lock{mutex_};
        EXPECT_EQ(stage_, 0);
        stage_ = 1;
        timestamps_.push_back(timestamp);
        Proposal proposal{height, timestamp, proposer, {}};
        if (pending_ > 0) {
            --pending_;
            proposal.txns.emplace_back();
        }
        return proposal;
    }
    ProposalStatus process_proposal(const Proposal& proposal) override {
        const std::scoped_lock lock{mutex_};
        EXPECT_EQ(stage_, 1);
        EXPECT_EQ(proposal.height, height_ + 1);
        stage_ = 2;
        return ProposalStatus::accept;
    }
    FinalizedBlock finalize_block(const Proposal& proposal) override {
        const std::scoped_lock lock{mutex_};
        EXPECT_EQ(stage_, 2);
        stage_ = 3;
        return {{}, {}, proposal.txns.size()};
    }
    void commit() override {
        {
            const std::scoped_lock lock{mutex_};
            EXPECT_EQ(stage_, 3);
            stage_ = 0;
            ++height_;
        }
        changed_.notify_all();
    }
    bool has_pending() const override {
        const std::scoped_lock lock{mutex_};
        return pending_ > 0;
    }
    void add_pending(int count) {
        const std::scoped_lock lock{mutex_};
        pending_ += count;
    }
    bool wait_for_height(std::uint64_t height) {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, std::chrono::seconds{20}, [&] { return height_ >= height; });
    }
    std::vector<std::uint64_t> timestamps() const {
        const std::scoped_lock lock{mutex_};
        return timestamps_;
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t height_ = 0;
    int stage_ = 0;
    int pending_ = 0;
    std::vector<std::uint64_t> timestamps_;
};

TEST(EmbeddedEngine, ManualModeMakesBlocksOnlyWhenAsked) {
    RecordingApplication application;
    EmbeddedEngine engine{application, {.mode = BlockMode::manual}, [] { return 100U; }};
    engine.start();
    application.add_pending(1);
    engine.notify_pending();
    EXPECT_EQ(application.info().last_height, 0U);
    EXPECT_EQ(engine.mine(3), 3U);
}

TEST(EmbeddedEngine, IntervalModeMakesEmptyBlocksToo) {
    RecordingApplication application;
    EmbeddedEngine engine{application, {.mode = BlockMode::interval, .interval = std::chrono::milliseconds{5}},
                          [] { return 100U; }};
    engine.start();
    EXPECT_TRUE(application.wait_for_height(3));
    engine.stop();
    const auto height = application.info().last_height;
    EXPECT_EQ(engine.mine(1), height + 1);
}

TEST(EmbeddedEngine, InstantModeMakesABlockPerWaitingTransaction) {
    RecordingApplication application;
    EmbeddedEngine engine{application, {.mode = BlockMode::instant}, [] { return 100U; }};
    application.add_pending(2);
    engine.start();
    EXPECT_TRUE(application.wait_for_height(2));
    application.add_pending(1);
    engine.notify_pending();
    EXPECT_TRUE(application.wait_for_height(3));
    engine.stop();
    EXPECT_EQ(application.info().last_height, 3U);
}

TEST(EmbeddedEngine, TimeTravel) {
    RecordingApplication application;
    EmbeddedEngine engine{application, {.mode = BlockMode::manual}, [] { return 100U; }};
    engine.mine(1);
    engine.add_time(std::chrono::seconds{50});
    engine.mine(1);
    engine.set_next_timestamp(1'000);
    engine.mine(2);
    EXPECT_EQ(application.timestamps(), (std::vector<std::uint64_t>{100, 150, 1'000, 1'000}));
}

}  // namespace
}  // namespace enshrine::engine
