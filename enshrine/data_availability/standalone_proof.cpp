// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Shared with rollup programs: no tables, no instruction sets, one row at a time.
#include <enshrine/base/integer.hpp>
#include <enshrine/data_availability/commitment.hpp>
#include <enshrine/data_availability/row_proof.hpp>
#include <enshrine/hash/sha256.hpp>

#include <bit>

namespace enshrine::data_availability {
namespace {

algebra::Combination combine_row(const Hash32& seed, BytesView row) noexcept {
    std::array<Byte, Hash32::size_bytes + 4> message;
    std::ranges::copy(seed, message.begin());
    algebra::CombinationSum sum;
    std::array<algebra::Combination, algebra::chunk_symbols> coefficients;
    std::uint32_t symbol = 0;
    for (std::size_t at = 0; at < row.size(); at += algebra::chunk_bytes) {
        for (algebra::Combination& coefficient : coefficients) {
            store_le(message.data() + Hash32::size_bytes, symbol++);
            coefficient = fold_coefficient(hash::sha256(message));
        }
        sum.add_chunk(row.data() + at, coefficients.data());
    }
    return sum.finish();
}

}  // namespace

Result<void> verify_standalone(const Shape& shape, const Hash32& commitment, const StandaloneProof& proof) noexcept {
    ENSHRINE_CHECK(validate_shape(shape));
    const RowProof& row = proof.row;
    if (row.index >= shape.data_rows) return fail(RowError::index_out_of_range);
    if (row.row.size() != shape.row_bytes) return fail(RowError::wrong_row_bytes);
    if (row.siblings.size() != static_cast<std::size_t>(std::countr_zero(shape.total_rows()))) {
        return fail(RowError::wrong_proof_length);
    }
    if (proof.combination_siblings.size() != static_cast<std::size_t>(std::countr_zero(shape.data_rows))) {
        return fail(RowError::wrong_proof_length);
    }
    if (commitment_of(proof.row_root, proof.combination_root) != commitment) {
        return fail(RowError::commitment_mismatch);
    }
    if (root_of_path(leaf_of(row.row), row.index, row.siblings) != proof.row_root) {
        return fail(RowError::row_root_mismatch);
    }
    const algebra::Combination combination = combine_row(combination_seed(shape, proof.row_root), row.row);
    if (root_of_path(leaf_of(combination), row.index, proof.combination_siblings) != proof.combination_root) {
        return fail(RowError::combination_mismatch);
    }
    return {};
}

}  // namespace enshrine::data_availability
