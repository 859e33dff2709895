// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/client/publish_matrix.hpp>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

/// The node as a publisher of other people's blobs: small ones that arrive together share a matrix.
/// Rules: docs/spec/data_availability.md [DA-SHAPE.3].
namespace enshrine::node {

struct BlobPublisherOptions {
    /// How long a small blob waits for others: about a block.
    std::chrono::milliseconds window{1'000};
    /// Blobs from this size on get a matrix of their own, at once.
    std::size_t own_matrix_bytes = std::size_t{1} << 20;
    std::size_t waiting_bytes_max = std::size_t{512} << 20;  ///< of blobs that wait or are being published
    std::chrono::milliseconds timeout{150'000};              ///< of one submission
    unsigned workers = 2;                                    ///< matrices that are published at the same time
    client::PublishOptions publish;
};

/// Thread-safe; submissions block their callers.
class BlobPublisher {
public:
    struct Blob {
        Hash32 name_space;
        Bytes data;
    };
    using Submissions = std::vector<client::DaSubmission>;

    /// The target outlives the publisher; its calls come from several threads.
    BlobPublisher(client::PublicationTarget& target, BlobPublisherOptions options);
    ~BlobPublisher();  ///< finishes the matrices that are being published; blobs that wait are refused
    BlobPublisher(const BlobPublisher&) = delete;
    BlobPublisher& operator=(const BlobPublisher&) = delete;

    /// Returns when blocks have published all of them, in their order; the first failure otherwise. Errors name the
    /// blob ("blobs[2].data").
    [[nodiscard]] rpc::RpcResult<Submissions> submit(std::vector<Blob> blobs);
    /// Refuses what comes from here on, and ends the waiting of callers.
    void stop();

private:
    struct Waiting {
        Blob blob;
        std::chrono::steady_clock::time_point since;
        std::promise<rpc::RpcResult<client::DaSubmission>> result;
    };
    void work();
    [[nodiscard]] std::vector<Waiting> take();
    void publish(std::vector<Waiting> batch);
    [[nodiscard]] std::vector<Waiting> cut_batch();
    [[nodiscard]] rpc::RpcResult<client::DaSubmission> wait(std::future<rpc::RpcResult<client::DaSubmission>>& result,
                                                            std::chrono::steady_clock::time_point deadline);
    [[nodiscard]] std::chrono::steady_clock::time_point batch_due() const;

    client::PublicationTarget& target_;
    BlobPublisherOptions options_;
    std::mutex mutex_;  ///< guards what follows
    std::condition_variable changed_;
    std::deque<Waiting> waiting_;
    std::size_t bytes_ = 0;
    bool stopping_ = false;
    std::vector<std::jthread> workers_;
};

}  // namespace enshrine::node
