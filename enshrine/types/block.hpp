// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/base/u256.hpp>
#include <enshrine/types/bloom.hpp>
#include <enshrine/types/receipt.hpp>

#include <span>
#include <vector>

namespace enshrine::types {

enum class BlockError : std::uint16_t { over_size = 1, too_many_transactions, too_many_blobs };
const ErrorDomain& error_domain(BlockError) noexcept;

inline constexpr std::size_t block_bytes_max = std::size_t{64} << 20;
inline constexpr std::size_t extra_bytes_max = 32;
inline constexpr std::size_t transactions_per_block_max = 65536;
inline constexpr std::size_t blobs_per_block_max = 4096;

/// Encoded field by field in this order (codec/binary.hpp); `extra` is variable-size, the rest fixed.
struct BlockHeader {
    std::uint64_t number = 0;
    Hash32 parent_hash;
    std::uint64_t timestamp = 0;  ///< seconds since 1970-01-01 UTC
    Address proposer;
    Hash32 state_root;  ///< after this block
    Hash32 transactions_root;
    Hash32 receipts_root;
    Hash32 data_availability_root;
    Hash32 message_hub_root;
    std::uint64_t gas_used = 0;
    std::uint64_t gas_limit = 0;
    std::uint64_t blob_gas_used = 0;
    std::uint64_t excess_blob_gas = 0;
    U256 base_fee_per_gas;  ///< wei
    Bloom logs_bloom;
    Bytes extra;  ///< at most extra_bytes_max
    [[nodiscard]] friend bool operator==(const BlockHeader&, const BlockHeader&) noexcept = default;
};

/// An EIP-4844 blob that the block's transactions publish.
struct BlobRecord {
    Hash32 versioned_hash;
    Hash32 content_root;  ///< SHA-256 tree over the blob's bytes, for the data-availability root
    [[nodiscard]] friend bool operator==(const BlobRecord&, const BlobRecord&) noexcept = default;
};

struct Block {
    BlockHeader header;
    std::vector<Bytes> transactions;  ///< canonical encodings, in order of execution
    std::vector<BlobRecord> blobs;    ///< in order of appearance in the transactions
    [[nodiscard]] friend bool operator==(const Block&, const Block&) noexcept = default;
};

[[nodiscard]] Bytes encode_block_header(const BlockHeader& header);
/// Errors: codec::BinaryError.
[[nodiscard]] Result<BlockHeader> decode_block_header(BytesView bytes) noexcept;
/// keccak256 of the encoded header.
[[nodiscard]] Hash32 block_hash(const BlockHeader& header);

/// Header (variable-size), u32 count of transactions, each variable-size, u32 count of blob records, each 64 bytes.
[[nodiscard]] Bytes encode_block(const Block& block);
/// The transactions are not decoded. Errors: BlockError, codec::BinaryError.
[[nodiscard]] Result<Block> decode_block(BytesView bytes) noexcept;

/// crypto::merkle_root over leaves SHA-256(0x00 ‖ canonical encoding).
[[nodiscard]] Hash32 transactions_root(std::span<const Bytes> transactions);
/// crypto::merkle_root over leaves SHA-256(0x00 ‖ encode_receipt_rlp(receipt)).
[[nodiscard]] Hash32 receipts_root(std::span<const Receipt> receipts);

}  // namespace enshrine::types
