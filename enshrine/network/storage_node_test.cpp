// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/network/network_for_test.hpp>
#include <enshrine/network/shard_client.hpp>
#include <enshrine/network/storage_node.hpp>

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <mutex>
#include <thread>

namespace enshrine::network {
namespace {

using store::TempFolder;

/// Flips one bit of a stored row, on the disk.
void damage_row(const std::filesystem::path& folder, BytesView row) {
    for (const auto& file : std::filesystem::directory_iterator{folder}) {
        if (file.path().extension() != ".segment") continue;
        std::fstream stream{file.path(), std::ios::binary | std::ios::in | std::ios::out};
        const Bytes bytes{std::istreambuf_iterator<char>{stream}, {}};
        const auto hit = std::ranges::search(bytes, row);
        if (hit.empty()) continue;
        const auto at = hit.begin() - bytes.begin() + 5;
        stream.clear();
        stream.seekp(at);
        stream.put(static_cast<char>(bytes[static_cast<std::size_t>(at)] ^ 4));
        return;
    }
    FAIL() << "no such row";
}

struct KeepRowsTest : testing::Test {
    TestNetwork network{4};
    TestBlob blob{300'000};
    void SetUp() override { network.store_everywhere(blob); }
    auto keep(std::size_t node, Connect connect) {
        return keep_rows(network.service(node), blob.publication, network.committee, 1000,
                         {.connect = std::move(connect)});
    }
    void expect_served(std::size_t node) {
        const auto own = network.assigned(blob.shape(), blob.commitment(), node);
        const auto rows = network.service(node).rows({.commitment = blob.commitment(), .indices = own});
        ASSERT_TRUE(rows);
        EXPECT_EQ(rows->indices, own);
        for (std::size_t i = 0; i < own.size(); ++i) {
            EXPECT_TRUE(equal(BytesView{rows->rows}.subspan(i * blob.shape().row_bytes, blob.shape().row_bytes),
                              blob.matrix->row(own[i])));
        }
    }
};

// [DA-NET.9] Bit flips are found by the checksums and repaired from what the others keep.
TEST_F(KeepRowsTest, FlippedBitsAreRepairedFromTheOthers) {
    const auto own = network.assigned(blob.shape(), blob.commitment(), 0);
    damage_row(network.node(0).folder->path(), blob.matrix->row(own[3]));
    damage_row(network.node(0).folder->path(), blob.matrix->row(own[70]));
    while (!network.node(0).store->scrub(1 << 30)) {
    }
    const auto rows = network.service(0).rows({.commitment = blob.commitment(), .indices = own});
    EXPECT_EQ(rows->indices.size(), own.size() - 2) << "damaged rows are not handed out";
    const auto kept = keep(0, network.connect());
    ASSERT_TRUE(kept) << kept.error();
    EXPECT_EQ(kept->assigned, own.size());
    EXPECT_EQ(kept->repaired, 2U);
    expect_served(0);
    network.restart(0);
    expect_served(0);
    EXPECT_EQ(keep(0, network.connect())->missing, 0U);
}

TEST_F(KeepRowsTest, ALostDiskIsFilledAgain) {
    TestNetwork::Node& node = network.node(2);
    node.service.reset();
    node.store.reset();
    std::filesystem::remove_all(node.folder->path());
    std::filesystem::create_directories(node.folder->path());
    network.restart(2);
    EXPECT_FALSE(network.service(2).has(blob.commitment()));
    const auto kept = keep(2, network.connect());
    ASSERT_TRUE(kept) << kept.error();
    EXPECT_EQ(kept->repaired, kept->assigned);
    expect_served(2);
    EXPECT_TRUE(node.store->summary(blob.commitment())->confirmed);
}

TEST_F(KeepRowsTest, WithTooFewRowsLeftItSaysSo) {
    const auto own = network.assigned(blob.shape(), blob.commitment(), 1);
    damage_row(network.node(1).folder->path(), blob.matrix->row(own[0]));
    while (!network.node(1).store->scrub(1 << 30)) {
    }
    const auto kept = keep(1, [](const da::CommitteeMember&) -> PeerResult<std::unique_ptr<ShardPeer>> {
        return std::unexpected{PeerFault{PeerError::unreachable, "away"}};
    });
    ASSERT_FALSE(kept);
    EXPECT_NE(kept.error().find("rows verified, 256 are needed"), std::string::npos) << kept.error();
}

TEST_F(KeepRowsTest, StrangersKeepNothing) {
    std::vector<da::CommitteeMember> others(network.committee.begin() + 1, network.committee.end());
    const auto kept = keep_rows(network.service(0), blob.publication, others, 10, {.connect = network.connect()});
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->assigned, 0U);
}

// Recovered rows go back to their holders; those who have theirs are not bothered.
TEST_F(KeepRowsTest, ReseedingFillsHolders) {
    TestNetwork::Node& node = network.node(3);
    node.service.reset();
    node.store.reset();
    std::filesystem::remove_all(node.folder->path());
    network.restart(3);
    const auto got = retrieve(blob.commitment(), blob.sizes, network.committee, {.connect = network.connect()});
    ASSERT_TRUE(got);
    const std::uint64_t before = network.node(0).store->usage().disk_bytes;
    for (const PeerReport& report :
         reseed(got->matrix, blob.publication, test_chain, network.committee, {.connect = network.connect()})) {
        EXPECT_FALSE(report.fault) << report.fault->text;
    }
    expect_served(3);
    EXPECT_LT(network.node(0).store->usage().disk_bytes, before + 1000);
}

/// A chain that a test writes.
class ScriptedChain {
public:
    void publish(std::uint64_t height, const KnownPublication& known) {
        const std::scoped_lock lock{mutex_};
        published_[height].push_back(known);
        height_ = std::max(height_, height);
    }
    void advance(std::uint64_t height) {
        const std::scoped_lock lock{mutex_};
        height_ = height;
    }
    void set_committee(std::vector<da::CommitteeMember> members) {
        const std::scoped_lock lock{mutex_};
        committees_.push_back(std::move(members));
    }
    [[nodiscard]] std::unique_ptr<ChainSource> source() { return std::make_unique<Source>(*this); }

private:
    class Source final : public ChainSource {
    public:
        explicit Source(ScriptedChain& chain) noexcept : chain_{chain} {}
        Known<std::uint64_t> height() override {
            const std::scoped_lock lock{chain_.mutex_};
            return chain_.height_;
        }
        Known<std::optional<data_availability::Committee>> committee(std::optional<std::uint64_t> epoch) override {
            const std::scoped_lock lock{chain_.mutex_};
            if (chain_.committees_.empty()) return std::unexpected{std::string{"the chain is away"}};
            const std::uint64_t wanted = epoch.value_or(chain_.committees_.size() - 1);
            if (wanted >= chain_.committees_.size()) return std::nullopt;
            return data_availability::Committee{.epoch = wanted, .members = chain_.committees_[wanted]};
        }
        Known<std::vector<KnownPublication>> published(std::uint64_t first, std::uint64_t last) override {
            const std::scoped_lock lock{chain_.mutex_};
            std::vector<KnownPublication> out;
            for (auto it = chain_.published_.lower_bound(first); it != chain_.published_.end() && it->first <= last;
                 ++it) {
                out.insert(out.end(), it->second.begin(), it->second.end());
            }
            return out;
        }

