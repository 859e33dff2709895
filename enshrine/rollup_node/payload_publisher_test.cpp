// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/client/data_availability_contract.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/quorum_certificate.hpp>
#include <enshrine/data_availability/malformed_matrix_for_test.hpp>
#include <enshrine/data_availability/namespaces.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/network/local_peer.hpp>
#include <enshrine/node/dev_accounts.hpp>
#include <enshrine/node/node.hpp>
#include <enshrine/rollup_node/batch_assembly.hpp>
#include <enshrine/rollup_node/published_payload.hpp>
#include <enshrine/rollup_node/publisher.hpp>
#include <enshrine/rollup_node/shard_network.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/sequencing/certificate.hpp>
#include <enshrine/state/entries.hpp>
#include <enshrine/store/temp_folder_for_test.hpp>
#include <enshrine/system/addresses.hpp>
#include <enshrine/vm/testdata/assembler.hpp>

#include <gtest/gtest.h>

/// Publishing batches in matrices, on an L1 in this process whose validator is the committee. Blocks are made when the
/// test asks for them, so that everything that can happen between two of them can be played.
namespace enshrine::rollup_node {
namespace {

using data_availability::MalformedMatrix;
using data_availability::PublishedBlob;
using sequencing::PayloadScheme;

constexpr std::uint64_t rollup = 901;

/// Counts what is handed to the committee, and can be away.
class WatchedNetwork final : public PayloadNetwork {
public:
    explicit WatchedNetwork(PayloadNetwork& network) : network_{network} {}
    std::expected<Bytes, std::string> certify(std::shared_ptr<const data_availability::Matrix> matrix,
                                              const PublishedBlob& blob) override {
        if (away) return std::unexpected{"nobody answers"};
        ++certified;
        return network_.certify(std::move(matrix), blob);
    }
    std::expected<Payload, std::string> retrieve(const Hash32& commitment, std::uint64_t payload_bytes) override {
        return network_.retrieve(commitment, payload_bytes);
    }
    std::expected<std::uint64_t, std::string> sample(const Hash32& commitment, std::uint64_t payload_bytes,
                                                     std::uint64_t rows) override {
        return network_.sample(commitment, payload_bytes, rows);
    }
    std::expected<data_availability::MalformationEvidence, std::string> find_evidence(
        const Hash32& commitment, std::uint64_t payload_bytes) override {
        return network_.find_evidence(commitment, payload_bytes);
    }
    std::size_t certified = 0;
    bool away = false;

private:
    PayloadNetwork& network_;
};

std::unique_ptr<client::JsonRpcClient> connect_to(const node::Node& node) {
    return client::JsonRpcClient::make("http://127.0.0.1:" + std::to_string(node.port())).value();
}

class OnL1 : public ::testing::Test {
protected:
    node::DevAccount sequencer = *node::find_dev_account("sequencer_901");
    node::DevAccount validator = *node::find_dev_account("proposer");
    store::TempFolder folder;
    std::unique_ptr<node::Node> l1_node;
    std::unique_ptr<client::JsonRpcClient> control;
    std::unique_ptr<client::L1Client> l1;
    std::unique_ptr<store::ShardStore> shards;
    std::unique_ptr<network::ShardService> service;
    std::unique_ptr<ShardNetwork> shard_network;
    std::unique_ptr<WatchedNetwork> network;
    std::unique_ptr<RollupStore> store;
    std::unique_ptr<client::Wallet> wallet;

