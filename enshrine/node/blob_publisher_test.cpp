// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/network/network_for_test.hpp>
#include <enshrine/network/retrieve.hpp>
#include <enshrine/node/blob_publisher.hpp>

#include <gtest/gtest.h>

#include <semaphore>

namespace enshrine::node {
namespace {

namespace da = data_availability;
using network::noise;
using network::TestNetwork;

/// A chain that includes everything whose certificate holds.
class TestTarget final : public client::PublicationTarget {
public:
    explicit TestTarget(const TestNetwork& network) : network_{network} {}
    rpc::RpcResult<data_availability::Committee> committee() override {
        return data_availability::Committee{.epoch = 0, .members = network_.committee};
    }
    rpc::RpcResult<client::Inclusion> publish(const da::Publication& publication, BytesView certificate) override {
        const Hash32 digest = da::publication_digest(network::test_chain, publication);
        EXPECT_TRUE(da::verify_publication_certificate(certificate, digest, network_.committee).has_value());
        const std::scoped_lock lock{mutex};
        published.push_back(publication);
        return client::Inclusion{.txn = publication.commitment, .height = published.size()};
    }

    std::mutex mutex;
    std::vector<da::Publication> published;

private:
    const TestNetwork& network_;
};

class BlobPublisherTest : public testing::Test {
protected:
    BlobPublisherOptions options() {
        BlobPublisherOptions out;
        out.window = std::chrono::milliseconds{0};
        out.own_matrix_bytes = 4'096;
        out.publish.chain_id = network::test_chain;
        out.publish.distribution.connect = network_.connect();
        return out;
    }
    [[nodiscard]] static BlobPublisher::Blob blob(std::size_t size, Byte name) {
        BlobPublisher::Blob out{.name_space = {}, .data = noise(size, name)};
        out.name_space[0] = name;
        return out;
    }
    [[nodiscard]] Bytes read(const client::DaSubmission& submission) {
        const auto found = std::ranges::find(target_.published, submission.commitment, &da::Publication::commitment);
        std::vector<std::uint64_t> sizes;
        for (const da::PublishedBlob& published : found->blobs) sizes.push_back(published.size);
        const auto layout = da::layout_of(sizes).value();
        network::RetrieveOptions retrieval;
        retrieval.connect = network_.connect();
        const auto rows = network::retrieve(submission.commitment, sizes, network_.committee, retrieval);
        EXPECT_TRUE(rows.has_value());
        const auto at = std::ranges::find(layout.first_rows, submission.index) - layout.first_rows.begin();
        return to_bytes(da::unframe_blob(layout, sizes, rows->data_rows, static_cast<std::size_t>(at)).value());
    }