    private:
        ScriptedChain& chain_;
    };
    std::mutex mutex_;
    std::uint64_t height_ = 0;
    std::vector<std::vector<da::CommitteeMember>> committees_;
    std::map<std::uint64_t, std::vector<KnownPublication>> published_;
};

bool at_last(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::yield();
    }
    return true;
}

struct StorageNodesTest : testing::Test {
    ScriptedChain chain;
    std::vector<std::unique_ptr<TempFolder>> folders;
    std::vector<crypto::SecretKey> keys;
    std::vector<da::CommitteeMember> committee;
    std::vector<std::unique_ptr<StorageNode>> nodes;
    TestBlob blob{300'000};

    void SetUp() override {
        for (std::size_t i = 0; i < 4; ++i) {
            folders.push_back(std::make_unique<TempFolder>());
            keys.push_back(crypto::SecretKey::from(hash::sha256(Bytes{static_cast<Byte>(i)}).view()));
        }
        std::ranges::sort(keys, {}, [](const auto& key) { return crypto::address_of(key).value(); });
        nodes.resize(4);
        for (std::size_t i = 0; i < 4; ++i) start(i);
        for (std::size_t i = 0; i < 4; ++i) {
            committee.push_back({.address = nodes[i]->service().address(),
                                 .stake = 10,
                                 .endpoint = "127.0.0.1:" + std::to_string(nodes[i]->port()),
                                 .tls_key_hash = nodes[i]->tls_key_hash()});
        }
        chain.set_committee(committee);
        chain.advance(1);
        for (const auto& node : nodes) ASSERT_TRUE(at_last([&] { return node->followed() == 1; }));
    }
    void start(std::size_t i, std::vector<Hash32> pins = {}) {
        const std::uint16_t port = committee.size() > i ? port_of(committee[i]) : std::uint16_t{0};
        auto started = StorageNode::start({.data_dir = folders[i]->path(),
                                           .chain_id = test_chain,
                                           .key = keys[i],
                                           .server = ShardServerOptions{.port = port},
                                           .connect = connect_over_tls({.chain_id = test_chain}),
                                           .poll_interval = std::chrono::milliseconds{1},
                                           .pinned_namespaces = std::move(pins),
                                           .limits = {.unpublished_blocks = 50}},
                                          chain.source());
        ASSERT_TRUE(started) << started.error();
        nodes[i] = *std::move(started);
    }
    static std::uint16_t port_of(const da::CommitteeMember& member) {
        return static_cast<std::uint16_t>(std::stoul(member.endpoint.substr(member.endpoint.find(':') + 1)));
    }
    void publish(std::uint64_t height, std::uint64_t expires_at) {
        auto distribution = distribute(blob.matrix, blob.publication, test_chain, committee,
                                       {.connect = connect_over_tls({.chain_id = test_chain})});
        ASSERT_TRUE(distribution) << distribution.error().text;
        for (const auto& report : distribution->finish().members) ASSERT_FALSE(report.fault) << report.fault->text;
        chain.publish(height, {.publication = blob.publication, .expires_at = expires_at});
    }
    void publish_to_all() {
        publish(5, 100'000);
        ASSERT_TRUE(everybody([](StorageNode& node) { return node.followed() >= 5; }));
    }
    /// In ascending order.
    [[nodiscard]] std::vector<std::uint32_t> own_rows(std::size_t member) const {
        auto out = da::assigned_rows(blob.shape(), blob.commitment(), committee, member);
        std::ranges::sort(out);
        return out;
    }
    bool everybody(const std::function<bool(StorageNode&)>& condition) {
        return std::ranges::all_of(nodes, [&](const auto& node) { return at_last([&] { return condition(*node); }); });
    }
};

TEST_F(StorageNodesTest, FollowTheChainFromUploadToExpiry) {
    publish(5, 200);
    EXPECT_TRUE(everybody([&](StorageNode& node) {
        const auto summary = node.service().store().summary(blob.commitment());
        return summary && summary->confirmed && summary->expires_at == 200;
    }));
    chain.advance(200);
    EXPECT_TRUE(everybody([](StorageNode& node) { return node.followed() == 200; }));
    EXPECT_TRUE(everybody([&](StorageNode& node) { return node.service().has(blob.commitment()); }))
        << "kept in the block of the expiry";
    chain.advance(220);
    EXPECT_TRUE(everybody([&](StorageNode& node) { return !node.service().has(blob.commitment()); }));
}

// [DA-NET.8]
TEST_F(StorageNodesTest, APinnedNamespaceIsKeptUntilItIsPinnedNoMore) {
    nodes[0].reset();
    start(0, {blob.publication.blobs.front().name_space});
    Hash32 other = blob.publication.blobs.front().name_space;
    other[0] ^= 1;
    nodes[1].reset();
    start(1, {other});
    publish(5, 200);
    chain.advance(300);
    for (std::size_t i = 1; i < 4; ++i) {
        EXPECT_TRUE(at_last([&] { return !nodes[i]->service().has(blob.commitment()); })) << i;
    }
    EXPECT_TRUE(at_last([&] { return nodes[0]->followed() == 300; }));
    chain.advance(400);
    EXPECT_TRUE(at_last([&] { return nodes[0]->followed() == 400; }));
    EXPECT_TRUE(nodes[0]->service().has(blob.commitment()));
    EXPECT_TRUE(nodes[0]->service().store().summary(blob.commitment())->pinned);
    nodes[0].reset();
    start(0);
    chain.advance(500);
    EXPECT_TRUE(at_last([&] { return !nodes[0]->service().has(blob.commitment()); }));
}

TEST_F(StorageNodesTest, UploadsThatNobodyPublishesVanish) {
    publish(5, 200);
    const TestBlob unpublished{1000, 9};
    ASSERT_TRUE(distribute(unpublished.matrix, unpublished.publication, test_chain, committee,
                           {.connect = connect_over_tls({})})
                    ->finish()
                    .certificate.size());
    chain.advance(100);
    EXPECT_TRUE(everybody([&](StorageNode& node) { return !node.service().has(unpublished.commitment()); }));
    EXPECT_TRUE(everybody([&](StorageNode& node) { return node.service().has(blob.commitment()); }));
}

TEST_F(StorageNodesTest, ANodeThatLostItsDiskOrWasAwayFillsItself) {
    publish_to_all();
    nodes[1].reset();
    std::filesystem::remove_all(folders[1]->path() / "rows");
    std::filesystem::remove(folders[1]->path() / "followed");
    start(1);
    const auto own = own_rows(1);
    EXPECT_TRUE(at_last([&] { return *nodes[1]->service().store().indices(blob.commitment()) == own; }));
}

TEST_F(StorageNodesTest, DamageIsFoundAndMendedByItself) {
    publish_to_all();
    const auto own = own_rows(0);
    damage_row(folders[0]->path() / "rows", blob.matrix->row(own[0]));
    EXPECT_TRUE(at_last([&] {
        const auto rows = nodes[0]->service().rows({.commitment = blob.commitment(), .indices = {own[0]}});
        return rows && rows->indices.size() == 1 && equal(rows->rows, blob.matrix->row(own[0])) &&
               nodes[0]->service().store().summary(blob.commitment())->rows > own.size();
    }));
}

/// The bytes of a header record: they end with the combinations.
Bytes part_of_header(const TestBlob& blob) {
    return to_bytes(blob.matrix->combinations().first(64));
}

// [DA-NET.9]
TEST_F(StorageNodesTest, ALostSegmentIsMissedAfterARestart) {
    publish_to_all();
    nodes[1].reset();
    for (const auto& file : std::filesystem::directory_iterator{folders[1]->path() / "rows"}) {
        if (file.path().extension() == ".segment") std::filesystem::remove(file.path());
    }
    start(1);
    const auto own = own_rows(1);
    EXPECT_TRUE(at_last([&] { return *nodes[1]->service().store().indices(blob.commitment()) == own; }));
}

// [DA-NET.9]
TEST_F(StorageNodesTest, ADamagedHeaderIsMissedAfterARestart) {
    publish_to_all();
    nodes[1].reset();
    damage_row(folders[1]->path() / "rows", part_of_header(blob));
    start(1);
    const auto own = own_rows(1);
    EXPECT_TRUE(at_last([&] {
        const auto header = nodes[1]->service().store().header(blob.commitment());
        return header && *header && *nodes[1]->service().store().indices(blob.commitment()) == own;
    }));
}

// [DA-NET.9]
TEST_F(StorageNodesTest, ADamagedHeaderIsFoundAndMendedByItself) {
    publish_to_all();
    damage_row(folders[0]->path() / "rows", part_of_header(blob));
    const store::ShardStore& store = nodes[0]->service().store();
    const auto own = own_rows(0);
    EXPECT_TRUE(at_last([&] {
        const auto header = store.header(blob.commitment());
        const auto rows = nodes[0]->service().rows({.commitment = blob.commitment(), .indices = {own[0]}});
        return header && *header && rows && rows->indices.size() == 1;
    }));
}

TEST_F(StorageNodesTest, UploadsAreForTheCurrentCommitteeAndTheOneBefore) {
    chain.set_committee(committee);
    chain.set_committee(committee);
    chain.advance(2);
    // The epoch that uploads are taken for is known once a turn has passed.
    const auto taken = [&](std::uint64_t epoch) {
        TestBlob other{1000, 100 + epoch};
        other.publication.epoch = epoch;
        return distribute(other.matrix, other.publication, test_chain, committee, {.connect = connect_over_tls({})})
            .has_value();
    };
    EXPECT_TRUE(at_last([&] { return taken(2); }));
    EXPECT_TRUE(taken(1));
    EXPECT_TRUE(at_last([&] { return !taken(0); }));
    EXPECT_FALSE(taken(3));
}

}  // namespace
}  // namespace enshrine::network
