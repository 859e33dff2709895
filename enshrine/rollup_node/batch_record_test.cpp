// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rollup_node/batch_record.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::rollup_node {
namespace {

Hash32 filled(Byte value) {
    Hash32 out;
    std::fill(out.begin(), out.end(), value);
    return out;
}

BatchRecord sample() {
    BatchRecord out;
    out.header.rollup = 901;
    out.header.sequence = 4;
    out.header.previous_hash = filled(1);
    out.header.anchor_height = 77;
    out.header.anchor_hash = filled(2);
    out.header.inbox_end = 12;
    out.header.fee_recipient = Address{{0xfe}};
    out.header.payload_bytes = 3;
    out.header.references = {filled(3)};
    out.hash = filled(4);
    out.previous_state_root = filled(5);
    out.inbox_first = 10;
    out.inbox_start = filled(6);
    out.inbox_end = filled(7);
    out.l1_timestamp = 1'700'000'000;
    out.payload = Bytes{0xc2, 0x80, 0x80};
    out.payload_void = true;
    out.inbox_messages = {Bytes{1}, Bytes{}};
    out.state_root = filled(8);
    out.outbox_root = filled(9);
    out.receipts_root = filled(10);
    out.machine_root = filled(11);
    out.steps = 1234;
    out.weight = 5678;
    sequencing::ReceiptRecord receipt;
    receipt.hash = filled(12);
    receipt.to = Address{{0xaa}};
    receipt.outcome = sequencing::RecordOutcome::succeeded;
    receipt.return_data = Bytes{1, 2};
    out.receipts = {receipt};
    out.outbox = {Bytes{5, 6, 7}};
    out.block_hash = filled(13);
    out.parent_block_hash = filled(14);
    return out;
}

TEST(BatchRecord, EveryFieldComesBack) {
    const BatchRecord record = sample();
    const auto decoded = decode_batch_record(encode_batch_record(record));
    ASSERT_TRUE(decoded.has_value()) << decoded.error().message();
    EXPECT_EQ(sequencing::encode_batch_header(decoded->header), sequencing::encode_batch_header(record.header));
    EXPECT_EQ(decoded->hash, record.hash);
    EXPECT_EQ(decoded->previous_state_root, record.previous_state_root);
    EXPECT_EQ(decoded->inbox_first, record.inbox_first);
    EXPECT_EQ(decoded->inbox_start, record.inbox_start);
    EXPECT_EQ(decoded->inbox_end, record.inbox_end);
    EXPECT_EQ(decoded->l1_timestamp, record.l1_timestamp);
    EXPECT_EQ(decoded->payload, record.payload);
    EXPECT_EQ(decoded->inbox_messages, record.inbox_messages);
    EXPECT_EQ(decoded->state_root, record.state_root);
    EXPECT_EQ(decoded->outbox_root, record.outbox_root);
    EXPECT_EQ(decoded->receipts_root, record.receipts_root);
    EXPECT_EQ(decoded->machine_root, record.machine_root);
    EXPECT_EQ(decoded->steps, record.steps);
    EXPECT_EQ(decoded->weight, record.weight);
    ASSERT_EQ(decoded->receipts.size(), 1U);
    EXPECT_EQ(decoded->receipts[0].hash, record.receipts[0].hash);
    EXPECT_EQ(decoded->receipts[0].return_data, record.receipts[0].return_data);
    EXPECT_EQ(decoded->outbox, record.outbox);
    EXPECT_EQ(decoded->block_hash, record.block_hash);
    EXPECT_EQ(decoded->parent_block_hash, record.parent_block_hash);
}

TEST(BatchRecord, NoPrefixAndNoSuffixDecodes) {
    Bytes encoded = encode_batch_record(sample());
    for (std::size_t size = 0; size < encoded.size(); ++size) {
        EXPECT_FALSE(decode_batch_record(BytesView{encoded}.first(size)).has_value()) << size;
    }
    encoded.push_back(0);
    EXPECT_FALSE(decode_batch_record(encoded).has_value());
}

TEST(BatchRecord, OtherVersionsAreRefused) {
    Bytes encoded = encode_batch_record(sample());
    encoded[0] = 2;
    const auto decoded = decode_batch_record(encoded);
    ASSERT_FALSE(decoded.has_value());
    EXPECT_TRUE(decoded.error().is(BatchRecordError::bad_version));
}

RC_GTEST_PROP(BatchRecordProperty, WhatDecodesIsCanonical, ()) {
    Bytes encoded = encode_batch_record(sample());
    const auto position = *rc::gen::inRange<std::size_t>(0, encoded.size());
    encoded[position] = *rc::gen::arbitrary<Byte>();
    const auto decoded = decode_batch_record(encoded);
    if (decoded) RC_ASSERT(encode_batch_record(*decoded) == encoded);
}

TEST(BatchProgress, EveryFieldComesBack) {
    const BatchProgress progress{
        .times = {1, 2, 3, 4}, .submit_txn = filled(5), .claim_txn = filled(6), .l1_height = 7};
    Bytes encoded = encode_batch_progress(progress);
    const auto decoded = decode_batch_progress(encoded);
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(decoded->times.certified_ms, 1U);
    EXPECT_EQ(decoded->times.registered_ms, 2U);
    EXPECT_EQ(decoded->times.l1_final_ms, 3U);
    EXPECT_EQ(decoded->times.settled_ms, 4U);
    EXPECT_EQ(decoded->submit_txn, filled(5));
    EXPECT_EQ(decoded->claim_txn, filled(6));
    EXPECT_EQ(decoded->l1_height, 7U);
    for (std::size_t size = 0; size < encoded.size(); ++size) {
        EXPECT_FALSE(decode_batch_progress(BytesView{encoded}.first(size)).has_value()) << size;
    }
    encoded[0] = 2;
    EXPECT_FALSE(decode_batch_progress(encoded).has_value());
}

}  // namespace
}  // namespace enshrine::rollup_node
