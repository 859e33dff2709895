// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/data_availability/matrix.hpp>
#include <enshrine/data_availability/row_proof.hpp>

#include <span>

/// The data of a matrix from any K of its rows [DA-CODE.9]. Host only.
namespace enshrine::data_availability {

enum class ReconstructError : std::uint16_t {
    too_few_rows = 1,  ///< fewer than K distinct rows
    duplicate_row,
    wrong_row_bytes,
    index_out_of_range
};
const ErrorDomain& error_domain(ReconstructError) noexcept;

/// The K data rows, concatenated. The rows must have been verified (RowVerifier): rows that are no codeword's give
/// bytes that nobody published. More than K rows are accepted; data rows among them are copied. Errors:
/// ReconstructError, ShapeError.
[[nodiscard]] Result<Bytes> reconstruct(const Shape& shape, std::span<const IndexedRow> rows,
                                        const ParallelFor& parallel = {});
/// The same into memory of the caller: shape.data_bytes() (asserted).
[[nodiscard]] Result<void> reconstruct_into(const Shape& shape, std::span<const IndexedRow> rows,
                                            MutableBytesView data_rows, const ParallelFor& parallel = {});

}  // namespace enshrine::data_availability
