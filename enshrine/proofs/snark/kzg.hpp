// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/g1_combination.hpp>
#include <enshrine/proofs/snark/pairing_batch.hpp>

#include <array>

/// Openings of KZG commitments.
namespace enshrine::proofs {

/// What an opening comes down to: e(p, [x]_2) = e(q, [1]_2). Claims about one [x]_2 fold into one, with random
/// factors: Σ ρ_i p_i, Σ ρ_i q_i.
template <class C>
struct KzgClaim {
    typename C::G1 p;
    typename C::G1 q;
};

/// The part of a structured reference string that verification needs: [x]_2, and what its pairings share.
template <class C>
class KzgSrs {
public:
    explicit KzgSrs(const typename C::G2& x)
        : x_{x}, minus_one_{C::negate(C::g2_generator())}, x_lines_{x_}, minus_one_lines_{minus_one_} {}
    [[nodiscard]] const typename C::G2& x() const noexcept { return x_; }
    [[nodiscard]] bool holds(const KzgClaim<C>& claim) const {
        const std::array pairs{typename C::PreparedPair{claim.p, &x_lines_},
                               typename C::PreparedPair{claim.q, &minus_one_lines_}};
        return C::pairing_product_is_one({}, pairs);
    }
    /// [x]_2 and -[1]_2: what p and q are paired with.
    [[nodiscard]] std::array<FixedPoint<C>, 2> fixed_points() const noexcept {
        return {FixedPoint<C>{x_, &x_lines_}, FixedPoint<C>{minus_one_, &minus_one_lines_}};
    }

private:
    typename C::G2 x_;
    typename C::G2 minus_one_;
    typename C::PreparedG2 x_lines_;
    typename C::PreparedG2 minus_one_lines_;
};

/// With x = 0, 1 or -1, which everybody knows, anything can be opened to anything.
template <class C>
[[nodiscard]] bool is_trivial_srs(const typename C::G2& x) noexcept {
    return x.is_infinity() || x == C::g2_generator() || x == C::negate(C::g2_generator());
}

/// A claim before its sums are computed. A batch computes them together, and once what the claims of a key share.
template <class C>
struct KzgSums {
    G1Combination<C> p;
    G1Combination<C> q;
    std::vector<typename C::Fr> shared;  ///< also in q: the factors of points that all claims of the key share

    [[nodiscard]] KzgClaim<C> claim(std::span<const typename C::G1> shared_points) const {
        G1Combination<C> whole = q;
        for (std::size_t i = 0; i < shared.size(); ++i) whole.add(shared_points[i], shared[i]);
        return {p.sum(), whole.sum()};
    }
};

/// For batches: e(p, [x]_2) e(q, -[1]_2) = 1.
template <class C>
[[nodiscard]] EquationForm<C> kzg_form(const KzgSrs<C>& srs, std::span<const typename C::G1> shared_points = {});
template <class C>
[[nodiscard]] Equation<C> kzg_equation(const KzgClaim<C>& claim);
template <class C>
[[nodiscard]] Equation<C> kzg_equation(const KzgSums<C>& sums);

extern template EquationForm<Bn254> kzg_form(const KzgSrs<Bn254>&, std::span<const Bn254::G1>);
extern template EquationForm<Bls12381> kzg_form(const KzgSrs<Bls12381>&, std::span<const Bls12381::G1>);
extern template Equation<Bn254> kzg_equation(const KzgClaim<Bn254>&);
extern template Equation<Bls12381> kzg_equation(const KzgClaim<Bls12381>&);
extern template Equation<Bn254> kzg_equation(const KzgSums<Bn254>&);
extern template Equation<Bls12381> kzg_equation(const KzgSums<Bls12381>&);

}  // namespace enshrine::proofs
