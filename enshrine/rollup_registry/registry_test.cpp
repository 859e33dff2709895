// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/malformed_matrix_for_test.hpp>
#include <enshrine/data_availability/namespaces.hpp>
#include <enshrine/data_availability/publications.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/rollup_registry/errors.hpp>
#include <enshrine/rollup_registry/interface.hpp>
#include <enshrine/rollup_registry/native_settlement.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/sequencing/certificate.hpp>
#include <enshrine/state/entries.hpp>
#include <enshrine/state/tree.hpp>
#include <enshrine/system/block_history.hpp>
#include <enshrine/system/call_for_test.hpp>
#include <enshrine/vm/runner.hpp>
#include <enshrine/vm/testdata/assembler.hpp>
#include <enshrine/vm/testdata/preimage_store.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace enshrine::rollup_registry {
namespace {

using system::refused_with;

constexpr std::string_view register_method =
    "register(uint64 rollup, bytes program, bytes genesis, address sequencer, uint8 policy, string name)";
constexpr std::string_view submit_method = "submitBatch(bytes header, bytes certificate)";
constexpr std::string_view claim_method =
    "claim(uint64 rollup, uint64 sequence, bytes32 stateRoot, bytes32 outboxRoot, bytes32 receiptsRoot, uint64 steps, "
    "bytes32 machineRoot, bytes witness)";
constexpr std::uint64_t id = 901;

/// Commits the first content root of its batch, and emits it as an outbox message and as a receipt.
Bytes committing_program() {
    constexpr std::uint64_t batch_hash_address = 0x1000 + 136;
    constexpr std::uint64_t content_root_offset = 126;
    vm::Assembler code;
    code.load_constant(vm::a0, batch_hash_address).load_constant(vm::a1, vm::data_address);
    code.load_constant(vm::a2, content_root_offset).load_constant(vm::a3, 32).call(1);
    for (const std::uint64_t kind : {0U, 1U}) {
        code.load_constant(vm::a0, kind).load_constant(vm::a1, vm::data_address).load_constant(vm::a2, 32).call(2);
    }
    code.load_constant(vm::a0, vm::data_address).call(3).halt(0);
    return vm::make_elf(code);
}

/// One message at every height of `heights`.
class FakeInbox final : public system::InboxReader {
public:
    std::uint64_t count_at(const state::StateView&, std::uint64_t, std::uint64_t height) const override {
        return static_cast<std::uint64_t>(
            std::ranges::count_if(heights, [&](std::uint64_t at) { return at <= height; }));
    }
    Hash32 rolling_hash(const state::StateView&, std::uint64_t, std::uint64_t index) const override {
        return U256{index}.to_be();
    }
    std::optional<std::uint64_t> enqueued_at(const state::StateView&, std::uint64_t,
                                             std::uint64_t index) const override {
        if (index >= heights.size()) return std::nullopt;
        return heights[index];
    }
    std::vector<std::uint64_t> heights;
};
class SettlementLog final : public system::SettlementListener {
public:
    void on_settled(state::Overlay&, const system::SettledBatch& batch) const override { settled.push_back(batch); }
    mutable std::vector<system::SettledBatch> settled;
};

class Registry : public testing::Test {
protected:
    Registry() {
        chain.block.height = 300;
        chain.services = {.inbox = &inbox, .settlement = &settlements, .runner = &runner};
        for (std::uint64_t height = 100; height < 300; ++height) {
            system::store_block_history(chain.state,
                                        {.height = height, .hash = anchor_hash(height), .timestamp = height});
        }
        key[31] = 1;
        sequencer = *crypto::address_of(key);
        stranger[0] = 9;
        owner[0] = 8;
        genesis = state::encode_entries({{state::Key{state::Module::rollup_program}.u64(1), Bytes{7}}});
    }
    static Hash32 anchor_hash(std::uint64_t height) { return hash::sha256(U256{height}.to_be().view()); }

