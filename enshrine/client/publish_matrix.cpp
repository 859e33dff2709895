// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/client/publish_matrix.hpp>
#include <enshrine/codec/abi.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/system/addresses.hpp>

#include <fmt/format.h>

namespace enshrine::client {

namespace da = data_availability;
using rpc::RpcError;
using rpc::RpcResult;

namespace {

constexpr std::string_view publish_declaration =
    "publish(bytes32 namespace, bytes32 commitment, uint64 size, bytes certificate)";
constexpr std::string_view publish_matrix_declaration =
    "publishMatrix(bytes32[] namespaces, uint64[] sizes, bytes32 commitment, bytes certificate)";
constexpr std::string_view fee_declaration = "fee(uint64[] sizes)";

Hash32 word(std::uint64_t value) {
    return U256{value}.to_be();
}

std::vector<Hash32> size_words(const da::Publication& publication) {
    std::vector<Hash32> out;
    for (const da::PublishedBlob& blob : publication.blobs) out.push_back(word(blob.size));
    return out;
}

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

Bytes publish_calldata(const da::Publication& publication, BytesView certificate) {
    codec::abi::Encoder encoder{4};
    if (publication.blobs.size() == 1) {
        const da::PublishedBlob& blob = publication.blobs.front();
        encoder.bytes32(blob.name_space).bytes32(publication.commitment).u64(blob.size).bytes(certificate);
        return encoder.finish_call(codec::abi::selector(publish_declaration));
    }
    std::vector<Hash32> name_spaces;
    for (const da::PublishedBlob& blob : publication.blobs) name_spaces.push_back(blob.name_space);
    encoder.words(name_spaces).words(size_words(publication)).bytes32(publication.commitment).bytes(certificate);
    return encoder.finish_call(codec::abi::selector(publish_matrix_declaration));
}

RpcResult<DaCommittee> WalletTarget::committee() {
    return da_.committee();
}

RpcResult<Inclusion> WalletTarget::publish(const da::Publication& publication, BytesView certificate) {
    codec::abi::Encoder question{1};
    question.words(size_words(publication));
    ENSHRINE_TRY(const auto answer, l1_.call(system::data_availability_address,
                                             question.finish_call(codec::abi::selector(fee_declaration))));
    if (answer.size() != 64) return std::unexpected{refused("IDataAvailability.fee answers no fee", "E-DA-FEE")};
    const U256 fee = U256::from_be(BytesView{answer}.first(32));
    // The price may rise until the block; what is above the fee comes back.
    ENSHRINE_TRY(const auto receipt, wallet_.send_and_wait({.to = system::data_availability_address,
                                                            .value = Amount{fee + fee},
                                                            .data = publish_calldata(publication, certificate)},
                                                           timeout_seconds_));
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
