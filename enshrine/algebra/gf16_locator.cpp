// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/gf16_locator.hpp>
#include <enshrine/algebra/gf16_tables.hpp>
#include <enshrine/base/assert.hpp>

#include <bit>

namespace enshrine::algebra {
namespace {

/// Logarithms are numbers modulo the order of the group.
using Residues = std::vector<std::uint32_t>;

std::uint32_t reduce(std::uint32_t x) noexcept {
    return x >= gf16_order ? x - gf16_order : x;
}

/// The Walsh–Hadamard transform of values below gf16_order. Twice, it multiplies by the size.
void walsh_hadamard(Residues& values) noexcept {
    for (std::size_t half = 1; half < values.size(); half *= 2) {
        for (std::size_t block = 0; block < values.size(); block += 2 * half) {
            for (std::size_t i = block; i < block + half; ++i) {
                const std::uint32_t a = values[i];
                const std::uint32_t b = values[i + half];
                values[i] = reduce(a + b);
                values[i + half] = reduce(a + gf16_order - b);
            }
        }
    }
}

}  // namespace

// Differences are XORs, so that the sums of logarithms are a convolution over XOR, and the transform turns it into
// products. log(0) counts as 0, which leaves out b = x.
std::vector<std::uint16_t> gf16_locator_logs(std::span<const std::uint32_t> points, std::size_t size) {
    ENSHRINE_ASSERT(std::has_single_bit(size) && size <= 65'536);
    const Gf16Tables& tables = gf16_tables();
    Residues chosen(size);
    for (const std::uint32_t point : points) chosen[point] = 1;
    Residues logs(size);
    for (std::size_t x = 1; x < size; ++x) logs[x] = tables.log[x];

    walsh_hadamard(chosen);
    walsh_hadamard(logs);
    // 2^16 is 1 modulo the order: this is 1 / size.
    const std::uint32_t scale = std::uint32_t{1} << (16 - std::countr_zero(size));
    for (std::size_t i = 0; i < size; ++i) {
        const auto product = static_cast<std::uint64_t>(chosen[i]) * logs[i] % gf16_order;
        chosen[i] = static_cast<std::uint32_t>(product * scale % gf16_order);
    }
    walsh_hadamard(chosen);
    return {chosen.begin(), chosen.end()};
}

}  // namespace enshrine::algebra
