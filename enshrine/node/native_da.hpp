// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/node/blob_publisher.hpp>
#include <enshrine/node/blob_reader.hpp>
#include <enshrine/node/cell_cache.hpp>
#include <enshrine/node/publication_account.hpp>
#include <enshrine/rpc/endpoint.hpp>

#include <atomic>

namespace enshrine::node {

/// Calls that wait for blocks or storage nodes hold a thread of the server; so many may at a time, and the rest of the
/// threads answer everything else.
class WaitingCalls {
public:
    explicit WaitingCalls(unsigned max) noexcept : max_{max} {}

    class Slot {
    public:
        explicit Slot(WaitingCalls& owner) noexcept : owner_{&owner} {}
        Slot(Slot&& other) noexcept : owner_{std::exchange(other.owner_, nullptr)} {}
        Slot& operator=(Slot&&) = delete;
        ~Slot() {
            if (owner_ != nullptr) --owner_->running_;
        }

    private:
        WaitingCalls* owner_;
    };
    [[nodiscard]] rpc::RpcResult<Slot> enter();

private:
    unsigned max_;
    std::atomic<unsigned> running_{0};
};

struct NativeDaOptions {
    network::Connect connect;                    ///< to those who keep rows
    std::optional<crypto::SecretKey> publisher;  ///< whose account publishes; without one da_submit refuses
    std::chrono::milliseconds batch_window{1'000};
    unsigned waiting_calls_max = 8;
};

/// Blobs of the native scheme over RPC: submitted with the node's account, read from those who keep their rows.
/// Application and backend outlive it, and it outlives the endpoints that it adds methods to.
class NativeDa {
public:
    NativeDa(ChainApplication& application, const L1Backend& backend, const NativeDaOptions& options);
    void add_methods(rpc::Endpoint& endpoint);
    /// Calls that wait end soon from here on.
    void stop();

private:
    ChainApplication& application_;
    network::Connect connect_;
    BlobReader reader_;
    WaitingCalls waiting_;
    CellCache cells_;
    std::unique_ptr<PublicationAccount> account_;
    std::unique_ptr<BlobPublisher> publisher_;
};

}  // namespace enshrine::node
