// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/codec/binary.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/data_availability/matrix.hpp>
#include <enshrine/data_availability/namespaces.hpp>
#include <enshrine/data_availability/publications.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/errors.hpp>
#include <enshrine/proofs/interface.hpp>
#include <enshrine/proofs/key_cache.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/receipts.hpp>
#include <enshrine/proofs/snark/groth16_for_test.hpp>
#include <enshrine/rollup_registry/errors.hpp>
#include <enshrine/rollup_registry/interface.hpp>
#include <enshrine/rollup_registry/native_settlement.hpp>
#include <enshrine/rollup_registry/proven_claim.hpp>
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/sequencing/certificate.hpp>
#include <enshrine/system/block_history.hpp>
#include <enshrine/system/call_for_test.hpp>
#include <enshrine/vm/runner.hpp>
#include <enshrine/vm/testdata/assembler.hpp>
#include <enshrine/vm/testdata/preimage_store.hpp>

#include <gtest/gtest.h>

#include <string>

/// For tests: a registry with a rollup that settles by proofs of a key whose trapdoor is known.
namespace enshrine::rollup_registry::test {

using proofs::groth16::test::Trapdoor;

/// The inbox: message `index` has come at heights[index]. The layout of a message: sequence u64, destination u64, value
/// 32, kind u8 (0 token, 1 call, 2 other), then zeros; the source of an outbox message is the rollup of the test.
class FakeMessages final : public system::InboxReader, public system::MessageReader {
public:
    std::uint64_t count_at(const state::StateView&, std::uint64_t, std::uint64_t height) const override {
        std::uint64_t out = 0;
        for (const std::uint64_t at : heights) out += at <= height ? 1U : 0U;
        return out;
    }
    Hash32 rolling_hash(const state::StateView&, std::uint64_t, std::uint64_t index) const override {
        return hash::sha256(U256{index}.to_be().view());
    }
    std::optional<std::uint64_t> enqueued_at(const state::StateView&, std::uint64_t,
                                             std::uint64_t index) const override {
        if (index >= heights.size()) return std::nullopt;
        return heights[index];
    }
    system::MessageFacts inbox_message(const state::StateView&, std::uint64_t, std::uint64_t index) const override {
        return inbox.at(index);
    }
    Result<system::MessageFacts> read(BytesView message) const override {
        codec::BinaryReader reader{message};
        system::MessageFacts out;
        out.source = rollup;
        out.native_coins = true;
        ENSHRINE_TRY(out.sequence, reader.u64());
        ENSHRINE_TRY(out.destination, reader.u64());
        ENSHRINE_TRY(out.value, reader.u256());
        ENSHRINE_TRY(const auto kind, reader.u8());
        out.is_token = kind == 0;
        out.is_call = kind == 1;
        return out;
    }
    Hash32 outbox_leaf(BytesView message) const override { return hash::sha256(message); }

    static Bytes encode(std::uint64_t sequence, std::uint64_t destination, const U256& value, std::uint8_t kind = 0) {
        Bytes out = codec::BinaryWriter{}.u64(sequence).u64(destination).u256(value).u8(kind).take();
        out.resize(system::plain_message_bytes);
        return out;
    }

    std::uint64_t rollup = 901;
    std::vector<std::uint64_t> heights;
    std::vector<system::MessageFacts> inbox;
};
class SettlementLog final : public system::SettlementListener {
public:
    void on_settled(state::Overlay&, const system::SettledBatch& batch) const override { settled.push_back(batch); }
    mutable std::vector<system::SettledBatch> settled;
};

class ProvenRollup : public testing::Test {
protected:
    static constexpr std::uint64_t id = 901;
    static constexpr std::string_view register_method =
        "registerProven(uint64 rollup, bytes program, bytes genesis, address sequencer, uint8 policy, bytes validity, "
        "string name)";
    static constexpr std::string_view claim_method =
        "claimProven(uint64 rollup, uint64 firstSequence, uint64 lastSequence, bytes32 stateRoot, bytes32 outboxRoot, "
        "uint64 outboxCount, bytes32 receiptsRoot, bytes data, bytes outbox, bytes proof)";
    static constexpr std::string_view inputs_method =
        "settlementInputs(uint64 rollup, uint64 firstSequence, uint64 lastSequence, bytes32 stateRoot, bytes32 "
        "outboxRoot, uint64 outboxCount, bytes32 receiptsRoot, bytes data, bytes outbox)";

