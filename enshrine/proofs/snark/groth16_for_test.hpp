// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/random_for_test.hpp>
#include <enshrine/hash/keccak.hpp>
#include <enshrine/proofs/snark/groth16.hpp>
#include <enshrine/proofs/snark/hash_to_field.hpp>

#include <vector>

/// For tests alone: keys of BN254 whose trapdoor is known, so that proofs of any statement can be made.
namespace enshrine::proofs::groth16::test {

namespace bn254 = algebra::bn254;
using bn254::Fr;

inline void append_g1(Bytes& out, const Fr& scalar) {
    append(out, bn254::encode(bn254::multiply(bn254::g1_generator, scalar).affine()).view());
}
inline void append_g2(Bytes& out, const Fr& scalar) {
    append(out, bn254::encode(bn254::multiply(bn254::g2_generator, scalar).affine()).view());
}

struct Trapdoor {
    Header header;
    Fr alpha;
    Fr beta;
    Fr gamma;
    Fr delta;
    std::vector<Fr> inputs;  ///< IC
    Fr first;                ///< H_1 and H_2
    Fr second;

    [[nodiscard]] static Trapdoor draw(bn254::Draw& draw, std::uint16_t input_count,
                                       CommitmentHash commitment = CommitmentHash::none) {
        Trapdoor out;
        out.header = {Curve::bn254, commitment, input_count};
        for (Fr* scalar : {&out.alpha, &out.beta, &out.gamma, &out.delta, &out.first, &out.second}) *scalar = draw.fr();
        const std::size_t others = commitment == CommitmentHash::none ? 1 : 2;
        for (std::size_t i = 0; i < input_count + others; ++i) out.inputs.push_back(draw.fr());
        return out;
    }

    [[nodiscard]] Bytes key() const {
        Bytes out = encode(header);
        append_g1(out, alpha);
        for (const Fr& scalar : {beta, gamma, delta}) append_g2(out, scalar);
        for (const Fr& scalar : inputs) append_g1(out, scalar);
        if (header.commitment == CommitmentHash::none) return out;
        append_g2(out, first);
        append_g2(out, second);
        return out;
    }

    /// ab = αβ + Lγ + cδ, solved for c; with a commitment also d H_1 + k H_2 = 0.
    [[nodiscard]] Bytes prove(bn254::Draw& draw, std::span<const U256> statement) const {
        const Fr a = draw.fr();
        const Fr b = draw.fr();
        const Fr d = draw.fr();
        Fr bound = inputs[0];
        for (std::size_t i = 0; i < statement.size(); ++i) bound = bound + Fr::from(statement[i]) * inputs[i + 1];
        Bytes commitment;
        if (header.commitment != CommitmentHash::none) {
            append_g1(commitment, d);
            const Fr challenge = header.commitment == CommitmentHash::keccak256
                                     ? reduce_to_fr(hash::keccak256(commitment).view())
                                     : hash_to_fr_sha256(commitment, "bsb22-commitment");
            bound = bound + challenge * inputs.back() + d;
            append_g1(commitment, -(d * first * second.inverse()));
        }
        Bytes out;
        append_g1(out, a);
        append_g2(out, b);
        append_g1(out, (a * b - alpha * beta - bound * gamma) * delta.inverse());
        append(out, commitment);
        return out;
    }
};

[[nodiscard]] inline std::vector<U256> draw_inputs(bn254::Draw& draw, std::size_t count) {
    std::vector<U256> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(i % 3 == 2 ? U256{i} : draw.fr().to_u256());
    return out;
}

}  // namespace enshrine::proofs::groth16::test
