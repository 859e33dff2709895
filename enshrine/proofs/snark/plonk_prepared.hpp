// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/evaluation_domain.hpp>
#include <enshrine/proofs/snark/kzg.hpp>
#include <enshrine/proofs/snark/plonk.hpp>

#include <variant>

namespace enshrine::proofs::plonk {

/// The circuit: selectors, then the permutations of wires.
template <class C>
struct CircuitPoints {
    typename C::G1 qm;
    typename C::G1 ql;
    typename C::G1 qr;
    typename C::G1 qo;
    typename C::G1 qc;
    typename C::G1 s1;
    typename C::G1 s2;
    typename C::G1 s3;
};

template <class C>
struct PreparedKey {
    Header header;
    EvaluationDomain<C> domain;
    typename C::Fr k1;
    typename C::Fr k2;
    CircuitPoints<C> circuit;
    Bytes circuit_bytes;  ///< the same, encoded: what the first challenge absorbs
    KzgSrs<C> srs;
};

struct VerifyingKey::Prepared {
    std::variant<PreparedKey<Bn254>, PreparedKey<Bls12381>> of_curve;
};

template <class C>
struct ProofParts {
    typename C::G1 a;
    typename C::G1 b;
    typename C::G1 c;
    typename C::G1 z;
    typename C::G1 t1;
    typename C::G1 t2;
    typename C::G1 t3;
    typename C::G1 w_xi;
    typename C::G1 w_xiw;
    typename C::Fr eval_a;
    typename C::Fr eval_b;
    typename C::Fr eval_c;
    typename C::Fr eval_s1;
    typename C::Fr eval_s2;
    typename C::Fr eval_zw;
};
/// [PLONK.7]
template <class C>
[[nodiscard]] Result<ProofParts<C>> decode_proof(BytesView bytes);

template <class C>
struct Challenges {
    typename C::Fr beta;
    typename C::Fr gamma;
    typename C::Fr alpha;
    typename C::Fr xi;
    typename C::Fr v;
    typename C::Fr u;
};
/// [PLONK.9] of a proof that has its size.
template <class C>
[[nodiscard]] Challenges<C> challenges_of(const PreparedKey<C>& key, std::span<const U256> inputs, BytesView proof);

/// [PLONK.10] [PLONK.11] for inputs that have been checked.
template <class C>
[[nodiscard]] Result<KzgClaim<C>> reduce(const PreparedKey<C>& key, std::span<const U256> inputs,
                                         const ProofParts<C>& proof, const Challenges<C>& challenges);

/// Everything but the pairings: the proof shows the inputs exactly when the claim holds for key.srs [PLONK.12]. Claims
/// of proofs on one [x]_2 can be folded.
template <class C>
[[nodiscard]] Result<KzgClaim<C>> reduce(const PreparedKey<C>& key, std::span<const U256> inputs, BytesView proof);

extern template Result<KzgClaim<Bn254>> reduce(const PreparedKey<Bn254>&, std::span<const U256>, BytesView);
extern template Result<KzgClaim<Bls12381>> reduce(const PreparedKey<Bls12381>&, std::span<const U256>, BytesView);
extern template Result<KzgClaim<Bn254>> reduce(const PreparedKey<Bn254>&, std::span<const U256>,
                                               const ProofParts<Bn254>&, const Challenges<Bn254>&);
extern template Result<KzgClaim<Bls12381>> reduce(const PreparedKey<Bls12381>&, std::span<const U256>,
                                                  const ProofParts<Bls12381>&, const Challenges<Bls12381>&);
extern template Result<ProofParts<Bn254>> decode_proof<Bn254>(BytesView);
extern template Result<ProofParts<Bls12381>> decode_proof<Bls12381>(BytesView);
extern template Challenges<Bn254> challenges_of(const PreparedKey<Bn254>&, std::span<const U256>, BytesView);
extern template Challenges<Bls12381> challenges_of(const PreparedKey<Bls12381>&, std::span<const U256>, BytesView);

}  // namespace enshrine::proofs::plonk
