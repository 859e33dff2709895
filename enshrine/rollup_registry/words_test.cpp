// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/content.hpp>
#include <enshrine/data_availability/data_tree.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/rollup_registry/proven_for_test.hpp>

namespace enshrine::rollup_registry::test {
namespace {

using system::refused_with;

constexpr std::size_t inbox_at = 5;

U256 packed(std::uint8_t form, std::uint64_t chain, const Address& receiver) {
    return U256::from_be(codec::BinaryWriter{}.u8(form).u64(chain).fixed(receiver.view()).bytes());
}

class WordsRollup : public ProvenRollup {
protected:
    WordsRollup() {
        validity = {.mapping = Mapping::words, .key_id = {}, .inbox_max = 2, .outbox_max = 2, .payload_max = 62};
    }
    /// Everything that a claim of batch 1 says: two messages out, the payload open.
    Said honest(BytesView payload) const {
        Said out;
        out.data = to_bytes(payload);
        std::vector<Hash32> leaves;
        for (std::uint64_t i = 0; i < 2; ++i) {
            const Bytes message = FakeMessages::encode(65'536 + i, 900, U256{10 + i});
            leaves.push_back(hash::sha256(message));
            append(out.outbox, message);
        }
        out.outbox_root = crypto::merkle_root(leaves);
        out.outbox_count = 2;
        return out;
    }
};

TEST_F(WordsRollup, Valid6TheOpenLaneCarriesNoPayload) {  // [VALID.6] [BATCH.8]
    start();
    messages.heights = {chain.block.height - force_window_blocks - 1};
    messages.inbox.resize(1);
    const Bytes payload{1};
    const auto full = publish(payload, matrix_of(payload).commitment());
    const auto refused = submit_as_stranger(full);
    EXPECT_TRUE(refused_with(refused, errors::payload_over_limit));
    EXPECT_EQ(system::refusal_word(refused, 0), U256{});
    EXPECT_EQ(system::refusal_word(refused, 1), U256{1});
    EXPECT_TRUE(submit_as_stranger(publish({}, {})).has_value());
    EXPECT_TRUE(submit_payload(payload).has_value()) << "the sequencer's own";
}

TEST_F(ProvenRollup, Valid6UnderDigestTheOpenLaneCarriesPayload) {  // [VALID.6]
    validity.payload_max = 62;
    start();
    messages.heights = {chain.block.height - force_window_blocks - 1};
    const Bytes payload{1};
    EXPECT_TRUE(submit_as_stranger(publish(payload, matrix_of(payload).commitment())).has_value());
}

TEST_F(WordsRollup, Map2ShowsWhatTheBatchHolds) {  // [MAP.2] [MAP.4] [MAP.5] [MAP.6]
    start();
    Address sender;
    sender[0] = 0x51;
    Address receiver;
    receiver[0] = 0x52;
    messages.heights = {290};
    messages.inbox = {{.source = 900,
                       .destination = id,
                       .sequence = 0,
                       .sender = sender,
                       .receiver = receiver,
                       .value = U256{55},
                       .is_token = true,
                       .is_call = false,
                       .native_coins = true,
                       .has_data = false}};
    Bytes payload(32, 0x11);
    payload[31] = 0x22;
    ASSERT_TRUE(submit_payload(payload).has_value());
    const Said said = honest(payload);
    const auto question = ask(said);
    ASSERT_TRUE(question.has_value());
    const std::vector<U256> inputs = inputs_of(question);
    ASSERT_EQ(inputs.size(), input_count(validity));
    const auto halves = statement_halves(Hash32::from(BytesView{*question}.first(32)));
    const auto header = sequencing::decode_batch_header(load_batch(chain.state, id, 1)->header).value();
    const U256 context = U256::from_be(codec::BinaryWriter{}.u64(id).u64(1).u64(1'000 + header.anchor_height).bytes());
    Bytes second_word(31);
    second_word[0] = 0x22;
    const std::vector<U256> expected{halves[0],
                                     halves[1],
                                     U256{1234},
                                     U256{77},
                                     context,
                                     packed(1, 900, receiver),
                                     U256::from_be(sender.view()),
                                     U256{55},
                                     U256{},
                                     U256{},
                                     U256{},
                                     packed(1, 900, {}),
                                     U256{},
                                     U256{10},
                                     packed(1, 900, {}),
                                     U256{},
                                     U256{11},
                                     U256::from_be(Bytes(31, 0x11)),
                                     U256::from_be(second_word)};
    EXPECT_EQ(inputs, expected);
    ASSERT_TRUE(claim(said, trapdoor.prove(draw, inputs)).has_value());
    EXPECT_EQ(settlements.settled.at(0).outbox_root, said.outbox_root);
    EXPECT_EQ(settlements.settled.at(0).outbox_count, 2U);
}

TEST_F(WordsRollup, Map5ShowsForeignMessagesWithoutValue) {  // [MAP.5]
    start();
    messages.heights = {290, 290};
    system::MessageFacts other_asset{.source = 7, .value = U256{9}, .is_token = true, .native_coins = false};
    system::MessageFacts too_much{.source = 8, .value = U256{1} << 248, .is_call = true, .native_coins = true};
    messages.inbox = {other_asset, too_much};
    ASSERT_TRUE(submit_payload({}).has_value());
    const auto question = ask({});
    ASSERT_TRUE(question.has_value());
    const auto inputs = inputs_of(question);
    EXPECT_EQ(inputs[inbox_at], packed(2, 7, {}));
    EXPECT_EQ(inputs[inbox_at + 2], U256{});
    EXPECT_EQ(inputs[inbox_at + 3], packed(2, 8, {}));
    EXPECT_EQ(inputs[inbox_at + 5], U256{});

    messages.inbox[1].value = (U256{1} << 248) - U256{1};
    const auto largest = inputs_of(ask({}));
    EXPECT_EQ(largest[inbox_at + 3], packed(1, 8, {}));
    EXPECT_EQ(largest[inbox_at + 5], messages.inbox[1].value);
    messages.inbox[1].is_call = false;  // a forced transaction
    EXPECT_EQ(inputs_of(ask({}))[inbox_at + 3], packed(2, 8, {}));
}

TEST_F(WordsRollup, Map7TheProofIsAboutThePayload) {  // [MAP.7]
    start();
    const Bytes payload(40, 3);
    ASSERT_TRUE(submit_payload(payload).has_value());
    Said said = honest(payload);
    const Bytes proof = prove(said);
    said.data[7] ^= 1;
    EXPECT_TRUE(refused_with(claim(said, proof), errors::payload_refused));
    said.data = Bytes(39, 3);
    EXPECT_TRUE(refused_with(claim(said, proof), errors::payload_refused));
    said.data.clear();
    EXPECT_TRUE(refused_with(claim(said, proof), errors::payload_refused));
    said.data = payload;
    EXPECT_TRUE(claim(said, proof).has_value());
}

TEST_F(WordsRollup, Map7RawDataOpensWhatNoPayloadPacksTo) {  // [MAP.7] [DA-BATCH.2]
    start();
    const Bytes payload(40, 3);
    const std::uint64_t size = payload.size();
    const auto layout = data_availability::layout_of({&size, 1}).value();
    const BytesView view{payload};
    Bytes rows = data_availability::frame_blobs(layout, {&view, 1});
    rows[0] ^= 0xff;  // no frame: the payload is empty
    const auto matrix = data_availability::Matrix::encode(layout.shape, rows).value();
    ASSERT_TRUE(submit_matrix(payload, matrix.commitment()).has_value());

    Said said = honest({});
    EXPECT_TRUE(refused_with(ask(said), errors::payload_refused));
    said.data = payload;
    EXPECT_TRUE(refused_with(ask(said), errors::payload_refused));
    said.data.clear();
    for (const Hash32& sibling : anchor_siblings(layout.shape, matrix.prove(0))) append(said.data, sibling.view());
    append(said.data, rows);
    const auto question = ask(said);
    ASSERT_TRUE(question.has_value());
    const auto inputs = inputs_of(question);
    EXPECT_TRUE(inputs[inputs.size() - 1].is_zero() && inputs[inputs.size() - 2].is_zero());
    EXPECT_TRUE(claim(said, trapdoor.prove(draw, inputs)).has_value());
}

TEST_F(WordsRollup, Map7OpensBlobs) {  // [MAP.7]
    start();
    const Bytes payload(40, 3);
    Bytes blob = sequencing::pack_blobs(payload).at(0);
    blob[131'071] = 1;  // behind the payload
    for (const bool packed_alone : {true, false}) {
        const Bytes content = packed_alone ? sequencing::pack_blobs(payload).at(0) : blob;
        chain.blobs = {{.versioned_hash = {}, .content_root = data_availability::content_root(content)}};
        sequencing::BatchHeader header = next_header(payload);
        header.references = {chain.blobs[0].content_root};
        ASSERT_TRUE(submit(header).has_value());
        chain.blobs.clear();
    }
    Said said;
    said.data = payload;
    ASSERT_TRUE(claim(said, prove(said)).has_value());
    said.first = said.last = 2;
    EXPECT_TRUE(refused_with(ask(said), errors::payload_refused));
    said.data = blob;
    const auto question = ask(said);
    ASSERT_TRUE(question.has_value());
    const Bytes first_word(31, 3);
    EXPECT_EQ(inputs_of(question)[input_count(validity) - 2], U256::from_be(first_word));
    EXPECT_TRUE(claim(said, trapdoor.prove(draw, inputs_of(question))).has_value());
}

TEST_F(WordsRollup, Map8RefusesOtherOutboxes) {  // [MAP.8]
    start();
    ASSERT_TRUE(submit_payload({}).has_value());
    const auto refusal = [&](const Bytes& outbox, std::uint64_t count = 1) {
        Said said;
        said.outbox = outbox;
        said.outbox_count = count;
        said.outbox_root = hash::sha256(outbox);
        return ask(said);
    };
    EXPECT_TRUE(refusal(FakeMessages::encode(65'536, 900, U256{1})).has_value());
    EXPECT_TRUE(refused_with(refusal(FakeMessages::encode(65'537, 900, U256{1})), errors::outbox_refused));
    EXPECT_TRUE(refused_with(refusal(FakeMessages::encode(65'536, 900, U256{1}, 1)), errors::outbox_refused));
    EXPECT_TRUE(refused_with(refusal(FakeMessages::encode(65'536, 900, U256{1} << 248)), errors::outbox_refused));
    EXPECT_TRUE(refused_with(refusal(Bytes(133)), errors::outbox_refused));
    EXPECT_TRUE(refused_with(refusal(Bytes(3 * 134)), errors::too_many_outbox_messages));
    EXPECT_TRUE(refused_with(refusal(FakeMessages::encode(65'536, 900, U256{1}), 2), errors::wrong_outbox_count));
    Said said = honest({});
    said.outbox_root[0] ^= 1;
    EXPECT_TRUE(refused_with(ask(said), errors::wrong_outbox_root));
    messages.rollup = 902;  // another source than the rollup
    EXPECT_TRUE(refused_with(refusal(FakeMessages::encode(65'536, 900, U256{1})), errors::outbox_refused));
}

TEST_F(WordsRollup, Map9OneBatchWithoutReceipts) {  // [MAP.9]
    start();
    ASSERT_TRUE(submit_payload({}).has_value());
    ASSERT_TRUE(submit_payload({}).has_value());
    EXPECT_TRUE(refused_with(ask({.first = 1, .last = 2}), errors::range_too_long));
    EXPECT_TRUE(refused_with(ask({.receipts_root = U256{1}.to_be()}), errors::receipts_not_zero));
    EXPECT_TRUE(ask({}).has_value());
}

TEST_F(WordsRollup, Map3StateRootsOutsideTheFieldAreRefused) {  // [MAP.3]
    start();
    ASSERT_TRUE(submit_payload({}).has_value());
    const Said inside;
    const Bytes proof = prove(inside);
    Said outside = inside;
    outside.state_root = (U256{77} + proofs::Bn254::group_order).to_be();
    EXPECT_TRUE(refused_with(claim(outside, proof), errors::proof_refused));
    EXPECT_TRUE(claim(inside, proof).has_value());
}

}  // namespace
}  // namespace enshrine::rollup_registry::test
