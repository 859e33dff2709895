// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/row_combiner.hpp>
#include <enshrine/base/assert.hpp>
#include <enshrine/data_availability/commitment.hpp>
#include <enshrine/data_availability/encode_rows.hpp>
#include <enshrine/data_availability/matrix.hpp>
#include <enshrine/data_availability/row_tree.hpp>

namespace enshrine::data_availability {

struct Matrix::State {
    State(const Shape& the_shape, RowMemory memory)
        : shape{the_shape},
          rows{std::move(memory)},
          combinations(the_shape.data_rows),
          row_tree{the_shape.total_rows()},
          combination_tree{the_shape.data_rows} {}

    Shape shape;
    RowMemory rows;
    std::vector<algebra::Combination> combinations;
    RowTree row_tree;
    RowTree combination_tree;
    Hash32 commitment;

    [[nodiscard]] const Byte* row(std::size_t index) const noexcept { return rows.data() + index * shape.row_bytes; }
    [[nodiscard]] BytesView combinations_view() const noexcept {
        return {combinations.front().data(), combinations.size() * combination_bytes};
    }
};

Matrix::Matrix(std::unique_ptr<State> state) noexcept : state_{std::move(state)} {}
Matrix::Matrix(Matrix&&) noexcept = default;
Matrix& Matrix::operator=(Matrix&&) noexcept = default;
Matrix::~Matrix() = default;

Result<Matrix> Matrix::encode(const Shape& shape, BytesView data_rows, const ParallelFor& parallel) {
    return encode(shape, data_rows, parallel, Matrix{nullptr});
}

Result<Matrix> Matrix::encode(const Shape& shape, BytesView data_rows, const ParallelFor& parallel, Matrix&& spent) {
    ENSHRINE_CHECK(validate_shape(shape));
    ENSHRINE_ASSERT(data_rows.size() == shape.data_bytes());
    const std::size_t size = std::size_t{shape.total_rows()} * shape.row_bytes;
    RowMemory memory =
        spent.state_ != nullptr && spent.state_->rows.size() == size ? std::move(spent.state_->rows) : RowMemory{size};
    auto state = std::make_unique<State>(shape, std::move(memory));
    encode_rows(shape, EncoderRows{data_rows.data(), state->rows.data()}, parallel, state->row_tree.leaves());
    state->row_tree.build();
    combine_rows(shape, state->rows.data(), state->row_tree.root(), parallel, state->combinations);
    state->combination_tree = data_availability::combination_tree(state->combinations_view());
    state->commitment = commitment_of(state->row_tree.root(), state->combination_tree.root());
    return Matrix{std::move(state)};
}

const Shape& Matrix::shape() const noexcept {
    return state_->shape;
}
const Hash32& Matrix::commitment() const noexcept {
    return state_->commitment;
}
const Hash32& Matrix::row_root() const noexcept {
    return state_->row_tree.root();
}
const Hash32& Matrix::combination_root() const noexcept {
    return state_->combination_tree.root();
}
BytesView Matrix::combinations() const noexcept {
    return state_->combinations_view();
}

BytesView Matrix::row(std::uint32_t index) const noexcept {
    ENSHRINE_ASSERT(index < state_->shape.total_rows());
    return {state_->row(index), state_->shape.row_bytes};
}

RowProof Matrix::prove(std::uint32_t index) const {
    return RowProof{index, to_bytes(row(index)), state_->row_tree.siblings(index)};
}

StandaloneProof Matrix::prove_standalone(std::uint32_t index) const {
    ENSHRINE_ASSERT(index < state_->shape.data_rows);
    return StandaloneProof{prove(index), row_root(), combination_root(), state_->combination_tree.siblings(index)};
}

std::vector<Hash32> Matrix::prove_rows(std::span<const std::uint32_t> indices) const {
    return state_->row_tree.shared_siblings(indices);
}

}  // namespace enshrine::data_availability
