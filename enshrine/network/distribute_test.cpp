// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/network/distribute.hpp>
#include <enshrine/network/network_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::network {
namespace {

Result<void> check(const TestNetwork& network, const TestBlob& blob, BytesView certificate) {
    return da::verify_publication_certificate(certificate, da::publication_digest(test_chain, blob.publication),
                                              network.committee);
}

auto distribute_to(TestNetwork& network, const TestBlob& blob, DistributeOptions options) {
    return distribute(blob.matrix, blob.publication, test_chain, network.committee, options);
}

/// A member that hands the upload on, but answers with the signature of another key.
class ForgingPeer final : public LocalPeer {
public:
    using LocalPeer::LocalPeer;
    PeerResult<MemberSignature> upload(const ShardUpload& upload) override {
        auto signature = LocalPeer::upload(upload);
        if (signature) (*signature)[40] ^= 1;
        return signature;
    }
};

TEST(Distribute, CertificateOfAllMembers) {
    TestNetwork network{4};
    const TestBlob blob{300'000};
    std::size_t steps = 0;
    auto distribution =
        distribute_to(network, blob, {.connect = network.connect(), .progress = [&](const auto& progress) {
                                          ++steps;
                                          EXPECT_EQ(progress.members, 4U);
                                      }});
    ASSERT_TRUE(distribution) << distribution.error().text;
    EXPECT_TRUE(check(network, blob, distribution->certificate()));
    const auto outcome = distribution->finish();
    EXPECT_TRUE(check(network, blob, outcome.certificate));
    EXPECT_EQ(outcome.certificate.size(), 4 * 65U);
    EXPECT_EQ(steps, 4U);
    for (const auto& report : outcome.members) {
        EXPECT_FALSE(report.fault);
        EXPECT_GT(report.rows, 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) EXPECT_TRUE(network.service(i).has(blob.commitment()));
}

TEST(Distribute, ASoleMemberCertifiesAlone) {
    TestNetwork network{1};
    const TestBlob blob{1000};
    auto distribution = distribute_to(network, blob, {.connect = connect_locally(network.service(0))});
    ASSERT_TRUE(distribution);
    EXPECT_TRUE(check(network, blob, distribution->certificate()));
}

// A peer that stalls for ever delays nothing: two thirds of the stake are enough.
TEST(Distribute, AStallingMemberStallsNobody) {
    TestNetwork network{4};
    const TestBlob blob{300'000};
    const Connect connect = [&](const da::CommitteeMember& member) -> PeerResult<std::unique_ptr<ShardPeer>> {
        if (network.index_of(member) == 2) return std::make_unique<StallingPeer>();
        return network.connect()(member);
    };
    auto distribution =
        distribute_to(network, blob, {.connect = connect, .straggler_timeout = std::chrono::milliseconds{20}});
    ASSERT_TRUE(distribution);
    EXPECT_TRUE(check(network, blob, distribution->certificate()));
    const auto outcome = distribution->finish();
    EXPECT_EQ(outcome.certificate.size(), 3 * 65U);
    ASSERT_TRUE(outcome.members[2].fault) << "it is named";
    EXPECT_EQ(outcome.members[2].fault->code, PeerError::cancelled);
}

TEST(Distribute, WithoutTwoThirdsTheFailuresAreNamed) {
    TestNetwork network{4};
    const TestBlob blob{300'000};
    const Connect connect = [&](const da::CommitteeMember& member) -> PeerResult<std::unique_ptr<ShardPeer>> {
        const std::size_t index = network.index_of(member);
        if (index == 1) return std::make_unique<ForgingPeer>(network.service(1));
        if (index == 2) return std::unexpected{PeerFault{PeerError::unreachable, "connection refused"}};
        return network.connect()(member);
    };
    const auto distribution = distribute_to(network, blob, {.connect = connect});
    ASSERT_FALSE(distribution);
    const std::string& text = distribution.error().text;
    EXPECT_NE(text.find("two thirds of the stake have to sign, and 20 of 40 did not"), std::string::npos) << text;
    EXPECT_NE(text.find("node-1:1 (stake 10): its signature is not the member's"), std::string::npos) << text;
    EXPECT_NE(text.find("node-2:1 (stake 10): connection refused"), std::string::npos) << text;
    EXPECT_EQ(distribution.error().members[1].fault->code, PeerError::lied);
}

// Weights count, not heads.
TEST(Distribute, StakeDecides) {
    TestNetwork network{4, {70, 10, 10, 10}};
    const TestBlob blob{300'000};
    const auto only = [&](std::vector<std::size_t> members) -> Connect {
        return [&network, members](const da::CommitteeMember& member) -> PeerResult<std::unique_ptr<ShardPeer>> {
            if (std::ranges::find(members, network.index_of(member)) != members.end()) return network.connect()(member);
            return std::unexpected{PeerFault{PeerError::unreachable, "away"}};
        };
    };
    EXPECT_TRUE(distribute_to(network, blob, {.connect = only({0})}));
    EXPECT_FALSE(distribute_to(network, blob, {.connect = only({1, 2, 3})}));
}

TEST(Distribute, ARefusalIsQuoted) {
    TestNetwork network{1, {}, {.unpublished_bytes_max = 10}};
    const TestBlob blob{1000};
    const auto distribution = distribute_to(network, blob, {.connect = network.connect()});
    ASSERT_FALSE(distribution);
    EXPECT_NE(distribution.error().text.find("unpublished uploads hold 0 of 10 bytes"), std::string::npos);
}

TEST(Distribute, TheQuorumTimeoutEndsIt) {
    TestNetwork network{1};
    const TestBlob blob{1000};
    const Connect connect = [](const da::CommitteeMember&) -> PeerResult<std::unique_ptr<ShardPeer>> {
        return std::make_unique<StallingPeer>();
    };
    const auto distribution =
        distribute_to(network, blob, {.connect = connect, .quorum_timeout = std::chrono::milliseconds{20}});
    ASSERT_FALSE(distribution);
    EXPECT_NE(distribution.error().text.find("0 of 10 stake"), std::string::npos);
}

}  // namespace
}  // namespace enshrine::network
