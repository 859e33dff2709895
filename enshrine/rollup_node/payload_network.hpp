// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/data_availability/committee.hpp>
#include <enshrine/data_availability/malformation.hpp>
#include <enshrine/data_availability/matrix.hpp>

#include <expected>
#include <memory>
#include <string>

/// The storage nodes of the native scheme, as sequencers and verifiers use them.
namespace enshrine::rollup_node {

class PayloadNetwork {
public:
    virtual ~PayloadNetwork() = default;

    /// Hands the rows of the matrix of one blob to the committee; its certificate [DA-CERT.4].
    [[nodiscard]] virtual std::expected<Bytes, std::string> certify(
        std::shared_ptr<const data_availability::Matrix> matrix, const data_availability::PublishedBlob& blob) = 0;

    /// A payload as a program reads it [DA-BATCH.2].
    struct Payload {
        Bytes bytes;                   ///< empty also when its frame is another
        std::vector<Bytes> preimages;  ///< what the program reveals on its way; none when malformed
        bool malformed = false;        ///< the data rows are no codeword's
    };
    [[nodiscard]] virtual std::expected<Payload, std::string> retrieve(const Hash32& commitment,
                                                                       std::uint64_t payload_bytes) = 0;
    /// Asks for random rows as a light client does; how many were verified. The error says what is withheld.
    [[nodiscard]] virtual std::expected<std::uint64_t, std::string> sample(const Hash32& commitment,
                                                                           std::uint64_t payload_bytes,
                                                                           std::uint64_t rows) = 0;
    /// Shows the L1 that a matrix is malformed [DA-BATCH.4].
    [[nodiscard]] virtual std::expected<data_availability::MalformationEvidence, std::string> find_evidence(
        const Hash32& commitment, std::uint64_t payload_bytes) = 0;
};

}  // namespace enshrine::rollup_node