    system::CallResult call(const Address& caller, std::string_view method, const auto&... values) {
        return chain.call({.contract = contract(), .caller = caller, .method = method}, values...);
    }
    system::CallResult enroll(std::uint64_t rollup, std::string_view name = "payments", std::uint64_t policy = 0) {
        return call(owner, register_method, rollup, program, genesis, sequencer, policy, name);
    }
    sequencing::BatchHeader next_header() {
        const Progress progress = *load_progress(chain.state, id);
        sequencing::BatchHeader header;
        header.rollup = id;
        header.sequence = progress.last_sequence + 1;
        header.previous_hash = progress.last_batch_hash;
        header.anchor_height = 299;
        header.anchor_hash = anchor_hash(299);
        header.inbox_end = inbox.count_at(chain.state, id, 299);
        header.payload_bytes = chain.blobs.empty() ? 0 : 10;
        for (const types::BlobRecord& blob : chain.blobs) header.references.push_back(blob.content_root);
        return header;
    }
    system::CallResult submit(const sequencing::BatchHeader& header) {
        const Bytes bytes = encode_batch_header(header);
        return call(sequencer, submit_method, bytes,
                    *sequencing::make_certificate(sequencing::batch_hash(bytes), std::span{&key, 1}));
    }
    system::CallResult submit_as(const Address& caller, const sequencing::BatchHeader& header,
                                 const Bytes& certificate = {}) {
        return call(caller, submit_method, encode_batch_header(header), certificate);
    }

    /// The claim of an honest party for the next batch.
    struct HonestClaim {
        Claim claim;
        Bytes witness;
        std::uint64_t weight = 0;
    };
    HonestClaim honest_claim() {
        const Progress progress = *load_progress(chain.state, id);
        const BatchRecord batch = *load_batch(chain.state, id, progress.settled_sequence + 1);
        const auto arguments = compose_arguments(chain.state, inbox, id, batch, progress.settled_state_root);
        vm::PreimageStore store;
        store.add(batch.header);
        const Bytes page = arguments.encode();
        const vm::Program loaded = *vm::Program::load(program);
        const auto recording = vm::record(
            runner.memory(), {.program = loaded, .argument_page = page, .compute_machine_root = true}, store);
        const vm::Outcome& outcome = recording.result.outcome;
        HonestClaim out;
        out.claim.rollup = id;
        out.claim.sequence = progress.settled_sequence + 1;
        out.claim.state_root = outcome.state_root.value_or(Hash32{});
        out.claim.outbox_root = outcome.record_roots[0];
        out.claim.receipts_root = outcome.record_roots[1];
        out.claim.steps = outcome.steps;
        out.claim.machine_root = *recording.result.machine_root;
        out.witness = recording.witness.encode();
        out.weight = outcome.weight;
        return out;
    }
    system::CallResult submit_claim(const HonestClaim& made, std::uint64_t gas = 100'000'000) {
        const Claim& claim = made.claim;
        return chain.call({.contract = contract(), .caller = stranger, .method = claim_method, .gas = gas},
                          claim.rollup, claim.sequence, claim.state_root, claim.outbox_root, claim.receipts_root,
                          claim.steps, claim.machine_root, made.witness);
    }
    void register_batch() {
        chain.blobs = {{.versioned_hash = Hash32{}, .content_root = hash::sha256(Bytes{7})}};
        ASSERT_TRUE(enroll(id).has_value());
        ASSERT_TRUE(submit(next_header()).has_value());
    }

