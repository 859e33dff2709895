// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/kzg.hpp>

namespace enshrine::proofs {
namespace {

/// What points are paired with, in the order of fixed_points().
enum Fixed : std::size_t { with_x, with_minus_one };

template <class C>
void append(std::vector<typename Equation<C>::Term>& out, const G1Combination<C>& combination, Fixed fixed) {
    for (std::size_t i = 0; i < combination.points().size(); ++i) {
        out.push_back({combination.points()[i], combination.scalars()[i], fixed});
    }
}

}  // namespace

template <class C>
EquationForm<C> kzg_form(const KzgSrs<C>& srs, std::span<const typename C::G1> shared_points) {
    EquationForm<C> out;
    for (const FixedPoint<C>& fixed : srs.fixed_points()) out.fixed.push_back(fixed);
    for (const auto& point : shared_points) out.shared.push_back({point, with_minus_one});
    return out;
}

template <class C>
Equation<C> kzg_equation(const KzgClaim<C>& claim) {
    Equation<C> out;
    out.own = {{claim.p, C::Fr::one(), with_x}, {claim.q, C::Fr::one(), with_minus_one}};
    return out;
}

template <class C>
Equation<C> kzg_equation(const KzgSums<C>& sums) {
    Equation<C> out;
    append<C>(out.own, sums.p, with_x);
    append<C>(out.own, sums.q, with_minus_one);
    out.shared = sums.shared;
    return out;
}

template EquationForm<Bn254> kzg_form(const KzgSrs<Bn254>&, std::span<const Bn254::G1>);
template EquationForm<Bls12381> kzg_form(const KzgSrs<Bls12381>&, std::span<const Bls12381::G1>);
template Equation<Bn254> kzg_equation(const KzgClaim<Bn254>&);
template Equation<Bls12381> kzg_equation(const KzgClaim<Bls12381>&);
template Equation<Bn254> kzg_equation(const KzgSums<Bn254>&);
template Equation<Bls12381> kzg_equation(const KzgSums<Bls12381>&);

}  // namespace enshrine::proofs
