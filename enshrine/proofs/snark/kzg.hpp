// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/pairing.hpp>
#include <enshrine/proofs/snark/curves.hpp>
#include <enshrine/proofs/snark/pairing_batch.hpp>

#include <array>
#include <vector>

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
class KzgSrs;

template <>
class KzgSrs<Bn254> {
public:
    explicit KzgSrs(const Bn254::G2& x) : x_{x}, x_lines_{x}, one_lines_{-Bn254::g2_generator()} {}
    [[nodiscard]] const Bn254::G2& x() const noexcept { return x_; }
    [[nodiscard]] bool holds(const KzgClaim<Bn254>& claim) const;
    /// [x]_2 and -[1]_2: what p and q are paired with.
    [[nodiscard]] std::array<FixedPoint, 2> fixed_points() const noexcept {
        return {FixedPoint{x_, &x_lines_}, FixedPoint{-Bn254::g2_generator(), &one_lines_}};
    }

private:
    Bn254::G2 x_;
    algebra::bn254::PreparedG2 x_lines_;
    algebra::bn254::PreparedG2 one_lines_;
};

template <>
class KzgSrs<Bls12381> {
public:
    explicit KzgSrs(const Bls12381::G2& x)
        : x_{x}, x_lines_{x}, one_lines_{Bls12381::negate(Bls12381::g2_generator())} {}
    [[nodiscard]] const Bls12381::G2& x() const noexcept { return x_; }
    [[nodiscard]] bool holds(const KzgClaim<Bls12381>& claim) const;

private:
    Bls12381::G2 x_;
    crypto::bls12_381::PreparedG2 x_lines_;
    crypto::bls12_381::PreparedG2 one_lines_;
};

/// With x = 0, 1 or -1, which everybody knows, anything can be opened to anything.
template <class C>
[[nodiscard]] bool is_trivial_srs(const typename C::G2& x) noexcept {
    return x.is_infinity() || x == C::g2_generator() || x == C::negate(C::g2_generator());
}

/// A linear combination of points in the making.
template <class C>
class G1Combination {
public:
    void add(const typename C::G1& point, const typename C::Fr& scalar) {
        points_.push_back(point);
        scalars_.push_back(scalar);
    }
    [[nodiscard]] typename C::G1 sum() const {
        if (points_.size() == 1 && scalars_.front() == C::Fr::one()) return points_.front();
        return C::multi_scalar_product(points_, scalars_);
    }
    [[nodiscard]] const std::vector<typename C::G1>& points() const noexcept { return points_; }
    [[nodiscard]] const std::vector<typename C::Fr>& scalars() const noexcept { return scalars_; }

private:
    std::vector<typename C::G1> points_;
    std::vector<typename C::Fr> scalars_;
};

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
[[nodiscard]] EquationForm kzg_form(const KzgSrs<Bn254>& srs, std::span<const Bn254::G1> shared_points = {});
[[nodiscard]] Equation kzg_equation(const KzgClaim<Bn254>& claim);
[[nodiscard]] Equation kzg_equation(const KzgSums<Bn254>& sums);

}  // namespace enshrine::proofs
