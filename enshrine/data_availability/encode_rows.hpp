// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/row_combiner.hpp>
#include <enshrine/data_availability/matrix.hpp>
#include <enshrine/data_availability/stripe_encoder.hpp>

#include <span>

/// The stages of encoding a matrix. Host only.
namespace enshrine::data_availability {

/// Writes parity [DA-CODE.3] and the leaf hashes of all rows [DA-CODE.4]. Without `parallel` both are one pass over
/// memory.
void encode_rows(const Shape& shape, const RowArray& rows, const ParallelFor& parallel, std::span<Hash32> leaves);

/// What combines the rows of a matrix with this row root [DA-CODE.5].
[[nodiscard]] algebra::RowCombiner row_combiner(const Shape& shape, const Hash32& row_root);

/// Combinations of the data rows.
void combine_rows(const Shape& shape, const RowArray& rows, const Hash32& row_root, const ParallelFor& parallel,
                  std::span<algebra::Combination> out);

/// parallel(count, task), or a loop without it.
void for_each_task(const ParallelFor& parallel, std::size_t count, const std::function<void(std::size_t)>& task);

}  // namespace enshrine::data_availability
