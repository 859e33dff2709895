// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/data_availability/stripe_code.hpp>
#include <enshrine/hash/sha256_lanes.hpp>

#include <array>
#include <span>

/// Encodes a matrix stripe by stripe. Host only.
namespace enshrine::data_availability {

class StripeEncoder {
public:
    /// K + N rows, the first K of which hold data.
    StripeEncoder(const Shape& shape, const RowArray& rows, const algebra::Gf16Kernel& kernel);

    [[nodiscard]] static std::size_t stripe_count(const Shape& shape) noexcept;
    /// Writes columns of parity. With `lanes`, one for each sixteen rows, every row is pushed to its running hash while
    /// it is in the nearest cache: stripes then come in order, and K is at least sixteen.
    void encode(std::size_t stripe, std::span<hash::Sha256Lanes> lanes) noexcept;

private:
    static void fill(void* context, std::size_t first_row, std::size_t row_count) noexcept;
    static void drain(void* context, std::size_t first_row, std::size_t row_count) noexcept;
    void push(std::size_t first_row) noexcept;
    void prefetch(std::size_t first_row) const noexcept;
    void prefetch_next_stripe(std::size_t parity_rows) noexcept;
    [[nodiscard]] algebra::RowBlock block(std::size_t row, std::size_t count) noexcept;

    Shape shape_;
    CosetCode code_;
    RowArray rows_;
    const algebra::Gf16Kernel* kernel_;
    StripeWorkspace work_;
    std::span<hash::Sha256Lanes> lanes_;
    std::size_t byte_ = 0;         ///< first byte of the stripe within every row
    std::size_t chunk_count_ = 0;  ///< of the stripe: 2, or 1 at the end of rows of an odd number of chunks
    std::size_t coset_ = 0;
    std::size_t next_row_ = 0;  ///< whose chunks of the next stripe have not been asked for
    /// A few rows as the matrix has them.
    alignas(64) std::array<Byte, hash::sha256_lane_count * algebra::stripe_row_bytes> copy_{};
};

}  // namespace enshrine::data_availability
