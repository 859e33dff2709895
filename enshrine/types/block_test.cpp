// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/binary.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/hash/keccak.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/types/block.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>

namespace enshrine::types {
namespace {

Hash32 filled(Byte value) {
    Hash32 out;
    out.data_.fill(value);
    return out;
}

BlockHeader sample_header() {
    BlockHeader out;
    out.number = 1;
    out.parent_hash = filled(2);
    out.timestamp = 3;
    out.proposer.data_.fill(4);
    out.state_root = filled(5);
    out.transactions_root = filled(6);
    out.receipts_root = filled(7);
    out.data_availability_root = filled(8);
    out.message_hub_root = filled(9);
    out.gas_used = 10;
    out.gas_limit = 11;
    out.blob_gas_used = 12;
    out.excess_blob_gas = 13;
    out.base_fee_per_gas = U256{14};
    out.logs_bloom.data_.fill(15);
    out.extra = {16, 16, 16};
    return out;
}

Block sample_block() {
    return {.header = sample_header(), .transactions = {{1, 2, 3}, {4}}, .blobs = {{filled(1), filled(2)}}};
}

TEST(BlockHeader, Layout) {
    const Bytes encoded = encode_block_header(sample_header());
    ASSERT_EQ(encoded.size(), 6U * 8 + 6 * 32 + 20 + 32 + 256 + 4 + 3);
    // One sample byte of each field, at the offset that the byte table gives it.
    std::size_t offset = 0;
    Byte value = 1;
    for (const std::size_t size : {8U, 32U, 8U, 20U, 32U, 32U, 32U, 32U, 32U, 8U, 8U, 8U, 8U, 32U, 256U, 7U}) {
        offset += size;
        EXPECT_EQ(encoded[offset - 1], value) << "field " << int{value};
        ++value;
    }
    EXPECT_EQ(offset, encoded.size());
    EXPECT_EQ(decode_block_header(encoded).value(), sample_header());
}

TEST(BlockHeader, HashCoversEveryField) {
    const Hash32 hash = block_hash(sample_header());
    EXPECT_EQ(hash, hash::keccak256(encode_block_header(sample_header())));
    const std::vector<std::function<void(BlockHeader&)>> changes{
        [](BlockHeader& h) { ++h.number; },
        [](BlockHeader& h) { h.parent_hash = {}; },
        [](BlockHeader& h) { ++h.timestamp; },
        [](BlockHeader& h) { h.proposer = {}; },
        [](BlockHeader& h) { h.state_root = {}; },
        [](BlockHeader& h) { h.transactions_root = {}; },
        [](BlockHeader& h) { h.receipts_root = {}; },
        [](BlockHeader& h) { h.data_availability_root = {}; },
        [](BlockHeader& h) { h.message_hub_root = {}; },
        [](BlockHeader& h) { ++h.gas_used; },
        [](BlockHeader& h) { ++h.gas_limit; },
        [](BlockHeader& h) { ++h.blob_gas_used; },
        [](BlockHeader& h) { ++h.excess_blob_gas; },
        [](BlockHeader& h) { h.base_fee_per_gas = {}; },
        [](BlockHeader& h) { h.logs_bloom = {}; },
        [](BlockHeader& h) { h.extra.push_back(0); },
    };
    for (std::size_t i = 0; i < changes.size(); ++i) {
        BlockHeader changed = sample_header();
        changes[i](changed);
        EXPECT_NE(block_hash(changed), hash) << i;
    }
}

TEST(BlockHeader, ExtraIsBounded) {
    BlockHeader header = sample_header();
    header.extra.assign(extra_bytes_max, 1);
    EXPECT_TRUE(decode_block_header(encode_block_header(header)).has_value());
    header.extra.clear();
    Bytes encoded = encode_block_header(header);
    encoded.back() = extra_bytes_max + 1;
    encoded.resize(encoded.size() + extra_bytes_max + 1);
    EXPECT_TRUE(decode_block_header(encoded).error().is(codec::BinaryError::length_over_bound));
}

TEST(Block, RoundTripAndTruncation) {
    const Bytes encoded = encode_block(sample_block());
    EXPECT_EQ(decode_block(encoded).value(), sample_block());
    for (std::size_t size = 0; size < encoded.size(); ++size) {
        EXPECT_FALSE(decode_block(BytesView{encoded}.first(size)).has_value());
    }
    Bytes longer = encoded;
    longer.push_back(0);
    EXPECT_TRUE(decode_block(longer).error().is(codec::BinaryError::trailing_bytes));
}

TEST(Block, CountsAreBounded) {
    const Bytes header = encode_block_header(sample_header());
    const Bytes transactions =
        codec::BinaryWriter{}.variable(header).u32(static_cast<std::uint32_t>(transactions_per_block_max) + 1).take();
    EXPECT_TRUE(decode_block(transactions).error().is(BlockError::too_many_transactions));
    const Bytes blobs =
        codec::BinaryWriter{}.variable(header).u32(0).u32(static_cast<std::uint32_t>(blobs_per_block_max) + 1).take();
    EXPECT_TRUE(decode_block(blobs).error().is(BlockError::too_many_blobs));
    EXPECT_TRUE(decode_block(Bytes(block_bytes_max + 1)).error().is(BlockError::over_size));
    const Bytes large =
        codec::BinaryWriter{}.variable(header).u32(1).u32(static_cast<std::uint32_t>(txn_bytes_max) + 1).take();
    EXPECT_TRUE(decode_block(large).error().is(codec::BinaryError::length_over_bound));
}

TEST(Block, RootsAreMerkleRootsOverPrefixedHashes) {
    EXPECT_TRUE(transactions_root({}).is_zero());
    EXPECT_TRUE(receipts_root({}).is_zero());
    const std::vector<Bytes> transactions{{1, 2, 3}, {4}};
    const std::vector<Hash32> leaves{hash::sha256(Bytes{0, 1, 2, 3}), hash::sha256(Bytes{0, 4})};
    EXPECT_EQ(transactions_root(transactions), crypto::merkle_root(leaves));

    Receipt receipt;
    receipt.gas_used = 5;
    Bytes leaf{0};
    append(leaf, encode_receipt_rlp(receipt));
    EXPECT_EQ(receipts_root(std::span{&receipt, 1}), hash::sha256(leaf));
}

RC_GTEST_PROP(Block, RoundTrip, (const std::vector<Bytes>& transactions, std::uint64_t number)) {
    Block block = sample_block();
    block.header.number = number;
    block.transactions = transactions;
    block.blobs.assign(transactions.size() % 4, {filled(1), filled(2)});
    RC_ASSERT(decode_block(encode_block(block)).value() == block);
}

}  // namespace
}  // namespace enshrine::types
