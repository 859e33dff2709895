// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/encoded_parts.hpp>
#include <enshrine/proofs/snark/fflonk_prepared.hpp>
#include <enshrine/proofs/snark/keccak_transcript.hpp>

namespace enshrine::proofs::fflonk {
namespace {

using Fr = Bn254::Fr;

constexpr std::size_t proof_points = 4;

/// Points [from, from + count) of a proof.
BytesView points_at(BytesView proof, std::size_t from, std::size_t count) noexcept {
    return proof.subspan(from * Bn254::g1_bytes, count * Bn254::g1_bytes);
}

/// Σ coefficients[i] x^i.
Fr polynomial(std::initializer_list<Fr> coefficients, const Fr& x) noexcept {
    Fr out;
    for (auto it = coefficients.end(); it != coefficients.begin();) out = out * x + *--it;
    return out;
}

/// What C1 and C2 hold at ξ besides the evaluations of the proof: the quotients, which the constraints determine.
struct Quotients {
    Fr t0;  ///< of the gates
    Fr t1;  ///< of the start of Z
    Fr t2;  ///< of the steps of Z
};
Quotients quotients_at_xi(const VerifyingKey::Prepared& key, std::span<const U256> inputs, const Evaluations& at,
                          const Challenges& ch) {
    const auto lagrange = key.domain.lagrange(ch.xi, std::max<std::size_t>(inputs.size(), 1));
    const Fr vanishing_inverse = (key.domain.to_size(ch.xi) - Fr::one()).inverse();
    const Fr beta_xi = ch.beta * ch.xi;
    const Fr gates = at.ql * at.a + at.qr * at.b + at.qm * at.a * at.b + at.qo * at.c + at.qc +
                     public_input_polynomial<Bn254>(inputs, lagrange);
    const Fr identity = (at.a + beta_xi + ch.gamma) * (at.b + beta_xi * key.k1 + ch.gamma) *
                        (at.c + beta_xi * key.k2 + ch.gamma) * at.z;
    const Fr permuted = (at.a + ch.beta * at.s1 + ch.gamma) * (at.b + ch.beta * at.s2 + ch.gamma) *
                        (at.c + ch.beta * at.s3 + ch.gamma) * at.zw;
    return {gates * vanishing_inverse, (at.z - Fr::one()) * lagrange[0] * vanishing_inverse,
            (identity - permuted) * vanishing_inverse};
}

/// Y^8 - ξ, Y^4 - ξ, Y^3 - ξ and Y^3 - ξω at y: they vanish where C0, C1 and C2 are opened.
struct Vanishing {
    Fr c0;
    Fr c1;
    Fr c2_xi;
    Fr c2_xiw;
};
Vanishing vanishing_at_y(const Fr& y, const Fr& xi, const Fr& root) noexcept {
    const Fr cube = y.square() * y;
    const Fr fourth = y.square().square();
    return {fourth.square() - xi, fourth - xi, cube - xi, cube - xi * root};
}

}  // namespace

Result<ProofParts> decode_proof(BytesView bytes) {
    if (bytes.size() != proof_bytes) return fail(SnarkError::wrong_size);
    PartsReader<Bn254> reader{bytes};
    ProofParts out;
    for (auto* point : {&out.c1, &out.c2, &out.w1, &out.w2}) {
        ENSHRINE_TRY(*point, reader.finite_g1(SnarkError::infinity_in_proof));
    }
    Evaluations& at = out.at;
    for (Fr* scalar : {&at.ql, &at.qr, &at.qm, &at.qo, &at.qc, &at.s1, &at.s2, &at.s3, &at.a, &at.b, &at.c, &at.z,
                       &at.zw, &at.t1w, &at.t2w}) {
        ENSHRINE_TRY(*scalar, reader.scalar());
    }
    return out;
}

Challenges challenges_of(const VerifyingKey::Prepared& key, std::span<const U256> inputs, BytesView proof) {
    const Bytes inputs_bytes = encode_inputs(inputs);
    const auto circuit_bytes = Bn254::encode(key.c0);
    Challenges out;
    out.beta = keccak_challenge<Bn254>({circuit_bytes.view(), inputs_bytes, points_at(proof, 0, 1)});
    out.gamma = keccak_challenge<Bn254>({absorbed(out.beta).view()});
    const Fr seed = keccak_challenge<Bn254>({absorbed(out.gamma).view(), points_at(proof, 1, 1)});
    out.xi = seed.power({24, 0, 0, 0});
    out.alpha = keccak_challenge<Bn254>({absorbed(seed).view(), proof.subspan(proof_points * Bn254::g1_bytes)});
    out.y = keccak_challenge<Bn254>({absorbed(out.alpha).view(), points_at(proof, 2, 1)});
    return out;
}

Result<KzgSums<Bn254>> reduce_to_sums(const VerifyingKey::Prepared& key, std::span<const U256> inputs,
                                      const ProofParts& proof, const Challenges& ch) {
    const Evaluations& at = proof.at;
    const Fr xiw = ch.xi * key.domain.root();
    const Vanishing zero = vanishing_at_y(ch.y, ch.xi, key.domain.root());
    const Fr divisors = ch.xi * zero.c0 * zero.c1 * zero.c2_xi * zero.c2_xiw;
    if (key.domain.contains(ch.xi) || divisors.is_zero()) return fail(SnarkError::challenge_in_domain);  // [FFLONK.10]
    const Quotients quotients = quotients_at_xi(key, inputs, at, ch);

    // The polynomials of degree below 8, 4 and 6 that agree with C0, C1, C2 where these are opened, at y. C0 and C1
    // are opened on all roots of one ξ: there the coefficients are the evaluations themselves. For C2 the remainders
    // modulo Y^3 - ξ and Y^3 - ξω are known.
    const Fr r0 = polynomial({at.ql, at.qr, at.qo, at.qm, at.qc, at.s1, at.s2, at.s3}, ch.y);
    const Fr r1 = polynomial({at.a, at.b, at.c, quotients.t0}, ch.y);
    const Fr at_xi = polynomial({at.z, quotients.t1, quotients.t2}, ch.y);
    const Fr at_xiw = polynomial({at.zw, at.t1w, at.t2w}, ch.y);
    const Fr r2 = (at_xi * zero.c2_xiw - at_xiw * zero.c2_xi) * (ch.xi - xiw).inverse();

    const Fr factor1 = ch.alpha * zero.c0 * zero.c1.inverse();
    const Fr factor2 = ch.alpha.square() * zero.c0 * (zero.c2_xi * zero.c2_xiw).inverse();
    KzgSums<Bn254> out;
    out.shared = {Fr::one(), -(r0 + factor1 * r1 + factor2 * r2)};
    out.q.add(proof.c1, factor1);
    out.q.add(proof.c2, factor2);
    out.q.add(proof.w1, -zero.c0);
    out.q.add(proof.w2, ch.y);
    out.p.add(proof.w2, Fr::one());
    return out;
}

Result<KzgClaim<Bn254>> reduce(const VerifyingKey::Prepared& key, std::span<const U256> inputs, const ProofParts& proof,
                               const Challenges& ch) {
    ENSHRINE_TRY(const auto sums, reduce_to_sums(key, inputs, proof, ch));
    return sums.claim(key.shared_points());
}

Result<KzgClaim<Bn254>> reduce(const VerifyingKey::Prepared& key, std::span<const U256> inputs, BytesView bytes) {
    ENSHRINE_CHECK(check_public_inputs(inputs, key.header.input_count, Bn254::group_order));  // [FFLONK.8]
    ENSHRINE_TRY(const auto proof, decode_proof(bytes));
    return reduce(key, inputs, proof, challenges_of(key, inputs, bytes));
}

EquationForms VerifyingKey::equation_forms() const {
    return std::vector{kzg_form(prepared_->srs, prepared_->shared_points())};
}

Result<Equations> VerifyingKey::equations(std::span<const U256> inputs, BytesView bytes) const {
    ENSHRINE_CHECK(check_public_inputs(inputs, header_.input_count, Bn254::group_order));  // [FFLONK.8]
    ENSHRINE_TRY(const auto proof, decode_proof(bytes));
    ENSHRINE_TRY(const auto sums, reduce_to_sums(*prepared_, inputs, proof, challenges_of(*prepared_, inputs, bytes)));
    return std::vector{kzg_equation(sums)};
}

Result<void> VerifyingKey::verify(std::span<const U256> inputs, BytesView proof) const {
    ENSHRINE_TRY(const auto claim, reduce(*prepared_, inputs, proof));
    if (!prepared_->srs.holds(claim)) return fail(SnarkError::does_not_hold);  // [FFLONK.12]
    return {};
}

}  // namespace enshrine::proofs::fflonk
