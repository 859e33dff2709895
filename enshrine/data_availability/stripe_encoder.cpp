// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/stripe_encoder.hpp>

namespace enshrine::data_availability {

using algebra::stripe_offset;
using algebra::stripe_row_bytes;

StripeEncoder::StripeEncoder(const Shape& shape, const EncoderRows& rows, const algebra::Gf16Kernel& kernel)
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
}

void StripeEncoder::fill(void* context, std::size_t first_row, std::size_t row_count) noexcept {
    auto& self = *static_cast<StripeEncoder*>(context);
    const std::size_t row_bytes = self.shape_.row_bytes;
    const std::size_t size = self.chunk_count_ * algebra::chunk_bytes;
    for (std::size_t i = 0; i < row_count; ++i) {
        const std::size_t at = (first_row + i) * row_bytes + self.byte_;
        Byte* copy = self.block_.data() + i * stripe_row_bytes;
        std::memcpy(copy, self.rows_.source + at, size);
        if (self.rows_.source != self.rows_.rows) std::memcpy(self.rows_.rows + at, copy, size);
        algebra::pack_stripe_row(copy, self.chunk_count_,
                                 self.work_.coefficients.data() + stripe_offset(first_row + i));
    }
    self.push(first_row, row_count);
}

void StripeEncoder::drain(void* context, std::size_t first_row, std::size_t row_count) noexcept {
    auto& self = *static_cast<StripeEncoder*>(context);
    const std::size_t row_bytes = self.shape_.row_bytes;
    const std::size_t size = self.chunk_count_ * algebra::chunk_bytes;
    const std::size_t first_parity = (self.coset_ + 1) * self.code_.coset_rows + first_row;
    for (std::size_t i = 0; i < row_count; ++i) {
        Byte* copy = self.block_.data() + i * stripe_row_bytes;
        algebra::unpack_stripe_row(self.work_.values.data() + stripe_offset(first_row + i), self.chunk_count_, copy);
        std::memcpy(self.rows_.rows + (first_parity + i) * row_bytes + self.byte_, copy, size);
    }
    self.push(first_parity, row_count);
}

/// Hashes the rows of the block.
void StripeEncoder::push(std::size_t first_row, std::size_t row_count) noexcept {
    if (lanes_.empty()) return;
    for (std::size_t row = 0; row < row_count; row += hash::sha256_lane_count) {
        std::array<const Byte*, hash::sha256_lane_count> stripes;
        for (std::size_t i = 0; i < stripes.size(); ++i) stripes[i] = block_.data() + (row + i) * stripe_row_bytes;
        lanes_[(first_row + row) / hash::sha256_lane_count].push(stripes.data(), chunk_count_);
    }
}

}  // namespace enshrine::data_availability