    system::TestChain chain;
    FakeInbox inbox;
    SettlementLog settlements;
    vm::Runner runner = *vm::Runner::make();
    crypto::SecretKey key;
    Address sequencer;
    Address stranger;
    Address owner;
    Bytes program = committing_program();
    Bytes genesis;
};

TEST_F(Registry, RegisterStoresARollup) {  // [REG.5]
    ASSERT_TRUE(enroll(905).has_value());
    ASSERT_TRUE(enroll(id).has_value());
    EXPECT_EQ(load_rollup_ids(chain.state), (std::vector<std::uint64_t>{901, 905}));
    const auto rollup = load_rollup(chain.state, id);
    ASSERT_TRUE(rollup.has_value());
    EXPECT_EQ(rollup->owner, owner);
    EXPECT_EQ(rollup->program_id, hash::sha256(program));
    EXPECT_EQ(load_program(chain.state, rollup->program_id), program);
    EXPECT_TRUE(call(stranger, "status(uint64 rollup)", id).has_value());
    const auto size = call(stranger, "program(uint64 rollup)", id);
    EXPECT_EQ(system::answer_word(size, 1), U256{program.size()});
}

TEST_F(Registry, RegisterRefusesEachBadField) {  // [REG.1] [REG.2] [REG.3] [REG.4]
    EXPECT_TRUE(refused_with(enroll(0), errors::rollup_id_out_of_range));
    EXPECT_TRUE(refused_with(enroll(rollup_id_max + 1), errors::rollup_id_out_of_range));
    EXPECT_TRUE(refused_with(enroll(900), errors::rollup_id_is_l1));
    EXPECT_TRUE(refused_with(enroll(id, ""), errors::bad_name_length));
    EXPECT_TRUE(refused_with(enroll(id, std::string(33, 'a')), errors::bad_name_length));
    EXPECT_TRUE(refused_with(enroll(id, "a\nb"), errors::bad_name_character));
    EXPECT_TRUE(refused_with(enroll(id, "a", 2), errors::unknown_policy));
    EXPECT_TRUE(refused_with(enroll(id, "a", 1), errors::policy_needs_validity));
    const auto zero =
        call(owner, register_method, id, program, genesis, Address{}, std::uint64_t{0}, std::string_view{"a"});
    EXPECT_TRUE(refused_with(zero, errors::zero_sequencer));
    EXPECT_TRUE(enroll(id).has_value());
    EXPECT_TRUE(refused_with(enroll(id), errors::rollup_exists));
    program = Bytes{1, 2, 3};
    EXPECT_TRUE(refused_with(enroll(902), errors::program_refused));
    program = Bytes(program_bytes_max + 1);
    EXPECT_TRUE(refused_with(enroll(902), errors::program_too_large));
}

TEST_F(Registry, RegisterGivesTheNamespaceToTheOwner) {  // [DA-RET.2] [DA-RET.5]
    const Hash32 name_space = data_availability::namespace_of_rollup(id);
    EXPECT_TRUE(data_availability::load_namespace(chain.state, name_space).owner.is_zero());
    ASSERT_TRUE(enroll(id).has_value());
    const data_availability::NamespaceRecord expected{
        .owner = owner, .retention_blocks = 0, .challenge_window_blocks = 0};
    EXPECT_EQ(data_availability::load_namespace(chain.state, name_space), expected);
}

TEST_F(Registry, OnlyTheOwnerNamesASequencer) {  // [REG.6]
    constexpr std::string_view method = "setSequencer(uint64 rollup, address sequencer)";
    ASSERT_TRUE(enroll(id).has_value());
    EXPECT_TRUE(refused_with(call(stranger, method, id, stranger), errors::not_owner));
    EXPECT_TRUE(refused_with(call(owner, method, id, Address{}), errors::zero_sequencer));
    EXPECT_TRUE(refused_with(call(owner, method, std::uint64_t{902}, stranger), errors::unknown_rollup));
    EXPECT_TRUE(call(owner, method, id, stranger).has_value());
    EXPECT_EQ(load_rollup(chain.state, id)->sequencer, stranger);
}

TEST_F(Registry, BatchesFollowEachOther) {  // [BATCH.4]
    ASSERT_TRUE(enroll(id).has_value());
    auto header = next_header();
    header.sequence = 2;
    EXPECT_TRUE(refused_with(submit(header), errors::wrong_sequence));
    header = next_header();
    header.previous_hash[0] = 1;
    EXPECT_TRUE(refused_with(submit(header), errors::wrong_previous_hash));
    header = next_header();
    header.rollup = 902;
    EXPECT_TRUE(refused_with(submit(header), errors::unknown_rollup));
    ASSERT_TRUE(submit(next_header()).has_value());
    ASSERT_TRUE(submit(next_header()).has_value());
    EXPECT_EQ(load_progress(chain.state, id)->last_sequence, 2U);
    EXPECT_TRUE(refused_with(call(sequencer, submit_method, Bytes{2}, Bytes{}), errors::bad_batch_header));
}

TEST_F(Registry, AnchorsAreRecentAndOfThisChain) {  // [BATCH.5]
    ASSERT_TRUE(enroll(id).has_value());
    const auto anchored = [this](std::uint64_t height, std::uint64_t hashed) {
        auto header = next_header();
        header.anchor_height = height;
        header.anchor_hash = anchor_hash(hashed);
        return submit(header);
    };
    EXPECT_TRUE(refused_with(anchored(300, 300), errors::anchor_out_of_range));
    EXPECT_TRUE(refused_with(anchored(171, 171), errors::anchor_out_of_range));
    EXPECT_TRUE(refused_with(anchored(172, 173), errors::wrong_anchor_hash));
    EXPECT_TRUE(anchored(172, 172).has_value());
    EXPECT_TRUE(anchored(180, 180).has_value());
    EXPECT_TRUE(refused_with(anchored(179, 179), errors::anchor_out_of_range));
}

TEST_F(Registry, BatchesConsumeExactlyWhatIsDue) {  // [BATCH.6]
    ASSERT_TRUE(enroll(id).has_value());
    inbox.heights.assign(300, 290);
    for (const std::uint64_t wrong : {0U, 255U, 257U, 300U}) {
        auto header = next_header();
        header.inbox_end = wrong;
        EXPECT_TRUE(refused_with(submit(header), errors::wrong_inbox_end)) << wrong;
    }
    auto header = next_header();
    header.inbox_end = 256;
    EXPECT_TRUE(submit(header).has_value());
    EXPECT_TRUE(submit(next_header()).has_value());
    EXPECT_EQ(load_progress(chain.state, id)->inbox_consumed, 300U);
}

TEST_F(Registry, ContentRootsAreThoseOfTheTransaction) {  // [BATCH.7]
    ASSERT_TRUE(enroll(id).has_value());
    auto header = next_header();
    chain.blobs = {{.versioned_hash = Hash32{}, .content_root = hash::sha256(Bytes{7})}};
    EXPECT_TRUE(refused_with(submit(header), errors::wrong_blob_count));
    header = next_header();
    header.references[0][0] ^= 1;
    EXPECT_TRUE(refused_with(submit(header), errors::wrong_content_root));
    EXPECT_TRUE(submit(next_header()).has_value());
}

class NativeBatch : public Registry {
protected:
    static constexpr std::uint32_t payload_bytes = 1000;
    const Hash32 commitment = hash::sha256(Bytes{3});

