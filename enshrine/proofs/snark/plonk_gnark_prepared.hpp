// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/evaluation_domain.hpp>
#include <enshrine/proofs/snark/plonk_gnark.hpp>

#include <array>
#include <optional>

namespace enshrine::proofs::plonk_gnark {

using G1 = Bn254::G1;
using Fr = Bn254::Fr;

inline constexpr std::size_t fr_bytes = Hash32::size_bytes;

/// Commitments to the circuit, in the order in which the transcript absorbs them.
struct CircuitPoints {
    std::array<G1, 3> s;  ///< the permutation
    G1 ql;
    G1 qr;
    G1 qm;
    G1 qo;
    G1 qk;
    std::optional<G1> qcp;  ///< the gates whose wires are committed to
};

struct VerifyingKey::Prepared {
    G1 base;  ///< [1]_1 of the reference string
    KzgSrs<Bn254> srs;
    CircuitPoints circuit;
    Bytes circuit_bytes;  ///< as absorbed
    EvaluationDomain<Bn254> domain;
};

/// A proof, and its bytes where the transcript absorbs them.
struct ProofParts {
    BytesView bytes;
    std::array<G1, 3> wires;     ///< L, R, O
    std::array<G1, 3> quotient;  ///< H_0, H_1, H_2
    Fr l;
    Fr r;
    Fr o;
    Fr s1;
    Fr s2;
    G1 z;
    Fr z_next;        ///< z(ωζ)
    G1 opening;       ///< W_ζ
    G1 opening_next;  ///< W_ωζ
    struct Commitment {
        Fr qcp;
        G1 point;
    };
    std::optional<Commitment> commitment;
};
/// [PLONK-GNARK.7]
[[nodiscard]] Result<ProofParts> decode_proof(BytesView bytes, const Header& header);

/// Challenges of the transcript before the openings [PLONK-GNARK.9].
struct Challenges {
    Fr gamma;
    Fr beta;
    Fr alpha;
    Fr zeta;
    Hash32 zeta_digest;
};
[[nodiscard]] Challenges derive_challenges(const VerifyingKey::Prepared& key, std::span<const U256> inputs,
                                           const ProofParts& proof);

/// What is opened at ζ, folded with the powers of v [PLONK-GNARK.11, PLONK-GNARK.12].
struct FoldedOpening {
    G1 digest;
    Fr value;
    Fr v;
};
/// Refuses a ζ in the domain [PLONK-GNARK.10].
[[nodiscard]] Result<FoldedOpening> fold_openings(const VerifyingKey& key, std::span<const U256> inputs,
                                                  const ProofParts& proof, const Challenges& challenges);

/// How far the claims at ζ and ωζ are folded into one [PLONK-GNARK.13].
[[nodiscard]] Fr derive_u(const ProofParts& proof, const Challenges& challenges, const FoldedOpening& folded);

}  // namespace enshrine::proofs::plonk_gnark
