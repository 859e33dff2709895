// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
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
    next_row_ = 0;
    byte_ = stripe * stripe_row_bytes;
    chunk_count_ = shape_.row_bytes - byte_ < stripe_row_bytes ? 1 : 2;
    kernel_->ifft(work_.coefficients.data(), code_.domain(code_.data_coset), {fill, this});
    for (coset_ = 0; coset_ < code_.parity_cosets; ++coset_) {
        kernel_->fft(work_.coefficients.data(), work_.values.data(), code_.domain(coset_), code_.scale(coset_),
                     {drain, this});
    }
}

// Both hooks take a few rows at a time, so that memory works while rows are hashed.

void StripeEncoder::fill(void* context, std::size_t first_row, std::size_t row_count) noexcept {
    auto& self = *static_cast<StripeEncoder*>(context);
    for (std::size_t row = first_row; row < first_row + row_count; row += rows_at_once) {
        const std::size_t count = std::min(rows_at_once, first_row + row_count - row);
        self.prefetch(row + rows_ahead);
        self.kernel_->pack(self.block(row, count), self.work_.coefficients.data() + stripe_offset(row));
        self.push(row);
    }
}

void StripeEncoder::drain(void* context, std::size_t first_row, std::size_t row_count) noexcept {
    auto& self = *static_cast<StripeEncoder*>(context);
    const std::size_t first_parity = (self.coset_ + 1) * self.code_.coset_rows;
    for (std::size_t row = first_row; row < first_row + row_count; row += rows_at_once) {
        const std::size_t count = std::min(rows_at_once, first_row + row_count - row);
        self.kernel_->unpack(self.work_.values.data() + stripe_offset(row), self.block(first_parity + row, count));
        self.push(first_parity + row);
        self.prefetch_next_stripe(count);
    }
}

algebra::RowBlock StripeEncoder::block(std::size_t row, std::size_t count) noexcept {
    return {rows_.row(row) + byte_, rows_.stride, count, chunk_count_, copy_.data()};
}

void StripeEncoder::prefetch(std::size_t first_row) const noexcept {
    const std::size_t last = std::min(first_row + rows_at_once, code_.coset_rows);
    for (std::size_t row = first_row; row < last; ++row) {
        const Byte* chunks = rows_.row(row) + byte_;
        __builtin_prefetch(chunks);
        if (chunk_count_ == 2) __builtin_prefetch(chunks + algebra::chunk_bytes);
    }
}

/// Data of the next stripe, in the time that parity of this one takes: a share for each `parity_rows` of them.
void StripeEncoder::prefetch_next_stripe(std::size_t parity_rows) noexcept {
    if (byte_ + stripe_row_bytes >= shape_.row_bytes) return;
    const std::size_t share = (parity_rows + code_.parity_cosets - 1) / code_.parity_cosets;
    for (std::size_t last = std::min(next_row_ + share, code_.coset_rows); next_row_ < last; ++next_row_) {
        const Byte* chunks = rows_.row(next_row_) + byte_ + stripe_row_bytes;
        __builtin_prefetch(chunks, 0, 1);
        __builtin_prefetch(chunks + algebra::chunk_bytes, 0, 1);
    }
}

/// Hashes the rows that were copied.
void StripeEncoder::push(std::size_t first_row) noexcept {
    if (lanes_.empty()) return;
    std::array<const Byte*, hash::sha256_lane_count> stripes;
    for (std::size_t i = 0; i < stripes.size(); ++i) stripes[i] = copy_.data() + i * stripe_row_bytes;
    const std::size_t group = first_row / hash::sha256_lane_count;
    if (group + 1 < lanes_.size()) {
        const auto* next = reinterpret_cast<const Byte*>(&lanes_[group + 1]);
        for (std::size_t at = 0; at < sizeof(hash::Sha256Lanes); at += 64) __builtin_prefetch(next + at, 1);
    }
    lanes_[group].push(stripes.data(), chunk_count_);
}

}  // namespace enshrine::data_availability