    void SetUp() override { ASSERT_TRUE(enroll(id).has_value()); }
    struct Published {
        std::uint64_t rollup = id;
        std::uint64_t size = payload_bytes;
        std::uint64_t height = 300;
        std::uint64_t expires_at = 1000;
        std::size_t blobs = 1;
    };
    void publish(const Published& made) {
        const data_availability::PublishedBlob blob{.name_space = data_availability::namespace_of_rollup(made.rollup),
                                                    .size = made.size};
        data_availability::record_publication(
            chain.state, commitment,
            {.height = made.height, .expires_at = made.expires_at, .blobs = {made.blobs, blob}});
    }
    sequencing::BatchHeader native_header() {
        sequencing::BatchHeader header = next_header();
        header.scheme = sequencing::PayloadScheme::native;
        header.payload_bytes = payload_bytes;
        header.references = {commitment};
        return header;
    }
};

TEST_F(NativeBatch, DaBatch5NamesAPublication) {  // [DA-BATCH.5]
    publish({});
    ASSERT_TRUE(submit(native_header()).has_value());
    const auto batch = load_batch(chain.state, id, 1);
    EXPECT_TRUE(batch->versioned_hashes.empty());
    EXPECT_FALSE(batch->payload_void);
    ASSERT_TRUE(submit(native_header()).has_value());  // the same data may be named again
    sequencing::BatchHeader empty = native_header();
    empty.payload_bytes = 0;
    empty.references.clear();
    EXPECT_TRUE(submit(empty).has_value());
}

TEST_F(NativeBatch, DaBatch5RefusesOtherPublications) {  // [DA-BATCH.5]
    EXPECT_TRUE(refused_with(submit(native_header()), errors::not_published));
    publish({.rollup = 902});
    EXPECT_TRUE(refused_with(submit(native_header()), errors::wrong_namespace));
    publish({.size = payload_bytes + 1});
    EXPECT_TRUE(refused_with(submit(native_header()), errors::wrong_payload_size));
    publish({.blobs = 2});
    EXPECT_TRUE(refused_with(submit(native_header()), errors::matrix_of_several_blobs));
    publish({});
    publish({.rollup = 902});  // does not displace it
    EXPECT_TRUE(submit(native_header()).has_value());
}

TEST_F(NativeBatch, DaBatch5RefusesOldPublications) {  // [DA-BATCH.5]
    publish({.height = 300 - publication_age_blocks_max - 1});
    EXPECT_TRUE(refused_with(submit(native_header()), errors::publication_too_old));
    publish({.height = 300 - publication_age_blocks_max});
    EXPECT_TRUE(submit(native_header()).has_value());
}

TEST_F(NativeBatch, DaBatch5RefusesExpiredPublications) {  // [DA-BATCH.5]
    publish({.height = 290, .expires_at = 299});
    EXPECT_TRUE(refused_with(submit(native_header()), errors::publication_expired));
    publish({.height = 290, .expires_at = 300});
    EXPECT_TRUE(submit(native_header()).has_value());
}

TEST_F(NativeBatch, DaBatch5HasNoBlobsBesides) {  // [DA-BATCH.5]
    publish({});
    const auto header = native_header();
    chain.blobs = {{.versioned_hash = Hash32{}, .content_root = commitment}};
    EXPECT_TRUE(refused_with(submit(header), errors::blobs_beside_matrix));
    chain.blobs.clear();
    EXPECT_TRUE(submit(header).has_value());
}

/// A batch whose matrix holds a row that is no codeword's.
class MalformedBatch : public NativeBatch {
protected:
    static constexpr std::string_view void_method =
        "voidPayload(uint64 rollup, uint64 sequence, bytes32 rowRoot, bytes combinations, bytes rows)";
    static data_availability::MalformedMatrix make_matrix(const std::function<void(std::vector<Bytes>&)>& tamper) {
        const Bytes payload(payload_bytes, 0x55);
        const std::uint64_t size = payload_bytes;
        const BytesView blob{payload};
        const auto layout = data_availability::layout_of({&size, 1}).value();
        return {layout.shape, data_availability::frame_blobs(layout, {&blob, 1}), tamper};
    }
    data_availability::MalformedMatrix matrix = make_matrix([](std::vector<Bytes>& rows) { rows[7][1] ^= 2; });

