// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/data_availability/keys.hpp>
#include <enshrine/data_availability/publications.hpp>
#include <enshrine/hash/sha256.hpp>

#include <algorithm>

namespace enshrine::data_availability {
namespace {

Bytes encode_blobs(std::span<const PublishedBlob> blobs) {
    codec::BinaryWriter writer;
    writer.u32(static_cast<std::uint32_t>(blobs.size()));
    for (const PublishedBlob& blob : blobs) {
        writer.fixed(blob.name_space.view());
        writer.u64(blob.size);
    }
    return writer.take();
}

Result<std::vector<PublishedBlob>> decode_blobs(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    ENSHRINE_TRY(const auto count, reader.u32());
    std::vector<PublishedBlob> out;
    for (std::uint32_t i = 0; i < count && i < matrix_blobs_max; ++i) {
        PublishedBlob blob;
        ENSHRINE_TRY(blob.name_space, reader.fixed<Hash32::size_bytes>());
        ENSHRINE_TRY(blob.size, reader.u64());
        out.push_back(blob);
    }
    ENSHRINE_CHECK(reader.finish());
    return out;
}

/// Without the blobs, which the key names.
Result<PublicationRecord> decode_record(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    PublicationRecord out;
    ENSHRINE_TRY(out.height, reader.u64());
    ENSHRINE_TRY(out.epoch, reader.u64());
    ENSHRINE_TRY(out.expires_at, reader.u64());
    ENSHRINE_CHECK(reader.finish());
    return out;
}

}  // namespace

std::vector<std::uint64_t> sizes_of(std::span<const PublishedBlob> blobs) {
    std::vector<std::uint64_t> out;
    out.reserve(blobs.size());
    for (const PublishedBlob& blob : blobs) out.push_back(blob.size);
    return out;
}

std::optional<PublicationRecord> load_publication(const state::StateView& state, const Hash32& commitment) {
    const auto bytes = state.get(keys::last_blobs(commitment));
    if (!bytes) return std::nullopt;
    const auto blobs = decode_blobs(*bytes);
    ENSHRINE_ASSERT(blobs.has_value());
    return load_publication(state, commitment, *blobs);
}

std::optional<PublicationRecord> load_publication(const state::StateView& state, const Hash32& commitment,
                                                  std::span<const PublishedBlob> blobs) {
    const auto bytes = state.get(keys::publication(commitment, hash::sha256(encode_blobs(blobs))));
    if (!bytes) return std::nullopt;
    auto record = decode_record(*bytes);
    ENSHRINE_ASSERT(record.has_value());
    record->blobs.assign(blobs.begin(), blobs.end());
    return *std::move(record);
}

std::uint64_t record_publication(state::Overlay& state, const Hash32& commitment, const PublicationRecord& record) {
    const auto earlier = load_publication(state, commitment, record.blobs);
    const std::uint64_t expires_at = std::max(record.expires_at, earlier ? earlier->expires_at : 0);
    codec::BinaryWriter writer;
    writer.u64(record.height);
    writer.u64(record.epoch);
    writer.u64(expires_at);
    const Bytes blobs = encode_blobs(record.blobs);
    state.put(keys::publication(commitment, hash::sha256(blobs)), writer.bytes());
    state.put(keys::last_blobs(commitment), blobs);
    return expires_at;
}

}  // namespace enshrine::data_availability
