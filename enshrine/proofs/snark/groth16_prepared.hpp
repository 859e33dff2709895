// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/fixed_points.hpp>
#include <enshrine/algebra/bn254/pairing.hpp>
#include <enshrine/proofs/snark/groth16.hpp>

#include <optional>
#include <variant>
#include <vector>

namespace enshrine::proofs::groth16 {

/// The points of a key, as its encoding lists them.
template <class C>
struct KeyPoints {
    typename C::G1 alpha;
    typename C::G2 beta;
    typename C::G2 gamma;
    typename C::G2 delta;
    std::vector<typename C::G1>
        inputs;  ///< IC: one more than there are inputs, and one for the challenge of a commitment
    std::optional<std::array<typename C::G2, 2>> commitment;  ///< e(D, first) e(pok, second) = 1
};

template <class C>
struct ProofPoints {
    typename C::G1 a;
    typename C::G2 b;
    typename C::G1 c;
    struct Commitment {
        typename C::G1 point;
        typename C::G1 knowledge;
    };
    std::optional<Commitment> commitment;
};

/// BN254, with tables for the points that bind the inputs, the lines of the fixed points and the Miller value of
/// (alpha, beta).
struct Bn254Prepared {
    KeyPoints<Bn254> points;
    algebra::bn254::FixedPoints binding;  ///< of all but the first of points.inputs
    algebra::bn254::Fp12 alpha_beta;
    algebra::bn254::PreparedG2 beta;
    algebra::bn254::PreparedG2 gamma;
    algebra::bn254::PreparedG2 delta;
    std::optional<std::array<algebra::bn254::PreparedG2, 2>> commitment;
};
struct Bls12381Prepared {
    KeyPoints<Bls12381> points;
};

struct VerifyingKey::Prepared {
    std::variant<Bn254Prepared, Bls12381Prepared> of_curve;
};

/// [GROTH.6]; but B may be any point of the twist: the Miller loop finds out whether it is in G2.
[[nodiscard]] Result<ProofPoints<Bn254>> decode_proof_on_twist(BytesView bytes, bool with_commitment);
/// [GROTH.6]
[[nodiscard]] Result<ProofPoints<Bls12381>> decode_proof(BytesView bytes);

/// [GROTH.8]
[[nodiscard]] Result<void> check_inputs(std::span<const U256> inputs, const Header& header) noexcept;

/// 1 and the inputs: the factors of IC.
template <class C>
[[nodiscard]] std::vector<typename C::Fr> binding_factors(std::span<const U256> inputs) {
    std::vector<typename C::Fr> out{C::Fr::one()};
    out.reserve(inputs.size() + 2);
    for (const U256& input : inputs) out.push_back(C::Fr::from(input));
    return out;
}
/// With the challenge of a commitment [GROTH.7], whose factor is the last.
[[nodiscard]] std::vector<algebra::bn254::Fr> binding_factors(const Header& header, std::span<const U256> inputs,
                                                              const ProofPoints<Bn254>& proof);
/// IC_0 + Σ input_i IC_i, and the part of a commitment [GROTH.7].
[[nodiscard]] algebra::bn254::G1 bind_inputs(const Bn254Prepared& key, const Header& header,
                                             std::span<const U256> inputs, const ProofPoints<Bn254>& proof);

}  // namespace enshrine::proofs::groth16
