// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/client/publish_matrix.hpp>
#include <enshrine/codec/hex.hpp>

namespace enshrine::client {

namespace da = data_availability;
using rpc::RpcError;
using rpc::RpcResult;

namespace {

RpcError refused(std::string message, std::string stable_code) {
    return {.code = rpc::server_error, .message = std::move(message), .stable_code = std::move(stable_code)};
}

struct EncodedBlobs {
    std::shared_ptr<const da::Matrix> matrix;
    std::vector<std::uint32_t> first_rows;
    da::Publication publication;
};

RpcResult<EncodedBlobs> encode(std::span<const NamedBlob> blobs, const da::ParallelFor& parallel) {
    EncodedBlobs out;
    std::vector<std::uint64_t> sizes;
    std::vector<BytesView> views;
    for (const NamedBlob& blob : blobs) {
        sizes.push_back(blob.data.size());
        views.push_back(blob.data);
        out.publication.blobs.push_back({.name_space = blob.name_space, .size = blob.data.size()});
    }
    const auto layout = da::layout_of(sizes);
    if (!layout) return std::unexpected{refused(std::string{layout.error().message()}, "E-DA-SIZE")};
    auto matrix = da::Matrix::encode(layout->shape, da::frame_blobs(*layout, views), parallel);
    if (!matrix) return std::unexpected{refused(std::string{matrix.error().message()}, "E-DA-SIZE")};
    out.publication.commitment = matrix->commitment();
    out.first_rows = layout->first_rows;
    out.matrix = std::make_shared<const da::Matrix>(*std::move(matrix));
    return out;
}

}  // namespace

RpcResult<da::Committee> WalletTarget::committee() {
    return client::committee(l1_);
}

RpcResult<Inclusion> WalletTarget::publish(const da::Publication& publication, BytesView certificate) {
    ENSHRINE_TRY(const auto call, publish_call(l1_, publication, certificate));
    ENSHRINE_TRY(const auto receipt, wallet_.send_and_wait(call, timeout_seconds_));
    if (receipt.succeeded) return Inclusion{.txn = receipt.hash, .height = receipt.block_number};
    RpcError error = refused("the transaction that publishes was reverted", "E-DA-REVERTED");
    error.revert_data = codec::format_hex(receipt.revert_data);
    return std::unexpected{std::move(error)};
}

RpcResult<PublishedMatrix> publish_matrix(PublicationTarget& target, std::span<const NamedBlob> blobs,
                                          const PublishOptions& options) {
    const auto enter = [&](PublishStage stage) {
        if (options.on_stage) options.on_stage(stage);
    };
    enter(PublishStage::encoding);
    ENSHRINE_TRY(auto encoded, encode(blobs, options.parallel));
    ENSHRINE_TRY(const auto committee, target.committee());
    encoded.publication.epoch = committee.epoch;

    enter(PublishStage::distributing);
    auto distribution = network::distribute(encoded.matrix, encoded.publication, options.chain_id, committee.members,
                                            options.distribution);
    if (!distribution) return std::unexpected{refused(distribution.error().text, "E-DA-CERTIFICATE")};

    enter(PublishStage::publishing);
    ENSHRINE_TRY(const auto inclusion, target.publish(encoded.publication, distribution->certificate()));
    return PublishedMatrix{.publication = std::move(encoded.publication),
                           .shape = encoded.matrix->shape(),
                           .first_rows = std::move(encoded.first_rows),
                           .inclusion = inclusion,
                           .distribution = *std::move(distribution)};
}

}  // namespace enshrine::client
