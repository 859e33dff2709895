// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/network/peer.hpp>
#include <enshrine/network/tls_identity.hpp>

#include <atomic>
#include <chrono>

struct ssl_st;

/// One TCP connection under TLS 1.3, blocking, every call with a deadline.
namespace enshrine::network {

class TlsStream {
public:
    using Clock = std::chrono::steady_clock;

    /// `endpoint` is host:port, an IPv6 host in brackets. Names that resolve to several addresses are tried in turn.
    [[nodiscard]] static PeerResult<std::unique_ptr<TlsStream>> connect(ssl_ctx_st* context,
                                                                        const std::string& endpoint,
                                                                        Clock::time_point deadline);
    /// Takes a connected socket over.
    [[nodiscard]] static PeerResult<std::unique_ptr<TlsStream>> accept(ssl_ctx_st* context, int socket,
                                                                       Clock::time_point deadline);
    ~TlsStream();
    TlsStream(const TlsStream&) = delete;
    TlsStream& operator=(const TlsStream&) = delete;

    /// SHA-256 of the other side's SubjectPublicKeyInfo.
    [[nodiscard]] Hash32 key_hash() const;

    /// Both limits hold: `deadline` for the whole, `stall` between two bytes.
    struct Patience {
        Clock::time_point deadline = Clock::time_point::max();
        std::chrono::milliseconds stall{15'000};
    };
    [[nodiscard]] PeerResult<void> read(MutableBytesView to, const Patience& patience);
    [[nodiscard]] PeerResult<void> write(BytesView from, const Patience& patience);
    /// Tells the other side that nothing follows.
    void close_notify() noexcept;

    /// From any thread: running and later calls fail with `cancelled`.
    void cancel() noexcept;
    [[nodiscard]] std::uint64_t wire_bytes() const noexcept { return wire_bytes_; }

private:
    TlsStream(ssl_st* ssl, int socket) noexcept : ssl_{ssl}, socket_{socket} {}
    [[nodiscard]] PeerResult<void> handshake(bool client, Clock::time_point deadline);
    [[nodiscard]] PeerResult<void> wait(int result, Clock::time_point until);
    [[nodiscard]] std::unexpected<PeerFault> fault(PeerError code, std::string text) const;
    void count() noexcept;

    ssl_st* ssl_;
    int socket_;
    std::atomic<bool> cancelled_ = false;
    std::atomic<std::uint64_t> wire_bytes_ = 0;
};

}  // namespace enshrine::network