    void register_malformed(const data_availability::MalformedMatrix& named) {
        const data_availability::PublishedBlob blob{.name_space = data_availability::namespace_of_rollup(id),
                                                    .size = payload_bytes};
        data_availability::record_publication(chain.state, named.commitment(),
                                              {.height = 300, .expires_at = 1000, .blobs = {blob}});
        auto header = native_header();
        header.references = {named.commitment()};
        ASSERT_TRUE(submit(header).has_value());
    }
    system::CallResult void_payload(const data_availability::MalformationEvidence& evidence, std::uint64_t sequence = 1,
                                    std::uint64_t gas = 100'000'000) {
        return chain.call({.contract = contract(), .caller = stranger, .method = void_method, .gas = gas}, id, sequence,
                          evidence.row_root, evidence.combinations,
                          data_availability::encode_row_proofs(evidence.rows));
    }
};

TEST_F(MalformedBatch, DaBatch4AnybodyMayShowThatAPayloadIsVoid) {  // [DA-BATCH.3] [DA-BATCH.4]
    register_malformed(matrix);
    const auto evidence = matrix.evidence(matrix.shape().data_rows);
    EXPECT_FALSE(compose_arguments(chain.state, inbox, id, *load_batch(chain.state, id, 1), {}).payload_void);
    ASSERT_TRUE(void_payload(evidence).has_value());
    EXPECT_GE(chain.gas_used, void_payload_gas + void_payload_byte_gas * matrix.shape().data_bytes());
    const auto batch = load_batch(chain.state, id, 1);
    EXPECT_TRUE(batch->payload_void);
    EXPECT_TRUE(compose_arguments(chain.state, inbox, id, *batch, {}).payload_void);
    EXPECT_TRUE(refused_with(void_payload(evidence), errors::already_void));
}

TEST_F(MalformedBatch, DaBatch4RefusesOtherBatchesAndEvidence) {  // [DA-BATCH.4]
    register_malformed(matrix);
    auto evidence = matrix.evidence(matrix.shape().data_rows);
    EXPECT_TRUE(refused_with(void_payload(evidence, 2), errors::batch_unknown));
    EXPECT_TRUE(refused_with(void_payload(evidence, 1, void_payload_gas + 100), system::dispatch_errors[3]));
    EXPECT_TRUE(refused_with(void_payload(matrix.evidence(0)), errors::evidence_refused));
    evidence.rows.pop_back();
    EXPECT_TRUE(refused_with(void_payload(evidence), errors::evidence_refused));
    EXPECT_FALSE(load_batch(chain.state, id, 1)->payload_void);
    // A matrix in order.
    const auto good = make_matrix([](std::vector<Bytes>&) {});
    register_malformed(good);
    EXPECT_TRUE(refused_with(void_payload(good.evidence(0), 2), errors::evidence_refused));
    // Batches without a matrix.
    chain.blobs = {{.versioned_hash = Hash32{}, .content_root = hash::sha256(Bytes{7})}};
    ASSERT_TRUE(submit(next_header()).has_value());
    EXPECT_TRUE(refused_with(void_payload(matrix.evidence(64), 3), errors::no_matrix));
}

TEST_F(MalformedBatch, DaBatch4RefusesSettledBatches) {  // [DA-BATCH.4]
    register_malformed(matrix);
    ASSERT_TRUE(submit_claim(honest_claim()).has_value());  // this program reads no payload
    EXPECT_TRUE(refused_with(void_payload(matrix.evidence(64)), errors::already_settled));
}

TEST_F(Registry, TheLaneOpensWhenMessagesWait) {  // [BATCH.8]
    ASSERT_TRUE(enroll(id).has_value());
    EXPECT_TRUE(refused_with(submit_as(stranger, next_header()), errors::not_sequencer));
    inbox.heights = {236};
    EXPECT_TRUE(refused_with(submit_as(stranger, next_header()), errors::not_sequencer));
    inbox.heights = {235};
    auto idle = next_header();
    idle.anchor_height = 234;
    idle.anchor_hash = anchor_hash(234);
    idle.inbox_end = 0;
    EXPECT_TRUE(refused_with(submit_as(stranger, idle), errors::nothing_forced));
    EXPECT_TRUE(refused_with(submit_as(stranger, next_header(), Bytes(65)), errors::certificate_not_empty));
    EXPECT_TRUE(submit_as(stranger, next_header()).has_value());
    EXPECT_FALSE(load_batch(chain.state, id, 1)->certified);
}

TEST_F(Registry, TheSequencerCertifies) {  // [BATCH.9]
    ASSERT_TRUE(enroll(id).has_value());
    EXPECT_TRUE(refused_with(submit_as(sequencer, next_header()), errors::bad_certificate));
    EXPECT_TRUE(refused_with(submit_as(sequencer, next_header(), Bytes(65)), errors::bad_certificate));
    EXPECT_TRUE(submit(next_header()).has_value());
    EXPECT_TRUE(load_batch(chain.state, id, 1)->certified);
}

TEST_F(Registry, AnHonestClaimSettles) {  // [CLAIM.1] [CLAIM.3] [CLAIM.4]
    register_batch();
    const HonestClaim made = honest_claim();
    EXPECT_EQ(made.claim.state_root, hash::sha256(Bytes{7}));
    const auto settled = submit_claim(made);
    ASSERT_TRUE(settled.has_value());
    EXPECT_GE(chain.gas_used, claim_gas + made.weight / weight_per_gas);
    EXPECT_LE(chain.gas_used, claim_gas + made.weight / weight_per_gas + 1);
    ASSERT_EQ(settlements.settled.size(), 1U);
    EXPECT_EQ(settlements.settled[0].outbox_count, 1U);
    EXPECT_EQ(settlements.settled[0].state_root, made.claim.state_root);
    EXPECT_EQ(load_progress(chain.state, id)->settled_sequence, 1U);
    const auto answer = call(stranger, "batch(uint64 rollup, uint64 sequence)", id, std::uint64_t{1});
    EXPECT_EQ(system::answer_word(answer, 2), U256{1});
    ASSERT_TRUE(submit(next_header()).has_value());
    EXPECT_TRUE(submit_claim(honest_claim()).has_value());
}

TEST_F(Registry, ClaimsSettleInOrder) {  // [CLAIM.2]
    register_batch();
    HonestClaim made = honest_claim();
    made.claim.sequence = 2;
    EXPECT_TRUE(refused_with(submit_claim(made), errors::claim_out_of_order));
    made.claim.sequence = 1;
    EXPECT_TRUE(submit_claim(made).has_value());
    EXPECT_TRUE(refused_with(submit_claim(made), errors::claim_out_of_order));
    made.claim.sequence = 2;
    EXPECT_TRUE(refused_with(submit_claim(made), errors::batch_unknown));
    made.claim.rollup = 902;
    EXPECT_TRUE(refused_with(submit_claim(made), errors::unknown_rollup));
}

TEST_F(Registry, EveryWrongFieldOfAClaimIsNamed) {  // [CLAIM.3]
    register_batch();
    const HonestClaim good = honest_claim();
    const auto with = [&](auto change) {
        HonestClaim bad = good;
        change(bad);
        return submit_claim(bad);
    };
    const auto state_root = with([](HonestClaim& bad) { bad.claim.state_root[0] ^= 1; });
    ASSERT_TRUE(refused_with(state_root, errors::wrong_state_root));
    EXPECT_EQ(system::refusal_word(state_root, 1).to_be(), good.claim.state_root);
    EXPECT_TRUE(refused_with(with([](auto& bad) { bad.claim.outbox_root[0] ^= 1; }), errors::wrong_outbox_root));
    EXPECT_TRUE(refused_with(with([](auto& bad) { bad.claim.receipts_root[0] ^= 1; }), errors::wrong_receipts_root));
    EXPECT_TRUE(refused_with(with([](auto& bad) { ++bad.claim.steps; }), errors::wrong_steps));
    EXPECT_TRUE(refused_with(with([](auto& bad) { bad.claim.machine_root[0] ^= 1; }), errors::wrong_machine_root));
    EXPECT_TRUE(refused_with(with([](auto& bad) { bad.witness.pop_back(); }), errors::bad_witness));
    EXPECT_TRUE(refused_with(with([](auto& bad) { bad.witness.back() ^= 1; }), errors::witness_refused));
    EXPECT_TRUE(refused_with(with([](auto& bad) { bad.witness = Bytes(4); }), errors::witness_refused));
    EXPECT_TRUE(settlements.settled.empty());
    EXPECT_TRUE(submit_claim(good).has_value());
}

TEST_F(Registry, ARunPaysForItsWeight) {  // [CLAIM.5]
    register_batch();
    const HonestClaim made = honest_claim();
    const std::uint64_t needed = claim_gas + (made.weight + weight_per_gas - 1) / weight_per_gas;
    const auto poor = submit_claim(made, needed - 1);
    EXPECT_TRUE(refused_with(poor, system::dispatch_errors[3]));
    EXPECT_EQ(chain.gas_used, needed - 1);
    EXPECT_TRUE(submit_claim(made, needed).has_value());
}

TEST_F(Registry, FailedRunsDoNotSettle) {  // [CLAIM.3]
    vm::Assembler code;
    code.halt(3);
    program = vm::make_elf(code);
    register_batch();
    const auto failed = submit_claim(honest_claim());
    ASSERT_TRUE(refused_with(failed, errors::run_failed));
    EXPECT_EQ(system::refusal_word(failed, 2), U256{3});
}

TEST_F(Registry, AProgramThatLoopsForeverRunsOutOfGas) {  // [CLAIM.5]
    program = vm::make_elf(vm::Assembler{}.jump(0));
    register_batch();
    HonestClaim claim;
    claim.claim.rollup = id;
    claim.claim.sequence = 1;
    claim.witness = vm::Witness{}.encode();
    const auto stopped = submit_claim(claim, claim_gas + 100'000);
    EXPECT_TRUE(refused_with(stopped, system::dispatch_errors[3]));
    EXPECT_EQ(chain.gas_used, claim_gas + 100'000);
    EXPECT_TRUE(settlements.settled.empty());
}

TEST_F(Registry, AProgramThatAsksForAnUnknownHashDoesNotSettle) {  // [CLAIM.3]
    vm::Assembler code;
    // reveal: to and hash lie in the same empty page, so that the hash is zero.
    code.load_constant(vm::a0, 0x3000'0000).add_immediate(vm::a1, vm::a0, 0).call(1);
    code.halt(0);
    program = vm::make_elf(code);
    register_batch();
    EXPECT_TRUE(refused_with(submit_claim(honest_claim()), errors::witness_refused));  // it has no such preimage
    EXPECT_TRUE(settlements.settled.empty());
}

TEST_F(Registry, ARunThatCommitsNothingDoesNotSettle) {
    vm::Assembler code;
    code.halt(0);
    program = vm::make_elf(code);
    register_batch();
    EXPECT_TRUE(refused_with(submit_claim(honest_claim()), errors::nothing_committed));
}

TEST_F(Registry, Reg7GenesisEntriesGiveTheFirstStateRoot) {  // [REG.7]
    ASSERT_TRUE(enroll(id));
    const Hash32 root = state::root_of(*state::decode_entries(genesis));
    EXPECT_EQ(load_rollup(chain.state, id)->genesis_state_root, root);
    EXPECT_EQ(load_progress(chain.state, id)->settled_state_root, root);
    EXPECT_EQ(load_genesis(chain.state, id), genesis);
}

TEST_F(Registry, Reg7RefusesWhatIsNoGenesis) {  // [REG.7]
    genesis.push_back(0);
    EXPECT_TRUE(refused_with(enroll(id), errors::genesis_refused));
    genesis.assign(genesis_bytes_max + 1, 0);
    EXPECT_TRUE(refused_with(enroll(id), errors::genesis_too_large));
    std::map<state::Key, Bytes> entries;
    for (std::uint64_t i = 0; i <= genesis_entries_max; ++i) {
        entries.emplace(state::Key{state::Module::rollup_program}.u64(i), Bytes{1});
    }
    genesis = state::encode_entries(entries);
    EXPECT_TRUE(refused_with(enroll(id), errors::too_many_genesis_entries));
    EXPECT_FALSE(load_rollup(chain.state, id).has_value());
    EXPECT_FALSE(load_genesis(chain.state, id).has_value());
}

}  // namespace
}  // namespace enshrine::rollup_registry
