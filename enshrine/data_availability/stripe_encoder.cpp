// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/row_copy_host.hpp>
#include <enshrine/data_availability/stripe_encoder.hpp>

#include <algorithm>

namespace enshrine::data_availability {

using algebra::stripe_offset;
using algebra::stripe_row_bytes;

namespace {

constexpr std::size_t rows_at_once = hash::sha256_lane_count;
constexpr std::size_t rows_ahead = 3 * rows_at_once;  ///< that are on their way from memory

}  // namespace

StripeEncoder::StripeEncoder(const Shape& shape, const RowArray& rows, const algebra::Gf16Kernel& kernel)
    : shape_{shape}, code_{shape}, rows_{rows}, kernel_{&kernel}, work_{code_.coset_rows} {}

std::size_t StripeEncoder::stripe_count(const Shape& shape) noexcept {
    return (shape.row_bytes + stripe_row_bytes - 1) / stripe_row_bytes;
}

void StripeEncoder::encode(std::size_t stripe, std::span<hash::Sha256Lanes> lanes) noexcept {
    lanes_ = lanes;
    byte_ = stripe * stripe_row_bytes;
    chunk_count_ = shape_.row_bytes - byte_ < stripe_row_bytes ? 1 : 2;
    kernel_->ifft(work_.coefficients.data(), code_.domain(code_.data_coset), {fill, this});
    for (coset_ = 0; coset_ < code_.parity_cosets; ++coset_) {
        kernel_->fft(work_.coefficients.data(), work_.values.data(), code_.domain(coset_), code_.scale(coset_),
                     {drain, this});
    }
    end_of_stream();
}

// Both hooks take a few rows at a time, so that memory works while rows are hashed.

void StripeEncoder::fill(void* context, std::size_t first_row, std::size_t row_count) noexcept {
    auto& self = *static_cast<StripeEncoder*>(context);
    for (std::size_t row = first_row; row < first_row + row_count; row += rows_at_once) {
        const std::size_t count = std::min(rows_at_once, first_row + row_count - row);
        for (std::size_t i = 0; i < count; ++i) {
            Byte* copy = self.block_.data() + i * stripe_row_bytes;
            copy_chunks(self.at(row + i), self.chunk_count_, copy);
            algebra::pack_stripe_row(copy, self.chunk_count_, self.work_.coefficients.data() + stripe_offset(row + i));
            if (row + i + rows_ahead < self.code_.coset_rows) {
                prefetch_chunks(self.at(row + i + rows_ahead), self.chunk_count_);
            }
        }
        self.push(row);
    }
}

void StripeEncoder::drain(void* context, std::size_t first_row, std::size_t row_count) noexcept {
    auto& self = *static_cast<StripeEncoder*>(context);
    const std::size_t first_parity = (self.coset_ + 1) * self.code_.coset_rows;
    for (std::size_t row = first_row; row < first_row + row_count; row += rows_at_once) {
        const std::size_t count = std::min(rows_at_once, first_row + row_count - row);
        for (std::size_t i = 0; i < count; ++i) {
            Byte* copy = self.block_.data() + i * stripe_row_bytes;
            algebra::unpack_stripe_row(self.work_.values.data() + stripe_offset(row + i), self.chunk_count_, copy);
            stream_chunks(copy, self.chunk_count_, self.at(first_parity + row + i));
        }
        self.push(first_parity + row);
    }
}

/// Hashes the rows of the block.
void StripeEncoder::push(std::size_t first_row) noexcept {
    if (lanes_.empty()) return;
    std::array<const Byte*, hash::sha256_lane_count> stripes;
    for (std::size_t i = 0; i < stripes.size(); ++i) stripes[i] = block_.data() + i * stripe_row_bytes;
    lanes_[first_row / hash::sha256_lane_count].push(stripes.data(), chunk_count_);
}

}  // namespace enshrine::data_availability