    TestNetwork network_{4};
    TestTarget target_{network_};
};

// [DA-SHAPE.3]
TEST_F(BlobPublisherTest, SmallBlobsShareAMatrixAndLargeOnesHaveTheirOwn) {
    BlobPublisher publisher{target_, options()};
    const auto submitted = publisher.submit({blob(100, 1), blob(4'096, 2), blob(1, 3), blob(4'095, 4)});
    ASSERT_TRUE(submitted.has_value()) << submitted.error().message;
    ASSERT_EQ(submitted->size(), 4U);
    EXPECT_EQ(target_.published.size(), 2U);
    EXPECT_EQ((*submitted)[0].commitment, (*submitted)[2].commitment);
    EXPECT_EQ((*submitted)[0].commitment, (*submitted)[3].commitment);
    EXPECT_NE((*submitted)[0].commitment, (*submitted)[1].commitment);
    EXPECT_LT((*submitted)[0].index, (*submitted)[2].index);
    EXPECT_LT((*submitted)[2].index, (*submitted)[3].index);
    const std::pair<std::size_t, Byte> blobs[] = {{100, 1}, {4'096, 2}, {1, 3}, {4'095, 4}};
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(read((*submitted)[i]), noise(blobs[i].first, blobs[i].second)) << i;
    }
}

TEST_F(BlobPublisherTest, AMatrixTakesNoMoreBlobsThanTheRuleAllows) {
    std::vector<BlobPublisher::Blob> blobs;
    for (std::size_t i = 0; i <= da::matrix_blobs_max; ++i) blobs.push_back(blob(1 + i, static_cast<Byte>(i)));
    BlobPublisher publisher{target_, options()};
    ASSERT_TRUE(publisher.submit(std::move(blobs)).has_value());
    ASSERT_EQ(target_.published.size(), 2U);
    const auto sizes = std::minmax({target_.published[0].blobs.size(), target_.published[1].blobs.size()});
    EXPECT_EQ(sizes.first, 1U);
    EXPECT_EQ(sizes.second, da::matrix_blobs_max);
}

TEST_F(BlobPublisherTest, BlobsOfSeveralCallersShareAMatrix) {
    BlobPublisherOptions slow = options();
    slow.window = std::chrono::seconds{60};  // the matrix is full before
    BlobPublisher publisher{target_, slow};
    std::vector<std::jthread> callers;
    for (std::size_t i = 0; i < da::matrix_blobs_max; ++i) {
        callers.emplace_back(
            [&, i] { EXPECT_TRUE(publisher.submit({blob(10 + i, static_cast<Byte>(i + 1))}).has_value()); });
    }
    callers.clear();
    ASSERT_EQ(target_.published.size(), 1U);
    EXPECT_EQ(target_.published.front().blobs.size(), da::matrix_blobs_max);
}

TEST_F(BlobPublisherTest, ABlobOfTheWrongSizeIsNamed) {
    BlobPublisher publisher{target_, options()};
    const auto submitted = publisher.submit({blob(1, 1), blob(0, 2)});
    ASSERT_FALSE(submitted.has_value());
    EXPECT_EQ(submitted.error().field, "blobs[1].data");
    EXPECT_EQ(submitted.error().got, "0 bytes");
    EXPECT_TRUE(target_.published.empty());
}

TEST_F(BlobPublisherTest, MoreThanMayWaitIsRefusedAndPlaceComesFree) {
    BlobPublisherOptions small = options();
    small.waiting_bytes_max = 1'000;
    BlobPublisher publisher{target_, small};
    const auto refused = publisher.submit({blob(1'001, 1)});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().stable_code, "E-DA-BUSY");
    EXPECT_EQ(refused.error().got, "1001");
    EXPECT_TRUE(publisher.submit({blob(1'000, 1)}).has_value());
}

TEST_F(BlobPublisherTest, WithoutTwoThirdsOfTheStakeNothingIsPublished) {
    BlobPublisherOptions faulty = options();
    std::atomic<std::size_t> down = 2;
    faulty.publish.distribution.connect =
        [&](const da::CommitteeMember& member) -> network::PeerResult<std::unique_ptr<network::ShardPeer>> {
        if (network_.index_of(member) < down) {
            return std::unexpected{network::PeerFault{network::PeerError::unreachable, "nobody is there"}};
        }
        return network_.connect()(member);
    };
    BlobPublisher publisher{target_, faulty};
    const auto refused = publisher.submit({blob(100, 1)});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().stable_code, "E-DA-CERTIFICATE");
    EXPECT_NE(refused.error().message.find("nobody is there"), std::string::npos) << refused.error().message;
    EXPECT_TRUE(target_.published.empty());
    down = 1;
    EXPECT_TRUE(publisher.submit({blob(100, 1)}).has_value());
}

/// A chain that includes nothing until it is let go.
class HeldTarget final : public client::PublicationTarget {
public:
    explicit HeldTarget(const TestNetwork& network) : network_{network} {}
    rpc::RpcResult<data_availability::Committee> committee() override {
        return data_availability::Committee{.epoch = 0, .members = network_.committee};
    }
    rpc::RpcResult<client::Inclusion> publish(const da::Publication&, BytesView) override {
        reached.release();
        go.acquire();
        return client::Inclusion{};
    }
    std::binary_semaphore reached{0};
    std::binary_semaphore go{0};

private:
    const TestNetwork& network_;
};

TEST_F(BlobPublisherTest, StoppingEndsTheWaitingOfCallers) {
    HeldTarget target{network_};
    BlobPublisher publisher{target, options()};
    std::jthread caller{[&] {
        const auto submitted = publisher.submit({blob(5'000, 1)});
        ASSERT_FALSE(submitted.has_value());
        EXPECT_EQ(submitted.error().stable_code, "E-NODE-STOPPING");
    }};
    target.reached.acquire();
    publisher.stop();
    caller.join();
    EXPECT_EQ(publisher.submit({blob(1, 1)}).error().stable_code, "E-NODE-STOPPING");
    target.go.release();
}

TEST_F(BlobPublisherTest, ACallerWaitsNoLongerThanTheTimeout) {
    HeldTarget target{network_};
    BlobPublisherOptions hasty = options();
    hasty.timeout = std::chrono::milliseconds{1};
    BlobPublisher publisher{target, hasty};
    EXPECT_EQ(publisher.submit({blob(5'000, 1)}).error().stable_code, "E-DA-TIMEOUT");
    target.go.release();
}

}  // namespace
}  // namespace enshrine::node
