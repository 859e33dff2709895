// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/stripe_code.hpp>

#include <bit>

namespace enshrine::data_availability {
namespace {

/// Combinations are eight symbols of one stripe.
void pack_combination(const Byte* combination, Byte* row) noexcept {
    std::memset(row, 0, algebra::stripe_row_bytes);
    for (std::size_t limb = 0; limb < algebra::combination_limbs; ++limb) {
        row[limb] = combination[2 * limb];
        row[algebra::stripe_symbols + limb] = combination[2 * limb + 1];
    }
}

void unpack_combination(const Byte* row, algebra::Combination& combination) noexcept {
    for (std::size_t limb = 0; limb < algebra::combination_limbs; ++limb) {
        combination[2 * limb] = row[limb];
        combination[2 * limb + 1] = row[algebra::stripe_symbols + limb];
    }
}

}  // namespace

CosetCode::CosetCode(const Shape& shape) noexcept
    : coset_rows{shape.data_rows},
      parity_cosets{shape.parity_rows / shape.data_rows},
      data_coset{std::bit_ceil(shape.parity_rows) / shape.data_rows} {}

std::vector<algebra::Combination> extend_combinations(const Shape& shape, BytesView combinations) {
    const algebra::Gf16Kernel& kernel = algebra::gf16_kernel();
    const CosetCode code{shape};
    StripeWorkspace work{code.coset_rows};
    std::vector<algebra::Combination> out(shape.total_rows());
    Byte* coefficients = work.coefficients.data();
    Byte* values = work.values.data();
    for (std::size_t i = 0; i < code.coset_rows; ++i) {
        const Byte* combination = combinations.data() + algebra::combination_bytes * i;
        std::memcpy(out[i].data(), combination, algebra::combination_bytes);
        pack_combination(combination, coefficients + algebra::stripe_offset(i));
    }
    kernel.ifft(coefficients, code.domain(code.data_coset), {});
    for (std::size_t coset = 0; coset < code.parity_cosets; ++coset) {
        kernel.fft(coefficients, values, code.domain(coset), code.scale(coset), {});
        const std::size_t first = (coset + 1) * code.coset_rows;
        for (std::size_t i = 0; i < code.coset_rows; ++i) {
            unpack_combination(values + algebra::stripe_offset(i), out[first + i]);
        }
    }
    return out;
}

}  // namespace enshrine::data_availability
