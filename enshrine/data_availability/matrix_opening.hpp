// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>

#include <cstdint>

/// The payload of a batch, shown to be the one that a commitment names. Rules: docs/spec/settlement_by_proof.md
/// [MAP.7].
namespace enshrine::data_availability {

enum class OpeningError : std::uint16_t {
    wrong_size = 1,  ///< neither that of the payload nor that of siblings and data rows
    mismatch,        ///< the opened bytes have another commitment
};
const ErrorDomain& error_domain(OpeningError) noexcept;

/// What the matrix of a single blob of `size` bytes, 1 to native_blob_bytes_max (asserted), commits to.
struct MatrixReference {
    Hash32 commitment;
    std::uint64_t size = 0;
};
/// `data` is the payload, or the siblings of the subtree over the data rows, from that subtree up, then the data rows.
/// In the second form a frame that is not that of the size makes the payload empty [DA-BATCH.2].
[[nodiscard]] Result<Bytes> open_matrix(const MatrixReference& reference, BytesView data);

}  // namespace enshrine::data_availability
