// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/gf16_locator.hpp>
#include <enshrine/algebra/gf16_tables.hpp>
#include <enshrine/base/assert.hpp>
#include <enshrine/data_availability/encode_rows.hpp>
#include <enshrine/data_availability/reconstruct.hpp>
#include <enshrine/data_availability/stripe_decoder.hpp>

#include <algorithm>

namespace enshrine::data_availability {
namespace {

constexpr std::size_t stripes_per_task = 4;

/// Row bytes by index; null where there is none.
Result<std::vector<const Byte*>> index_rows(const Shape& shape, std::span<const IndexedRow> rows) {
    std::vector<const Byte*> out(shape.total_rows());
    for (const IndexedRow& row : rows) {
        if (row.index >= shape.total_rows()) return fail(ReconstructError::index_out_of_range);
        if (row.row.size() != shape.row_bytes) return fail(ReconstructError::wrong_row_bytes);
        if (out[row.index] != nullptr) return fail(ReconstructError::duplicate_row);
        out[row.index] = row.row.data();
    }
    if (rows.size() < shape.data_rows) return fail(ReconstructError::too_few_rows);
    return out;
}

}  // namespace

const ErrorDomain& error_domain(ReconstructError) noexcept {
    static constexpr ErrorDomain domain{"reconstruct", [](std::uint16_t code) noexcept -> std::string_view {
                                            switch (ReconstructError{code}) {
                                                case ReconstructError::too_few_rows:
                                                    return "fewer rows than the matrix has data rows";
                                                case ReconstructError::duplicate_row:
                                                    return "two rows have the same index";
                                                case ReconstructError::wrong_row_bytes:
                                                    return "row has another number of bytes than the shape";
                                                case ReconstructError::index_out_of_range:
                                                    return "row index is not below data and parity rows together";
                                            }
                                            return "unknown reconstruction error";
                                        }};
    return domain;
}

Result<void> reconstruct_into(const Shape& shape, std::span<const IndexedRow> rows, MutableBytesView data_rows,
                              const ParallelFor& parallel) {
    ENSHRINE_CHECK(validate_shape(shape));
    ENSHRINE_ASSERT(data_rows.size() == shape.data_bytes());
    ENSHRINE_TRY(const auto known, index_rows(shape, rows));
    const std::size_t row_bytes = shape.row_bytes;
    for (std::size_t i = 0; i < shape.data_rows; ++i) {
        if (known[i] != nullptr) std::memcpy(data_rows.data() + i * row_bytes, known[i], row_bytes);
    }
    const ErasurePlan plan{shape, known};
    if (plan.missing_count() == 0) return {};
    const std::size_t stripe_count = StripeEncoder::stripe_count(shape);
    for_each_task(parallel, (stripe_count + stripes_per_task - 1) / stripes_per_task, [&](std::size_t task) {
        StripeDecoder decoder{plan, algebra::gf16_kernel()};
        const std::size_t last = std::min(stripe_count, (task + 1) * stripes_per_task);
        for (std::size_t i = task * stripes_per_task; i < last; ++i) decoder.decode(i, data_rows.data());
    });
    return {};
}

Result<Bytes> reconstruct(const Shape& shape, std::span<const IndexedRow> rows, const ParallelFor& parallel) {
    ENSHRINE_CHECK(validate_shape(shape));
    Bytes out(shape.data_bytes());
    ENSHRINE_CHECK(reconstruct_into(shape, rows, out, parallel));
    return out;
}

}  // namespace enshrine::data_availability
