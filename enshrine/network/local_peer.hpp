// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/network/shard_service.hpp>

namespace enshrine::network {

/// A node in the same process: what a sole validator hands its own data to, and what tests simulate networks with.
/// Answers are what the wire would carry. The service outlives it.
class LocalPeer : public ShardPeer {
public:
    explicit LocalPeer(ShardService& service) noexcept : service_{service} {}

    [[nodiscard]] PeerResult<PeerInfo> info() override;
    [[nodiscard]] PeerResult<MemberSignature> upload(const ShardUpload& upload) override;
    [[nodiscard]] PeerResult<std::optional<MatrixHeader>> header(const Hash32& commitment) override;
    [[nodiscard]] PeerResult<ProvenRows> rows(const Hash32& commitment, std::uint32_t row_bytes,
                                              std::span<const std::uint32_t> indices) override;
    [[nodiscard]] PeerResult<bool> has(const Hash32& commitment) override;
    void cancel() noexcept override { cancelled_ = true; }

private:
    ShardService& service_;
    std::atomic<bool> cancelled_ = false;
};

/// Every member that has this service's address is reached here, others through `others` (may be empty).
[[nodiscard]] Connect connect_locally(ShardService& service, Connect others = {});

}  // namespace enshrine::network
