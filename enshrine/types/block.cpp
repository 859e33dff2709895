// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/binary.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/hash/keccak.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/types/block.hpp>

#include <utility>

namespace enshrine::types {
namespace {

using codec::BinaryReader;
using codec::BinaryWriter;

/// A header with the longest extra data.
constexpr std::size_t header_bytes_max = 6 * 8 + 6 * 32 + 20 + 32 + 256 + 4 + extra_bytes_max;

Hash32 leaf_hash(BytesView bytes) noexcept {
    constexpr std::array<Byte, 1> prefix{0x00};
    return hash::sha256(prefix, bytes);
}

Result<std::vector<Bytes>> read_transactions(BinaryReader& reader) noexcept {
    ENSHRINE_TRY(const auto count, reader.u32());
    if (count > transactions_per_block_max) return fail(BlockError::too_many_transactions);
    std::vector<Bytes> out;
    for (std::size_t i = 0; i < count; ++i) {
        ENSHRINE_TRY(const auto bytes, reader.variable(txn_bytes_max));
        out.push_back(to_bytes(bytes));
    }
    return out;
}

Result<std::vector<BlobRecord>> read_blobs(BinaryReader& reader) noexcept {
    ENSHRINE_TRY(const auto count, reader.u32());
    if (count > blobs_per_block_max) return fail(BlockError::too_many_blobs);
    std::vector<BlobRecord> out;
    for (std::size_t i = 0; i < count; ++i) {
        BlobRecord record;
        ENSHRINE_TRY(record.versioned_hash, reader.fixed<Hash32::size_bytes>());
        ENSHRINE_TRY(record.content_root, reader.fixed<Hash32::size_bytes>());
        out.push_back(record);
    }
    return out;
}

}  // namespace

const ErrorDomain& error_domain(BlockError) noexcept {
    static constexpr ErrorDomain domain{"block", [](std::uint16_t code) noexcept -> std::string_view {
                                            switch (BlockError{code}) {
                                                case BlockError::over_size:
                                                    return "block over the size limit";
                                                case BlockError::too_many_transactions:
                                                    return "too many transactions in a block";
                                                case BlockError::too_many_blobs:
                                                    return "too many blobs in a block";
                                            }
                                            return "unknown block error";
                                        }};
    return domain;
}

Bytes encode_block_header(const BlockHeader& header) {
    ENSHRINE_ASSERT(header.extra.size() <= extra_bytes_max);
    BinaryWriter out;
    out.u64(header.number);
    out.fixed(header.parent_hash.view());
    out.u64(header.timestamp);
    out.fixed(header.proposer.view());
    out.fixed(header.state_root.view());
    out.fixed(header.transactions_root.view());
    out.fixed(header.receipts_root.view());
    out.fixed(header.data_availability_root.view());
    out.fixed(header.message_hub_root.view());
    out.u64(header.gas_used);
    out.u64(header.gas_limit);
    out.u64(header.blob_gas_used);
    out.u64(header.excess_blob_gas);
    out.u256(header.base_fee_per_gas);
    out.fixed(header.logs_bloom.view());
    out.variable(header.extra);
    return out.take();
}

Result<BlockHeader> decode_block_header(BytesView bytes) noexcept {
    BinaryReader reader{bytes};
    BlockHeader out;
    ENSHRINE_TRY(out.number, reader.u64());
    ENSHRINE_TRY(out.parent_hash, reader.fixed<Hash32::size_bytes>());
    ENSHRINE_TRY(out.timestamp, reader.u64());
    ENSHRINE_TRY(out.proposer, reader.fixed<Address::size_bytes>());
    ENSHRINE_TRY(out.state_root, reader.fixed<Hash32::size_bytes>());
    ENSHRINE_TRY(out.transactions_root, reader.fixed<Hash32::size_bytes>());
    ENSHRINE_TRY(out.receipts_root, reader.fixed<Hash32::size_bytes>());
    ENSHRINE_TRY(out.data_availability_root, reader.fixed<Hash32::size_bytes>());
    ENSHRINE_TRY(out.message_hub_root, reader.fixed<Hash32::size_bytes>());
    ENSHRINE_TRY(out.gas_used, reader.u64());
    ENSHRINE_TRY(out.gas_limit, reader.u64());
    ENSHRINE_TRY(out.blob_gas_used, reader.u64());
    ENSHRINE_TRY(out.excess_blob_gas, reader.u64());
    ENSHRINE_TRY(out.base_fee_per_gas, reader.u256());
    ENSHRINE_TRY(const auto bloom, reader.take(Bloom::size_bytes));
    out.logs_bloom = Bloom::from(bloom);
    ENSHRINE_TRY(const auto extra, reader.variable(extra_bytes_max));
    out.extra = to_bytes(extra);
    ENSHRINE_CHECK(reader.finish());
    return out;
}

Hash32 block_hash(const BlockHeader& header) {
    return hash::keccak256(encode_block_header(header));
}

Bytes encode_block(const Block& block) {
    ENSHRINE_ASSERT(block.transactions.size() <= transactions_per_block_max);
    ENSHRINE_ASSERT(block.blobs.size() <= blobs_per_block_max);
    BinaryWriter out;
    out.variable(encode_block_header(block.header));
    out.u32(static_cast<std::uint32_t>(block.transactions.size()));
    for (const Bytes& transaction : block.transactions) out.variable(transaction);
    out.u32(static_cast<std::uint32_t>(block.blobs.size()));
    for (const BlobRecord& blob : block.blobs) out.fixed(blob.versioned_hash.view()).fixed(blob.content_root.view());
    ENSHRINE_ASSERT(out.bytes().size() <= block_bytes_max);
    return out.take();
}

Result<Block> decode_block(BytesView bytes) noexcept {
    if (bytes.size() > block_bytes_max) return fail(BlockError::over_size);
    BinaryReader reader{bytes};
    Block out;
    ENSHRINE_TRY(const auto header, reader.variable(header_bytes_max));
    ENSHRINE_TRY(out.header, decode_block_header(header));
    ENSHRINE_TRY(out.transactions, read_transactions(reader));
    ENSHRINE_TRY(out.blobs, read_blobs(reader));
    ENSHRINE_CHECK(reader.finish());
    return out;
}

Hash32 transactions_root(std::span<const Bytes> transactions) {
    std::vector<Hash32> leaves;
    leaves.reserve(transactions.size());
    for (const Bytes& transaction : transactions) leaves.push_back(leaf_hash(transaction));
    return crypto::merkle_root(leaves);
}

Hash32 receipts_root(std::span<const Receipt> receipts) {
    std::vector<Hash32> leaves;
    leaves.reserve(receipts.size());
    for (const Receipt& receipt : receipts) leaves.push_back(leaf_hash(encode_receipt_rlp(receipt)));
    return crypto::merkle_root(leaves);
}

}  // namespace enshrine::types
