// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/commitment.hpp>
#include <enshrine/data_availability/encode_rows.hpp>
#include <enshrine/data_availability/row_proof.hpp>
#include <enshrine/data_availability/row_tree.hpp>
#include <enshrine/data_availability/stripe_code.hpp>
#include <enshrine/hash/sha256_lanes.hpp>

#include <bit>

namespace enshrine::data_availability {

struct RowVerifier::State {
    Shape shape;
    Hash32 commitment;
    Hash32 row_root;
    std::vector<algebra::Combination> combinations;  ///< of all rows, those of the data first
    algebra::RowCombiner combiner;
};

RowVerifier::RowVerifier(std::unique_ptr<State> state) noexcept : state_{std::move(state)} {}
RowVerifier::RowVerifier(RowVerifier&&) noexcept = default;
RowVerifier& RowVerifier::operator=(RowVerifier&&) noexcept = default;
RowVerifier::~RowVerifier() = default;

Result<RowVerifier> RowVerifier::make(const Shape& shape, const Hash32& commitment, const Hash32& row_root,
                                      BytesView combinations) noexcept {
    ENSHRINE_CHECK(validate_shape(shape));
    if (combinations.size() != shape.data_rows * combination_bytes) return fail(RowError::wrong_combinations_size);
    if (commitment_of(row_root, combination_tree(combinations).root()) != commitment) {
        return fail(RowError::commitment_mismatch);
    }
    return RowVerifier{std::make_unique<State>(State{.shape = shape,
                                                     .commitment = commitment,
                                                     .row_root = row_root,
                                                     .combinations = extend_combinations(shape, combinations),
                                                     .combiner = row_combiner(shape, row_root)})};
}

const Shape& RowVerifier::shape() const noexcept {
    return state_->shape;
}
const Hash32& RowVerifier::commitment() const noexcept {
    return state_->commitment;
}
const Hash32& RowVerifier::row_root() const noexcept {
    return state_->row_root;
}
BytesView RowVerifier::combinations() const noexcept {
    return {state_->combinations.front().data(), state_->shape.data_rows * combination_bytes};
}

Result<void> RowVerifier::verify(const RowProof& proof) const noexcept {
    const Shape& shape = state_->shape;
    if (proof.index >= shape.total_rows()) return fail(RowError::index_out_of_range);
    if (proof.row.size() != shape.row_bytes) return fail(RowError::wrong_row_bytes);
    if (proof.siblings.size() != static_cast<std::size_t>(std::countr_zero(shape.total_rows()))) {
        return fail(RowError::wrong_proof_length);
    }
    if (root_of_path(leaf_of(proof.row), proof.index, proof.siblings) != state_->row_root) {
        return fail(RowError::row_root_mismatch);
    }
    const Byte* row = proof.row.data();
    algebra::Combination combination;
    state_->combiner.combine({&row, 1}, &combination);
    if (combination != state_->combinations[proof.index]) return fail(RowError::combination_mismatch);
    return {};
}

Result<void> RowVerifier::verify_rows(std::span<const IndexedRow> rows,
                                      std::span<const Hash32> siblings) const noexcept {
    const Shape& shape = state_->shape;
    std::vector<const Byte*> pointers;
    std::vector<IndexedHash> leaves;
    for (const IndexedRow& row : rows) {
        if (row.index >= shape.total_rows()) return fail(RowError::index_out_of_range);
        if (!leaves.empty() && row.index <= leaves.back().index) return fail(RowError::indices_not_ascending);
        if (row.row.size() != shape.row_bytes) return fail(RowError::wrong_row_bytes);
        pointers.push_back(row.row.data());
        leaves.push_back({row.index, {}});
    }
    std::vector<Hash32> digests(rows.size());
    hash::sha256_rows(leaf_prefix, pointers, shape.row_bytes, digests.data());
    for (std::size_t i = 0; i < rows.size(); ++i) leaves[i].hash = digests[i];
    ENSHRINE_TRY(const Hash32 reached, root_of_rows(std::move(leaves), shape.total_rows(), siblings));
    if (reached != state_->row_root) return fail(RowError::row_root_mismatch);

    std::vector<algebra::Combination> combinations(rows.size());
    state_->combiner.combine(pointers, combinations.data());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (combinations[i] != state_->combinations[rows[i].index]) return fail(RowError::combination_mismatch);
    }
    return {};
}

}  // namespace enshrine::data_availability
