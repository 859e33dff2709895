// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/binary.hpp>
#include <enshrine/store/shard_entry.hpp>

namespace enshrine::store {
namespace {

using codec::BinaryReader;
using codec::BinaryWriter;

}  // namespace

Bytes encode_row_table(std::span<const RowTableEntry> table) {
    BinaryWriter out;
    out.u32(static_cast<std::uint32_t>(table.size()));
    for (const RowTableEntry& row : table) out.u32(row.index).u32(row.crc);
    return out.take();
}

Result<std::vector<RowTableEntry>> decode_row_table(BytesView meta) {
    BinaryReader in{meta};
    ENSHRINE_TRY(const auto count, in.u32());
    if (count > data_availability::matrix_rows_max) return fail(codec::BinaryError::length_over_bound);
    std::vector<RowTableEntry> table(count);
    for (RowTableEntry& row : table) {
        ENSHRINE_TRY(row.index, in.u32());
        ENSHRINE_TRY(row.crc, in.u32());
    }
    ENSHRINE_CHECK(in.finish());
    return table;
}

Bytes encode_shard_header(const ShardHeader& header) {
    BinaryWriter out;
    out.fixed(header.publication.commitment.view()).u64(header.publication.epoch);
    out.u32(static_cast<std::uint32_t>(header.publication.blobs.size()));
    for (const auto& blob : header.publication.blobs) out.fixed(blob.name_space.view()).u64(blob.size);
    out.u32(header.shape.data_rows).u32(header.shape.parity_rows).u32(header.shape.row_bytes);
    out.fixed(header.row_root.view()).variable(header.combinations);
    return out.take();
}

Result<ShardHeader> decode_shard_header(BytesView meta) {
    BinaryReader in{meta};
    ShardHeader out;
    ENSHRINE_TRY(out.publication.commitment, in.fixed<32>());
    ENSHRINE_TRY(out.publication.epoch, in.u64());
    ENSHRINE_TRY(const auto count, in.u32());
    if (count > data_availability::matrix_blobs_max) return fail(codec::BinaryError::length_over_bound);
    out.publication.blobs.resize(count);
    for (auto& blob : out.publication.blobs) {
        ENSHRINE_TRY(blob.name_space, in.fixed<32>());
        ENSHRINE_TRY(blob.size, in.u64());
    }
    ENSHRINE_TRY(out.shape.data_rows, in.u32());
    ENSHRINE_TRY(out.shape.parity_rows, in.u32());
    ENSHRINE_TRY(out.shape.row_bytes, in.u32());
    ENSHRINE_TRY(out.row_root, in.fixed<32>());
    ENSHRINE_TRY(const auto combinations, in.variable(record_meta_bytes_max));
    ENSHRINE_CHECK(in.finish());
    out.combinations = to_bytes(combinations);
    return out;
}

}  // namespace enshrine::store
