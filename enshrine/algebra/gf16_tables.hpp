// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/gf16.hpp>

#include <array>

/// Logarithms of GF(2^16). Host only: 384 KiB, built at first use.
namespace enshrine::algebra {

inline constexpr std::uint32_t gf16_order = 65'535;  ///< of the multiplicative group

struct Gf16Tables {
    std::array<std::uint16_t, 65'536> log{};   ///< of a label, below gf16_order; log[0] is 0 and means nothing
    std::array<Gf16, 2 * gf16_order> power{};  ///< of the generator; two periods, so that a sum of two logs is an index
};
[[nodiscard]] const Gf16Tables& gf16_tables() noexcept;

[[nodiscard]] inline Gf16 multiply(const Gf16Tables& tables, Gf16 a, Gf16 b) noexcept {
    if (a == 0 || b == 0) return 0;
    return tables.power[std::uint32_t{tables.log[a]} + tables.log[b]];
}

}  // namespace enshrine::algebra
