// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/shape.hpp>
#include <enshrine/node/blob_publisher.hpp>

#include <spdlog/spdlog.h>

#include <algorithm>
#include <numeric>

namespace enshrine::node {

namespace da = data_availability;
using client::DaSubmission;
using rpc::RpcError;
using rpc::RpcResult;
using Clock = std::chrono::steady_clock;

namespace {

RpcError invalid_blob(std::size_t index, std::string expected, std::string got) {
    const std::string field = "blobs[" + std::to_string(index) + "].data";
    return {.code = rpc::invalid_params,
            .message = field + " has the wrong size",
            .stable_code = "E-DA-SIZE",
            .field = field,
            .expected = std::move(expected),
            .got = std::move(got)};
}

RpcResult<std::size_t> checked_bytes(const std::vector<BlobPublisher::Blob>& blobs) {
    std::size_t total = 0;
    for (std::size_t i = 0; i < blobs.size(); ++i) {
        const std::size_t size = blobs[i].data.size();
        if (size == 0 || size > da::native_blob_bytes_max) {
            return std::unexpected{invalid_blob(i, "1 to " + std::to_string(da::native_blob_bytes_max) + " bytes",
                                                std::to_string(size) + " bytes")};
        }
        total += size;
    }
    return total;
}

RpcError stopping() {
    return {.code = rpc::server_error, .message = "the node is stopping", .stable_code = "E-NODE-STOPPING"};
}

}  // namespace

BlobPublisher::BlobPublisher(client::PublicationTarget& target, BlobPublisherOptions options)
    : target_{target}, options_{std::move(options)} {
    for (unsigned i = 0; i < options_.workers; ++i) workers_.emplace_back([this] { work(); });
}

BlobPublisher::~BlobPublisher() {
    stop();
    workers_.clear();
}

void BlobPublisher::stop() {
    std::deque<Waiting> refused;
    {
        const std::scoped_lock lock{mutex_};
        stopping_ = true;
        refused.swap(waiting_);
    }
    changed_.notify_all();
    for (Waiting& waiting : refused) waiting.result.set_value(std::unexpected{stopping()});
}

/// Looks up now and then, so that a node which stops has not to wait for the storage nodes.
RpcResult<DaSubmission> BlobPublisher::wait(std::future<RpcResult<DaSubmission>>& result, Clock::time_point deadline) {
    constexpr std::chrono::milliseconds look_up{200};
    while (Clock::now() < deadline) {
        if (result.wait_until(std::min(deadline, Clock::now() + look_up)) == std::future_status::ready) {
            return result.get();
        }
        const std::scoped_lock lock{mutex_};
        if (stopping_) return std::unexpected{stopping()};
    }
    return std::unexpected{RpcError{.code = rpc::server_error,
                                    .message = "not published after " + std::to_string(options_.timeout.count()) +
                                               " ms; it may still be: ask da_publicationsSince before submitting again",
                                    .stable_code = "E-DA-TIMEOUT"}};
}

RpcResult<BlobPublisher::Submissions> BlobPublisher::submit(std::vector<Blob> blobs) {
    ENSHRINE_TRY(const auto bytes, checked_bytes(blobs));
    std::vector<std::future<RpcResult<DaSubmission>>> results;
    {
        const std::scoped_lock lock{mutex_};
        if (stopping_) return std::unexpected{stopping()};
        if (bytes_ + bytes > options_.waiting_bytes_max) {
            return std::unexpected{RpcError{.code = rpc::limit_exceeded,
                                            .message = "too many bytes wait to be published; try again in a few blocks",
                                            .stable_code = "E-DA-BUSY",
                                            .expected = "at most " + std::to_string(options_.waiting_bytes_max),
                                            .got = std::to_string(bytes_ + bytes)}};
        }
        bytes_ += bytes;
        for (Blob& blob : blobs) {
            Waiting& entry = waiting_.emplace_back(std::move(blob), Clock::now());
            results.push_back(entry.result.get_future());
        }
    }
    changed_.notify_all();

    const auto deadline = Clock::now() + options_.timeout;
    Submissions out;
    for (auto& result : results) {
        ENSHRINE_TRY(auto submission, wait(result, deadline));
        out.push_back(std::move(submission));
    }
    return out;
}

/// When the blobs in front make a batch: at once for a large one or a full matrix, else behind the window.
Clock::time_point BlobPublisher::batch_due() const {
    const Waiting& first = waiting_.front();
    const bool large = first.blob.data.size() >= options_.own_matrix_bytes;
    return large || waiting_.size() >= da::matrix_blobs_max ? Clock::time_point{} : first.since + options_.window;
}

std::vector<BlobPublisher::Waiting> BlobPublisher::take() {
    std::unique_lock lock{mutex_};
    while (true) {
        if (stopping_) return {};
        if (waiting_.empty()) {
            changed_.wait(lock);
        } else if (const auto due = batch_due(); due > Clock::now()) {
            changed_.wait_until(lock, due);
        } else {
            return cut_batch();
        }
    }
}

/// The first blob with the small ones behind it; large ones in between keep their place.
std::vector<BlobPublisher::Waiting> BlobPublisher::cut_batch() {
    std::vector<Waiting> out;
    const bool large = waiting_.front().blob.data.size() >= options_.own_matrix_bytes;
    for (auto it = waiting_.begin(); it != waiting_.end() && out.size() < (large ? 1 : da::matrix_blobs_max);) {
        if (!large && it->blob.data.size() >= options_.own_matrix_bytes) {
            ++it;
            continue;
        }
        out.push_back(std::move(*it));
        it = waiting_.erase(it);
    }
    return out;
}

void BlobPublisher::work() {
    for (auto batch = take(); !batch.empty(); batch = take()) publish(std::move(batch));
}

void BlobPublisher::publish(std::vector<Waiting> batch) {
    std::vector<client::NamedBlob> blobs;
    for (const Waiting& waiting : batch) blobs.push_back({waiting.blob.name_space, waiting.blob.data});
    auto published = client::publish_matrix(target_, blobs, options_.publish);
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (!published) {
            batch[i].result.set_value(std::unexpected{published.error()});
            continue;
        }
        batch[i].result.set_value(DaSubmission{.height = published->inclusion.height,
                                               .commitment = published->publication.commitment,
                                               .index = published->first_rows[i],
                                               .txn = published->inclusion.txn,
                                               .certificate = published->distribution.certificate()});
    }
    std::size_t bytes = 0;
    for (const client::NamedBlob& blob : blobs) bytes += blob.data.size();
    {
        const std::scoped_lock lock{mutex_};
        bytes_ -= bytes;
    }
    if (!published) {
        spdlog::warn("{} blobs, {} bytes, were not published: {}", batch.size(), bytes, published.error().message);
        return;
    }
    // The callers have their answer; members beyond the quorum still receive their rows.
    for (const auto& member : published->distribution.finish().members) {
        if (member.fault) spdlog::warn("rows were not taken by {}: {}", member.endpoint, member.fault->text);
    }
}

}  // namespace enshrine::node
