// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/client/cell_sampler.hpp>
#include <enshrine/client/da_client.hpp>
#include <enshrine/client/wallet.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/network/network_for_test.hpp>
#include <enshrine/node/node.hpp>
#include <enshrine/node/node_for_test.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace enshrine::node {
namespace {

namespace da = data_availability;
using network::noise;

/// A development node whose sole member keeps its rows in this process, and a client.
class NativeDaTest : public testing::Test {
protected:
    NativeDaTest() {
        store_ = store::ShardStore::open({.path = shards_.path(), .chain_id = dev_chain_id}).value();
        const DevAccount proposer = *find_dev_account("proposer");
        network::ShardServiceOptions options{.chain_id = dev_chain_id, .key = proposer.key, .committee_of = {}};
        options.committee_of = [member = da::sole_member(proposer.address)](std::uint64_t) {
            return std::optional{std::vector{member}};
        };
        service_ = std::make_unique<network::ShardService>(*store_, options);
        NodeConfig config;
        config.dev = true;
        config.data_dir = folder_.path();
        config.storage.enabled = false;
        config.rpc.port = 0;
        config.block_mode = engine::BlockMode::instant;
        node_ = Node::start(config, "test", network::connect_locally(*service_)).value();
    }
    [[nodiscard]] std::unique_ptr<client::JsonRpcClient> rpc() const {
        return client::JsonRpcClient::make("http://127.0.0.1:" + std::to_string(node_->port())).value();
    }
    [[nodiscard]] static Hash32 name_space(Byte name) {
        Hash32 out;
        out[0] = name;
        return out;
    }

