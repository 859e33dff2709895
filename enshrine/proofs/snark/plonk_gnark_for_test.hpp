// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/kzg_for_test.hpp>
#include <enshrine/proofs/snark/plonk_gnark_prepared.hpp>

/// For tests alone: keys whose reference string has a known secret, so that proofs of any statement can be made.
namespace enshrine::proofs::plonk_gnark::test {

using algebra::bn254::Draw;
using proofs::test::append_g1;
using proofs::test::append_g2;

struct Trapdoor {
    Header header;
    Fr x;
    Bytes key;

    [[nodiscard]] static Trapdoor draw(Draw& draw, const Header& header) {
        Trapdoor out{header, draw.fr(), encode(header)};
        append_g1<Bn254>(out.key, draw.fr());  // [1]_1
        append_g2(out.key, out.x);
        const int points = header.has_commitment ? 9 : 8;
        for (int i = 0; i < points; ++i) append_g1<Bn254>(out.key, draw.fr());
        return out;
    }

    /// Everything but the two openings is drawn; (f - f(ζ)) / (x - ζ) is then a number like any other.
    [[nodiscard]] Bytes prove(Draw& draw, const VerifyingKey& verifying, std::span<const U256> inputs) const {
        Bytes out;
        for (int i = 0; i < 6; ++i) append_g1<Bn254>(out, draw.fr());
        for (int i = 0; i < 5; ++i) proofs::test::append_scalar(out, draw.fr());
        append_g1<Bn254>(out, draw.fr());
        const Fr z_next = draw.fr();
        proofs::test::append_scalar(out, z_next);
        const std::size_t openings_at = out.size();
        for (int i = 0; i < 2; ++i) append_g1<Bn254>(out, draw.fr());
        if (header.has_commitment) {
            proofs::test::append_scalar(out, draw.fr());
            append_g1<Bn254>(out, draw.fr());
        }
        const ProofParts parts = decode_proof(out, header).value();
        const auto& prepared = verifying.prepared();
        const Challenges challenges = derive_challenges(prepared, inputs, parts);
        const FoldedOpening folded = fold_openings(verifying, inputs, parts, challenges).value();
        const G1 opening = quotient(prepared.base, folded.digest, folded.value, challenges.zeta);
        const G1 next = quotient(prepared.base, parts.z, z_next, challenges.zeta * prepared.domain.root());
        out = proofs::test::with(out, openings_at, Bn254::encode(opening).view());
        return proofs::test::with(out, openings_at + Bn254::g1_bytes, Bn254::encode(next).view());
    }

private:
    [[nodiscard]] G1 quotient(const G1& base, const G1& digest, const Fr& value, const Fr& at) const {
        const Fr scale = (x - at).inverse();
        G1Combination<Bn254> sum;
        sum.add(digest, scale);
        sum.add(base, -(value * scale));
        return sum.sum();
    }
};

}  // namespace enshrine::proofs::plonk_gnark::test
