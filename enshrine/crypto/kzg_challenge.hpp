// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/crypto/kzg.hpp>

/// The Fiat-Shamir challenges inside the proofs of EIP-4844 and EIP-7594, for those who prove or verify a blob
/// elsewhere: a blob proof is the opening at blob_challenge(), so that the point-evaluation precompile can check it.
/// Host only.
namespace enshrine::crypto::kzg {

/// `compute_challenge` of EIP-4844: the point at which the blob proof opens a blob. Errors: wrong_size.
[[nodiscard]] Result<Hash32> blob_challenge(BytesView blob, const Commitment& commitment) noexcept;

/// Cells with their proofs; cell i belongs to commitments[commitment_indices[i]].
struct CellBatch {
    std::span<const Commitment> commitments;  ///< distinct
    std::span<const std::uint64_t> commitment_indices;
    std::span<const std::uint64_t> cell_indices;
    std::span<const Cell> cells;
    std::span<const Proof> proofs;
};
/// `compute_verify_cell_kzg_proof_batch_challenge` of EIP-7594. Errors: wrong_size for lists of different lengths.
[[nodiscard]] Result<Hash32> cell_batch_challenge(const CellBatch& batch) noexcept;

}  // namespace enshrine::crypto::kzg
