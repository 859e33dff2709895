// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/network/shard_service.hpp>

namespace enshrine::network {

struct OutgoingMessage {
    MessageType type = MessageType::refusal;
    Bytes body;
    bool last = false;  ///< the connection ends with it
};

/// What one connection says and is answered, without its bytes' way: messages in, messages out. For one thread.
class ShardSession {
public:
    explicit ShardSession(ShardService& service) noexcept : service_{service} {}
    /// Longest body that the node takes now: rows only while an upload goes on. Errors are answered and end the
    /// connection.
    [[nodiscard]] ServiceResult<std::size_t> body_bytes_max(std::uint8_t type) const;
    /// nullopt for messages without an answer of their own.
    [[nodiscard]] std::optional<OutgoingMessage> handle(MessageType type, BytesView body);

    /// No upload goes on.
    [[nodiscard]] bool idle() const noexcept { return !uploading_; }

private:
    [[nodiscard]] ServiceResult<OutgoingMessage> answer(MessageType type, BytesView body);
    [[nodiscard]] ServiceResult<OutgoingMessage> begin_upload(BytesView body);
    [[nodiscard]] ServiceResult<OutgoingMessage> get_rows(BytesView body);
    void take_rows(BytesView body);
    [[nodiscard]] ServiceResult<OutgoingMessage> finish_upload();

    ShardService& service_;
    std::optional<ShardService::Upload> upload_;
    /// Why the upload has failed: rows that are still on their way are skipped, and its end is answered with this.
    std::optional<RefusalMessage> failure_;
    bool uploading_ = false;
};

}  // namespace enshrine::network
