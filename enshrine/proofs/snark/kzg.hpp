// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/pairing.hpp>
#include <enshrine/crypto/bls12_381_prepared.hpp>
#include <enshrine/proofs/snark/curves.hpp>

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
    [[nodiscard]] typename C::G1 sum() const { return C::multi_scalar_product(points_, scalars_); }

private:
    std::vector<typename C::G1> points_;
    std::vector<typename C::Fr> scalars_;
};

}  // namespace enshrine::proofs
