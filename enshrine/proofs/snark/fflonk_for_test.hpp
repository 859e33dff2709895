// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/fflonk_prepared.hpp>
#include <enshrine/proofs/snark/keccak_transcript.hpp>
#include <enshrine/proofs/snark/kzg_for_test.hpp>

/// For tests alone: keys whose x is known. Openings are computed as the paper has them, over the roots, which the
/// verifier does without.
namespace enshrine::proofs::fflonk::test {

using Fr = Bn254::Fr;
using proofs::test::append_g1;
using proofs::test::append_g2;
using proofs::test::append_scalar;
using proofs::test::Draw;

[[nodiscard]] inline Fr value_at(std::span<const Fr> coefficients, const Fr& x) {
    Fr out;
    for (std::size_t i = coefficients.size(); i-- > 0;) out = out * x + coefficients[i];
    return out;
}
/// The polynomial of lowest degree through the points, at y.
[[nodiscard]] inline Fr interpolated(std::span<const std::pair<Fr, Fr>> points, const Fr& y) {
    Fr out;
    for (std::size_t i = 0; i < points.size(); ++i) {
        Fr term = points[i].second;
        for (std::size_t k = 0; k < points.size(); ++k) {
            if (k != i) term = term * (y - points[k].first) * (points[i].first - points[k].first).inverse();
        }
        out = out + term;
    }
    return out;
}

struct Trapdoor {
    Header header;
    Fr x;
    Fr k1 = Fr::from(2);
    Fr k2 = Fr::from(3);
    Fr c0;

    [[nodiscard]] static Trapdoor draw(Draw& draw, std::uint8_t power, std::uint16_t input_count) {
        Trapdoor out;
        out.header = {power, input_count};
        out.x = draw.fr();
        out.c0 = draw.fr();
        return out;
    }

    [[nodiscard]] Bytes key() const {
        Bytes out = encode(header);
        append_scalar(out, k1);
        append_scalar(out, k2);
        append_g1<Bn254>(out, c0);
        append_g2(out, x);
        return out;
    }

    struct Proof {
        std::array<Fr, 4> points;  ///< C1 C2 W1 W2
        std::array<Fr, 15> at;     ///< ql qr qm qo qc s1 s2 s3 a b c z zw t1w t2w

        [[nodiscard]] Bytes encoded() const {
            Bytes out;
            for (const Fr& scalar : points) append_g1<Bn254>(out, scalar);
            for (const Fr& scalar : at) append_scalar(out, scalar);
            return out;
        }
    };

    [[nodiscard]] Bytes prove(Draw& draw, std::span<const U256> inputs) const {
        const VerifyingKey decoded = VerifyingKey::decode(key()).value();
        const auto& prepared = decoded.prepared();
        Proof proof;
        for (Fr& scalar : proof.points) scalar = draw.fr();
        for (Fr& scalar : proof.at) scalar = draw.fr();
        const Bytes bytes = proof.encoded();  // no challenge depends on W2
        const Challenges ch = challenges_of(prepared, inputs, bytes);
        const Fr seed = keccak_challenge<Bn254>({absorbed(ch.gamma).view(), BytesView{bytes}.subspan(64, 64)});
        proof.points[3] = remainder(prepared.domain, inputs, proof, ch, seed) * (x - ch.y).inverse();
        return proof.encoded();
    }

private:
    struct Roots {
        Fr eighth = Fr::from(5).power(((Bn254::group_order - U256{1}) >> 3).limbs);
        Fr fourth = eighth.square();
        Fr third = Fr::from(5).power(divide(Bn254::group_order - U256{1}, U256{3}).quotient.limbs);
    };

    /// F - E - J of the paper, as a number.
    [[nodiscard]] Fr remainder(const EvaluationDomain<Bn254>& domain, std::span<const U256> inputs, const Proof& proof,
                               const Challenges& ch, const Fr& seed) const {
        const Roots roots;
        const std::uint64_t n = domain.size();
        // A third of 1 modulo n: the exponent of a cube root of ω.
        const Fr wr = domain.root().power({n % 3 == 2 ? (n + 1) / 3 : (2 * n + 1) / 3, 0, 0, 0});
        const auto& [ql, qr, qm, qo, qc, s1, s2, s3, a, b, c, z, zw, t1w, t2w] = proof.at;

        const Fr vanishing_inverse = (ch.xi.power({n, 0, 0, 0}) - Fr::one()).inverse();
        Fr gates = ql * a + qr * b + qm * a * b + qo * c + qc;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            gates = gates - Fr::from(inputs[i]) * proofs::test::lagrange_at(domain, i, ch.xi);
        }
        const Fr t0 = gates * vanishing_inverse;
        const Fr t1 = proofs::test::lagrange_at(domain, 0, ch.xi) * (z - Fr::one()) * vanishing_inverse;
        const Fr t2 =
            ((a + ch.beta * ch.xi + ch.gamma) * (b + ch.beta * ch.xi * k1 + ch.gamma) *
                 (c + ch.beta * ch.xi * k2 + ch.gamma) * z -
             (a + ch.beta * s1 + ch.gamma) * (b + ch.beta * s2 + ch.gamma) * (c + ch.beta * s3 + ch.gamma) * zw) *
            vanishing_inverse;

        const auto opened = [&](std::span<const Fr> coefficients, Fr root, const Fr& step, std::size_t count) {
            std::vector<std::pair<Fr, Fr>> out;
            for (std::size_t i = 0; i < count; ++i, root = root * step) {
                out.emplace_back(root, value_at(coefficients, root));
            }
            return out;
        };
        const auto product = [&](std::span<const std::pair<Fr, Fr>> points) {
            Fr out = Fr::one();
            for (const auto& point : points) out = out * (ch.y - point.first);
            return out;
        };
        const auto on_s0 =
            opened(std::array{ql, qr, qo, qm, qc, s1, s2, s3}, seed.power({3, 0, 0, 0}), roots.eighth, 8);
        const auto on_s1 = opened(std::array{a, b, c, t0}, seed.power({6, 0, 0, 0}), roots.fourth, 4);
        const Fr h2 = seed.power({8, 0, 0, 0});
        auto on_s2 = opened(std::array{z, t1, t2}, h2, roots.third, 3);
        const auto at_xiw = opened(std::array{zw, t1w, t2w}, h2 * wr, roots.third, 3);
        on_s2.insert(on_s2.end(), at_xiw.begin(), at_xiw.end());

        const Fr zero = product(on_s0);
        const Fr factor1 = ch.alpha * zero * product(on_s1).inverse();
        const Fr factor2 = ch.alpha.square() * zero * product(on_s2).inverse();
        const auto& [c1, c2, w1, w2] = proof.points;
        return c0 - interpolated(on_s0, ch.y) + factor1 * (c1 - interpolated(on_s1, ch.y)) +
               factor2 * (c2 - interpolated(on_s2, ch.y)) - zero * w1;
    }
};

}  // namespace enshrine::proofs::fflonk::test
