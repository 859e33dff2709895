// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/network/network_for_test.hpp>
#include <enshrine/network/retrieve.hpp>

#include <gtest/gtest.h>

#include <set>

namespace enshrine::network {
namespace {

using Shows = FilteringPeer::Shows;

auto retrieve_from(TestNetwork& network, const TestBlob& blob, Connect connect) {
    return retrieve(blob.commitment(), blob.sizes, network.committee,
                    {.connect = std::move(connect), .slow_after = std::chrono::milliseconds{20}});
}

/// Every node shows the same rows.
Connect showing(TestNetwork& network, Shows shows) {
    return [&network,
            shows = std::move(shows)](const da::CommitteeMember& member) -> PeerResult<std::unique_ptr<ShardPeer>> {
        return std::make_unique<FilteringPeer>(network.service(network.index_of(member)), shows);
    };
}

/// The rows that somebody keeps, in an order that has nothing to do with who.
std::vector<std::uint32_t> kept_rows(const TestNetwork& network, const TestBlob& blob) {
    std::set<std::uint32_t> kept;
    for (std::size_t i = 0; i < network.size(); ++i) {
        for (const std::uint32_t row : network.assigned(blob.shape(), blob.commitment(), i)) kept.insert(row);
    }
    std::vector<std::uint32_t> out(kept.begin(), kept.end());
    std::shuffle(out.begin(), out.end(), std::mt19937_64{5});
    return out;
}

struct RetrieveTest : testing::Test {
    TestNetwork network{4};
    TestBlob blob{300'000};
    void SetUp() override { network.store_everywhere(blob); }
};

TEST_F(RetrieveTest, GivesTheDataRowsBack) {
    std::size_t last = 0;
    const auto got = retrieve(blob.commitment(), blob.sizes, network.committee,
                              {.connect = network.connect(), .progress = [&](const RetrieveProgress& progress) {
                                   EXPECT_GE(progress.rows, last);
                                   last = progress.rows;
                               }});
    ASSERT_TRUE(got) << got.error().text;
    EXPECT_EQ(got->data_rows, blob.data_rows);
    EXPECT_EQ(got->header.row_root, blob.matrix->row_root());
    EXPECT_EQ(got->matrix->commitment(), blob.commitment());
    EXPECT_EQ(last, blob.shape().data_rows);
    for (const PeerReport& report : got->peers) EXPECT_FALSE(report.fault);
}

// Exactly N rows of K + N withheld: the K that are left suffice. One more, and it is too few, by name.
TEST_F(RetrieveTest, NWithheldRowsAreRebuiltAndNPlusOneAreNot) {
    const auto kept = kept_rows(network, blob);
    const std::size_t needed = blob.shape().data_rows;
    const auto some = [&](std::size_t count) {
        return Shows{[shown = std::set<std::uint32_t>(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(count))](
                         std::uint32_t row) { return shown.contains(row); }};
    };
    const auto enough = retrieve_from(network, blob, showing(network, some(needed)));
    ASSERT_TRUE(enough) << enough.error().text;
    EXPECT_EQ(enough->data_rows, blob.data_rows);
    EXPECT_TRUE(enough->rebuilt);
    const auto too_few = retrieve_from(network, blob, showing(network, some(needed - 1)));
    ASSERT_FALSE(too_few);
    EXPECT_EQ(too_few.error().code, RetrieveError::too_few_rows);
    EXPECT_NE(too_few.error().text.find("255 rows verified, 256 are needed"), std::string::npos)
        << too_few.error().text;
    EXPECT_NE(too_few.error().text.find("did not hand out"), std::string::npos);
}

TEST_F(RetrieveTest, ParityAloneIsEnough) {
    const std::uint32_t data_rows = blob.shape().data_rows;
    const auto got =
        retrieve_from(network, blob, showing(network, [=](std::uint32_t row) { return row >= data_rows; }));
    ASSERT_TRUE(got) << got.error().text;
    EXPECT_EQ(got->data_rows, blob.data_rows);
    EXPECT_TRUE(got->rebuilt);
}

/// Answers with rows in which one bit is not what it was.
class LyingPeer final : public LocalPeer {
public:
    LyingPeer(ShardService& service, std::atomic<bool>& lied) : LocalPeer{service}, lied_{lied} {}
    PeerResult<ProvenRows> rows(const Hash32& commitment, std::uint32_t row_bytes,
                                std::span<const std::uint32_t> indices) override {
        auto answer = LocalPeer::rows(commitment, row_bytes, indices);
        if (answer && !answer->rows.empty()) answer->rows.back() ^= 1;
        lied_ = true;
        lied_.notify_all();
        return answer;
    }

private:
    std::atomic<bool>& lied_;
};
/// Honest, but slower than the liar.
class LatePeer final : public LocalPeer {
public:
    LatePeer(ShardService& service, const std::atomic<bool>& others) : LocalPeer{service}, others_{others} {}
    PeerResult<ProvenRows> rows(const Hash32& commitment, std::uint32_t row_bytes,
                                std::span<const std::uint32_t> indices) override {
        others_.wait(false);
        return LocalPeer::rows(commitment, row_bytes, indices);
    }

private:
    const std::atomic<bool>& others_;
};
/// Answers with rows that nobody asked for.
class WrongRowsPeer final : public LocalPeer {
public:
    WrongRowsPeer(ShardService& service, std::vector<std::uint32_t> own) : LocalPeer{service}, own_{std::move(own)} {}
    PeerResult<ProvenRows> rows(const Hash32& commitment, std::uint32_t row_bytes,
                                std::span<const std::uint32_t> indices) override {
        for (const std::uint32_t row : own_) {
            if (!std::ranges::binary_search(indices, row)) return LocalPeer::rows(commitment, row_bytes, {{row}});
        }
        return LocalPeer::rows(commitment, row_bytes, indices);
    }

private:
    std::vector<std::uint32_t> own_;
};
class LyingHeaderPeer final : public LocalPeer {
public:
    using LocalPeer::LocalPeer;
    PeerResult<std::optional<MatrixHeader>> header(const Hash32& commitment) override {
        auto header = LocalPeer::header(commitment);
        if (header && *header) (*header)->combinations[3] ^= 1;
        return header;
    }
};

// Whoever lies or stalls is named and routed around.
TEST_F(RetrieveTest, LiarsAndStallersAreRoutedAround) {
    std::atomic<bool> lied = false;
    const Connect connect = [&](const da::CommitteeMember& member) -> PeerResult<std::unique_ptr<ShardPeer>> {
        const std::size_t index = network.index_of(member);
        if (index == 0) return std::make_unique<LyingPeer>(network.service(0), lied);
        if (index == 1) return std::make_unique<StallingPeer>();
        return std::make_unique<LatePeer>(network.service(index), lied);
    };
    const auto got = retrieve_from(network, blob, connect);
    ASSERT_TRUE(got) << got.error().text;
    EXPECT_EQ(got->data_rows, blob.data_rows);
    ASSERT_TRUE(got->peers[0].fault);
    EXPECT_EQ(got->peers[0].fault->code, PeerError::lied);
    EXPECT_EQ(got->peers[0].rows, 0U);
}

TEST_F(RetrieveTest, WrongHeadersAndForeignRowsAreLies) {
    const Connect connect = [&](const da::CommitteeMember& member) -> PeerResult<std::unique_ptr<ShardPeer>> {
        const std::size_t index = network.index_of(member);
        if (index == 0) return std::make_unique<LyingHeaderPeer>(network.service(0));
        if (index == 1) {
            return std::make_unique<WrongRowsPeer>(network.service(1),
                                                   network.assigned(blob.shape(), blob.commitment(), 1));
        }
        return network.connect()(member);
    };
    for (int turn = 0; turn < 4; ++turn) {
        // One peer at a time, so that the first one has to show the header.
        const auto got = retrieve(blob.commitment(), blob.sizes, std::span{network.committee},
                                  {.connect = connect, .peers_at_once = static_cast<std::size_t>(turn + 1)});
        ASSERT_TRUE(got) << got.error().text;
        EXPECT_EQ(got->data_rows, blob.data_rows);
    }
    const auto lies =
        retrieve(blob.commitment(), blob.sizes, network.committee,
                 {.connect = [&](const da::CommitteeMember& member) -> PeerResult<std::unique_ptr<ShardPeer>> {
                     return std::make_unique<LyingHeaderPeer>(network.service(network.index_of(member)));
                 }});
    ASSERT_FALSE(lies);
    EXPECT_EQ(lies.error().code, RetrieveError::no_header);
    EXPECT_NE(lies.error().text.find("header:"), std::string::npos) << lies.error().text;
}

TEST_F(RetrieveTest, TheTimeoutEndsIt) {
    const auto got = retrieve(blob.commitment(), blob.sizes, network.committee,
                              {.connect = [](const da::CommitteeMember&) -> PeerResult<std::unique_ptr<ShardPeer>> {
                                   return std::make_unique<StallingPeer>();
                               },
                               .timeout = std::chrono::milliseconds{20}});
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code, RetrieveError::no_header);
}

TEST_F(RetrieveTest, BadInputIsNamed) {
    const std::vector<std::uint64_t> none{0};
    const auto sizes = retrieve(blob.commitment(), none, network.committee, {.connect = network.connect()});
    ASSERT_FALSE(sizes);
    EXPECT_EQ(sizes.error().code, RetrieveError::bad_sizes);
    EXPECT_NE(sizes.error().text.find("sizes:"), std::string::npos);
    const auto nobody = retrieve(blob.commitment(), blob.sizes, {}, {.connect = network.connect()});
    ASSERT_FALSE(nobody);
    const Hash32 unknown{};
    const auto missing = retrieve(unknown, blob.sizes, network.committee, {.connect = network.connect()});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, RetrieveError::no_header);
    EXPECT_NE(missing.error().text.find("does not keep the matrix"), std::string::npos);
}

// A commitment to garbage: the rows that are a codeword's verify, and what they give has another commitment.
TEST(Retrieve, GarbageAmongTheRowsIsFound) {
    TestNetwork network{4};
    const TestBlob blob{20'000};
    std::vector<Bytes> rows;
    for (std::uint32_t i = 0; i < blob.shape().total_rows(); ++i) rows.push_back(to_bytes(blob.matrix->row(i)));
    rows.back()[0] ^= 1;
    const ForgedMatrix forged{blob.shape(), std::move(rows)};
    network.store_forgery(forged, {.commitment = forged.commitment(), .blobs = blob.publication.blobs});
    const auto connect = [&](const da::CommitteeMember& member) -> PeerResult<std::unique_ptr<ShardPeer>> {
        return std::make_unique<FilteringPeer>(network.service(network.index_of(member)),
                                               [&](std::uint32_t row) { return row + 1 < blob.shape().total_rows(); });
    };
    RetrieveOptions options{.connect = connect};
    const auto checked = retrieve(forged.commitment(), blob.sizes, network.committee, options);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code, RetrieveError::not_a_codeword);
    options.verify_encoding = false;
    const auto unchecked = retrieve(forged.commitment(), blob.sizes, network.committee, options);
    ASSERT_TRUE(unchecked) << unchecked.error().text;
    EXPECT_EQ(unchecked->data_rows, blob.data_rows);
}

}  // namespace
}  // namespace enshrine::network
