// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/data_availability/content.hpp>
#include <enshrine/data_availability/data_tree.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/rollup_node/published_payload.hpp>

namespace enshrine::rollup_node {
namespace {

using data_availability::Matrix;
using sequencing::PayloadScheme;

PublishedPayload publish_as_blobs(BytesView payload) {
    const std::vector<Bytes> blobs = sequencing::pack_blobs(payload);
    PublishedPayload out;
    for (const Bytes& blob : blobs) out.references.push_back(data_availability::content_root(blob));
    out.preimages = blob_preimages(blobs);
    return out;
}

PublishedPayload publish_as_matrix(BytesView payload) {
    if (payload.empty()) return {};
    auto matrix = std::make_shared<const Matrix>(make_payload_matrix(payload));
    return {.references = {matrix->commitment()}, .preimages = matrix_preimages(*matrix), .matrix = matrix};
}

}  // namespace

PublishedPayload publish_payload(PayloadScheme scheme, BytesView payload) {
    ENSHRINE_ASSERT(payload.size() <= sequencing::batch_payload_bytes_max);
    switch (scheme) {
        case PayloadScheme::eip4844:
            return publish_as_blobs(payload);
        case PayloadScheme::native:
            return publish_as_matrix(payload);
    }
    return {};
}

std::vector<Bytes> blob_preimages(std::span<const Bytes> blobs) {
    constexpr std::size_t page_bytes = data_availability::content_page_bytes;
    std::vector<Bytes> out;
    for (const Bytes& blob : blobs) {
        out.push_back(data_availability::content_index(blob));
        for (std::size_t at = 0; at < blob.size(); at += page_bytes) {
            out.push_back(to_bytes(BytesView{blob}.subspan(at, page_bytes)));
        }
    }
    return out;
}

std::vector<Bytes> matrix_preimages(const Matrix& matrix) {
    const data_availability::Shape& shape = matrix.shape();
    Bytes data_rows;
    data_rows.reserve(shape.data_bytes());
    for (std::uint32_t i = 0; i < shape.data_rows; ++i) append(data_rows, matrix.row(i));
    return data_availability::program_preimages(shape, data_rows,
                                                {.siblings = data_availability::anchor_siblings(shape, matrix.prove(0)),
                                                 .combination_root = matrix.combination_root()});
}

Matrix make_payload_matrix(BytesView payload) {
    const std::uint64_t size = payload.size();
    const auto layout = data_availability::layout_of({&size, 1});
    ENSHRINE_ASSERT(layout.has_value());
    auto matrix = Matrix::encode_blobs(*layout, {&payload, 1});
    ENSHRINE_ASSERT(matrix.has_value());
    return *std::move(matrix);
}

}  // namespace enshrine::rollup_node
