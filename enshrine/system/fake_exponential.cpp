// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/system/fake_exponential.hpp>

namespace enshrine::system {
namespace {

constexpr U256 u256_max{~std::uint64_t{0}, ~std::uint64_t{0}, ~std::uint64_t{0}, ~std::uint64_t{0}};

}  // namespace

U256 fake_exponential(std::uint64_t factor, std::uint64_t numerator, std::uint64_t denominator) noexcept {
    ENSHRINE_ASSERT(denominator > 0);
    const U256 divisor{denominator};
    U256 output{0};
    U256 term = U256{factor} * divisor;
    // Ends when a term reaches zero or the sum overflows: at the latest after some hundred terms, since a sum below
    // 2^256 needs numerator / denominator < 178, and the terms shrink once i exceeds that quotient.
    for (std::uint64_t i = 1; !term.is_zero(); ++i) {
        const auto sum = checked_add(output, term);
        if (!sum) return u256_max;
        output = *sum;
        const auto product = checked_mul(term, U256{numerator});
        if (!product) return u256_max;
        term = divide(*product, divisor * U256{i}).quotient;
    }
    return divide(output, divisor).quotient;
}

}  // namespace enshrine::system