    void SetUp() override {
        node::NodeConfig config;
        config.dev = true;
        config.data_dir = folder.path() / "l1";
        config.storage.enabled = false;  // start_storage() makes one that this process holds
        config.rpc.port = 0;
        config.block_mode = engine::BlockMode::manual;
        config.store_cache_bytes = std::uint64_t{1} << 20;
        l1_node = node::Node::start(std::move(config), "test").value();
        control = connect_to(*l1_node);
        l1 = std::make_unique<client::L1Client>(connect_to(*l1_node));
        wallet = std::make_unique<client::Wallet>(*l1, node::dev_chain_id, sequencer.key);
        start_storage();
        register_rollup();
    }
    void start_storage() {
        shards = store::ShardStore::open({.path = folder.path() / "shards", .chain_id = node::dev_chain_id}).value();
        service = std::make_unique<network::ShardService>(
            *shards,
            network::ShardServiceOptions{
                .chain_id = node::dev_chain_id, .key = validator.key, .committee_of = [this](std::uint64_t epoch) {
                    return epoch == 0 ? std::optional{committee_} : std::nullopt;
                }});
        committee_ = client::committee(*l1).value().members;
        shard_network = std::make_unique<ShardNetwork>(*l1, node::dev_chain_id, network::connect_locally(*service));
        network = std::make_unique<WatchedNetwork>(*shard_network);
    }
    void register_rollup() {
        vm::Assembler code;
        code.halt(0);
        const Bytes genesis = state::encode_entries({{state::Key{state::Module::rollup_program}.u64(1), Bytes{7}}});
        codec::abi::Encoder arguments{6};
        arguments.u64(rollup)
            .bytes(vm::make_elf(code))
            .bytes(genesis)
            .address(sequencer.address)
            .u64(0)
            .bytes(as_bytes("test"));
        const auto txn = wallet->send(
            {.to = system::rollup_registry_address,
             .data = arguments.finish_call(codec::abi::selector("register(uint64 rollup, bytes program, bytes genesis, "
                                                                "address sequencer, uint8 policy, string name)")),
             .gas_limit = 3'000'000});
        ASSERT_TRUE(txn.has_value());
        mine();
        const auto status = l1->rollup_status(rollup);
        ASSERT_TRUE(status.has_value());
        store = RollupStore::open({.path = folder.path() / "state",
                                   .rollup = rollup,
                                   .genesis = genesis,
                                   .genesis_state_root = status->genesis_state_root})
                    .value();
    }
    void mine(std::uint64_t blocks = 1) {
        ASSERT_TRUE(control->call("dev_mine", "[" + std::to_string(blocks) + "]").has_value());
    }
    std::uint64_t pending_nonce() { return l1->pending_nonce(sequencer.address).value(); }
    std::uint64_t height() { return l1->block_number().value(); }

