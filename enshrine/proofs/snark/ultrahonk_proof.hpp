// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/ultrahonk_accumulator.hpp>
#include <enshrine/proofs/snark/ultrahonk_dialect.hpp>
#include <enshrine/proofs/snark/ultrahonk_relations.hpp>

#include <optional>
#include <vector>

namespace enshrine::proofs::ultrahonk {

using algebra::bn254::G1Affine;

inline constexpr std::size_t round_values_plain = 8;  ///< a round polynomial is given by its values at 0, 1, 2, …
inline constexpr std::size_t round_values_masked = 9;
inline constexpr std::size_t mask_claims = 4;

/// What a zero-knowledge proof has in addition.
struct Mask {
    G1Affine opening;                    ///< commitment to the polynomial that hides the opening
    std::array<G1Affine, 3> columns;     ///< commitments to the masks of the rounds, their running sum, the quotient
    Fr sum;                              ///< of the masks over the hypercube
    Fr challenge;                        ///< weight of the masks in the sumcheck
    Fr evaluation;                       ///< of the masks at the point of the sumcheck
    Fr opening_evaluation;               ///< of the first polynomial there
    std::array<Fr, mask_claims> claims;  ///< masks at r; running sum at g r and r; quotient at r
};

struct Sumcheck {
    std::vector<std::array<Fr, round_values_masked>> rounds;  ///< plain proofs leave the last value zero
    Fr gate;                                                  ///< the rows' weights are products of its powers
    std::vector<Fr> point;
};

/// Gemini and Shplonk: many multilinear claims at one point become one claim of KZG.
struct Opening {
    Fr rho;  ///< powers of it weigh the polynomials
    std::vector<G1Affine> folds;
    Fr r;
    std::vector<Fr> fold_values;  ///< fold i at -r^(2^i)
    Fr nu;                        ///< powers of it weigh the claims
    G1Affine quotient;
    Fr z;
    G1Affine kzg_quotient;
};

/// A proof of the right shape, with the challenges that its transcript gives.
struct Proof {
    std::vector<Fr> public_inputs;  ///< the user's, then the limbs of the accumulator
    std::optional<PairingPoints> accumulator;
    std::array<G1Affine, witness_columns> witness;  ///< in the order of witness_order
    RelationParameters parameters;                  ///< without the public inputs' share
    Fr alpha;
    Sumcheck sumcheck;
    std::array<Fr, columns> evaluations;
    Opening opening;
    std::optional<Mask> mask;
};

/// [HONK.7…10]
[[nodiscard]] Result<Proof> read_proof(const Header& header, const Hash32& circuit_hash, std::span<const U256> inputs,
                                       BytesView bytes);

}  // namespace enshrine::proofs::ultrahonk
