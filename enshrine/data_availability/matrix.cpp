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
    State(const Shape& the_shape, RowMemory the_memory)
        : shape{the_shape},
          memory{std::move(the_memory)},
          rows{memory.data(), RowArray::stride_of(the_shape.row_bytes)},
          combinations(the_shape.data_rows),
          row_tree{the_shape.total_rows()},
          combination_tree{the_shape.data_rows} {}

    Shape shape;
    RowMemory memory;
    RowArray rows;
    std::vector<algebra::Combination> combinations;
    RowTree row_tree;
    RowTree combination_tree;
    Hash32 commitment;

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
    ENSHRINE_TRY(auto state, prepare(shape, std::move(spent)));
    ENSHRINE_ASSERT(data_rows.size() == shape.data_bytes());
    const bool streamed = exceeds_caches(data_rows.size());
    for (std::size_t row = 0; row < shape.data_rows; ++row) {
        copy_row(data_rows.subspan(row * shape.row_bytes, shape.row_bytes), state->rows.row(row), streamed);
    }
    end_of_rows();
    return finish(std::move(state), parallel);
}

Result<Matrix> Matrix::encode_blobs(const MatrixLayout& layout, std::span<const BytesView> blobs,
                                    const ParallelFor& parallel) {
    return encode_blobs(layout, blobs, parallel, Matrix{nullptr});
}

Result<Matrix> Matrix::encode_blobs(const MatrixLayout& layout, std::span<const BytesView> blobs,
                                    const ParallelFor& parallel, Matrix&& spent) {
    ENSHRINE_TRY(auto state, prepare(layout.shape, std::move(spent)));
    const bool streamed = exceeds_caches(layout.shape.data_bytes());
    Bytes framed(layout.shape.row_bytes);
    for (std::size_t row = 0; row < layout.shape.data_rows; ++row) {
        frame_row(layout, blobs, row, framed);
        copy_row(framed, state->rows.row(row), streamed);
    }
    end_of_rows();
    return finish(std::move(state), parallel);
}

Result<std::unique_ptr<Matrix::State>> Matrix::prepare(const Shape& shape, Matrix&& spent) {
    ENSHRINE_CHECK(validate_shape(shape));
    const std::size_t size = shape.total_rows() * RowArray::stride_of(shape.row_bytes);
    const bool fits = spent.state_ != nullptr && spent.state_->memory.size() == size;
    RowMemory memory = fits ? std::move(spent.state_->memory) : RowMemory{size};
    return std::make_unique<State>(shape, std::move(memory));
}

Matrix Matrix::finish(std::unique_ptr<State> state, const ParallelFor& parallel) {
    const Shape& shape = state->shape;
    encode_rows(shape, state->rows, parallel, state->row_tree.leaves());
    state->row_tree.build();
    combine_rows(shape, state->rows, state->row_tree.root(), parallel, state->combinations);
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
    return {state_->rows.row(index), state_->shape.row_bytes};
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
