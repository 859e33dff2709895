// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/kzg_for_test.hpp>
#include <enshrine/proofs/snark/plonk_prepared.hpp>

/// For tests alone: keys whose x is known. Who knows x opens any commitment to anything, and so proves any statement.
namespace enshrine::proofs::plonk::test {

using proofs::test::append_g1;
using proofs::test::append_g2;
using proofs::test::append_scalar;
using proofs::test::Draw;
using proofs::test::draw_scalar;

template <class C>
struct Trapdoor {
    using Fr = typename C::Fr;

    Header header;
    Fr x;
    Fr k1 = Fr::from(2);
    Fr k2 = Fr::from(3);
    std::array<Fr, 8> circuit;  ///< Qm Ql Qr Qo Qc S1 S2 S3

    [[nodiscard]] static Trapdoor draw(Draw& draw, std::uint8_t power, std::uint16_t input_count) {
        Trapdoor out;
        out.header = {C::id, power, input_count};
        out.x = draw_scalar<C>(draw);
        for (Fr& scalar : out.circuit) scalar = draw_scalar<C>(draw);
        return out;
    }

    [[nodiscard]] Bytes key() const {
        Bytes out = encode(header);
        append_scalar(out, k1);
        append_scalar(out, k2);
        for (const Fr& scalar : circuit) append_g1<C>(out, scalar);
        append_g2(out, x);
        return out;
    }

    struct Proof {
        std::array<Fr, 9> points;  ///< A B C Z T1 T2 T3 Wxi Wxiw
        std::array<Fr, 6> at;      ///< a b c s1 s2 zw

        [[nodiscard]] Bytes encoded() const {
            Bytes out;
            for (const Fr& scalar : points) append_g1<C>(out, scalar);
            for (const Fr& scalar : at) append_scalar(out, scalar);
            return out;
        }
    };

    [[nodiscard]] Bytes prove(Draw& draw, std::span<const U256> inputs) const {
        const VerifyingKey decoded = VerifyingKey::decode(key()).value();
        const auto& prepared = std::get<PreparedKey<C>>(decoded.prepared().of_curve);
        Proof proof;
        for (Fr& scalar : proof.points) scalar = draw_scalar<C>(draw);
        for (Fr& scalar : proof.at) scalar = draw_scalar<C>(draw);
        // Only u depends on the two openings, and they hold one by one, whatever u is.
        const Challenges<C> ch = challenges_of<C>(prepared, inputs, proof.encoded());
        proof.points[7] = opened_at_xi(prepared.domain, inputs, proof, ch) * (x - ch.xi).inverse();
        proof.points[8] = (proof.points[3] - proof.at[5]) * (x - ch.xi * prepared.domain.root()).inverse();
        return proof.encoded();
    }

private:
    /// F - E of the paper without the terms of u, as a number.
    [[nodiscard]] Fr opened_at_xi(const EvaluationDomain<C>& domain, std::span<const U256> inputs, const Proof& proof,
                                  const Challenges<C>& ch) const {
        const auto& [qm, ql, qr, qo, qc, s1, s2, s3] = circuit;
        const auto& [a, b, c, s1_at, s2_at, zw] = proof.at;
        Fr inputs_at;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            inputs_at = inputs_at - Fr::from(inputs[i]) * proofs::test::lagrange_at(domain, i, ch.xi);
        }
        const Fr first = ch.alpha.square() * proofs::test::lagrange_at(domain, 0, ch.xi);
        const Fr xi_to_n = ch.xi.power({domain.size(), 0, 0, 0});
        const Fr permuted = ch.alpha * (a + ch.beta * s1_at + ch.gamma) * (b + ch.beta * s2_at + ch.gamma) * zw;
        const Fr identity = ch.alpha * (a + ch.beta * ch.xi + ch.gamma) * (b + ch.beta * ch.xi * k1 + ch.gamma) *
                            (c + ch.beta * ch.xi * k2 + ch.gamma);
        const Fr gates = a * b * qm + a * ql + b * qr + c * qo + qc;
        const Fr quotient = proof.points[4] + xi_to_n * proof.points[5] + xi_to_n.square() * proof.points[6];
        Fr out =
            gates + (identity + first) * proof.points[3] - permuted * ch.beta * s3 - (xi_to_n - Fr::one()) * quotient;
        out = out + inputs_at - first - permuted * (c + ch.gamma);
        const std::array<Fr, 5> commitments{proof.points[0], proof.points[1], proof.points[2], s1, s2};
        for (std::size_t i = 0; i < commitments.size(); ++i) {
            out = out + ch.v.power({i + 1, 0, 0, 0}) * (commitments[i] - proof.at[i]);
        }
        return out;
    }
};

}  // namespace enshrine::proofs::plonk::test