    ProvenRollup() {
        chain.block.height = 300;
        chain.services = {
            .inbox = &messages, .settlement = &settlements, .messages = &messages, .runner = &runner, .keys = &keys};
        for (std::uint64_t height = 100; height < 300; ++height) {
            system::store_block_history(chain.state,
                                        {.height = height, .hash = anchor_hash(height), .timestamp = 1'000 + height});
        }
        secret[31] = 1;
        sequencer = *crypto::address_of(secret);
        owner[0] = 8;
        stranger[0] = 9;
        for (const Address& account : {owner, stranger}) {
            ENSHRINE_ASSERT(system::credit(chain.state, account, Amount{std::uint64_t{1} << 62}).has_value());
        }
        genesis_root = U256{1234}.to_be();
    }
    static Hash32 anchor_hash(std::uint64_t height) { return hash::sha256(U256{height}.to_be().view()); }

    system::CallResult call(const Address& caller, std::string_view method, const auto&... values) {
        return chain.call({.contract = contract(), .caller = caller, .method = method}, values...);
    }
    system::CallResult call_verifier(const Address& caller, std::string_view method, const auto&... values) {
        return chain.call({.contract = proofs::contract(), .caller = caller, .method = method}, values...);
    }
    /// Registers the key with as many inputs as the description asks for.
    void make_key() {
        trapdoor = Trapdoor::draw(draw, static_cast<std::uint16_t>(input_count(validity)));
        const Bytes bytes = trapdoor.key();
        const auto made = chain.call({.contract = proofs::contract(),
                                      .caller = owner,
                                      .method = "registerKey(bytes key)",
                                      .value = Amount{U256{bytes.size()} * U256{proofs::key_deposit_per_byte}}},
                                     bytes);
        ASSERT_TRUE(made.has_value());
        validity.key_id = Hash32::from(*made);
    }
    system::CallResult enroll(std::uint64_t policy = 1) {
        const bool native = policy != 1;
        return call(owner, register_method, id, native ? program : Bytes{1, 2, 3},
                    native ? native_genesis : to_bytes(genesis_root.view()), sequencer, policy,
                    encode_validity(validity), std::string_view{"proven"});
    }
    /// A rollup with an active key.
    void start(std::uint64_t policy = 1) {
        make_key();
        const auto made = enroll(policy);
        ASSERT_TRUE(made.has_value());
        chain.block.height += proofs::probation_blocks;
        for (std::uint64_t height = 300; height < chain.block.height; ++height) {
            system::store_block_history(chain.state,
                                        {.height = height, .hash = anchor_hash(height), .timestamp = 1'000 + height});
        }
    }
    sequencing::BatchHeader next_header(BytesView payload) {
        const Progress progress = *load_progress(chain.state, id);
        sequencing::BatchHeader header;
        header.rollup = id;
        header.sequence = progress.last_sequence + 1;
        header.previous_hash = progress.last_batch_hash;
        header.anchor_height = chain.block.height - 1;
        header.anchor_hash = anchor_hash(header.anchor_height);
        const std::uint64_t due = messages.count_at(chain.state, id, header.anchor_height);
        header.inbox_end = std::min(due, progress.inbox_consumed + inbox_messages_max(chain.state, id));
        header.payload_bytes = static_cast<std::uint32_t>(payload.size());
        return header;
    }
    system::CallResult submit(const sequencing::BatchHeader& header) {
        const Bytes bytes = encode_batch_header(header);
        return call(sequencer, "submitBatch(bytes header, bytes certificate)", bytes,
                    *sequencing::make_certificate(sequencing::batch_hash(bytes), std::span{&secret, 1}));
    }
    /// A batch of another account, which has no certificate.
    system::CallResult submit_as_stranger(const sequencing::BatchHeader& header) {
        return call(stranger, "submitBatch(bytes header, bytes certificate)", encode_batch_header(header), Bytes{});
    }
    /// A batch whose payload is published as a native matrix with this commitment.
    system::CallResult submit_matrix(BytesView payload, const Hash32& commitment) {
        return submit(publish(payload, commitment));
    }
    sequencing::BatchHeader publish(BytesView payload, const Hash32& commitment) {
        sequencing::BatchHeader header = next_header(payload);
        header.scheme = sequencing::PayloadScheme::native;
        if (!payload.empty()) {
            header.references = {commitment};
            data_availability::record_publication(
                chain.state, commitment,
                {.height = chain.block.height,
                 .expires_at = chain.block.height + 1'000,
                 .blobs = {{.name_space = data_availability::namespace_of_rollup(id), .size = payload.size()}}});
        }
        return header;
    }
    system::CallResult submit_payload(BytesView payload) {
        if (payload.empty()) return submit_matrix({}, {});
        return submit_matrix(payload, matrix_of(payload).commitment());
    }
    static data_availability::Matrix matrix_of(BytesView payload) {
        const std::uint64_t size = payload.size();
        const auto layout = data_availability::layout_of({&size, 1}).value();
        return data_availability::Matrix::encode_blobs(layout, {&payload, 1}).value();
    }

    /// What a claim says; proofs are made for what the L1 asks.
    struct Said {
        std::uint64_t first = 1;
        std::uint64_t last = 1;
        Hash32 state_root = U256{77}.to_be();
        Hash32 outbox_root{};
        std::uint64_t outbox_count = 0;
        Hash32 receipts_root{};
        Bytes data{};
        Bytes outbox{};
    };
    system::CallResult ask(const Said& said) {
        return call(stranger, inputs_method, id, said.first, said.last, said.state_root, said.outbox_root,
                    said.outbox_count, said.receipts_root, said.data, said.outbox);
    }
    static std::vector<U256> inputs_of(const system::CallResult& answer) {
        std::vector<U256> out;
        const std::uint64_t count = system::answer_word(answer, 2).low_u64();
        for (std::size_t i = 0; i < count; ++i) out.push_back(system::answer_word(answer, 3 + i));
        return out;
    }
    Bytes prove(const Said& said) {
        const auto question = ask(said);
        EXPECT_TRUE(question.has_value());
        if (!question) return {};
        return trapdoor.prove(draw, inputs_of(question));
    }
    system::CallResult claim(const Said& said, const Bytes& proof) {
        return call(stranger, claim_method, id, said.first, said.last, said.state_root, said.outbox_root,
                    said.outbox_count, said.receipts_root, said.data, said.outbox, proof);
    }

    system::TestChain chain;
    FakeMessages messages;
    SettlementLog settlements;
    vm::Runner runner = *vm::Runner::make();
    proofs::KeyCache keys;
    algebra::bn254::Draw draw{20};
    Trapdoor trapdoor;
    Validity validity{.mapping = Mapping::digest, .key_id = {}, .inbox_max = 2, .outbox_max = 0, .payload_max = 100};
    crypto::SecretKey secret;
    Address sequencer;
    Address owner;
    Address stranger;
    Hash32 genesis_root;
    Bytes program;
    Bytes native_genesis;
};

}  // namespace enshrine::rollup_registry::test
