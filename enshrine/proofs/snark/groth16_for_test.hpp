// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/hash/keccak.hpp>
#include <enshrine/proofs/snark/groth16.hpp>
#include <enshrine/proofs/snark/hash_to_field.hpp>
#include <enshrine/proofs/snark/kzg_for_test.hpp>

#include <vector>

/// For tests alone: keys whose trapdoor is known, so that proofs of any statement can be made.
namespace enshrine::proofs::groth16::test {

namespace bn254 = algebra::bn254;

using proofs::test::append_g1;
using proofs::test::append_g2;
using proofs::test::draw_scalar;

template <class C>
struct TrapdoorOn {
    using Fr = typename C::Fr;

    Header header;
    Fr alpha;
    Fr beta;
    Fr gamma;
    Fr delta;
    std::vector<Fr> inputs;  ///< IC
    Fr first;                ///< H_1 and H_2
    Fr second;

    /// Commitments are for BN254.
    [[nodiscard]] static TrapdoorOn draw(bn254::Draw& draw, std::uint16_t input_count,
                                         CommitmentHash commitment = CommitmentHash::none) {
        TrapdoorOn out;
        out.header = {C::id, commitment, input_count};
        for (Fr* scalar : {&out.alpha, &out.beta, &out.gamma, &out.delta, &out.first, &out.second}) {
            *scalar = draw_scalar<C>(draw);
        }
        const std::size_t others = commitment == CommitmentHash::none ? 1 : 2;
        for (std::size_t i = 0; i < input_count + others; ++i) out.inputs.push_back(draw_scalar<C>(draw));
        return out;
    }

    [[nodiscard]] Bytes key() const {
        Bytes out = encode(header);
        append_g1<C>(out, alpha);
        for (const Fr& scalar : {beta, gamma, delta}) append_g2(out, scalar);
        for (const Fr& scalar : inputs) append_g1<C>(out, scalar);
        if (header.commitment == CommitmentHash::none) return out;
        append_g2(out, first);
        append_g2(out, second);
        return out;
    }

    /// ab = αβ + Lγ + cδ, solved for c; with a commitment also d H_1 + k H_2 = 0.
    [[nodiscard]] Bytes prove(bn254::Draw& draw, std::span<const U256> statement) const {
        const Fr a = draw_scalar<C>(draw);
        const Fr b = draw_scalar<C>(draw);
        const Fr d = draw_scalar<C>(draw);
        Fr bound = inputs[0];
        for (std::size_t i = 0; i < statement.size(); ++i) bound = bound + Fr::from(statement[i]) * inputs[i + 1];
        Bytes commitment;
        if (header.commitment != CommitmentHash::none) {
            append_g1<C>(commitment, d);
            bound = bound + challenge_of(commitment) * inputs.back() + d;
            append_g1<C>(commitment, -(d * first * second.inverse()));
        }
        Bytes out;
        append_g1<C>(out, a);
        append_g2(out, b);
        append_g1<C>(out, (a * b - alpha * beta - bound * gamma) * delta.inverse());
        append(out, commitment);
        return out;
    }

private:
    [[nodiscard]] Fr challenge_of(BytesView commitment) const {
        const bn254::Fr out = header.commitment == CommitmentHash::keccak256
                                  ? reduce_to_fr(hash::keccak256(commitment).view())
                                  : hash_to_fr_sha256(commitment, "bsb22-commitment");
        return Fr::from(out.to_u256());
    }
};
using Trapdoor = TrapdoorOn<Bn254>;

[[nodiscard]] inline std::vector<U256> draw_inputs(bn254::Draw& draw, std::size_t count) {
    return proofs::test::draw_inputs<Bn254>(draw, count);
}

}  // namespace enshrine::proofs::groth16::test