    /// A batch behind the store's head with these references, as if the program had run on it and done nothing.
    BatchRecord make_record(PublishedPayload published, Bytes payload, PayloadScheme scheme = PayloadScheme::native) {
        const RollupHead head = store->head();
        const Anchor anchor = latest_anchor(*l1).value();
        BatchInputs inputs;
        inputs.header = {.rollup = rollup,
                         .sequence = head.sequence + 1,
                         .previous_hash = head.batch_hash,
                         .anchor_height = anchor.height,
                         .anchor_hash = anchor.hash,
                         .inbox_end = 0,
                         .fee_recipient = sequencer.address,
                         .scheme = scheme,
                         .payload_bytes = narrow<std::uint32_t>(payload.size()),
                         .references = std::move(published.references)};
        inputs.previous_state_root = head.state_root;
        BatchResult result;
        result.batch_hash = sequencing::batch_hash(sequencing::encode_batch_header(inputs.header));
        result.state_root = head.state_root;
        return make_batch_record(head, inputs, std::move(payload), result);
    }
    BatchRecord keep_batch(const Bytes& payload, PayloadScheme scheme = PayloadScheme::native) {
        const BatchRecord record = make_record(publish_payload(scheme, payload), payload, scheme);
        EXPECT_TRUE(store->append({record, {}, {}, {}}).has_value());
        return record;
    }
    /// A sequencer's publisher after a start; the one before it is forgotten with all that it knew.
    std::unique_ptr<Publisher> restart() {
        return std::make_unique<Publisher>(
            Publisher::Options{
                .rollup = rollup, .key = sequencer.key, .claim = false, .now_ms = [] { return 1'000ULL; }},
            Publisher::Parts{.store = *store, .l1 = *l1, .network = *network}, node::dev_chain_id);
    }
    static std::uint64_t registered(Publisher& publisher) {
        const auto position = publisher.advance();
        EXPECT_TRUE(position.has_value()) << position.error();
        return position ? position->registered : 0;
    }
    std::uint64_t last_registered() { return l1->rollup_status(rollup).value().last_sequence; }

private:
    std::vector<data_availability::CommitteeMember> committee_;
};

const Bytes some_payload(1'000, 0x5a);

TEST_F(OnL1, ABatchIsPublishedAndRegisteredInOneBlock) {  // [DA-BATCH.5]
    const BatchRecord record = keep_batch(some_payload);
    const auto publisher = restart();
    const std::uint64_t nonce = pending_nonce();
    EXPECT_EQ(registered(*publisher), 0U);
    EXPECT_EQ(pending_nonce(), nonce + 2);
    EXPECT_EQ(registered(*publisher), 0U);  // both are under way
    EXPECT_EQ(pending_nonce(), nonce + 2);
    mine();
    EXPECT_EQ(registered(*publisher), 1U);
    EXPECT_EQ(network->certified, 1U);
    const auto publication = client::publication(*l1, record.header.references.front()).value();
    ASSERT_TRUE(publication.has_value());
    EXPECT_EQ(publication->height, height());
    EXPECT_EQ(publication->blobs,
              (std::vector<PublishedBlob>{{data_availability::namespace_of_rollup(rollup), some_payload.size()}}));
}

TEST_F(OnL1, BatchesOfBothSchemesAndEmptyOnesFollowEachOther) {
    keep_batch(some_payload, PayloadScheme::eip4844);
    keep_batch({});
    keep_batch(some_payload);
    keep_batch({}, PayloadScheme::eip4844);
    const auto publisher = restart();
    EXPECT_EQ(registered(*publisher), 0U);
    mine();
    EXPECT_EQ(registered(*publisher), 4U);
    EXPECT_EQ(network->certified, 1U);
}

TEST_F(OnL1, ARestartWaitsForWhatIsOnItsWay) {
    keep_batch(some_payload);
    EXPECT_EQ(registered(*restart()), 0U);
    const std::uint64_t nonce = pending_nonce();
    const auto publisher = restart();
    EXPECT_EQ(registered(*publisher), 0U);
    EXPECT_EQ(pending_nonce(), nonce);
    mine();
    EXPECT_EQ(registered(*publisher), 1U);
    EXPECT_EQ(registered(*publisher), 1U);
    EXPECT_EQ(pending_nonce(), nonce);
    EXPECT_EQ(network->certified, 1U);
}

TEST_F(OnL1, ACrashBetweenPublicationAndRegistrationPublishesOnce) {
    const BatchRecord record = keep_batch(some_payload);
    ASSERT_TRUE(
        PayloadPublisher({.l1 = *l1, .wallet = *wallet, .network = *network}).publish(record, height()).value());
    mine();
    const std::uint64_t nonce = pending_nonce();
    const auto publisher = restart();
    EXPECT_EQ(registered(*publisher), 0U);
    EXPECT_EQ(pending_nonce(), nonce + 1);  // the registration alone
    mine();
    EXPECT_EQ(registered(*publisher), 1U);
    EXPECT_EQ(network->certified, 1U);
}

TEST_F(OnL1, AnAgedPublicationIsRenewed) {  // [DA-BATCH.5]
    const Bytes payload = some_payload;
    const BatchRecord early = make_record(publish_payload(PayloadScheme::native, payload), payload);
    PayloadPublisher matrices{{.l1 = *l1, .wallet = *wallet, .network = *network}};
    ASSERT_TRUE(matrices.publish(early, height()).value());
    mine();
    EXPECT_FALSE(matrices.publish(early, height()).value());
    mine(rollup_registry::publication_age_blocks_max);
    keep_batch(payload);
    const auto publisher = restart();
    EXPECT_EQ(registered(*publisher), 0U);
    mine();
    EXPECT_EQ(registered(*publisher), 1U);
    EXPECT_EQ(network->certified, 2U);
}

TEST_F(OnL1, ACommitteeThatIsAwayDelaysAndLosesNothing) {
    keep_batch(some_payload);
    const auto publisher = restart();
    network->away = true;
    const std::uint64_t nonce = pending_nonce();
    const auto position = publisher->advance();
    ASSERT_FALSE(position.has_value());
    EXPECT_EQ(position.error(), "matrix of batch 1: nobody answers");
    EXPECT_EQ(pending_nonce(), nonce);
    network->away = false;
    EXPECT_EQ(registered(*publisher), 0U);
    mine();
    EXPECT_EQ(registered(*publisher), 1U);
}

TEST_F(OnL1, DaBatch2WhatIsPublishedComesBackFromTheNetwork) {  // [DA-BATCH.2]
    const BatchRecord record = keep_batch(some_payload);
    const Hash32& commitment = record.header.references.front();
    EXPECT_FALSE(network->retrieve(commitment, some_payload.size()).has_value());  // not published
    const auto publisher = restart();
    EXPECT_EQ(registered(*publisher), 0U);
    mine();
    const auto payload = network->retrieve(commitment, some_payload.size());
    ASSERT_TRUE(payload.has_value()) << payload.error();
    EXPECT_EQ(payload->bytes, some_payload);
    EXPECT_FALSE(payload->malformed);
    EXPECT_EQ(payload->preimages, publish_payload(PayloadScheme::native, some_payload).preimages);
    EXPECT_EQ(network->sample(commitment, some_payload.size(), 20).value(), 20U);

    const RollupHead genesis{.sequence = 0, .state_root = record.previous_state_root};
    const auto fetched = fetch_batch({.l1 = *l1, .network = *network, .rollup = rollup}, genesis);
    ASSERT_TRUE(fetched.has_value()) << fetched.error();
    EXPECT_EQ(fetched->payload, some_payload);
    EXPECT_EQ(fetched->inputs.payload_preimages, payload->preimages);
}

/// Somebody has the committee's members sign for a matrix in which a row that none of them keeps is no codeword's.
class OnL1Malformed : public OnL1 {
protected:
    std::unique_ptr<MalformedMatrix> matrix;

    /// `first` of the rows that may be the bad one.
    void register_matrix(std::uint32_t first) {
        const std::uint64_t size = some_payload.size();
        const BytesView blob{some_payload};
        const auto layout = data_availability::layout_of({&size, 1}).value();
        const auto members = client::committee(*l1).value().members;
        std::vector<std::uint32_t> kept;
        for (std::uint32_t bad = first; matrix == nullptr || std::ranges::find(kept, bad - 1) != kept.end(); ++bad) {
            matrix = std::make_unique<MalformedMatrix>(layout.shape, data_availability::frame_blobs(layout, {&blob, 1}),
                                                       [bad](std::vector<Bytes>& rows) { rows[bad][0] ^= 1; });
            kept = data_availability::assigned_rows(layout.shape, matrix->commitment(), members, 0);
        }
        const PublishedBlob published{data_availability::namespace_of_rollup(rollup), size};
        keep_rows(kept, published);
        publish(published);
        const BatchRecord record = make_record({.references = {matrix->commitment()}}, some_payload);
        submit(record);
        mine();
        ASSERT_EQ(last_registered(), 1U);
    }
    std::expected<PayloadNetwork::Payload, std::string> retrieve() {
        return network->retrieve(matrix->commitment(), some_payload.size());
    }

private:
    void keep_rows(const std::vector<std::uint32_t>& kept, const PublishedBlob& blob) {
        const auto session = shards->begin({.publication = {.commitment = matrix->commitment(), .blobs = {blob}},
                                            .shape = matrix->shape(),
                                            .row_root = matrix->row_root(),
                                            .combinations = matrix->combinations()});
        ASSERT_TRUE(session.has_value());
        for (const std::uint32_t index : kept) {
            const auto proof = matrix->prove(index);
            ASSERT_TRUE(shards->append(*session, std::vector<store::ShardRow>{{index, proof.row, proof.siblings}}));
        }
        ASSERT_TRUE(shards->commit(*session, 1'000));
    }
    void publish(const PublishedBlob& blob) {
        const Hash32 digest = data_availability::publication_digest(
            node::dev_chain_id, {.commitment = matrix->commitment(), .blobs = {blob}});
        const Bytes certificate = crypto::make_quorum_certificate(digest, {&validator.key, 1}).value();
        ASSERT_TRUE(wallet
                        ->send({.to = system::data_availability_address,
                                .value = Amount{client::publication_fee(*l1, {&blob.size, 1}).value()},
                                .data = client::publish_calldata({.commitment = matrix->commitment(), .blobs = {blob}},
                                                                 certificate),
                                .gas_limit = 1'000'000})
                        .has_value());
    }
    void submit(const BatchRecord& record) {
        codec::abi::Encoder arguments{2};
        arguments.bytes(sequencing::encode_batch_header(record.header))
            .bytes(sequencing::make_certificate(record.hash, {&sequencer.key, 1}).value());
        ASSERT_TRUE(wallet
                        ->send({.to = system::rollup_registry_address,
                                .data = arguments.finish_call(
                                    codec::abi::selector("submitBatch(bytes header, bytes certificate)")),
                                .gas_limit = 1'000'000})
                        .has_value());
    }
};

TEST_F(OnL1Malformed, DaBatch4ABadRowIsFoundAndShownToTheL1) {  // [DA-BATCH.4]
    register_matrix(0);
    const auto payload = retrieve();
    ASSERT_TRUE(payload.has_value()) << payload.error();
    EXPECT_TRUE(payload->malformed);
    EXPECT_TRUE(payload->bytes.empty());

    const RollupHead genesis = store->head();
    const auto fetched = fetch_batch({.l1 = *l1, .network = *network, .rollup = rollup}, genesis);
    ASSERT_TRUE(fetched.has_value()) << fetched.error();
    EXPECT_TRUE(fetched->inputs.payload_void);
    const BatchRecord record = make_batch_record(genesis, fetched->inputs, fetched->payload, {});
    EXPECT_TRUE(record.payload_void);

    PayloadPublisher matrices{{.l1 = *l1, .wallet = *wallet, .network = *network}};
    EXPECT_FALSE(matrices.is_recorded_void(record, height()).value());
    const std::uint64_t nonce = pending_nonce();
    EXPECT_FALSE(matrices.is_recorded_void(record, height()).value());
    EXPECT_EQ(pending_nonce(), nonce);  // told once
    mine();
    EXPECT_TRUE(matrices.is_recorded_void(record, height()).value());
    const auto known = fetch_batch({.l1 = *l1, .network = *network, .rollup = rollup}, genesis);
    EXPECT_TRUE(known->inputs.payload_void);  // now the L1 says so, whoever keeps rows
}

TEST_F(OnL1Malformed, DaBatch4BadParityLeavesThePayload) {  // [DA-BATCH.2]
    register_matrix(64);
    const auto payload = retrieve();
    ASSERT_TRUE(payload.has_value()) << payload.error();
    EXPECT_FALSE(payload->malformed);
    EXPECT_EQ(payload->bytes, some_payload);
    EXPECT_EQ(hash::sha256(payload->preimages.back()), matrix->commitment());
    const auto evidence = network->find_evidence(matrix->commitment(), some_payload.size());
    ASSERT_TRUE(evidence.has_value());
    EXPECT_FALSE(data_availability::verify_malformation(matrix->shape(), matrix->commitment(), *evidence).has_value());
}

// [VALID.3] A circuit that has to settle the rollup bounds what a batch consumes.
TEST_F(OnL1, ABatchConsumesWhatItsCircuitHasRoomFor) {
    for (int i = 0; i < 5; ++i) {
        codec::abi::Encoder arguments{2};
        arguments.u64(rollup).address(sequencer.address);
        ASSERT_TRUE(
            wallet
                ->send({.to = system::inbox_address,
                        .value = Amount{std::uint64_t{1}},
                        .data = arguments.finish_call(codec::abi::selector("deposit(uint64 rollup, address receiver)")),
                        .gas_limit = 200'000})
                .has_value());
    }
    mine(2);
    client::RollupStatus status = l1->rollup_status(rollup).value();
    EXPECT_FALSE(status.inbox_max.has_value());  // settled by execution alone
    EXPECT_EQ(due_messages(*l1, status, store->head(), height()).value().size(), 5U);
    status.inbox_max = 3;
    EXPECT_EQ(due_messages(*l1, status, store->head(), height()).value().size(), 3U);
}

}  // namespace
}  // namespace enshrine::rollup_node
