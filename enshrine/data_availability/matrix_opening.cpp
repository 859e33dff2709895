// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/data_availability/commitment.hpp>
#include <enshrine/data_availability/data_tree.hpp>
#include <enshrine/data_availability/encode_rows.hpp>
#include <enshrine/data_availability/matrix.hpp>
#include <enshrine/data_availability/matrix_opening.hpp>

#include <bit>

namespace enshrine::data_availability {
namespace {

std::string_view message(std::uint16_t code) noexcept {
    switch (OpeningError{code}) {
        case OpeningError::wrong_size:
            return "the opened data has neither the size of the payload nor that of the siblings and data rows";
        case OpeningError::mismatch:
            return "the opened data has another commitment than the batch names";
    }
    return "unknown opening error";
}

std::size_t sibling_count(const Shape& shape) noexcept {
    return static_cast<std::size_t>(std::bit_width(shape.total_rows()) - std::bit_width(shape.data_rows));
}

std::vector<Hash32> split_hashes(BytesView bytes) {
    std::vector<Hash32> out;
    for (BytesView rest = bytes; !rest.empty(); rest = rest.subspan(Hash32::size_bytes)) {
        out.push_back(Hash32::from(rest.first(Hash32::size_bytes)));
    }
    return out;
}

/// K combinations, one behind the other.
Bytes combine_data_rows(const Shape& shape, BytesView data_rows, const Hash32& row_root) {
    std::vector<const Byte*> rows;
    for (std::size_t at = 0; at < data_rows.size(); at += shape.row_bytes) rows.push_back(data_rows.data() + at);
    std::vector<algebra::Combination> combinations(rows.size());
    row_combiner(shape, row_root).combine(rows, combinations.data());
    Bytes out;
    for (const algebra::Combination& combination : combinations) append(out, combination);
    return out;
}

/// The commitment over data rows whose subtree has these siblings [DA-CODE.4 … DA-CODE.6].
Hash32 commitment_over(const Shape& shape, BytesView data_rows, std::span<const Hash32> siblings) {
    const Hash32 row_root = root_of_path(data_root(shape, data_rows), 0, siblings);
    return commitment_of(row_root, combination_root(combine_data_rows(shape, data_rows, row_root)));
}

Result<Bytes> open_rows(const MatrixReference& reference, const MatrixLayout& layout, BytesView data) {
    const std::size_t siblings_bytes = data.size() - layout.shape.data_bytes();
    const BytesView rows = data.subspan(siblings_bytes);
    const Hash32 reached = commitment_over(layout.shape, rows, split_hashes(data.first(siblings_bytes)));
    if (reached != reference.commitment) return fail(OpeningError::mismatch);
    const auto payload = unframe_blob(layout, {&reference.size, 1}, rows, 0);
    return payload ? to_bytes(*payload) : Bytes{};
}

Result<Bytes> open_payload(const MatrixReference& reference, const MatrixLayout& layout, BytesView payload) {
    ENSHRINE_TRY(const auto matrix, Matrix::encode_blobs(layout, {&payload, 1}));
    if (matrix.commitment() != reference.commitment) return fail(OpeningError::mismatch);
    return to_bytes(payload);
}

}  // namespace

const ErrorDomain& error_domain(OpeningError) noexcept {
    static constexpr ErrorDomain domain{"data_availability.opening", message};
    return domain;
}

Result<Bytes> open_matrix(const MatrixReference& reference, BytesView data) {
    const auto layout = layout_of({&reference.size, 1});
    ENSHRINE_ASSERT(layout.has_value());
    if (data.size() == reference.size) return open_payload(reference, *layout, data);
    const std::size_t siblings_bytes = sibling_count(layout->shape) * Hash32::size_bytes;
    if (data.size() != siblings_bytes + layout->shape.data_bytes()) return fail(OpeningError::wrong_size);
    return open_rows(reference, *layout, data);
}

}  // namespace enshrine::data_availability