    store::TempFolder folder_;
    store::TempFolder shards_;
    std::unique_ptr<store::ShardStore> store_;
    std::unique_ptr<network::ShardService> service_;
    std::unique_ptr<Node> node_;
};

TEST_F(NativeDaTest, SubmittedBlobsAreReadBackEveryWay) {
    client::DaClient da{rpc()};
    const Bytes first = noise(70'000, 1);
    const Bytes second = noise(10, 2);
    const client::NamedBlob blobs[] = {{name_space(1), first}, {name_space(2), second}};
    const auto submitted = da.submit(blobs);
    ASSERT_TRUE(submitted.has_value()) << submitted.error().message;
    const client::DaSubmission& one = submitted->front();
    const client::DaSubmission& two = submitted->back();
    EXPECT_EQ(one.commitment, two.commitment);
    EXPECT_NE(one.index, two.index);

    const auto got = da.get({one.height, name_space(1), one.commitment, {}});
    ASSERT_TRUE(got.has_value() && got->has_value());
    EXPECT_EQ((*got)->data, first);
    EXPECT_EQ((*got)->entry.index, one.index);
    EXPECT_FALSE(da.get({one.height, name_space(3), one.commitment, {}}).value().has_value());
    EXPECT_FALSE(da.get({one.height, name_space(1), name_space(9), {}}).value().has_value());
    EXPECT_FALSE(da.get({one.height, name_space(2), one.commitment, one.index}).value().has_value());

    const Hash32 both[] = {name_space(2), name_space(1)};
    const auto all = da.get_all(one.height, both).value();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(da.get_all(one.height, {&both[0], 1}).value().front().data, second);
    const auto by_commitment = da.get_by_commitment(one.commitment).value();
    ASSERT_EQ(by_commitment.size(), 2U);
    EXPECT_EQ(by_commitment[1].data, second);
    EXPECT_TRUE(da.get_by_commitment(name_space(9)).value().empty());

    EXPECT_TRUE(da.has(one.commitment).value());
    EXPECT_FALSE(da.has(name_space(9)).value());
    EXPECT_EQ(da.publications_at(one.height).value().size(), 2U);
    client::L1Client l1{rpc()};
    const auto publication = client::publication(l1, one.commitment).value();
    ASSERT_TRUE(publication.has_value());
    EXPECT_EQ(publication->height, one.height);
    EXPECT_EQ(da::sizes_of(publication->blobs), (std::vector<std::uint64_t>{70'000, 10}));
    EXPECT_EQ(client::committee_at(l1, publication->epoch).value().value().members.size(), 1U);
    EXPECT_FALSE(client::committee_at(l1, publication->epoch + 1).value().has_value());
}

// [DA-ROOT.4] [DA-ROOT.5]
TEST_F(NativeDaTest, PublicationAndItsAbsenceAreProvedAgainstTheBlockHash) {
    client::DaClient da{rpc()};
    const Bytes data = noise(1'000, 1);
    const client::NamedBlob blobs[] = {{name_space(2), data}};
    const auto submitted = da.submit(blobs).value();
    const std::uint64_t height = submitted[0].height;
    const da::AbsentItem there{.name_space = name_space(2), .commitment = submitted[0].commitment};
    const auto included = da.get_proof({height, there, {}}).value();
    const auto proven = client::verify_publication_proof(included.block_hash, there, included.proof);
    ASSERT_TRUE(proven.has_value()) << proven.error();
    ASSERT_TRUE(proven->leaf.has_value());
    EXPECT_EQ(proven->leaf->size, data.size());

    for (const Byte name : {Byte{1}, Byte{3}}) {
        const da::AbsentItem absent{.name_space = name_space(name), .commitment = {}};
        const auto answer = da.get_proof({height, absent, {}}).value();
        const auto missing = client::verify_publication_proof(answer.block_hash, absent, answer.proof);
        ASSERT_TRUE(missing.has_value()) << missing.error();
        EXPECT_FALSE(missing->leaf.has_value());
        // The proof of one thing proves nothing about another, and a block nothing about another block.
        EXPECT_FALSE(client::verify_publication_proof(answer.block_hash, there, answer.proof).has_value());
        EXPECT_FALSE(client::verify_publication_proof(included.block_hash, absent, included.proof).has_value());
        EXPECT_FALSE(client::verify_publication_proof(Hash32{}, absent, answer.proof).has_value());
    }
    client::PublicationProof spoiled = included.proof;
    spoiled.proof.back() ^= 1;
    EXPECT_FALSE(client::verify_publication_proof(included.block_hash, there, spoiled).has_value());
    spoiled.proof.clear();
    EXPECT_FALSE(client::verify_publication_proof(included.block_hash, there, spoiled).has_value());
}

TEST_F(NativeDaTest, SeveralBlobsOfANamespaceNeedTheirIndex) {
    client::DaClient da{rpc()};
    const Bytes first = noise(100, 1);
    const Bytes second = noise(200, 2);
    const client::NamedBlob blobs[] = {{name_space(1), first}, {name_space(1), second}};
    const auto submitted = da.submit(blobs).value();
    const auto ambiguous = da.get({submitted[0].height, name_space(1), submitted[0].commitment, {}});
    ASSERT_FALSE(ambiguous.has_value());
    EXPECT_EQ(ambiguous.error().field, "index");
    const auto got = da.get({submitted[1].height, name_space(1), submitted[1].commitment, submitted[1].index});
    EXPECT_EQ(got.value().value().data, second);
}

// [DA-PUB.3]
TEST_F(NativeDaTest, NamespacesThatTheL1RefusesDoNotReachAMatrix) {
    client::DaClient da{rpc()};
    const Bytes data = noise(10, 1);
    Hash32 rollup;
    rollup[31] = 77;  // registered by nobody
    for (const Hash32& refused : {Hash32{}, rollup}) {
        const client::NamedBlob blobs[] = {{name_space(1), data}, {refused, data}};
        const auto submitted = da.submit(blobs);
        ASSERT_FALSE(submitted.has_value());
        EXPECT_EQ(submitted.error().field, "blobs[1].namespace");
    }
    const client::NamedBlob empty[] = {{name_space(1), {}}};
    EXPECT_EQ(da.submit(empty).error().field, "blobs[0].data");
}

TEST_F(NativeDaTest, SubscribersHearOfTheirNamespaceAlone) {
    client::DaClient listener{rpc()};
    client::DaClient submitter{rpc()};
    EXPECT_TRUE(listener.publications_since(0, name_space(1), 0).value().entries.empty());
    std::optional<client::DaNews> news;
    std::jthread waiting{[&] { news = listener.publications_since(0, name_space(1), 30'000).value(); }};
    const Bytes other = noise(10, 1);
    const Bytes data = noise(20, 2);
    const client::NamedBlob others[] = {{name_space(2), other}};
    const client::NamedBlob blobs[] = {{name_space(1), data}};
    ASSERT_TRUE(submitter.submit(others).has_value());
    const auto submitted = submitter.submit(blobs).value();
    waiting.join();
    ASSERT_TRUE(news.has_value());
    ASSERT_EQ(news->entries.size(), 1U);
    EXPECT_EQ(news->entries[0].commitment, submitted[0].commitment);
    EXPECT_EQ(news->entries[0].height, submitted[0].height);
    EXPECT_GE(news->height, submitted[0].height);
    EXPECT_TRUE(listener.publications_since(news->height, name_space(1), 0).value().entries.empty());

    const auto refused = listener.publications_since(0, name_space(1), 30'001);
    EXPECT_EQ(refused.error().field, "waitMs");
}

// [DA-CODE.7]
TEST_F(NativeDaTest, SampledRowsVerify) {
    client::DaClient da{rpc()};
    const Bytes data = noise(70'000, 1);
    const client::NamedBlob blobs[] = {{name_space(1), data}};
    const auto submitted = da.submit(blobs).value();
    const std::string name = "\"" + codec::format_hex(submitted[0].commitment.view()) + "\"";
    const auto raw = rpc();
    const da::Shape shape = da::shape_of(data.size()).value();
    // The sole member keeps some of the rows; what it does not keep is left out of the answer.
    const auto member = da::sole_member(find_dev_account("proposer")->address);
    auto kept = da::assigned_rows(shape, submitted[0].commitment, {&member, 1}, 0);
    std::ranges::sort(kept);
    std::uint32_t absent = 0;
    while (std::ranges::binary_search(kept, absent)) ++absent;
    const std::vector<std::uint32_t> wanted{kept[0], kept[1], kept[2], absent};
    const auto sampled =
        nlohmann::json::parse(raw->call("da_sample", "[" + name + "," + nlohmann::json(wanted).dump() + "]").value());
    EXPECT_EQ(sampled["shape"]["dataRows"], codec::format_quantity(shape.data_rows));
    const auto bytes = [](const nlohmann::json& text) { return codec::parse_hex(text.get<std::string>()).value(); };
    const auto verifier = da::RowVerifier::make(shape, submitted[0].commitment, Hash32::from(bytes(sampled["rowRoot"])),
                                                bytes(sampled["combinations"]));
    ASSERT_TRUE(verifier.has_value());
    ASSERT_EQ(sampled["parts"].size(), 1U);
    std::vector<Bytes> rows;
    for (const auto& row : sampled["parts"][0]["rows"]) rows.push_back(bytes(row["row"]));
    ASSERT_EQ(rows.size(), 3U);
    std::vector<Hash32> siblings;
    for (const auto& sibling : sampled["parts"][0]["siblings"]) siblings.push_back(Hash32::from(bytes(sibling)));
    const da::IndexedRow indexed[] = {{kept[0], rows[0]}, {kept[1], rows[1]}, {kept[2], rows[2]}};
    EXPECT_TRUE(verifier->verify_rows(indexed, siblings).has_value());

    const auto drawn = nlohmann::json::parse(raw->call("da_sample", "[" + name + ",20]").value());
    EXPECT_EQ(drawn["parts"][0]["rows"].size(), 20U);
    EXPECT_EQ(raw->call("da_sample", "[" + name + ",[1024]]").error().field, "indices[0]");
    EXPECT_EQ(raw->call("da_sample", "[" + name + ",0]").error().field, "indices");
    EXPECT_EQ(raw->call("da_sample", "[" + name + "]").error().field, "indices");
}

TEST_F(NativeDaTest, LostRowsAreNamedAsSuch) {
    client::DaClient da{rpc()};
    const Bytes data = noise(1'000, 1);
    const client::NamedBlob blobs[] = {{name_space(1), data}};
    const auto submitted = da.submit(blobs).value();
    ASSERT_TRUE(store_->prune(1'000'000'000).has_value());
    const auto got = da.get_by_commitment(submitted[0].commitment);
    ASSERT_FALSE(got.has_value());
    EXPECT_EQ(got.error().stable_code, "E-DA-UNAVAILABLE");
}

TEST_F(NativeDaTest, AWalletPublishesWithoutTheNodesAccount) {
    client::L1Client l1{rpc()};
    client::DaClient da{rpc()};
    client::Wallet wallet{l1, dev_chain_id, dev_accounts()[0].key};
    client::WalletTarget target{l1, wallet};
    const Bytes data = noise(300'000, 1);
    const client::NamedBlob blobs[] = {{name_space(1), data}};
    client::PublishOptions options{.chain_id = dev_chain_id, .distribution = {}, .parallel = {}, .on_stage = {}};
    options.distribution.connect = network::connect_locally(*service_);
    const auto published = client::publish_matrix(target, blobs, options);
    ASSERT_TRUE(published.has_value()) << published.error().message;
    EXPECT_EQ(da.get_by_commitment(published->publication.commitment).value().at(0).data, data);
}

/// Sampling of EIP-4844 blobs over the node.
class CellSamplerTest : public NativeDaTest {
protected:
    Hash32 publish_blob() {
        const types::NetworkTransaction txn = blob_transaction(0, 1);
        EXPECT_TRUE(nodes().front().send_raw(types::encode_network_transaction(txn)).has_value());
        const Hash32 hash = txn.transaction.blob_versioned_hashes.front();
        for (std::uint64_t height = 0; !nodes().front().blob(hash).value();) {
            height = node_->application().head_above(height, std::chrono::seconds{1})->header.number;
        }
        return hash;
    }
    std::vector<client::L1Client>& nodes() {
        if (nodes_.empty()) nodes_.emplace_back(rpc());
        return nodes_;
    }
    static constexpr std::size_t enough = 20;

private:
    static types::NetworkTransaction blob_transaction(std::uint64_t nonce, std::uint8_t seed) {
        return test::blob_transaction(nonce, seed);
    }
    std::vector<client::L1Client> nodes_;
};

TEST_F(CellSamplerTest, CellsVerifyAndProgressIsKept) {
    const Hash32 hash = publish_blob();
    store::TempFolder progress;
    client::CellSampleOptions options{.cells = enough, .progress_file = progress.path() / "cells.json"};
    const auto first = client::sample_cells(nodes(), hash, options).value();
    EXPECT_EQ(first.verdict, network::SampleVerdict::available);
    EXPECT_EQ(first.verified.size(), enough);
    EXPECT_NEAR(first.miss_probability, network::miss_probability(64, 128, enough), 1e-18);

    // A later run draws on: what was drawn stays, what was verified is not asked for again.
    options.cells = enough + 5;
    const auto second = client::sample_cells(nodes(), hash, options).value();
    EXPECT_EQ(second.verified.size(), enough + 5);
    EXPECT_TRUE(std::ranges::includes(second.drawn, first.drawn));

    const auto other = client::sample_cells(nodes(), Hash32{}, options);
    ASSERT_FALSE(other.has_value());
    EXPECT_NE(other.error().find("versionedHash"), std::string::npos) << other.error();
    std::ofstream{options.progress_file} << "{\"versionedHash\":1";
    EXPECT_FALSE(client::sample_cells(nodes(), hash, options).has_value());
}

TEST_F(CellSamplerTest, WhatNobodyPublishedIsWithheldAndNobodyIsInconclusive) {
    Hash32 unknown;
    unknown[0] = 1;
    const client::CellSampleOptions options{
        .cells = enough, .rounds = 2, .round_pause = std::chrono::milliseconds{0}, .progress_file = {}};
    const auto withheld = client::sample_cells(nodes(), unknown, options).value();
    EXPECT_EQ(withheld.verdict, network::SampleVerdict::withheld);
    EXPECT_EQ(withheld.missing.size(), enough);
    EXPECT_FALSE(withheld.reason.empty());

    std::vector<client::L1Client> nobody;
    nobody.emplace_back(client::JsonRpcClient::make("http://127.0.0.1:1").value());
    const auto inconclusive = client::sample_cells(nobody, unknown, options).value();
    EXPECT_EQ(inconclusive.verdict, network::SampleVerdict::inconclusive);
}

}  // namespace
}  // namespace enshrine::node
