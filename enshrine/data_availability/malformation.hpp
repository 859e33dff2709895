// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/data_availability/row_proof.hpp>
#include <enshrine/data_availability/shape.hpp>

#include <span>
#include <vector>

/// Evidence that a matrix does not hold the data rows of its codeword. Rules: docs/spec/data_availability.md
/// [DA-BATCH.4].
namespace enshrine::data_availability {

enum class MalformationError : std::uint16_t {
    wrong_row_count = 1,    ///< not exactly K rows
    rows_not_ascending,     ///< unsorted or repeated indices
    no_row_shows_the_data,  ///< every index is 2 K or above
    well_formed             ///< the data rows are those of the codeword
};
const ErrorDomain& error_domain(MalformationError) noexcept;

struct MalformationEvidence {
    Hash32 row_root;
    Bytes combinations;          ///< K of them
    std::vector<RowProof> rows;  ///< K, with ascending indices, at least one below 2 K
};
/// Holds when the rows are accepted by [DA-CODE.7] and the data rebuilt from them is not what the row root commits to.
/// Errors: ShapeError, RowError, ReconstructError, MalformationError.
[[nodiscard]] Result<void> verify_malformation(const Shape& shape, const Hash32& commitment,
                                               const MalformationEvidence& evidence);

/// Rows as one byte string: per row index u32 ‖ row ‖ siblings.
[[nodiscard]] Bytes encode_row_proofs(std::span<const RowProof> rows);
/// Errors: wrong_row_count when the bytes are not those of K rows of the shape.
[[nodiscard]] Result<std::vector<RowProof>> decode_row_proofs(const Shape& shape, BytesView bytes);

}  // namespace enshrine::data_availability
