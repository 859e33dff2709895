// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/client/chain_source.hpp>
#include <enshrine/client/da_client.hpp>
#include <enshrine/client/data_availability_contract.hpp>
#include <enshrine/network/network_for_test.hpp>
#include <enshrine/network/shard_client.hpp>
#include <enshrine/node/embedded_storage.hpp>
#include <enshrine/node/head_chain_source.hpp>
#include <enshrine/node/node.hpp>
#include <enshrine/node/node_for_test.hpp>

#include <gtest/gtest.h>

#include <fstream>

namespace enshrine::node {
namespace {

using network::noise;

/// A development node as enshrined starts it: it keeps its rows itself and is reached over TLS.
class EmbeddedStorage : public ::testing::Test {
protected:
    [[nodiscard]] NodeConfig config() const {
        NodeConfig out;
        out.dev = true;
        out.data_dir = folder_.path() / "node";
        out.rpc.port = 0;
        out.block_mode = engine::BlockMode::instant;
        out.store_cache_bytes = std::uint64_t{1} << 20;
        return out;
    }
    void begin() {
        auto started = Node::start(config(), "test");
        ASSERT_TRUE(started.has_value()) << started.error();
        node_ = *std::move(started);
    }
    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(node_->port()); }
    [[nodiscard]] client::DaClient da() const { return client::DaClient{client::JsonRpcClient::make(url()).value()}; }
    [[nodiscard]] data_availability::Committee committee() const {
        client::L1Client l1{client::JsonRpcClient::make(url()).value()};
        return client::committee(l1).value();
    }
    [[nodiscard]] std::filesystem::path write_key(std::string_view content) const {
        const auto file = folder_.path() / "key";
        std::ofstream{file, std::ios::trunc} << content << "\n";
        return file;
    }
    [[nodiscard]] client::DaSubmission submit(BytesView data) const {
        Hash32 name_space;
        name_space[0] = 1;
        const client::NamedBlob blob{name_space, data};
        auto submitted = da().submit({&blob, 1});
        EXPECT_TRUE(submitted.has_value()) << submitted.error().message;
        return submitted ? submitted->front() : client::DaSubmission{};
    }

    store::TempFolder folder_;
    std::unique_ptr<Node> node_;
};

TEST_F(EmbeddedStorage, KeepsWhatIsPublishedAlsoAfterARestart) {
    begin();
    const Bytes data = noise(100'000, 1);
    const auto submitted = submit(data);
    const auto before = committee();
    node_.reset();
    begin();
    EXPECT_EQ(committee(), before);
    const auto found = da().get_by_commitment(submitted.commitment);
    ASSERT_TRUE(found.has_value()) << found.error().message;
    ASSERT_EQ(found->size(), 1U);
    EXPECT_EQ(found->front().data, data);
}

TEST_F(EmbeddedStorage, FollowsTheSameChainThatTheRpcShows) {
    begin();
    (void)submit(noise(1'000, 1));
    (void)submit(noise(2'000, 2));
    client::RpcChainSource remote{url()};
    HeadChainSource local{node_->application()};
    const auto height = local.height().value();
    EXPECT_EQ(height, remote.height().value());
    EXPECT_EQ(local.committee({}).value()->members, remote.committee({}).value()->members);
    EXPECT_EQ(local.committee(0).value()->epoch, 0U);
    EXPECT_FALSE(local.committee(1).value().has_value());
    const auto here = local.published(0, height).value();
    const auto there = remote.published(0, height).value();
    ASSERT_EQ(here.size(), 2U);
    ASSERT_EQ(there.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(here[i].publication.commitment, there[i].publication.commitment);
        EXPECT_EQ(here[i].publication.blobs, there[i].publication.blobs);
        EXPECT_EQ(here[i].expires_at, there[i].expires_at);
    }
    EXPECT_FALSE(local.published(0, height + 1).has_value());
}

TEST_F(EmbeddedStorage, SwitchedOffItLeavesTheMemberToAnother) {
    begin();
    const auto member = committee().members.front();
    const auto connect = network::connect_over_tls({.chain_id = dev_chain_id});
    EXPECT_TRUE(connect(member).has_value());
    node_.reset();
    NodeConfig without = config();
    without.storage.enabled = false;
    node_ = Node::start(without, "test").value();
    EXPECT_EQ(committee().members.front(), member);
    EXPECT_FALSE(connect(member).has_value());
}

TEST_F(EmbeddedStorage, ATakenPortIsNamed) {
    begin();
    NodeConfig second = config();
    second.data_dir = folder_.path() / "second";
    second.storage.listen = committee().members.front().endpoint;
    EXPECT_EQ(Node::start(second, "test").error(), "storage node: " + second.storage.listen + " is in use");
    // Nothing is left of the attempt: another port makes another chain.
    second.storage.listen = "127.0.0.1:0";
    const auto started = Node::start(second, "test");
    ASSERT_TRUE(started.has_value()) << started.error();

    // A later start has to have the port that the chain lists.
    NodeConfig third = config();
    third.storage.listen = committee().members.front().endpoint;
    node_.reset();
    third.data_dir = folder_.path() / "third";
    const auto holder = Node::start(third, "test");
    ASSERT_TRUE(holder.has_value()) << holder.error();
    const auto late = Node::start(config(), "test");
    ASSERT_FALSE(late.has_value());
    EXPECT_TRUE(late.error().starts_with("storage: cannot listen on " + third.storage.listen)) << late.error();
}

TEST_F(EmbeddedStorage, OtherChainsNameMemberAndPlace) {
    NodeConfig plain = config();
    plain.dev = false;
    plain.chain_id = 77;
    plain.proposer = dev_accounts()[0].address;
    plain.storage.key_file = folder_.path() / "absent";
    EXPECT_EQ(Node::start(plain, "test").error(),
              "storage.key_file: cannot read a key from " + plain.storage.key_file.string());
    plain.storage.key_file = write_key("0x12");
    EXPECT_EQ(Node::start(plain, "test").error(),
              "storage.key_file: expected a secret key of 64 hex digits in the first line of " +
                  plain.storage.key_file.string());
    plain.storage.key_file = write_key("0x" + std::string(63, '0') + "1");
    const auto nowhere = Node::start(plain, "test");
    ASSERT_FALSE(nowhere.has_value());
    EXPECT_TRUE(nowhere.error().starts_with("storage.listen: expected host:port")) << nowhere.error();
    plain.storage.listen = "127.0.0.1:0";
    EXPECT_TRUE(Node::start(plain, "test").has_value());
}

}  // namespace
}  // namespace enshrine::node
