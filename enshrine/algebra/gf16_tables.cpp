// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/gf16_tables.hpp>

namespace enshrine::algebra {
namespace {

Gf16Tables make_tables() noexcept {
    Gf16Tables tables;
    std::uint32_t polynomial = 1;
    for (std::uint32_t exponent = 0; exponent < gf16_order; ++exponent) {
        const Gf16 label = detail::apply(detail::polynomial_to_label, static_cast<std::uint16_t>(polynomial));
        tables.power[exponent] = label;
        tables.power[exponent + gf16_order] = label;
        tables.log[label] = static_cast<std::uint16_t>(exponent);
        polynomial <<= 1;
        if (polynomial >> 16 != 0) polynomial ^= gf16_polynomial;
    }
    return tables;
}

}  // namespace

const Gf16Tables& gf16_tables() noexcept {
    static const Gf16Tables tables = make_tables();
    return tables;
}

}  // namespace enshrine::algebra
