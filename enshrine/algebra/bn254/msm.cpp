// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/groups.hpp>
#include <enshrine/algebra/bn254/msm.hpp>
#include <enshrine/algebra/bn254/scalars.hpp>
#include <enshrine/base/assert.hpp>

#include <algorithm>
#include <bit>

namespace enshrine::algebra::bn254 {
namespace {

constexpr std::size_t straus_points_max = 96;

/// A point and a scalar of at most 127 bits for it.
struct Term {
    G1Affine point;
    std::uint64_t low = 0;
    std::uint64_t high = 0;
};

void add_half(std::vector<Term>& out, const G1Affine& point, const SignedHalf& half) {
    if (point.is_infinity() || (half.low | half.high) == 0) return;
    out.push_back({half.negative ? -point : point, half.low, half.high});
}

/// Two halves of each scalar; the second goes with φ of the point.
std::vector<Term> split_terms(std::span<const G1Affine> points, std::span<const Fr> scalars) {
    ENSHRINE_ASSERT(points.size() == scalars.size());
    std::vector<Term> out;
    out.reserve(2 * points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const SplitScalar split = split_scalar(scalars[i].canonical());
        add_half(out, points[i], split.first);
        add_half(out, cube_root_map(points[i]), split.second);
    }
    return out;
}

constexpr unsigned straus_width = 4;
constexpr std::size_t straus_table = std::size_t{1} << (straus_width - 2);

/// P, 3P, 5P, 7P of every term, affine, so that each addition is a mixed one.
std::vector<G1Affine> odd_multiples(std::span<const Term> terms) {
    std::vector<G1> out;
    out.reserve(straus_table * terms.size());
    for (const Term& term : terms) {
        const G1 doubled = G1{term.point}.twice();
        out.emplace_back(term.point);
        for (std::size_t i = 1; i < straus_table; ++i) out.push_back(out.back() + doubled);
    }
    return to_affine<Fp>(out);
}

/// The bits [from, from + width) of a term's scalar.
std::uint64_t window_of(const Term& term, unsigned from, unsigned width) noexcept {
    const u128 scalar = (static_cast<u128>(term.high) << 64) | term.low;
    return low(scalar >> from) & ((std::uint64_t{1} << width) - 1);
}

/// Σ j bucket[j], j from 1.
G1 sum_of_buckets(std::span<const G1> buckets) noexcept {
    G1 running;
    G1 total;
    for (std::size_t j = buckets.size(); j-- > 0;) {
        running = running + buckets[j];
        total = total + running;
    }
    return total;
}

}  // namespace

G1 multi_scalar_product_straus(std::span<const G1Affine> points, std::span<const Fr> scalars) {
    const auto terms = split_terms(points, scalars);
    const auto table = odd_multiples(terms);
    std::vector<Naf> nafs;
    nafs.reserve(terms.size());
    std::size_t size = 0;
    for (const Term& term : terms) {
        nafs.push_back(signed_digits({term.low, term.high, 0, 0}, straus_width));
        size = std::max(size, nafs.back().size);
    }
    G1 sum;
    for (std::size_t i = size; i-- > 0;) {
        sum = sum.twice();
        for (std::size_t t = 0; t < terms.size(); ++t) {
            const int digit = nafs[t].digits[i];
            if (digit == 0) continue;
            const G1Affine& multiple = table[straus_table * t + static_cast<std::size_t>(std::abs(digit) / 2)];
            sum = sum + (digit > 0 ? multiple : -multiple);
        }
    }
    return sum;
}

G1 multi_scalar_product_pippenger(std::span<const G1Affine> points, std::span<const Fr> scalars) {
    constexpr unsigned bits = 127;
    const auto terms = split_terms(points, scalars);
    const unsigned log_terms = static_cast<unsigned>(std::bit_width(terms.size()));
    const unsigned width = std::clamp(log_terms > 3 ? log_terms - 2 : 1U, 1U, 12U);
    std::vector<G1> buckets;
    G1 sum;
    for (unsigned window = (bits + width - 1) / width; window-- > 0;) {
        for (unsigned k = 0; k < width; ++k) sum = sum.twice();
        buckets.assign((std::size_t{1} << width) - 1, G1{});
        for (const Term& term : terms) {
            const std::uint64_t index = window_of(term, window * width, width);
            if (index != 0) buckets[index - 1] = buckets[index - 1] + term.point;
        }
        sum = sum + sum_of_buckets(buckets);
    }
    return sum;
}

G1 multi_scalar_product(std::span<const G1Affine> points, std::span<const Fr> scalars) {
    if (points.size() <= straus_points_max) return multi_scalar_product_straus(points, scalars);
    return multi_scalar_product_pippenger(points, scalars);
}

}  // namespace enshrine::algebra::bn254
