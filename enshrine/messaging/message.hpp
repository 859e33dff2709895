// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/amount.hpp>
#include <enshrine/base/result.hpp>

/// Messages between chains. Rules and layout: docs/spec/rollup.md [MSG.*]. Shared with rollup programs.
namespace enshrine::messaging {

inline constexpr std::size_t message_data_bytes_max = 1024;  ///< a forced transaction has to fit
enum class MessageError : std::uint16_t { bad_version = 1, bad_kind, data_too_large, bad_asset };
const ErrorDomain& error_domain(MessageError) noexcept;

enum class MessageKind : std::uint8_t { token = 0, call = 1, forced_transaction = 2 };

/// Zero = the native coin; else origin chain (8) ‖ zeros (4) ‖ issuer (20).
using AssetId = FixedBytes<32, struct AssetIdTag>;
inline constexpr AssetId native_asset{};
[[nodiscard]] AssetId make_asset(std::uint64_t origin_chain, const Address& issuer) noexcept;
[[nodiscard]] std::uint64_t asset_origin(const AssetId& asset) noexcept;  ///< 0 for the native coin
/// Zero, or with an origin and zeros where they belong [MSG.10].
[[nodiscard]] bool well_formed(const AssetId& asset) noexcept;

struct Message {
    MessageKind kind = MessageKind::token;
    std::uint64_t source = 0;       ///< chain id
    std::uint64_t destination = 0;  ///< chain id
    std::uint64_t sequence = 0;     ///< in the stream (source, destination)
    Address sender;
    Address receiver;
    Amount value;
    AssetId asset;
    Bytes data;
};
[[nodiscard]] Bytes encode_message(const Message& message);
[[nodiscard]] Result<Message> decode_message(BytesView bytes) noexcept;
[[nodiscard]] Hash32 message_hash(BytesView message_bytes) noexcept;                        ///< [MSG.1]
[[nodiscard]] Hash32 next_rolling_hash(const Hash32& rolling, const Hash32& message) noexcept;  ///< [MSG.2]

}  // namespace enshrine::messaging
