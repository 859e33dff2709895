// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/data_availability/blob_records.hpp>
#include <enshrine/data_availability/keys.hpp>

namespace enshrine::data_availability {
namespace {

Result<BlobInfo> decode_blob_info(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    BlobInfo out;
    ENSHRINE_TRY(out.height, reader.u64());
    ENSHRINE_TRY(out.index, reader.u64());
    ENSHRINE_TRY(out.content_root, reader.fixed<32>());
    ENSHRINE_CHECK(reader.finish());
    return out;
}

}  // namespace

void record_blobs(state::Overlay& state, std::uint64_t height, std::span<const types::BlobRecord> records) {
    for (std::size_t i = 0; i < records.size(); ++i) {
        codec::BinaryWriter writer;
        writer.u64(height);
        writer.u64(i);
        writer.fixed(records[i].content_root.view());
        state.put(keys::blob(records[i].versioned_hash), writer.bytes());
    }
}

std::optional<BlobInfo> load_blob_info(const state::StateView& state, const Hash32& versioned_hash) {
    const auto bytes = state.get(keys::blob(versioned_hash));
    if (!bytes) return std::nullopt;
    const auto info = decode_blob_info(*bytes);
    ENSHRINE_ASSERT(info.has_value());
    return *info;
}

}  // namespace enshrine::data_availability
