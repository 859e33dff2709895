// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/binary.hpp>
#include <enshrine/store/chain_records.hpp>

namespace enshrine::store {
namespace {

constexpr std::size_t record_bytes_max = std::size_t{1} << 30;

}  // namespace

Bytes encode_head(const ChainHead& head) {
    codec::BinaryWriter writer;
    writer.u64(head.height).fixed(head.block_hash.view()).fixed(head.state_root.view());
    return writer.take();
}

Result<ChainHead> decode_head(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    ChainHead head;
    ENSHRINE_TRY(head.height, reader.u64());
    ENSHRINE_TRY(head.block_hash, reader.fixed<32>());
    ENSHRINE_TRY(head.state_root, reader.fixed<32>());
    ENSHRINE_CHECK(reader.finish());
    return head;
}

Bytes encode_location(const TxnLocation& location) {
    codec::BinaryWriter writer;
    writer.u64(location.height).u32(location.index);
    return writer.take();
}

Result<TxnLocation> decode_location(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    TxnLocation location;
    ENSHRINE_TRY(location.height, reader.u64());
    ENSHRINE_TRY(location.index, reader.u32());
    ENSHRINE_CHECK(reader.finish());
    return location;
}

Bytes encode_undo(const UndoRecord& undo) {
    codec::BinaryWriter writer;
    writer.u32(narrow<std::uint32_t>(undo.old_values.size()));
    for (const auto& [key, value] : undo.old_values) {
        writer.variable(key.bytes()).boolean(value.has_value());
        if (value.has_value()) writer.variable(*value);
    }
    writer.variable(encode_hashes(undo.created));
    return writer.take();
}

Result<UndoRecord> decode_undo(BytesView bytes) {
    codec::BinaryReader reader{bytes};
    UndoRecord undo;
    ENSHRINE_TRY(const std::uint32_t count, reader.u32());
    for (std::uint32_t i = 0; i < count; ++i) {
        ENSHRINE_TRY(const BytesView key, reader.variable(state::key_bytes_max));
        if (key.empty()) return fail(codec::BinaryError::truncated);
        ENSHRINE_TRY(const bool present, reader.boolean());
        std::optional<Bytes> value;
        if (present) {
            ENSHRINE_TRY(const BytesView content, reader.variable(state::value_bytes_max));
            value = to_bytes(content);
        }
        undo.old_values.insert_or_assign(state::Key::from_bytes(key), std::move(value));
    }
    ENSHRINE_TRY(const BytesView created, reader.variable(record_bytes_max));
    ENSHRINE_TRY(undo.created, decode_hashes(created));
    ENSHRINE_CHECK(reader.finish());
    return undo;
}

Bytes encode_receipts(std::span<const types::Receipt> receipts) {
    codec::BinaryWriter writer;
    writer.u32(narrow<std::uint32_t>(receipts.size()));
    for (const types::Receipt& receipt : receipts) writer.variable(types::encode_receipt(receipt));
    return writer.take();
}

Result<std::vector<types::Receipt>> decode_receipts(BytesView bytes) {
    codec::BinaryReader reader{bytes};
    ENSHRINE_TRY(const std::uint32_t count, reader.u32());
    std::vector<types::Receipt> receipts;
    for (std::uint32_t i = 0; i < count; ++i) {
        ENSHRINE_TRY(const BytesView encoded, reader.variable(record_bytes_max));
        ENSHRINE_TRY(auto receipt, types::decode_receipt(encoded));
        receipts.push_back(std::move(receipt));
    }
    ENSHRINE_CHECK(reader.finish());
    return receipts;
}

Bytes encode_hashes(std::span<const Hash32> hashes) {
    Bytes out;
    out.reserve(hashes.size() * Hash32::size_bytes);
    for (const Hash32& hash : hashes) append(out, hash.view());
    return out;
}

Result<std::vector<Hash32>> decode_hashes(BytesView bytes) {
    codec::BinaryReader reader{bytes};
    std::vector<Hash32> hashes;
    hashes.reserve(bytes.size() / Hash32::size_bytes);
    while (!reader.rest().empty()) {
        ENSHRINE_TRY(const Hash32 hash, reader.fixed<32>());
        hashes.push_back(hash);
    }
    return hashes;
}

std::array<Byte, 8> number_key(std::uint64_t number) noexcept {
    std::array<Byte, 8> key{};
    store_be(key.data(), number);
    return key;
}

}  // namespace enshrine::store
