// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/g1_combination.hpp>
#include <enshrine/proofs/snark/pairing_batch.hpp>

/// What a batch computes on each curve. Everything else about batches is the same on both.
namespace enshrine::proofs {

template <class C>
struct PairingProduct {
    typename C::Fp12 value;            ///< after the final exponentiation; means nothing if there is anything outside
    std::vector<std::size_t> outside;  ///< pairs with a second point that is not in G2
};

template <class C>
struct PairingBackend;

template <>
struct PairingBackend<Bn254> {
    // Measured beside the product of a point by a scalar, rounded [PROOF-BATCH.5].
    static constexpr std::size_t pair_work = 6;
    static constexpr std::size_t final_exponentiation_work = 12;

    /// a + bλ: a product of a point by it takes half the time of others [PROOF-BATCH.2].
    [[nodiscard]] static Bn254::Fr weight(std::uint64_t a, std::uint64_t b) noexcept;
    /// The first points, multiplied by their factors.
    [[nodiscard]] static std::vector<Bn254::Pair> scale(std::span<const Bn254::Pair> pairs,
                                                        std::span<const Bn254::Fr> factors);
    /// The sums own[i] + shared[i]. They come apart because the factors of `own` may all be weights.
    [[nodiscard]] static std::vector<Bn254::G1> sums(std::span<const G1Combination<Bn254>> own,
                                                     std::span<const G1Combination<Bn254>> shared);
    /// The product of the pairings of all pairs, and of points[i] with fixed[i]. Second points of pairs need only be on
    /// the twist.
    [[nodiscard]] static PairingProduct<Bn254> product(std::vector<Bn254::Pair> pairs,
                                                       std::span<const Bn254::G1> points,
                                                       std::span<const FixedPoint<Bn254>> fixed);
};

/// The same; nothing is outside, since decoding has checked membership.
template <>
struct PairingBackend<Bls12381> {
    static constexpr std::size_t pair_work = 4;
    static constexpr std::size_t final_exponentiation_work = 8;

    /// a + 2^64 b.
    [[nodiscard]] static Bls12381::Fr weight(std::uint64_t a, std::uint64_t b) noexcept;
    [[nodiscard]] static std::vector<Bls12381::Pair> scale(std::span<const Bls12381::Pair> pairs,
                                                           std::span<const Bls12381::Fr> factors);
    [[nodiscard]] static std::vector<Bls12381::G1> sums(std::span<const G1Combination<Bls12381>> own,
                                                        std::span<const G1Combination<Bls12381>> shared);
    [[nodiscard]] static PairingProduct<Bls12381> product(std::vector<Bls12381::Pair> pairs,
                                                          std::span<const Bls12381::G1> points,
                                                          std::span<const FixedPoint<Bls12381>> fixed);
};

}  // namespace enshrine::proofs
