// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/data_availability/matrix.hpp>
#include <enshrine/sequencing/batch.hpp>

#include <memory>
#include <vector>

/// The payload of a batch in the form in which it is published.
namespace enshrine::rollup_node {

struct PublishedPayload {
    std::vector<Hash32> references;  ///< for the batch header
    std::vector<Bytes> preimages;    ///< what the program reveals on its way from the references to the payload
    std::shared_ptr<const data_availability::Matrix> matrix;  ///< native scheme; null for an empty payload
};
/// At most batch_payload_bytes_max bytes (asserted).
[[nodiscard]] PublishedPayload publish_payload(sequencing::PayloadScheme scheme, BytesView payload);

/// [BLOB.1]: the content indices and pages of blobs.
[[nodiscard]] std::vector<Bytes> blob_preimages(std::span<const Bytes> blobs);
/// [DA-BATCH.2]: the nodes and rows of a matrix that is a codeword.
[[nodiscard]] std::vector<Bytes> matrix_preimages(const data_availability::Matrix& matrix);
/// The matrix of a payload, which is not empty and at most batch_payload_bytes_max long (asserted).
[[nodiscard]] data_availability::Matrix make_payload_matrix(BytesView payload);

}  // namespace enshrine::rollup_node
