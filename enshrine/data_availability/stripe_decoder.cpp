// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/gf16_locator.hpp>
#include <enshrine/algebra/gf16_tables.hpp>
#include <enshrine/data_availability/stripe_decoder.hpp>

#include <algorithm>

namespace enshrine::data_availability {
namespace {

using algebra::gf16_order;
using algebra::stripe_offset;
using algebra::stripe_row_bytes;

struct CosetRows {
    std::size_t number = 0;
    std::size_t known = 0;
};

/// Rows to use: all data rows that are known, then the parity of as few cosets as possible.
std::vector<std::uint32_t> choose_rows(const CosetCode& code, std::span<const Byte* const> known) {
    std::vector<CosetRows> parity(code.parity_cosets);
    for (std::size_t i = 0; i < parity.size(); ++i) {
        const auto rows = known.subspan((i + 1) * code.coset_rows, code.coset_rows);
        parity[i] = {i, static_cast<std::size_t>(std::ranges::count_if(rows, [](auto* row) { return row; }))};
    }
    std::ranges::sort(parity, [](const CosetRows& a, const CosetRows& b) {
        return a.known != b.known ? a.known > b.known : a.number < b.number;
    });

    std::vector<std::uint32_t> out;
    const auto take = [&](std::size_t first) {
        for (std::size_t i = first; i < first + code.coset_rows && out.size() < code.coset_rows; ++i) {
            if (known[i] != nullptr) out.push_back(static_cast<std::uint32_t>(i));
        }
    };
    // A whole coset of parity needs no data rows, and one transform back instead of two.
    const bool whole = !parity.empty() && parity.front().known == code.coset_rows;
    if (!whole) take(0);
    for (const CosetRows& coset : parity) take((coset.number + 1) * code.coset_rows);
    return out;
}

}  // namespace

ErasurePlan::ErasurePlan(const Shape& shape, std::span<const Byte* const> known)
    : shape_{shape}, code_{shape}, missing_(shape.data_rows) {
    const auto missing = std::ranges::count(known.first(shape.data_rows), nullptr);
    missing_count_ = static_cast<std::size_t>(missing);
    if (missing_count_ == 0) return;

    const auto rows = choose_rows(code_, known);
    std::vector<std::uint32_t> points(rows.size());
    std::ranges::transform(rows, points.begin(), [&](std::uint32_t row) { return code_.point_of(row); });
    const auto logs = algebra::gf16_locator_logs(points, code_.point_count());
    const algebra::Gf16Tables& tables = algebra::gf16_tables();

    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::size_t number = code_.coset_of(rows[i]);
        if (cosets_.empty() || cosets_.back().number != number) {
            cosets_.push_back(
                {number, std::vector<const Byte*>(code_.coset_rows), std::vector<algebra::Gf16>(code_.coset_rows)});
        }
        const std::size_t at = rows[i] % code_.coset_rows;
        cosets_.back().rows[at] = known[rows[i]];
        cosets_.back().factors[at] = tables.power[gf16_order - logs[points[i]]];
    }
    for (std::uint32_t row = 0; row < shape.data_rows; ++row) {
        if (known[row] == nullptr) missing_[row] = tables.power[logs[code_.point_of(row)]];
    }
}

StripeDecoder::StripeDecoder(const ErasurePlan& plan, const algebra::Gf16Kernel& kernel)
    : plan_{&plan}, kernel_{&kernel}, work_{plan.code().coset_rows} {}

void StripeDecoder::decode(std::size_t stripe, Byte* data_rows) noexcept {
    const CosetCode& code = plan_->code();
    data_rows_ = data_rows;
    byte_ = stripe * stripe_row_bytes;
    chunk_count_ = plan_->shape().row_bytes - byte_ < stripe_row_bytes ? 1 : 2;
    for (const ErasurePlan::Coset& coset : plan_->cosets()) {
        const bool first = &coset == plan_->cosets().data();
        coset_ = &coset;
        filled_ = first ? work_.coefficients.data() : work_.values.data();
        kernel_->ifft(filled_, code.domain(coset.number), {fill, this});
        if (coset.number == code.data_coset) kernel_->add_derivative(filled_, code.coset_rows);
        if (!first) kernel_->add(filled_, work_.coefficients.data(), code.coset_rows);
    }
    kernel_->fft(work_.coefficients.data(), work_.values.data(), code.domain(code.data_coset), 1, {drain, this});
}

void StripeDecoder::fill(void* context, std::size_t first_row, std::size_t row_count) noexcept {
    auto& self = *static_cast<StripeDecoder*>(context);
    Byte* rows = self.filled_ + stripe_offset(first_row);
    for (std::size_t i = 0; i < row_count; ++i) {
        const Byte* row = self.coset_->rows[first_row + i];
        if (row == nullptr) {
            std::memset(rows + i * stripe_row_bytes, 0, stripe_row_bytes);
        } else {
            algebra::pack_stripe_row(row + self.byte_, self.chunk_count_, rows + i * stripe_row_bytes);
        }
    }
    self.kernel_->multiply_rows(rows, self.coset_->factors.data() + first_row, row_count);
}

void StripeDecoder::drain(void* context, std::size_t first_row, std::size_t row_count) noexcept {
    auto& self = *static_cast<StripeDecoder*>(context);
    const auto missing = self.plan_->missing().subspan(first_row, row_count);
    if (std::ranges::all_of(missing, [](algebra::Gf16 factor) { return factor == 0; })) return;
    Byte* rows = self.work_.values.data() + stripe_offset(first_row);
    self.kernel_->multiply_rows(rows, missing.data(), row_count);
    for (std::size_t i = 0; i < row_count; ++i) {
        if (missing[i] == 0) continue;
        algebra::unpack_stripe_row(rows + i * stripe_row_bytes, self.chunk_count_,
                                   self.data_rows_ + (first_row + i) * self.plan_->shape().row_bytes + self.byte_);
    }
}

}  // namespace enshrine::data_availability
