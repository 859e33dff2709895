// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/messaging/message.hpp>

#include <algorithm>

namespace enshrine::messaging {
namespace {

constexpr std::uint8_t message_version = 1;
constexpr Byte leaf_prefix = 0;
constexpr std::size_t asset_padding_offset = 8;
constexpr std::size_t asset_issuer_offset = 12;

std::string_view text_of(std::uint16_t code) noexcept {
    switch (MessageError{code}) {
        case MessageError::bad_version: return "the message has another version than 1";
        case MessageError::bad_kind: return "the message is neither token nor call nor forced transaction";
        case MessageError::data_too_large: return "the message data is longer than 1024 bytes";
        case MessageError::bad_asset: return "the asset is neither zero nor origin chain, four zero bytes and issuer";
    }
    return "unknown message error";
}

}  // namespace

const ErrorDomain& error_domain(MessageError) noexcept {
    static constexpr ErrorDomain domain{"messaging.message", text_of};
    return domain;
}

AssetId make_asset(std::uint64_t origin_chain, const Address& issuer) noexcept {
    AssetId out;
    store_be(out.data(), origin_chain);
    std::ranges::copy(issuer, out.data() + asset_issuer_offset);
    return out;
}

std::uint64_t asset_origin(const AssetId& asset) noexcept { return load_be<std::uint64_t>(asset.data()); }

bool well_formed(const AssetId& asset) noexcept {
    if (asset.is_zero()) return true;
    return asset_origin(asset) != 0 && load_be<std::uint32_t>(asset.data() + asset_padding_offset) == 0;
}

Bytes encode_message(const Message& message) {
    ENSHRINE_ASSERT(message.data.size() <= message_data_bytes_max);
    codec::BinaryWriter writer;
    writer.u8(message_version);
    writer.u8(static_cast<std::uint8_t>(message.kind));
    writer.u64(message.source);
    writer.u64(message.destination);
    writer.u64(message.sequence);
    writer.fixed(message.sender.view());
    writer.fixed(message.receiver.view());
    writer.u256(message.value.wei());
    writer.fixed(message.asset.view());
    writer.variable(message.data);
    return writer.take();
}

Result<Message> decode_message(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    ENSHRINE_TRY(const auto version, reader.u8());
    if (version != message_version) return fail(MessageError::bad_version);
    ENSHRINE_TRY(const auto kind, reader.u8());
    if (kind > static_cast<std::uint8_t>(MessageKind::forced_transaction)) return fail(MessageError::bad_kind);
    Message out;
    out.kind = MessageKind{kind};
    ENSHRINE_TRY(out.source, reader.u64());
    ENSHRINE_TRY(out.destination, reader.u64());
    ENSHRINE_TRY(out.sequence, reader.u64());
    ENSHRINE_TRY(out.sender, reader.fixed<20>());
    ENSHRINE_TRY(out.receiver, reader.fixed<20>());
    ENSHRINE_TRY(const auto value, reader.u256());
    out.value = Amount{value};
    ENSHRINE_TRY(const auto asset, reader.take(AssetId::size_bytes));
    out.asset = AssetId::from(asset);
    if (!well_formed(out.asset)) return fail(MessageError::bad_asset);
    ENSHRINE_TRY(const auto data_size, reader.u32());
    if (data_size > message_data_bytes_max) return fail(MessageError::data_too_large);
    ENSHRINE_TRY(const auto data, reader.take(data_size));
    out.data = to_bytes(data);
    ENSHRINE_CHECK(reader.finish());
    return out;
}

Hash32 message_hash(BytesView message_bytes) noexcept {
    return hash::sha256(BytesView{&leaf_prefix, 1}, message_bytes);
}

Hash32 next_rolling_hash(const Hash32& rolling, const Hash32& message) noexcept {
    return hash::sha256(rolling.view(), message.view());
}

}  // namespace enshrine::messaging
