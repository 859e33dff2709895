// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/data_availability/row_proof.hpp>
#include <enshrine/data_availability/shape.hpp>

#include <functional>
#include <memory>
#include <span>
#include <vector>

/// Encoding and commitment of a matrix (rsema1d). Rules: docs/spec/data_availability.md [DA-CODE.*]. Host only.
namespace enshrine::data_availability {

/// Runs task(0) … task(count − 1), in any order or at once, and returns when all are done. The shell passes threads in;
/// without one the calls are made in order.
using ParallelFor = std::function<void(std::size_t count, const std::function<void(std::size_t)>& task)>;

/// An encoded matrix with its trees: what a publisher keeps to hand out rows with proofs. Movable, not copyable.
class Matrix {
public:
    /// `data_rows` holds shape.data_bytes() bytes (asserted). Errors: ShapeError.
    [[nodiscard]] static Result<Matrix> encode(const Shape& shape, BytesView data_rows,
                                               const ParallelFor& parallel = {});
    /// The same in the memory of a matrix that is no longer needed, if it has the same number of bytes.
    [[nodiscard]] static Result<Matrix> encode(const Shape& shape, BytesView data_rows, const ParallelFor& parallel,
                                               Matrix&& spent);
    /// The matrix of blobs whose sizes gave the layout [DA-SHAPE.2, DA-SHAPE.3], without a frame of its own in memory.
    [[nodiscard]] static Result<Matrix> encode_blobs(const MatrixLayout& layout, std::span<const BytesView> blobs,
                                                     const ParallelFor& parallel = {});
    [[nodiscard]] static Result<Matrix> encode_blobs(const MatrixLayout& layout, std::span<const BytesView> blobs,
                                                     const ParallelFor& parallel, Matrix&& spent);
    Matrix(Matrix&&) noexcept;
    Matrix& operator=(Matrix&&) noexcept;
    ~Matrix();

    [[nodiscard]] const Shape& shape() const noexcept;
    [[nodiscard]] const Hash32& commitment() const noexcept;
    [[nodiscard]] const Hash32& row_root() const noexcept;
    [[nodiscard]] const Hash32& combination_root() const noexcept;
    /// K combinations of 16 bytes: the preimage of the combination root's leaves.
    [[nodiscard]] BytesView combinations() const noexcept;
    [[nodiscard]] BytesView row(std::uint32_t index) const noexcept;  ///< index below total_rows() (asserted)
    [[nodiscard]] RowProof prove(std::uint32_t index) const;
    [[nodiscard]] StandaloneProof prove_standalone(std::uint32_t index) const;  ///< index below data_rows (asserted)
    /// Siblings that rows of these strictly ascending indices need together [DA-CODE.10].
    [[nodiscard]] std::vector<Hash32> prove_rows(std::span<const std::uint32_t> indices) const;

private:
    struct State;
    explicit Matrix(std::unique_ptr<State> state) noexcept;
    /// With rows that are not written yet.
    [[nodiscard]] static Result<std::unique_ptr<State>> prepare(const Shape& shape, Matrix&& spent);
    /// From the data rows.
    [[nodiscard]] static Matrix finish(std::unique_ptr<State> state, const ParallelFor& parallel);
    std::unique_ptr<State> state_;
};

}  // namespace enshrine::data_availability
