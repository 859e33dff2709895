// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/result.hpp>
#include <enshrine/types/blob_sidecar.hpp>
#include <enshrine/types/block.hpp>

#include <vector>

/// From what a wallet sends to what a block records. Rules: docs/spec/rollup.md [BLOB.3].
namespace enshrine::data_availability {

enum class BlobError : std::uint16_t {
    no_blobs = 1,             ///< the transaction names no versioned hash
    blob_count_mismatch,      ///< not one blob per versioned hash
    commitment_count_mismatch,
    proof_count_mismatch,     ///< not one proof per blob, or per cell of each blob
    versioned_hash_mismatch,  ///< a commitment belongs to another versioned hash
};
const ErrorDomain& error_domain(BlobError) noexcept;

/// One record per blob, in the order of the transaction's versioned hashes: every commitment has its versioned hash, every
/// blob its commitment (by its blob proof or its 128 cell proofs), every content root is computed. Nothing else makes
/// records of blobs that a node has not executed yet. Errors: BlobError, crypto::kzg::KzgError. Milliseconds per blob.
[[nodiscard]] Result<std::vector<types::BlobRecord>> verify_sidecar(const types::Transaction& transaction,
                                                                    const types::BlobSidecar& sidecar);

}  // namespace enshrine::data_availability
