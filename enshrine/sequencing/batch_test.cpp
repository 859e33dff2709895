// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/binary.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/sequencing/batch.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::sequencing {
namespace {

BatchHeader header_with(std::size_t references, std::uint32_t payload_bytes,
                        PayloadScheme scheme = PayloadScheme::eip4844) {
    BatchHeader out;
    out.rollup = 901;
    out.sequence = 7;
    out.previous_hash[0] = 1;
    out.anchor_height = 55;
    out.anchor_hash[31] = 2;
    out.inbox_end = 9;
    out.fee_recipient[5] = 3;
    out.scheme = scheme;
    out.payload_bytes = payload_bytes;
    for (std::size_t i = 0; i < references; ++i) out.references.push_back(hash::sha256(Bytes{static_cast<Byte>(i)}));
    return out;
}

TEST(Batch, R1LayoutAndHash) {  // [BATCH.1]
    const Bytes bytes = encode_batch_header(header_with(1, 5));
    EXPECT_EQ(bytes.size(), 126U + 32U);
    EXPECT_EQ(bytes[0], 2);
    EXPECT_EQ(load_be<std::uint64_t>(bytes.data() + 1), 901U);
    EXPECT_EQ(load_be<std::uint64_t>(bytes.data() + 9), 7U);
    EXPECT_EQ(bytes[117], 0);
    EXPECT_EQ(load_be<std::uint32_t>(bytes.data() + 118), 5U);
    EXPECT_EQ(encode_batch_header(header_with(1, 5, PayloadScheme::native))[117], 1);
    EXPECT_EQ(batch_hash(bytes), hash::sha256(bytes));
}

TEST(Batch, R2BlobCountFollowsPayload) {  // [BATCH.2]
    EXPECT_TRUE(decode_batch_header(encode_batch_header(header_with(0, 0))).has_value());
    EXPECT_TRUE(decode_batch_header(encode_batch_header(header_with(1, blob_payload_bytes))).has_value());
    EXPECT_TRUE(decode_batch_header(encode_batch_header(header_with(2, blob_payload_bytes + 1))).has_value());
    for (const auto& [blobs, bytes] : {std::pair{std::size_t{1}, 0U}, {0, 1U}, {1, 126'977U}, {2, 126'976U}}) {
        const auto decoded = decode_batch_header(encode_batch_header(header_with(blobs, bytes)));
        ASSERT_FALSE(decoded.has_value());
        EXPECT_TRUE(decoded.error().is(BatchError::payload_reference_mismatch));
    }
    const auto large = decode_batch_header(encode_batch_header(header_with(6, batch_payload_bytes_max + 1)));
    EXPECT_TRUE(large.error().is(BatchError::payload_too_large));
}

TEST(Batch, DaBatch1NativePayloadHasOneReference) {  // [DA-BATCH.1]
    const auto decode = [](std::size_t references, std::uint32_t bytes) {
        return decode_batch_header(encode_batch_header(header_with(references, bytes, PayloadScheme::native)));
    };
    for (const std::uint32_t bytes : {1U, 126'977U, static_cast<std::uint32_t>(batch_payload_bytes_max)}) {
        const auto decoded = decode(1, bytes);
        ASSERT_TRUE(decoded.has_value()) << bytes;
        EXPECT_EQ(decoded->scheme, PayloadScheme::native);
        EXPECT_EQ(decoded->references.size(), 1U);
    }
    EXPECT_TRUE(decode(0, 0).has_value());
    EXPECT_TRUE(decode(1, 0).error().is(BatchError::payload_reference_mismatch));
    EXPECT_TRUE(decode(0, 1).error().is(BatchError::payload_reference_mismatch));
    EXPECT_TRUE(decode(2, 126'977).error().is(BatchError::payload_reference_mismatch));
    EXPECT_TRUE(decode(1, batch_payload_bytes_max + 1).error().is(BatchError::payload_too_large));
}

TEST(Batch, HeaderRefusesOtherVersionsSchemesCountsAndLengths) {
    Bytes bytes = encode_batch_header(header_with(1, 5));
    bytes[0] = 1;
    EXPECT_TRUE(decode_batch_header(bytes).error().is(BatchError::bad_version));
    bytes[0] = 2;
    bytes[117] = 2;
    EXPECT_TRUE(decode_batch_header(bytes).error().is(BatchError::unknown_scheme));
    bytes[117] = 0;
    bytes[125] = 7;
    EXPECT_TRUE(decode_batch_header(bytes).error().is(BatchError::too_many_references));
    bytes[125] = 1;
    bytes.push_back(0);
    EXPECT_TRUE(decode_batch_header(bytes).error().is(codec::BinaryError::trailing_bytes));
    EXPECT_TRUE(
        decode_batch_header(BytesView{bytes}.first(bytes.size() - 2)).error().is(codec::BinaryError::truncated));
}

TEST(Batch, R3PayloadThatDoesNotDecodeIsEmpty) {  // [BATCH.3]
    EXPECT_TRUE(decode_payload({}).empty());
    EXPECT_TRUE(decode_payload(Bytes{0xc0}).empty());
    EXPECT_TRUE(decode_payload(Bytes{0xc1, 0x81}).empty());        // truncated item
    EXPECT_TRUE(decode_payload(Bytes{0xc1, 0x01, 0x00}).empty());  // trailing byte
    EXPECT_TRUE(decode_payload(Bytes{0xc1, 0xc0}).empty());        // a list is no transaction
    EXPECT_EQ(decode_payload(Bytes{0xc1, 0x01}).size(), 1U);
    std::vector<Bytes> many(transactions_per_batch_max, Bytes{1});
    EXPECT_EQ(decode_payload(encode_payload(many)).size(), transactions_per_batch_max);
    many.push_back(Bytes{1});
    EXPECT_TRUE(decode_payload(encode_payload(many)).empty());
}

TEST(Batch, R2BlobPacking) {  // [BLOB.2]
    Bytes payload(blob_payload_bytes + 40);
    for (std::size_t i = 0; i < payload.size(); ++i) payload[i] = static_cast<Byte>(i * 7 + 1);
    const auto blobs = pack_blobs(payload);
    ASSERT_EQ(blobs.size(), 2U);
    EXPECT_EQ(blobs[0][0], 0);
    EXPECT_EQ(blobs[0][1], payload[0]);
    EXPECT_EQ(blobs[0][33], payload[31]);
    EXPECT_EQ(blobs[1][1], payload[blob_payload_bytes]);
    for (const Bytes& blob : blobs) {
        for (std::size_t at = 0; at < blob.size(); at += field_element_bytes) ASSERT_EQ(blob[at], 0);
    }
    const std::vector<BytesView> views{blobs.begin(), blobs.end()};
    EXPECT_EQ(*unpack_blobs(views, payload.size()), payload);
    EXPECT_TRUE(unpack_blobs(views, blob_payload_bytes).error().is(BatchError::payload_reference_mismatch));
    const std::vector<BytesView> cut{views[0], views[1].first(100)};
    EXPECT_TRUE(unpack_blobs(cut, payload.size()).error().is(BatchError::wrong_blob_size));
    EXPECT_TRUE(pack_blobs({}).empty());
}

RC_GTEST_PROP(Batch, PayloadRoundTrip, (const std::vector<Bytes>& transactions)) {
    const Bytes payload = encode_payload(transactions);
    const auto blobs = pack_blobs(payload);
    const std::vector<BytesView> views{blobs.begin(), blobs.end()};
    const auto unpacked = unpack_blobs(views, payload.size());
    RC_ASSERT(unpacked.has_value());
    const auto decoded = decode_payload(*unpacked);
    RC_ASSERT(decoded.size() == transactions.size());
    for (std::size_t i = 0; i < decoded.size(); ++i) RC_ASSERT(equal(decoded[i], transactions[i]));
}

}  // namespace
}  // namespace enshrine::sequencing
