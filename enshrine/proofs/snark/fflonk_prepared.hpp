// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/evaluation_domain.hpp>
#include <enshrine/proofs/snark/fflonk.hpp>
#include <enshrine/proofs/snark/kzg.hpp>

#include <array>

namespace enshrine::proofs::fflonk {

struct VerifyingKey::Prepared {
    Header header;
    EvaluationDomain<Bn254> domain;
    Bn254::Fr k1;
    Bn254::Fr k2;
    Bn254::G1 c0;  ///< the circuit: selectors and permutations of wires in one polynomial
    KzgSrs<Bn254> srs;
};

/// At ξ, but zw, t1w and t2w at ξω.
struct Evaluations {
    Bn254::Fr ql, qr, qm, qo, qc, s1, s2, s3, a, b, c, z, zw, t1w, t2w;
};
struct ProofParts {
    Bn254::G1 c1;
    Bn254::G1 c2;
    Bn254::G1 w1;
    Bn254::G1 w2;
    Evaluations at;
};
/// [FFLONK.7]
[[nodiscard]] Result<ProofParts> decode_proof(BytesView bytes);

struct Challenges {
    Bn254::Fr beta;
    Bn254::Fr gamma;
    Bn254::Fr xi;
    Bn254::Fr alpha;
    Bn254::Fr y;
};
/// [FFLONK.9] of a proof that has its size.
[[nodiscard]] Challenges challenges_of(const VerifyingKey::Prepared& key, std::span<const U256> inputs,
                                       BytesView proof);

/// [FFLONK.10] [FFLONK.11] for inputs that have been checked.
[[nodiscard]] Result<KzgClaim<Bn254>> reduce(const VerifyingKey::Prepared& key, std::span<const U256> inputs,
                                             const ProofParts& proof, const Challenges& challenges);

/// Everything but the pairings: the proof shows the inputs exactly when the claim holds for key.srs [FFLONK.12].
/// Claims of proofs on one [x]_2 can be folded.
[[nodiscard]] Result<KzgClaim<Bn254>> reduce(const VerifyingKey::Prepared& key, std::span<const U256> inputs,
                                             BytesView proof);

}  // namespace enshrine::proofs::fflonk
