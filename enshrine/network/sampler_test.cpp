// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/network/network_for_test.hpp>
#include <enshrine/network/sampler.hpp>

#include <gtest/gtest.h>

#include <fstream>
#include <set>

namespace enshrine::network {
namespace {

SampleOptions options_with(Connect connect, std::uint64_t seed = 1) {
    return {.connect = std::move(connect),
            .round_pause = std::chrono::milliseconds{0},
            .random = [random = std::make_shared<std::mt19937_64>(seed)] { return (*random)(); }};
}

struct SamplerTest : testing::Test {
    TestNetwork network{4};
    TestBlob blob{300'000};
    void SetUp() override { network.store_everywhere(blob); }
    auto run(const SampleOptions& options) { return sample(blob.commitment(), blob.sizes, network.committee, options); }
};

// [DA-SAMPLE.1]
TEST_F(SamplerTest, AvailableDataPasses) {
    const auto report = run(options_with(network.connect()));
    ASSERT_TRUE(report) << report.error();
    EXPECT_EQ(report->verdict, SampleVerdict::available) << report->reason;
    EXPECT_EQ(report->kept_rows, 768U);
    EXPECT_EQ(report->drawn.size(), default_sample_rows(256, 768));
    EXPECT_EQ(report->verified, report->drawn);
    EXPECT_LT(report->miss_probability, 1e-12);
    EXPECT_NE(report->formula.find("(255 - i) / (768 - i)"), std::string::npos) << report->formula;
    EXPECT_EQ(std::set<std::uint32_t>(report->drawn.begin(), report->drawn.end()).size(), report->drawn.size());
}

// [DA-SAMPLE.2]
TEST(Sampler, ProbabilitiesAgreeWithCounting) {
    EXPECT_DOUBLE_EQ(miss_probability(4, 16, 0), 1.0);
    EXPECT_DOUBLE_EQ(miss_probability(4, 16, 1), 3.0 / 16);
    EXPECT_DOUBLE_EQ(miss_probability(4, 16, 2), 3.0 / 16 * 2 / 15);
    EXPECT_DOUBLE_EQ(miss_probability(4, 16, 4), 0.0);
    EXPECT_NEAR(miss_probability(4096, 16384, 20), 8.7e-13, 1e-14);
    EXPECT_EQ(default_sample_rows(4096, 16384), 20U);
    EXPECT_GT(default_sample_rows(4096, 12288), 20U) << "members keep three quarters of the rows: fewer must be hidden";
    EXPECT_LT(miss_probability(4096, 12288, default_sample_rows(4096, 12288)), 1e-12);
}

// [DA-SAMPLE.4]
TEST_F(SamplerTest, WithheldDataIsNoticed) {
    const auto connect = [&](const da::CommitteeMember& member) -> PeerResult<std::unique_ptr<ShardPeer>> {
        return std::make_unique<FilteringPeer>(network.service(network.index_of(member)),
                                               [](std::uint32_t row) { return row % 4 == 0; });
    };
    const auto report = run(options_with(connect));
    ASSERT_TRUE(report);
    EXPECT_EQ(report->verdict, SampleVerdict::withheld);
    EXPECT_FALSE(report->missing.empty());
    EXPECT_NE(report->reason.find("did not hand out"), std::string::npos) << report->reason;
}

TEST_F(SamplerTest, AbsentPeersAreInconclusive) {
    const auto connect = [&](const da::CommitteeMember&) -> PeerResult<std::unique_ptr<ShardPeer>> {
        return std::unexpected{PeerFault{PeerError::unreachable, "connection refused"}};
    };
    const auto report = run(options_with(connect));
    ASSERT_TRUE(report);
    EXPECT_EQ(report->verdict, SampleVerdict::inconclusive);
    EXPECT_DOUBLE_EQ(report->miss_probability, 1);
    EXPECT_NE(report->reason.find("cannot be reached"), std::string::npos);
}

// What was drawn stays drawn: nobody gets an easier draw by failing the first. [DA-SAMPLE.3]
TEST_F(SamplerTest, ProgressSurvivesAndTheDrawStays) {
    const store::TempFolder folder;
    int connections = 0;
    const Connect flaky = [&](const da::CommitteeMember& member) -> PeerResult<std::unique_ptr<ShardPeer>> {
        if (++connections != 1) return std::unexpected{PeerFault{PeerError::unreachable, "away"}};
        return network.connect()(member);
    };
    SampleOptions options = options_with(flaky);
    options.progress_file = folder.path() / "progress";
    options.rounds = 1;
    const auto first = run(options);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->verdict, SampleVerdict::inconclusive);
    EXPECT_GT(first->verified.size(), 0U);
    options = options_with(network.connect(), 99);
    options.progress_file = folder.path() / "progress";
    std::size_t reported = 0;
    options.progress = [&](std::size_t, std::size_t) { ++reported; };
    const auto second = run(options);
    ASSERT_TRUE(second) << second.error();
    EXPECT_EQ(second->verdict, SampleVerdict::available);
    EXPECT_EQ(second->drawn, first->drawn);
    EXPECT_EQ(reported, first->missing.size()) << "only what was missing is asked for";

