// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/kzg.hpp>

namespace enshrine::proofs {
namespace {

/// What points are paired with, in the order of fixed_points().
enum Fixed : std::size_t { with_x, with_minus_one };

void append(std::vector<Equation::Term>& out, const G1Combination<Bn254>& combination, Fixed fixed) {
    for (std::size_t i = 0; i < combination.points().size(); ++i) {
        out.push_back({combination.points()[i], combination.scalars()[i], fixed});
    }
}

}  // namespace

EquationForm kzg_form(const KzgSrs<Bn254>& srs, std::span<const Bn254::G1> shared_points) {
    EquationForm out;
    for (const FixedPoint& fixed : srs.fixed_points()) out.fixed.push_back(fixed);
    for (const Bn254::G1& point : shared_points) out.shared.push_back({point, with_minus_one});
    return out;
}

Equation kzg_equation(const KzgClaim<Bn254>& claim) {
    Equation out;
    out.own = {{claim.p, Bn254::Fr::one(), with_x}, {claim.q, Bn254::Fr::one(), with_minus_one}};
    return out;
}

Equation kzg_equation(const KzgSums<Bn254>& sums) {
    Equation out;
    append(out.own, sums.p, with_x);
    append(out.own, sums.q, with_minus_one);
    out.shared = sums.shared;
    return out;
}

bool KzgSrs<Bn254>::holds(const KzgClaim<Bn254>& claim) const {
    const std::array pairs{algebra::bn254::PreparedPair{claim.p, &x_lines_},
                           algebra::bn254::PreparedPair{claim.q, &one_lines_}};
    return algebra::bn254::pairing_product_is_one({}, pairs);
}

bool KzgSrs<Bls12381>::holds(const KzgClaim<Bls12381>& claim) const {
    const std::array pairs{crypto::bls12_381::PreparedPair{claim.p, &x_lines_},
                           crypto::bls12_381::PreparedPair{claim.q, &one_lines_}};
    return crypto::bls12_381::pairing_product_is_one({}, pairs);
}

}  // namespace enshrine::proofs
