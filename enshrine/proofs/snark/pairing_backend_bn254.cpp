// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/lane_code.hpp>
#include <enshrine/algebra/bn254/lanes.hpp>
#include <enshrine/algebra/bn254/scalars.hpp>
#include <enshrine/proofs/snark/pairing_backend.hpp>

namespace enshrine::proofs {

namespace bn254 = algebra::bn254;

namespace {

using bn254::Fr;
using bn254::G1;
using bn254::G1Affine;

/// Combinations of fewer points are computed together, point by point.
constexpr std::size_t own_sum_min = 8;

void add_sums(std::vector<G1>& out, std::span<const G1Combination<Bn254>> combinations) {
    G1Combination<Bn254> small;
    std::vector<std::size_t> whose;
    for (std::size_t i = 0; i < combinations.size(); ++i) {
        const auto& points = combinations[i].points();
        if (points.size() >= own_sum_min) {
            out[i] = out[i] + bn254::multi_scalar_product_of_many(points, combinations[i].scalars());
            continue;
        }
        small.add(combinations[i]);
        whose.insert(whose.end(), points.size(), i);
    }
    const auto products = bn254::multiply_each(small.points(), small.scalars());
    for (std::size_t i = 0; i < products.size(); ++i) out[whose[i]] = out[whose[i]] + products[i];
}

/// With more fixed points than this, eight pairs at a time are faster than one pair whose lines are prepared.
constexpr std::size_t prepared_max = 3;

}  // namespace

Fr PairingBackend<Bn254>::weight(std::uint64_t a, std::uint64_t b) noexcept {
    return Fr::from(a) + Fr::from(b) * Fr::from(bn254::glv_lambda);
}

std::vector<bn254::Pair> PairingBackend<Bn254>::scale(std::span<const bn254::Pair> pairs, std::span<const Fr> factors) {
    std::vector<G1Affine> first;
    for (const bn254::Pair& pair : pairs) first.push_back(pair.p);
    const auto scaled = bn254::to_affine<bn254::Fp>(bn254::multiply_each(first, factors));
    std::vector<bn254::Pair> out;
    for (std::size_t i = 0; i < pairs.size(); ++i) out.push_back({scaled[i], pairs[i].q});
    return out;
}

std::vector<G1Affine> PairingBackend<Bn254>::sums(std::span<const G1Combination<Bn254>> own,
                                                  std::span<const G1Combination<Bn254>> shared) {
    std::vector<G1> out(own.size());
    add_sums(out, own);
    add_sums(out, shared);
    return bn254::to_affine<bn254::Fp>(out);
}

PairingProduct<Bn254> PairingBackend<Bn254>::product(std::vector<bn254::Pair> pairs, std::span<const G1Affine> points,
                                                     std::span<const FixedPoint<Bn254>> fixed) {
    const std::size_t variable = pairs.size();
    std::vector<bn254::PreparedPair> prepared;
    const bool in_lanes = bn254::lane_code() != nullptr && fixed.size() > prepared_max;
    for (std::size_t i = 0; i < fixed.size(); ++i) {
        if (points[i].is_infinity()) continue;  // of forms that no member has
        if (in_lanes) pairs.push_back({points[i], fixed[i].point});
        if (!in_lanes) prepared.push_back({points[i], fixed[i].lines});
    }
    const auto loop = bn254::miller_loop_of_many(pairs);
    PairingProduct<Bn254> out{bn254::Fp12::one(), {}};
    for (std::size_t i = 0; i < variable; ++i) {
        if (!loop.in_subgroup[i]) out.outside.push_back(i);
    }
    if (out.outside.empty()) out.value = bn254::final_exponentiation(loop.value * bn254::miller_loop({}, prepared));
    return out;
}

}  // namespace enshrine::proofs