    const TestBlob other{300'000, 2};
    const auto foreign = sample(other.commitment(), other.sizes, network.committee, options);
    ASSERT_FALSE(foreign);
    EXPECT_NE(foreign.error().find("not the progress of this matrix"), std::string::npos);
    std::ofstream{folder.path() / "progress"} << "ENSHSMP1 something else";
    EXPECT_FALSE(run(options));
}

TEST_F(SamplerTest, RetriesReachPeersThatCameBack) {
    int away = 4;
    const Connect connect = [&](const da::CommitteeMember& member) -> PeerResult<std::unique_ptr<ShardPeer>> {
        if (away-- > 0) return std::unexpected{PeerFault{PeerError::unreachable, "away"}};
        return network.connect()(member);
    };
    const auto report = run(options_with(connect));
    ASSERT_TRUE(report);
    EXPECT_EQ(report->verdict, SampleVerdict::available) << report->reason;
}

/// A withholder that sees every request of every client and shows a row only as long as all shown together are fewer
/// than what rebuilding takes.
class AdaptiveWithholder {
public:
    explicit AdaptiveWithholder(std::size_t shown_max) noexcept : shown_max_{shown_max} {}
    [[nodiscard]] bool shows(std::uint32_t row) {
        if (shown_.contains(row)) return true;
        if (shown_.size() == shown_max_) return false;
        return shown_.insert(row).second;
    }
    [[nodiscard]] std::size_t shown() const noexcept { return shown_.size(); }

private:
    std::size_t shown_max_;
    std::set<std::uint32_t> shown_;
};

// It can fool the first clients, which together have seen fewer than K rows, and nobody after them.
TEST_F(SamplerTest, TwoHundredClientsAgainstAnAdaptiveWithholder) {
    AdaptiveWithholder withholder{blob.shape().data_rows - 1};
    const Connect connect = [&](const da::CommitteeMember& member) -> PeerResult<std::unique_ptr<ShardPeer>> {
        return std::make_unique<FilteringPeer>(network.service(network.index_of(member)),
                                               [&](std::uint32_t row) { return withholder.shows(row); });
    };
    std::size_t fooled = 0;
    std::size_t last_fooled = 0;
    for (std::size_t client = 1; client <= 200; ++client) {
        SampleOptions options = options_with(connect, client);
        options.rounds = 1;
        const auto report = run(options);
        ASSERT_TRUE(report);
        if (report->verdict == SampleVerdict::available) {
            ++fooled;
            last_fooled = client;
        } else {
            EXPECT_EQ(report->verdict, SampleVerdict::withheld);
        }
    }
    EXPECT_EQ(withholder.shown(), blob.shape().data_rows - 1U);
    // 255 rows at 27 to 29 a client: the tenth already finds rows that are not shown, unless it draws shown ones alone.
    EXPECT_LE(fooled, 20U);
    EXPECT_LE(last_fooled, 20U);
    EXPECT_GE(fooled, 5U);
}

TEST_F(SamplerTest, LiesDoNotCount) {
    class LyingPeer final : public LocalPeer {
    public:
        using LocalPeer::LocalPeer;
        PeerResult<ProvenRows> rows(const Hash32& commitment, std::uint32_t row_bytes,
                                    std::span<const std::uint32_t> indices) override {
            auto answer = LocalPeer::rows(commitment, row_bytes, indices);
            if (answer && !answer->rows.empty()) answer->rows[0] ^= 1;
            return answer;
        }
    };
    const auto connect = [&](const da::CommitteeMember& member) -> PeerResult<std::unique_ptr<ShardPeer>> {
        return std::make_unique<LyingPeer>(network.service(network.index_of(member)));
    };
    const auto report = run(options_with(connect));
    ASSERT_TRUE(report);
    EXPECT_EQ(report->verdict, SampleVerdict::withheld);
    EXPECT_TRUE(report->verified.empty());
}

}  // namespace
}  // namespace enshrine::network
