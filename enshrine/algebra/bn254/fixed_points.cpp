// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/fixed_points.hpp>
#include <enshrine/algebra/bn254/groups.hpp>
#include <enshrine/algebra/bn254/msm.hpp>
#include <enshrine/algebra/bn254/scalars.hpp>
#include <enshrine/base/assert.hpp>

namespace enshrine::algebra::bn254 {
namespace {

/// Bits of a half that one addition takes care of; they lie `columns` apart.
constexpr std::size_t teeth = 6;
constexpr std::size_t columns = 22;
static_assert(teeth * columns >= 127);
constexpr std::size_t table_size = std::size_t{1} << teeth;

/// Entry s is the sum of [2^(columns t)]P over the bits t of s.
std::vector<G1> table_of(const G1Affine& point) {
    std::vector<G1> out(table_size);
    G1 tooth{point};
    for (std::size_t t = 0; t < teeth; ++t) {
        const std::size_t subsets = std::size_t{1} << t;
        for (std::size_t s = 0; s < subsets; ++s) out[subsets + s] = out[s] + tooth;
        for (std::size_t k = 0; k < columns && t + 1 < teeth; ++k) tooth = tooth.twice();
    }
    return out;
}

/// The bits of a column: which entry of the table it takes.
std::size_t column_of(const SignedHalf& half, std::size_t column) noexcept {
    const u128 bits = ((static_cast<u128>(half.high) << 64) | half.low) >> column;
    std::size_t out = 0;
    for (std::size_t t = 0; t < teeth; ++t) out |= (low(bits >> (columns * t)) & 1) << t;
    return out;
}

}  // namespace

FixedPoints::FixedPoints(std::span<const G1Affine> points) : points_(points.begin(), points.end()) {
    if (points.size() > with_tables_max) return;
    std::vector<G1> tables;
    tables.reserve(table_size * points.size());
    for (const G1Affine& point : points) {
        for (const G1& entry : table_of(point)) tables.push_back(entry);
    }
    tables_ = to_affine<Fp>(tables);
}

G1 FixedPoints::combination(std::span<const Fr> scalars) const {
    ENSHRINE_ASSERT(scalars.size() == points_.size());
    if (points_.size() > with_tables_max) return multi_scalar_product(points_, scalars);
    std::vector<SplitScalar> splits;
    splits.reserve(scalars.size());
    for (const Fr& scalar : scalars) splits.push_back(split_scalar(scalar.canonical()));
    G1 sum;
    const auto add = [&sum](const G1Affine& point, bool negative) noexcept { sum = sum + (negative ? -point : point); };
    for (std::size_t column = columns; column-- > 0;) {
        sum = sum.twice();
        for (std::size_t i = 0; i < splits.size(); ++i) {
            const std::span table{tables_.data() + table_size * i, table_size};
            add(table[column_of(splits[i].first, column)], splits[i].first.negative);
            add(cube_root_map(table[column_of(splits[i].second, column)]), splits[i].second.negative);
        }
    }
    return sum;
}

}  // namespace enshrine::algebra::bn254
